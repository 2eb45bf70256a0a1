#include "directory/store/derive.hpp"

#include "directory/fold.hpp"
#include "directory/store/wkb.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace shirube::directory {

namespace {

template <class T>
std::int64_t bits_of(const std::vector<T>& values) noexcept {
    std::int64_t bits = 0;
    for (const auto value : values) {
        bits |= std::int64_t{1} << static_cast<unsigned>(value);
    }
    return bits;
}

std::optional<std::string> text_of(const std::optional<Day>& day) {
    if (!day) {
        return std::nullopt;
    }
    return to_string(*day);
}

/// The best row for what several rows say together: one that the public may see, of the newest list, then by name and
/// key so that the order of imports does not matter.
constexpr std::string_view k_best_row = R"(
    SELECT r.reading FROM service s JOIN source_row r USING (row_id)
        JOIN list l ON l.list_id = r.list_id
        JOIN current_edition c ON c.list_id = r.list_id
        JOIN list_edition e ON e.import_id = c.import_id AND e.list_id = c.list_id
    WHERE s.{} = ?
    ORDER BY s.visibility <> 'public', e.as_of DESC, l.name, r.key LIMIT 1)";

} // namespace

std::string district_code(const DistrictReading& district) {
    return district.school_code.empty() ? fmt::format("{}-{}", district.municipality, fold(district.name))
                                        : district.school_code;
}

