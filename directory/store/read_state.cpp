// Reading one audience's whole state: in one read transaction, so that an import that commits meanwhile is seen whole
// or not at all. What the audience may not have is left out by the query.
#include "directory/store/read_state.hpp"

#include "directory/population.hpp"
#include "directory/store/connection.hpp"
#include "directory/store/former_ids.hpp"
#include "directory/store/wkb.hpp"
#include "directory/text_order.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <future>
#include <map>
#include <utility>

namespace shirube::directory {

namespace {

class ReadTransaction {
  public:
    explicit ReadTransaction(Database& database) : database_(database) { database.run("BEGIN"); }
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;
    ~ReadTransaction() { sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }

  private:
    Database& database_;
};

template <class Row>
std::vector<std::string_view> texts_of(const std::vector<Row>& rows, std::string Row::* text) {
    std::vector<std::string_view> texts;
    texts.reserve(rows.size());
    for (const Row& row : rows) {
        texts.emplace_back(row.*text);
    }
    return texts;
}

/// Rows as they came, with the store's numbers: put in the order of their public ids, each moved once.
template <class Row>
Places sort_by_id(std::vector<Row>& rows, const std::vector<std::int64_t>& numbers) {
    const std::vector<std::string_view> ids = texts_of(rows, &Row::id);
    std::vector<Row> sorted;
    sorted.reserve(rows.size());
    Places places;
    for (const auto at : text_order(ids)) {
        places.set(numbers[at], static_cast<std::uint32_t>(sorted.size()));
        sorted.push_back(std::move(rows[at]));
    }
    rows = std::move(sorted);
    return places;
}

std::optional<int> maybe_int(const Statement& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<std::int16_t> maybe_minute(const Statement& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional(static_cast<std::int16_t>(*value)) : std::nullopt;
}

std::vector<std::string> texts_at(const Statement& row, int column) {
    const auto text = row.text(column);
    return text == "[]" ? std::vector<std::string>{} : nlohmann::json::parse(text).get<std::vector<std::string>>();
}

/// How many rows a table has, hidden ones too: room to reserve.
std::size_t rows_of(Database& database, std::string_view table) {
    Statement select(database, fmt::format("SELECT count(*) FROM {}", table));
    return select.step() ? static_cast<std::size_t>(select.integer(0)) : 0;
}

Places read_lists(Database& database, State& state) {
    Statement select(database, R"(
        SELECT l.list_id, l.name, l.kind, e.profile, e.publisher, e.source, e.licence, e.as_of, e.import_id
        FROM current_edition c JOIN list l USING (list_id)
            JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
        ORDER BY l.kind, l.name)");
    Statement claims(database,
                     "SELECT programme, municipality, complete FROM claim WHERE import_id = ? AND list_id = ?");
    Statement shown(database, "SELECT 1 FROM service WHERE list_id = ? AND visibility = 'public' LIMIT 1");
    Statement corrects(database, R"(SELECT 1 FROM corrected_service c JOIN service s USING (service_id)
        WHERE c.list_id = ? AND s.visibility = 'public' LIMIT 1)");
    const Taxonomy& taxonomy = Taxonomy::shipped();
    Places places;
    while (select.step()) {
        ListRow list{std::string{select.text(1)},
                     std::string{select.text(3)},
                     std::string{select.text(4)},
                     std::string{select.text(5)},
                     std::string{select.text(6)},
                     std::string{select.text(7)},
                     parse_import_kind(select.text(2)).value_or(ImportKind::resources),
                     {}};
        claims.bind(select.integer(8), select.integer(0));
        while (claims.step()) {
            const auto programme = taxonomy.by_code(claims.text(0));
            if (programme && taxonomy.at(*programme).visibility == Visibility::everyone) {
                list.claims.push_back(
                    {std::string{claims.text(0)}, std::string{claims.text(1)}, claims.integer(2) != 0});
            }
        }
        if (list.kind == ImportKind::resources && list.claims.empty()) {
            shown.bind(select.integer(0));
            if (!shown.step()) {
                continue;
            }
        }
        if (list.kind == ImportKind::corrections && !corrects.bind(select.integer(0)).step()) {
            continue;
        }
        places.set(select.integer(0), static_cast<std::uint32_t>(state.lists.size()));
        state.lists.push_back(std::move(list));
    }
    return places;
}

Places read_organizations(Database& database, State& state) {
    Statement select(database, R"(
        SELECT organization_id, public_id, name, kind FROM organization JOIN entity ON entity_id = organization_id
        WHERE organization_id IN (SELECT organization_id FROM service WHERE visibility = 'public'))");
    std::vector<std::int64_t> numbers;
    while (select.step()) {
        numbers.push_back(select.integer(0));
        state.organizations.push_back(
            {std::string{select.text(1)}, std::string{select.text(2)}, std::string{select.text(3)}});
    }
    return sort_by_id(state.organizations, numbers);
}

SiteRow site_at(const Statement& row) {
    // A place with a public name is never called by its official one in public.
    SiteRow site;
    const bool renamed = !row.text(3).empty();
    site.id = row.text(1);
    site.name = renamed ? row.text(3) : row.text(2);
    if (!renamed) {
        site.official_name = row.text(2);
        site.kana = row.text(4);
    }
    site.address = row.text(5);
    site.building = row.text(6);
    site.municipality = row.text(7);
    site.municipality_name = row.text(8);
    site.quality = code_at<PositionQuality>(row, 9);
    site.accuracy_m = row.maybe_real(10);
    site.position = point_from_blob(row.blob(11));
    return site;
}

Places read_sites(Database& database, State& state) {
    Statement select(database, R"(
        SELECT site_id, public_id, official_name, public_name, kana, address, building, municipality,
            municipality_name, position_quality, accuracy_m, geom
        FROM site JOIN entity ON entity_id = site_id
        WHERE site_id IN (SELECT site_id FROM service WHERE visibility = 'public'))");
    std::vector<std::int64_t> numbers;
    state.sites.reserve(rows_of(database, "site"));
    while (select.step()) {
        numbers.push_back(select.integer(0));
        state.sites.push_back(site_at(select));
    }
    return sort_by_id(state.sites, numbers);
}

Schedule schedule_at(const Statement& row) {
    Schedule schedule;
    ScheduleRule& rule = schedule.rule;
    rule.state = parse_schedule_state(row.text(1)).value_or(ScheduleState::text);
    rule.weekdays = static_cast<WeekdayMask>(row.integer(2));
    rule.ordinals = static_cast<std::uint8_t>(row.integer(3));
    rule.months = static_cast<std::uint16_t>(row.integer(4));
    rule.days_of_month = static_cast<std::uint32_t>(row.integer(5));
    rule.from_minute = maybe_minute(row, 6);
    rule.to_minute = maybe_minute(row, 7);
    rule.holidays = parse_holiday_rule(row.text(8)).value_or(HolidayRule::unknown);
    schedule.venue = row.text(9);
    schedule.text = row.text(10);
    rule.usually = row.integer(11) != 0;
    return schedule;
}

ServiceRow service_at(const Statement& row, const Taxonomy& taxonomy) {
    ServiceRow service;
    service.id = row.text(1);
    const auto programme = taxonomy.by_code(row.text(5));
    if (!programme) {
        throw StoreError(
            "programme_unknown",
            fmt::format("The store names the programme {}, which this program does not know; use a newer shirube.",
                        row.text(5)));
    }
    service.programme = *programme;
    service.from_age_months = maybe_int(row, 6);
    service.to_age_months = maybe_int(row, 7);
    service.stage = row.text(8);
    service.for_whom = static_cast<std::uint8_t>(row.integer(9));
    service.for_whom_text = row.text(10);
    service.entry = code_at<Entry>(row, 11);
    service.entry_text = row.text(12);
    service.fee = code_at<Fee>(row, 13);
    service.fee_text = row.text(14);
    service.transport = code_at<Transport>(row, 15);
    service.capacity = maybe_int(row, 16);
    service.contract = code_at<Contract>(row, 17);
    service.status = code_at<Status>(row, 18);
    service.certainty = code_at<Certainty>(row, 19);
    service.features = static_cast<std::uint8_t>(row.integer(20));
    service.serves = texts_at(row, 21);
    service.usable_by = texts_at(row, 22);
    service.phone = row.text(23);
    service.url = row.text(24);
    service.note = row.text(25);
    service.valid_from = parse_day(row.text(26));
    service.valid_to = parse_day(row.text(27));
    service.last_confirmed_on = parse_day(row.text(28));
    return service;
}

/// What a service refers to, by the store's numbers.
struct References {
    std::int64_t list = 0;
    std::int64_t site = 0;
    std::optional<std::int64_t> organization;
    std::vector<std::int64_t> other_lists;
};

std::vector<References> read_services(Database& database, State& state) {
    // Both ordered by the store's number, so that one walk joins them.
    Statement select(database, R"(
        SELECT service_id, public_id, list_id, site_id, organization_id, programme, from_age_months, to_age_months,
            stage, for_whom, for_whom_text, entry, entry_text, fee, fee_text, transport, capacity, contract, status,
            certainty, features, serves, usable_by, phone, url, note, valid_from, valid_to, last_confirmed_on
        FROM service JOIN entity ON entity_id = service_id WHERE visibility = 'public' AND shown_as IS NULL
        ORDER BY service_id)");
    // Lists whose own service is not shown beside it, and those that correct it.
    Statement others(database, R"(SELECT shown_as, list_id FROM service
        WHERE shown_as IS NOT NULL AND visibility = 'public'
        UNION SELECT service_id, list_id FROM corrected_service ORDER BY 1, 2)");
    bool more_others = others.step();
    Statement schedules(database, R"(
        SELECT service_id, state, weekdays, ordinals, months, days_of_month, from_minute, to_minute, holidays, venue, text,
            usually
        FROM schedule ORDER BY service_id, ordinal)");
    const Taxonomy& taxonomy = Taxonomy::shipped();
    std::vector<References> references;
    const auto count = rows_of(database, "service");
    references.reserve(count);
    state.services.reserve(count);
    bool more = schedules.step();
    while (select.step()) {
        ServiceRow service = service_at(select, taxonomy);
        while (more && schedules.integer(0) < select.integer(0)) {
            more = schedules.step();
        }
        while (more && schedules.integer(0) == select.integer(0)) {
            service.schedules.push_back(schedule_at(schedules));
            more = schedules.step();
        }
        References refers{select.integer(2), select.integer(3), select.maybe_integer(4), {}};
        while (more_others && others.integer(0) <= select.integer(0)) {
            if (others.integer(0) == select.integer(0)) {
                refers.other_lists.push_back(others.integer(1));
            }
            more_others = others.step();
        }
        references.push_back(std::move(refers));
        state.services.push_back(std::move(service));
    }
    return references;
}

void refer(State& state, const std::vector<References>& references, const Places& lists, const Places& sites,
           const Places& organizations) {
    std::vector<std::int64_t> none(state.services.size());
    for (std::size_t i = 0; i < references.size(); ++i) {
        ServiceRow& service = state.services[i];
        service.list = lists[references[i].list];
        for (const auto list : references[i].other_lists) {
            service.other_lists.push_back(lists[list]);
        }
        std::ranges::sort(service.other_lists);
        service.site = sites[references[i].site];
        service.organization = references[i].organization ? organizations[*references[i].organization] : k_no_index;
    }
    sort_by_id(state.services, none);
}

/// Which state of the store a transaction sees. Reading it pins that state.
std::pair<std::int64_t, std::int64_t> state_seen(Database& database) {
    Statement select(database, "SELECT coalesce(max(import_id), 0), count(undone_at) FROM import");
    return select.step() ? std::pair{select.integer(0), select.integer(1)}
                         : std::pair{std::int64_t{0}, std::int64_t{0}};
}

void read_cells(Database& database, State& state, const Places& lists) {
    Statement select(database, R"(
        SELECT p.row_id, p.list_id, p.mesh, p.total, p.suppressed_into, p.carries, p.town, p.town_code, p.municipality,
            p.lon, p.lat, p.accuracy_m
        FROM population_cell p JOIN list l USING (list_id) ORDER BY l.name, p.mesh, p.town_code, p.row_id)");
    Statement bands(
        database,
        "SELECT from_age_years, to_age_years, count FROM population_band WHERE row_id = ? ORDER BY from_age_years");
    std::vector<CellCandidate> candidates;
    candidates.reserve(rows_of(database, "population_cell"));
    while (select.step()) {
        CellCandidate candidate;
        CellRow& cell = candidate.cell;
        cell.list = lists[select.integer(1)];
        cell.mesh = select.text(2);
        cell.total = select.maybe_integer(3);
        cell.suppressed_into = select.text(4);
        candidate.carries = texts_at(select, 5);
        cell.town = select.text(6);
        cell.town_code = select.text(7);
        cell.municipality = select.text(8);
        if (!select.is_null(9) && !select.is_null(10)) {
            cell.position = geo::LonLat{select.real(9), select.real(10)};
        }
        cell.accuracy_m = select.maybe_real(11).value_or(0);
        bands.bind(select.integer(0));
        while (bands.step()) {
            cell.bands.push_back({static_cast<int>(bands.integer(0)), maybe_int(bands, 1), bands.maybe_integer(2)});
        }
        candidates.push_back(std::move(candidate));
    }
    state.cells = cells_in_use(std::move(candidates), state.lists);
}

void read_needs(Database& database, State& state, const Places& lists) {
    Statement select(database, R"(
        SELECT n.list_id, n.indicator, n.unit, n.layer, n.code, n.name, n.municipality, n.from_day, n.to_day, n.value,
            n.suppressed, n.source, n.note
        FROM need n JOIN list l USING (list_id)
        ORDER BY n.indicator, n.unit, n.layer, n.municipality, n.code, n.name, n.from_day, n.to_day, l.name)");
    while (select.step()) {
        NeedRow need;
        need.list = lists[select.integer(0)];
        NeedReading& reading = need.reading;
        reading.indicator = select.text(1);
        reading.unit = code_at<Unit>(select, 2);
        reading.layer = select.text(3);
        reading.code = select.text(4);
        reading.name = select.text(5);
        reading.municipality = select.text(6);
        reading.from = parse_day(select.text(7));
        reading.to = parse_day(select.text(8));
        reading.value = select.maybe_real(9);
        reading.suppressed = select.integer(10) != 0;
        reading.source = select.text(11);
        reading.note = select.text(12);
        state.needs.push_back(std::move(need));
    }
}

/// The days of one list: the one that reaches farthest into the future, then the newest. Two lists together could leave
/// a gap between them that nobody would see.
void read_holidays(Database& database, State& state, const Places& lists) {
    Statement select(database, R"(
        WITH best AS (SELECT h.list_id FROM holiday h JOIN list l USING (list_id)
                JOIN current_edition c USING (list_id)
                JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
            GROUP BY h.list_id ORDER BY max(h.day) DESC, e.as_of DESC, l.name LIMIT 1)
        SELECT list_id, day, name FROM holiday WHERE list_id = (SELECT list_id FROM best) ORDER BY day, name)");
    while (select.step()) {
        if (const auto day = parse_day(select.text(1))) {
            state.holidays.push_back({*day, std::string{select.text(2)}, lists[select.integer(0)]});
        }
    }
}

std::vector<TownReading> read_towns(Database& database) {
    Statement select(database, R"(
        SELECT prefecture, municipality, municipality_name, town, koaza, accuracy_m, geom FROM gazetteer_town
        ORDER BY prefecture, municipality, municipality_name, town, koaza)");
    std::vector<TownReading> towns;
    while (select.step()) {
        TownReading town{std::string{select.text(0)},
                         std::string{select.text(1)},
                         std::string{select.text(2)},
                         std::string{select.text(3)},
                         std::string{select.text(4)},
                         {},
                         select.real(5)};
        if (const auto position = point_from_blob(select.blob(6))) {
            town.position = *position;
            towns.push_back(std::move(town));
        }
    }
    return towns;
}

} // namespace

State Store::read_public_state() const {
    Database& database = impl_->database;
    const ReadTransaction transaction(database);
    // Places are read beside services, by a connection of its own; should an import have come in between the two, this
    // one reads both.
    Database beside(database.path(), Database::Mode::read_only);
    const ReadTransaction transaction_beside(beside);
    const bool see_the_same = state_seen(database) == state_seen(beside);
    State state;
    Places sites;
    Places organizations;
    auto places = std::async(see_the_same ? std::launch::async : std::launch::deferred, [&] {
        Database& from = see_the_same ? beside : database;
        organizations = read_organizations(from, state);
        sites = read_sites(from, state);
    });
    const auto references = read_services(database, state);
    const Places lists = read_lists(database, state);
    read_districts(database, state, lists);
    read_cells(database, state, lists);
    read_needs(database, state, lists);
    read_holidays(database, state, lists);
    state.towns = read_towns(database);
    state.moved = read_moved_ids(database);
    auto ended = read_ended_ids(database);
    state.ended = std::move(ended.services);
    state.ended_sites = std::move(ended.sites);
    places.get();
    refer(state, references, lists, sites, organizations);
    return state;
}

std::vector<TownReading> Store::read_gazetteer() const {
    // Gazetteers name municipalities without their codes; districts know both. A name that recurs in another prefecture
    // (府中市) tells nothing.
    Statement names(impl_->database, "SELECT DISTINCT municipality_name, municipality FROM district");
    std::multimap<std::string, std::string> codes;
    while (names.step()) {
        codes.emplace(names.text(0), names.text(1));
    }
    auto towns = read_towns(impl_->database);
    for (auto& town : towns) {
        if (town.municipality.empty() && codes.count(town.municipality_name) == 1) {
            town.municipality = codes.find(town.municipality_name)->second;
        }
    }
    return towns;
}

std::vector<DistrictName> Store::district_names() const {
    Statement select(impl_->database,
                     "SELECT layer, code, name, municipality, geom IS NOT NULL FROM district ORDER BY layer, code");
    std::vector<DistrictName> names;
    while (select.step()) {
        names.push_back({std::string(select.text(0)), std::string(select.text(1)), std::string(select.text(2)),
                         std::string(select.text(3)), select.integer(4) != 0});
    }
    return names;
}

} // namespace shirube::directory
