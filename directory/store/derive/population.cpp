// People: one row, one census square or one town with its bands.
#include "directory/store/derive/lone_rows.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace shirube::directory {

namespace {

class PopulationKind final : public LoneRows {
  public:
    explicit PopulationKind(DerivationContext& context)
        : LoneRows(context, "population_cell"),
          insert_cell_(context.database(), R"(INSERT INTO population_cell
              (row_id, list_id, mesh, town, town_code, municipality, lon, lat, accuracy_m, total, suppressed_into,
               carries, geom)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, BuildMbr(?, ?, ?, ?, 4326)))"),
          insert_band_(context.database(), "INSERT INTO population_band VALUES (?, ?, ?, ?)") {}

  private:
    void write(const SourceRow& row) override {
        const auto reading = reading_of<PopulationReading>(row);
        const std::string carries = nlohmann::json(reading.carries).dump();
        std::optional<double> lon;
        std::optional<double> lat;
        std::optional<geo::Box> box; // a town is drawn by no border: it has none here
        if (!reading.mesh.empty()) {
            const auto mesh = geo::parse_mesh(reading.mesh);
            if (!mesh) {
                throw StoreError("store_failed", fmt::format("{} is no mesh code.", reading.mesh));
            }
            box = geo::mesh_box(*mesh);
        } else if (reading.position) {
            lon = reading.position->lon;
            lat = reading.position->lat;
        }
        const auto edge = [&](double geo::Box::* side) { return box ? std::optional((*box).*side) : std::nullopt; };
        insert_cell_
            .bind(row.row_id, row.list_id, reading.mesh, reading.town, reading.town_code, reading.municipality, lon,
                  lat, reading.accuracy_m, reading.total, reading.suppressed_into, carries, edge(&geo::Box::west),
                  edge(&geo::Box::south), edge(&geo::Box::east), edge(&geo::Box::north))
            .run();
        for (const auto& band : reading.bands) {
            insert_band_.bind(row.row_id, band.from_age_years, band.to_age_years, band.count).run();
        }
    }

    Statement insert_cell_;
    Statement insert_band_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_population(DerivationContext& context) {
    return std::make_unique<PopulationKind>(context);
}

} // namespace shirube::directory
