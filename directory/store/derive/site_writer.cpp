#include "directory/store/derive/site_writer.hpp"

namespace shirube::directory {

SiteWriter::SiteWriter(Database& database)
    // INSERT OR REPLACE would cascade; an upsert keeps what refers to the site.
    : write_(database, R"(INSERT INTO site (site_id, official_name, public_name, kana, address,
              building, municipality, municipality_name, position_quality, accuracy_m, located_by, geom)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326))
          ON CONFLICT (site_id) DO UPDATE SET official_name = excluded.official_name,
              public_name = excluded.public_name, kana = excluded.kana, address = excluded.address,
              building = excluded.building, municipality = excluded.municipality,
              municipality_name = excluded.municipality_name, position_quality = excluded.position_quality,
              accuracy_m = excluded.accuracy_m, located_by = excluded.located_by, geom = excluded.geom)"),
      delete_(database, "DELETE FROM site WHERE site_id = ?") {}

void SiteWriter::write(std::int64_t site_id, const SiteReading& site) {
    std::optional<double> lon;
    std::optional<double> lat;
    if (site.position) {
        lon = site.position->lon;
        lat = site.position->lat;
    }
    write_
        .bind(site_id, site.official_name, site.public_name, site.kana, site.address, site.building, site.municipality,
              site.municipality_name, code_of(site.quality), site.accuracy_m, site.located_by, lon, lat)
        .run();
}

} // namespace shirube::directory
