// Towns of a gazetteer: one row, one town; or one row, the blocks of one town.
#include "directory/store/derive/lone_rows.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace shirube::directory {

namespace {

class GazetteerKind final : public LoneRows {
  public:
    explicit GazetteerKind(DerivationContext& context)
        : LoneRows(context, "gazetteer_town"), insert_town_(context.database(), R"(INSERT INTO gazetteer_town
              (row_id, list_id, prefecture, municipality, municipality_name, town, koaza, accuracy_m, blocks,
              is_middle_of_blocks, geom)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326)))") {}

  private:
    void write(const SourceRow& row) override {
        const auto town = reading_of<TownReading>(row);
        std::optional<std::span<const std::uint8_t>> blocks;
        if (town.blocks) {
            blocks.emplace(reinterpret_cast<const std::uint8_t*>(town.blocks->data()), town.blocks->size());
        }
        insert_town_
            .bind(row.row_id, row.list_id, town.prefecture, town.municipality, town.municipality_name, town.town,
                  town.koaza, town.accuracy_m, blocks, static_cast<int>(town.is_middle_of_blocks), town.position.lon,
                  town.position.lat)
            .run();
    }

    Statement insert_town_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_gazetteer(DerivationContext& context) {
    return std::make_unique<GazetteerKind>(context);
}

} // namespace shirube::directory
