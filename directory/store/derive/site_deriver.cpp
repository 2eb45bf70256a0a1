#include "directory/store/derive/site_deriver.hpp"

#include "directory/store/derive/merge_readings.hpp"
#include "directory/store/derive/resource_row.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace shirube::directory {

/// One row at the site.
struct SiteDeriver::Row {
    SourceRow source;
    bool is_public = false;
    std::optional<std::int64_t> organization_id;
    ResourceReading reading;
    const ListFacts* list = nullptr;
    bool complete = false; ///< its list is, in its municipality
    Certainty certainty = Certainty::stale;
};

/// One service of one row at the site.
struct SiteDeriver::Offer {
    const Row* row = nullptr;
    WrittenService written;
    ServiceReading reading;
    std::set<std::int64_t> lists; ///< its own, and those whose services it is shown for
};

SiteDeriver::SiteDeriver(DerivationContext& context)
    : context_(context),
      lists_(context.database()),
      services_(context.database()),
      select_rows_(context.database(), R"(
          SELECT s.row_id, s.list_id, l.name, s.key, r.reading, s.is_stale, s.is_public, s.organization_id
          FROM stated_place s JOIN source_row r USING (row_id) JOIN list l ON l.list_id = s.list_id
          WHERE s.site_id = ?)"),
      find_merged_(context.database(), "SELECT 1 FROM service WHERE site_id = ? AND merged = 1 LIMIT 1"),
      delete_services_(context.database(), "DELETE FROM service WHERE site_id = ?"),
      // INSERT OR REPLACE would cascade; an upsert keeps what refers to the site.
      write_site_(context.database(), R"(INSERT INTO site (site_id, official_name, public_name, kana, address,
              building, municipality, municipality_name, position_quality, accuracy_m, located_by, geom)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326))
          ON CONFLICT (site_id) DO UPDATE SET official_name = excluded.official_name,
              public_name = excluded.public_name, kana = excluded.kana, address = excluded.address,
              building = excluded.building, municipality = excluded.municipality,
              municipality_name = excluded.municipality_name, position_quality = excluded.position_quality,
              accuracy_m = excluded.accuracy_m, located_by = excluded.located_by, geom = excluded.geom)"),
      delete_site_(context.database(), "DELETE FROM site WHERE site_id = ?") {}

/// The most believed first: what the public may see; confirmed before reported before stale; a list that is complete
/// there before a partial one; the newest; then by name and key, so that the order of imports does not matter.
std::vector<SiteDeriver::Row> SiteDeriver::rows_at(std::int64_t site_id) {
    std::vector<Row> rows;
    select_rows_.bind(site_id);
    while (select_rows_.step()) {
        Row row;
        row.source = {select_rows_.integer(0),           select_rows_.integer(1),
                      std::string{select_rows_.text(2)}, std::string{select_rows_.text(3)},
                      std::string{select_rows_.text(4)}, select_rows_.integer(5) != 0};
        row.is_public = select_rows_.integer(6) != 0;
        row.organization_id = select_rows_.maybe_integer(7);
        rows.push_back(std::move(row));
    }
    for (auto& row : rows) {
        row.reading = resource_reading_of(row.source);
        row.source.reading.clear();
        if (rows.size() > 1) {
            row.list = &lists_.of(row.source.list_id);
            row.complete = row.list->is_complete_in(row.reading.site.municipality);
            for (const auto& service : row.reading.services) {
                row.certainty = std::min(row.certainty, service.certainty);
            }
        }
    }
    std::ranges::sort(rows, [](const Row& a, const Row& b) {
        // The newest first: dates the other way round.
        return std::tuple(!a.is_public, a.certainty, !a.complete, std::string_view{b.list->as_of},
                          std::string_view{a.source.list}, std::string_view{a.source.key}, a.source.row_id) <
               std::tuple(!b.is_public, b.certainty, !b.complete, std::string_view{a.list->as_of},
                          std::string_view{b.source.list}, std::string_view{b.source.key}, b.source.row_id);
    });
    return rows;
}

void SiteDeriver::derive(std::int64_t site_id) {
    const auto rows = rows_at(site_id);
    if (rows.empty()) {
        delete_site_.bind(site_id).run();
        return;
    }
    SiteReading site = rows.front().reading.site;
    for (const auto& row : rows) {
        // What is hidden says nothing of a place that the public sees.
        if (row.is_public == rows.front().is_public) {
            fill_unknown(site, row.reading.site);
        }
    }
    write_site(site_id, site);
    const bool one_list =
        std::ranges::all_of(rows, [&](const Row& row) { return row.source.list_id == rows.front().source.list_id; });
    if (!one_list || has_merged(site_id)) {
        merge_services(site_id, rows);
    }
}

void SiteDeriver::write_site(std::int64_t site_id, const SiteReading& site) {
    std::optional<double> lon;
    std::optional<double> lat;
    if (site.position) {
        lon = site.position->lon;
        lat = site.position->lat;
    }
    write_site_
        .bind(site_id, site.official_name, site.public_name, site.kana, site.address, site.building, site.municipality,
              site.municipality_name, code_of(site.quality), site.accuracy_m, site.located_by, lon, lat)
        .run();
}

bool SiteDeriver::has_merged(std::int64_t site_id) {
    find_merged_.bind(site_id);
    return find_merged_.step();
}

/// One programme at one site by one organization, or by one that only some lists name, is one service, however many
/// lists have it. What one list counts as two stays two.
void SiteDeriver::merge_services(std::int64_t site_id, const std::vector<Row>& rows) {
    std::vector<Offer> offers;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.reading.services.size(); ++i) {
            const auto& service = row.reading.services[i];
            Offer offer;
            offer.row = &row;
            offer.reading = service;
            offer.lists = {row.source.list_id};
            offer.written.service_id = context_.entity("service", service_public_id(context_, row.source, service, i));
            offer.written.row_id = row.source.row_id;
            offer.written.list_id = row.source.list_id;
            offer.written.site_id = site_id;
            offer.written.organization_id = row.organization_id;
            offer.written.visibility = visibility_of(context_, row.source, service);
            offers.push_back(std::move(offer));
        }
    }
    for (std::size_t i = 0; i < offers.size(); ++i) {
        Offer& offer = offers[i];
        for (std::size_t j = 0; j < i; ++j) {
            Offer& shown = offers[j];
            const auto& ours = offer.written.organization_id;
            const auto& theirs = shown.written.organization_id;
            if (shown.written.shown_as || shown.reading.programme != offer.reading.programme ||
                shown.written.visibility != offer.written.visibility || shown.lists.contains(offer.written.list_id) ||
                (ours && theirs && *ours != *theirs)) {
                continue;
            }
            offer.written.shown_as = shown.written.service_id;
            offer.written.merged = shown.written.merged = true;
            shown.lists.insert(offer.written.list_id);
            fill_unknown(shown.reading, offer.reading);
            if (!theirs) {
                shown.written.organization_id = ours;
            }
            break;
        }
    }
    delete_services_.bind(site_id).run();
    for (const auto& offer : offers) {
        services_.write(offer.written, offer.reading);
    }
}

} // namespace shirube::directory