Derivation::Derivation(Database& database, const Taxonomy& taxonomy, const StoreSecret& secret)
    : database_(database),
      taxonomy_(taxonomy),
      secret_(secret),
      select_row_(database,
                  "SELECT l.name, r.key, r.reading FROM source_row r JOIN list l USING (list_id) WHERE row_id = ?"),
      insert_entity_(database, "INSERT OR IGNORE INTO entity (type, public_id) VALUES (?, ?)"),
      select_entity_(database, "SELECT entity_id, type FROM entity WHERE public_id = ?"),
      insert_link_(database,
                   "INSERT OR REPLACE INTO link (list_id, key, role, entity_id, reason) VALUES (?, ?, ?, ?, ?)"),
      insert_service_(database, R"(INSERT INTO service VALUES
          (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))"),
      insert_schedule_(database, "INSERT INTO schedule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      insert_cell_(database, R"(INSERT INTO population_cell (row_id, list_id, mesh, total, suppressed_into, geom)
          VALUES (?, ?, ?, ?, ?, BuildMbr(?, ?, ?, ?, 4326)))"),
      insert_band_(database, "INSERT INTO population_band VALUES (?, ?, ?, ?)"),
      insert_town_(database, R"(INSERT INTO gazetteer_town
          (row_id, list_id, prefecture, municipality, municipality_name, town, koaza, accuracy_m, geom)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326)))"),
      services_of_row_(database_, R"(SELECT service_id, site_id, organization_id, public_id
          FROM service JOIN entity ON entity_id = service_id WHERE row_id = ?)"),
      delete_service_(database_, "DELETE FROM service WHERE service_id = ?"),
      best_of_site_(database_, fmt::format(fmt::runtime(k_best_row), "site_id")),
      // INSERT OR REPLACE would cascade; an upsert keeps what refers to the site.
      write_site_(database_, R"(INSERT INTO site (site_id, official_name, public_name, kana, address, building,
              municipality, municipality_name, position_quality, accuracy_m, located_by, geom)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326))
          ON CONFLICT (site_id) DO UPDATE SET official_name = excluded.official_name,
              public_name = excluded.public_name, kana = excluded.kana, address = excluded.address,
              building = excluded.building, municipality = excluded.municipality,
              municipality_name = excluded.municipality_name, position_quality = excluded.position_quality,
              accuracy_m = excluded.accuracy_m, located_by = excluded.located_by, geom = excluded.geom)"),
      delete_site_(database_, "DELETE FROM site WHERE site_id = ?"),
      best_of_organization_(database_, fmt::format(fmt::runtime(k_best_row), "organization_id")),
      write_organization_(database_, R"(INSERT INTO organization VALUES (?, ?, ?, ?)
          ON CONFLICT (organization_id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
              corporate_number = excluded.corporate_number)"),
      delete_organization_(database_, "DELETE FROM organization WHERE organization_id = ?") {}

Derivation::SourceRow Derivation::row(std::int64_t row_id) {
    select_row_.bind(row_id);
    if (!select_row_.step()) {
        throw StoreError("store_damaged", fmt::format("Row {} of the store is missing.", row_id));
    }
    return {row_id, std::string{select_row_.text(0)}, std::string{select_row_.text(1)},
            std::string{select_row_.text(2)}};
}

std::int64_t Derivation::entity(std::string_view type, const std::string& public_id) {
    insert_entity_.bind(type, public_id).run();
    select_entity_.bind(public_id);
    if (!select_entity_.step() || select_entity_.text(1) != type) {
        throw StoreError("store_failed", fmt::format("The id {} stands for something else already.", public_id));
    }
    return select_entity_.integer(0);
}

void Derivation::link(std::int64_t list_id, const SourceRow& row, std::string_view role, std::int64_t entity_id,
                      std::string_view reason) {
    insert_link_.bind(list_id, row.key, role, entity_id, reason).run();
}

void Derivation::count(const std::string& entity_key, std::string_view before, std::string_view after) {
    auto& both = compared_[entity_key];
    both.before += before;
    both.after += after;
}

void Derivation::apply(const RowChanges& changes) {
    leave(changes);
    come(changes);
    if (changes.redated) {
        touch_all(changes);
    }
    touched_lists_.emplace(changes.list_id, changes.kind);
}

void Derivation::touch_all(const RowChanges& changes) {
    if (changes.kind == ImportKind::resources) {
        Statement select(database_, "SELECT DISTINCT site_id, organization_id FROM service WHERE list_id = ?");
        select.bind(changes.list_id);
        while (select.step()) {
            touched_sites_.insert(select.integer(0));
            if (const auto organization = select.maybe_integer(1)) {
                touched_organizations_.insert(*organization);
            }
        }
    } else if (changes.kind == ImportKind::districts) {
        Statement select(database_, R"(SELECT DISTINCT k.entity_id FROM link k
            JOIN district d ON d.district_id = k.entity_id WHERE k.list_id = ?)");
        select.bind(changes.list_id);
        while (select.step()) {
            touched_districts_.insert(select.integer(0));
        }
    }
}

void Derivation::leave(const RowChanges& changes) {
    Statement delete_cell(database_, "DELETE FROM population_cell WHERE row_id = ?");
    Statement delete_town(database_, "DELETE FROM gazetteer_town WHERE row_id = ?");
    for (const auto row_id : changes.left) {
        const SourceRow gone = row(row_id);
        switch (changes.kind) {
            case ImportKind::resources:
                leave_resource(row_id);
                break;
            case ImportKind::districts: {
                const auto reading = nlohmann::json::parse(gone.reading).get<DistrictReading>();
                touched_districts_.insert(
                    entity("district", mint_id(secret_, "district", {reading.layer, district_code(reading)})));
                break;
            }
            case ImportKind::population:
                delete_cell.bind(row_id).run();
                break;
            case ImportKind::gazetteer:
                delete_town.bind(row_id).run();
                break;
        }
        if (changes.kind == ImportKind::population || changes.kind == ImportKind::gazetteer) {
            count(gone.list + "\n" + gone.key, gone.reading, {});
        }
    }
}

void Derivation::leave_resource(std::int64_t row_id) {
    const auto reading = nlohmann::json::parse(row(row_id).reading);
    services_of_row_.bind(row_id);
    while (services_of_row_.step()) {
        touched_sites_.insert(services_of_row_.integer(1));
        if (const auto organization = services_of_row_.maybe_integer(2)) {
            touched_organizations_.insert(*organization);
        }
        count(std::string{services_of_row_.text(3)}, reading.dump(), {});
        delete_service_.bind(services_of_row_.integer(0)).run();
    }
}

void Derivation::come(const RowChanges& changes) {
    for (const auto row_id : changes.came) {
        const SourceRow now = row(row_id);
        switch (changes.kind) {
            case ImportKind::resources:
                come_resource(changes.list_id, now);
                break;
            case ImportKind::districts:
                come_district(changes.list_id, now);
                break;
            case ImportKind::population:
                come_population(changes.list_id, now);
                break;
            case ImportKind::gazetteer:
                come_town(changes.list_id, now);
                break;
        }
        if (changes.kind == ImportKind::population || changes.kind == ImportKind::gazetteer) {
            count(now.list + "\n" + now.key, {}, now.reading);
        }
    }
}

void Derivation::come_resource(std::int64_t list_id, const SourceRow& row) {
    const auto reading = nlohmann::json::parse(row.reading).get<ResourceReading>();
    const SiteReading& site = reading.site;

    // The same folded name at the same folded address is one place, whichever lists speak of it. Without an address the
    // name alone is not enough: the row is a place of its own.
    const std::string name = fold(site.official_name);
    const std::string address = fold_address(site.address);
    const bool by_address = !name.empty() && !address.empty();
    const auto site_id = entity("site", by_address ? mint_id(secret_, "site", {site.municipality, name, address})
                                                   : mint_id(secret_, "site of row", {row.list, row.key}));
    link(list_id, row, "site", site_id, by_address ? "same folded name and address" : "its own row");
    touched_sites_.insert(site_id);

    std::optional<std::int64_t> organization_id;
    if (!reading.organization.name.empty()) {
        const auto& number = reading.organization.corporate_number;
        organization_id = entity(
            "organization", number.empty()
                                ? mint_id(secret_, "organization", {site.municipality, fold(reading.organization.name)})
                                : mint_id(secret_, "organization by number", {number}));
        link(list_id, row, "organization", *organization_id,
             number.empty() ? "same folded name in the municipality" : "same corporate number");
        touched_organizations_.insert(*organization_id);
    }
    for (std::size_t i = 0; i < reading.services.size(); ++i) {
        add_service(list_id, row, reading, reading.services[i], i, site_id, organization_id);
    }
}

void Derivation::add_service(std::int64_t list_id, const SourceRow& row, const ResourceReading& reading,
                             const ServiceReading& service, std::size_t place, std::int64_t site_id,
                             std::optional<std::int64_t> organization_id) {
    const auto programme = taxonomy_.by_code(service.programme);
    if (!programme) {
        throw StoreError(
            "programme_unknown",
            fmt::format("The row {} of list {} names the programme {}, which this program's taxonomy does not have.",
                        row.key, row.list, service.programme));
    }
    const std::string role = fmt::format("service:{}:{}", service.programme, place);
    const std::string public_id = mint_id(secret_, "service", {row.list, row.key, role});
    const auto service_id = entity("service", public_id);
    link(list_id, row, role, service_id, "its own row");
    const Visibility visibility = service.visibility.value_or(taxonomy_.at(*programme).visibility);
    const std::string serves = nlohmann::json(service.serves).dump();
    const std::string usable_by = nlohmann::json(service.usable_by).dump();
    const auto from = text_of(service.valid_from);
    const auto to = text_of(service.valid_to);
    const auto confirmed = text_of(service.last_confirmed_on);
    insert_service_
        .bind(service_id, row.row_id, list_id, site_id, organization_id, service.programme, code_of(visibility),
              service.from_age_months, service.to_age_months, service.stage, bits_of(service.for_whom),
              service.for_whom_text, code_of(service.entry), service.entry_text, code_of(service.fee), service.fee_text,
              code_of(service.transport), service.capacity, code_of(service.contract), code_of(service.status),
              code_of(service.certainty), bits_of(service.features), serves, usable_by, service.phone, service.url,
              service.note, from, to, confirmed)
        .run();
    for (std::size_t i = 0; i < service.schedules.size(); ++i) {
        const Schedule& schedule = service.schedules[i];
        const ScheduleRule& rule = schedule.rule;
        insert_schedule_
            .bind(service_id, static_cast<std::int64_t>(i), code_of(rule.state), static_cast<int>(rule.weekdays),
                  static_cast<int>(rule.ordinals), static_cast<int>(rule.months),
                  static_cast<std::int64_t>(rule.days_of_month), rule.from_minute, rule.to_minute,
                  code_of(rule.holidays), schedule.venue, schedule.text)
            .run();
    }
    count(public_id, {}, nlohmann::json(reading).dump());
}

void Derivation::come_district(std::int64_t list_id, const SourceRow& row) {
    const auto reading = nlohmann::json::parse(row.reading).get<DistrictReading>();
    const auto district_id = entity("district", mint_id(secret_, "district", {reading.layer, district_code(reading)}));
    link(list_id, row, "district", district_id,
         reading.school_code.empty() ? "same municipality and folded name" : "same school code");
    touched_districts_.insert(district_id);
}

void Derivation::come_population(std::int64_t list_id, const SourceRow& row) {
    const auto reading = nlohmann::json::parse(row.reading).get<PopulationReading>();
    const auto mesh = geo::parse_mesh(reading.mesh);
    if (!mesh) {
        throw StoreError("store_failed", fmt::format("{} is no mesh code.", reading.mesh));
    }
    const geo::Box box = geo::mesh_box(*mesh);
    insert_cell_
        .bind(row.row_id, list_id, reading.mesh, reading.total, reading.suppressed_into, box.west, box.south, box.east,
              box.north)
        .run();
    for (const auto& band : reading.bands) {
        insert_band_.bind(row.row_id, band.from_age_years, band.to_age_years, band.count).run();
    }
}

void Derivation::come_town(std::int64_t list_id, const SourceRow& row) {
    const auto town = nlohmann::json::parse(row.reading).get<TownReading>();
    insert_town_
        .bind(row.row_id, list_id, town.prefecture, town.municipality, town.municipality_name, town.town, town.koaza,
              town.accuracy_m, town.position.lon, town.position.lat)
        .run();
}

void Derivation::derive_site(std::int64_t site_id) {
    best_of_site_.bind(site_id);
    if (!best_of_site_.step()) {
        delete_site_.bind(site_id).run();
        return;
    }
    const auto reading = nlohmann::json::parse(best_of_site_.text(0)).get<ResourceReading>();
    const SiteReading& site = reading.site;
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

void Derivation::derive_organization(std::int64_t organization_id) {
    best_of_organization_.bind(organization_id);
    if (!best_of_organization_.step()) {
        delete_organization_.bind(organization_id).run();
        return;
    }
    const auto reading = nlohmann::json::parse(best_of_organization_.text(0)).get<ResourceReading>();
    const auto& organization = reading.organization;
    write_organization_.bind(organization_id, organization.name, organization.kind, organization.corporate_number)
        .run();
}

void Derivation::derive_district(std::int64_t district_id) {
    Statement before(database_, "SELECT name || status || hex(geom) FROM district WHERE district_id = ?");
    before.bind(district_id);
    const std::string old = before.step() ? std::string{before.text(0)} : std::string{};

    // Of several lists that have the district (editions of two years), the newest alone draws it.
    Statement rows(database_, R"(
        SELECT r.row_id, r.list_id, r.reading FROM link k
            JOIN source_row r ON r.list_id = k.list_id AND r.key = k.key
            JOIN edition_row m ON m.row_id = r.row_id
            JOIN current_edition c ON c.list_id = m.list_id AND c.import_id = m.import_id
            JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
            JOIN list l ON l.list_id = r.list_id
        WHERE k.entity_id = ? AND k.role = 'district'
        ORDER BY e.as_of DESC, l.name, r.key)");
    rows.bind(district_id);
    std::int64_t list_id = 0;
    std::string reading_text;
    std::vector<std::int64_t> parts;
    while (rows.step()) {
        if (parts.empty()) {
            list_id = rows.integer(1);
            reading_text = rows.text(2);
        }
        if (rows.integer(1) == list_id) {
            parts.push_back(rows.integer(0));
        }
    }
    Statement(database_, "DELETE FROM district WHERE district_id = ?").bind(district_id).run();
    std::string now;
    if (!parts.empty()) {
        const auto district = nlohmann::json::parse(reading_text).get<DistrictReading>();
        const std::string ids = nlohmann::json(parts).dump();
        Statement(database_, R"(INSERT INTO district (district_id, list_id, layer, code, name, municipality,
                municipality_name, status, polygons_joined, geom)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT CastToMulti(ST_Union(geom)) FROM
                (SELECT geom FROM source_geometry WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY row_id)))")
            .bind(district_id, list_id, district.layer, district_code(district), district.name, district.municipality,
                  district.municipality_name, code_of(district.status), static_cast<std::int64_t>(parts.size()), ids)
            .run();
        before.bind(district_id);
        if (before.step()) {
            now = before.text(0);
        }
    }
    const auto key = fmt::format("district {}", district_id);
    count(key, old, now);
    compared_[key].of_other_list = !touched_lists_.contains({list_id, ImportKind::districts});
}

