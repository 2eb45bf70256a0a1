// Towns of a gazetteer: one row, one town.
#include "directory/store/derive/derived_kind.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

namespace {

class GazetteerKind final : public DerivedKind {
  public:
    explicit GazetteerKind(DerivationContext& context)
        : context_(context),
          insert_town_(context.database(), R"(INSERT INTO gazetteer_town
              (row_id, list_id, prefecture, municipality, municipality_name, town, koaza, accuracy_m, geom)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326)))"),
          delete_town_(context.database(), "DELETE FROM gazetteer_town WHERE row_id = ?"),
          count_(context.database(), "SELECT count(*) FROM gazetteer_town WHERE list_id = ?") {}

    void leave(const SourceRow& row) override {
        delete_town_.bind(row.row_id).run();
        context_.tally().count(row.list + "\n" + row.key, row.reading, {});
    }

    void come(const SourceRow& row) override {
        const auto town = nlohmann::json::parse(row.reading).get<TownReading>();
        insert_town_
            .bind(row.row_id, row.list_id, town.prefecture, town.municipality, town.municipality_name, town.town,
                  town.koaza, town.accuracy_m, town.position.lon, town.position.lat)
            .run();
        context_.tally().count(row.list + "\n" + row.key, {}, row.reading);
    }

    std::int64_t entities_of(std::int64_t list_id) override {
        count_.bind(list_id);
        return count_.step() ? count_.integer(0) : 0;
    }

  private:
    DerivationContext& context_;
    Statement insert_town_;
    Statement delete_town_;
    Statement count_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_gazetteer(DerivationContext& context) {
    return std::make_unique<GazetteerKind>(context);
}

} // namespace shirube::directory
