// Census cells: one row, one square with its bands.
#include "directory/store/derive/derived_kind.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace shirube::directory {

namespace {

class PopulationKind final : public DerivedKind {
  public:
    explicit PopulationKind(DerivationContext& context)
        : context_(context),
          insert_cell_(context.database(), R"(INSERT INTO population_cell
              (row_id, list_id, mesh, total, suppressed_into, geom) VALUES (?, ?, ?, ?, ?, BuildMbr(?, ?, ?, ?, 4326)))"),
          insert_band_(context.database(), "INSERT INTO population_band VALUES (?, ?, ?, ?)"),
          delete_cell_(context.database(), "DELETE FROM population_cell WHERE row_id = ?"),
          count_(context.database(), "SELECT count(*) FROM population_cell WHERE list_id = ?") {}

    void leave(const SourceRow& row) override {
        delete_cell_.bind(row.row_id).run();
        context_.tally().count(row.list + "\n" + row.key, row.reading, {});
    }

    void come(const SourceRow& row) override {
        const auto reading = nlohmann::json::parse(row.reading).get<PopulationReading>();
        const auto mesh = geo::parse_mesh(reading.mesh);
        if (!mesh) {
            throw StoreError("store_failed", fmt::format("{} is no mesh code.", reading.mesh));
        }
        const geo::Box box = geo::mesh_box(*mesh);
        insert_cell_
            .bind(row.row_id, row.list_id, reading.mesh, reading.total, reading.suppressed_into, box.west, box.south,
                  box.east, box.north)
            .run();
        for (const auto& band : reading.bands) {
            insert_band_.bind(row.row_id, band.from_age_years, band.to_age_years, band.count).run();
        }
        context_.tally().count(row.list + "\n" + row.key, {}, row.reading);
    }

    std::int64_t entities_of(std::int64_t list_id) override {
        count_.bind(list_id);
        return count_.step() ? count_.integer(0) : 0;
    }

  private:
    DerivationContext& context_;
    Statement insert_cell_;
    Statement insert_band_;
    Statement delete_cell_;
    Statement count_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_population(DerivationContext& context) {
    return std::make_unique<PopulationKind>(context);
}

} // namespace shirube::directory