std::int64_t Derivation::entities_of(std::int64_t list_id, ImportKind kind) {
    const char* table = "";
    switch (kind) {
        case ImportKind::resources:
            table = "service";
            break;
        case ImportKind::districts:
            table = "district";
            break;
        case ImportKind::population:
            table = "population_cell";
            break;
        case ImportKind::gazetteer:
            table = "gazetteer_town";
            break;
    }
    Statement total(database_, fmt::format("SELECT count(*) FROM {} WHERE list_id = ?", table));
    total.bind(list_id);
    return total.step() ? total.integer(0) : 0;
}

EntityChanges Derivation::finish() {
    // Links of a row that left still name the entity, so a district none of whose rows is in force finds no rows and
    // goes.
    for (const auto id : touched_sites_) {
        derive_site(id);
    }
    for (const auto id : touched_organizations_) {
        derive_organization(id);
    }
    for (const auto id : touched_districts_) {
        derive_district(id);
    }

    EntityChanges changes;
    for (const auto& [list_id, kind] : touched_lists_) {
        changes.unchanged += entities_of(list_id, kind);
    }
    for (const auto& [key, both] : compared_) {
        if (!both.after.empty() && !both.of_other_list) {
            --changes.unchanged; // counted below by what became of it
        }
        if (both.before.empty()) {
            ++changes.added;
        } else if (both.after.empty()) {
            ++changes.gone;
        } else if (both.before == both.after) {
            ++changes.unchanged;
        } else {
            ++changes.changed;
        }
    }
    return changes;
}

} // namespace shirube::directory
