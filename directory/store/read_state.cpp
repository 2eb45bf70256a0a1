// Reading one audience's whole state: in one read transaction, so that an import that commits meanwhile is seen whole
// or not at all. What the audience may not have is left out by the query.
#include "directory/store/read_state.hpp"

#include "directory/age_profile.hpp"
#include "directory/gazetteer.hpp"
#include "directory/mended_list.hpp"
#include "directory/population.hpp"
#include "directory/small_counts.hpp"
#include "directory/store/connection.hpp"
#include "directory/store/former_ids.hpp"
#include "directory/store/read_network.hpp"
#include "directory/store/read_resources.hpp"
#include "directory/store/read_staff.hpp"
#include "directory/store/tie_sight.hpp"
#include "directory/store/wkb.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
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

/// Claims are public, so hidden rows make none; to who sees the rows their list speaks of what they are.
class ClaimsOfHiddenRows {
  public:
    ClaimsOfHiddenRows(Database& database, const Audience& audience)
        : select_(database, fmt::format(R"(SELECT DISTINCT v.programme, s.municipality
              FROM service v JOIN stated_place s USING (row_id)
              WHERE v.list_id = ? AND v.visibility <> 'public' AND s.municipality <> '' AND {} ORDER BY 1, 2)",
                                        seen_by(audience, "v."))) {}

    void add_to(ListRow& list, std::int64_t list_id) {
        select_.bind(list_id);
        while (select_.step()) {
            const bool is_said = std::ranges::any_of(list.claims, [&](const Claim& claim) {
                return claim.programme == select_.text(0) && claim.municipality == select_.text(1);
            });
            if (!is_said) {
                list.claims.push_back({std::string{select_.text(0)}, std::string{select_.text(1)}, false});
            }
        }
    }

  private:
    Statement select_;
};

Places read_lists(Database& database, State& state) {
    Statement select(database, R"(
        SELECT l.list_id, l.name, l.kind, e.profile, e.publisher, e.source, e.licence, e.as_of, e.import_id
        FROM current_edition c JOIN list l USING (list_id)
            JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
        ORDER BY l.kind, l.name)");
    Statement claims(database,
                     "SELECT programme, municipality, complete FROM claim WHERE import_id = ? AND list_id = ?");
    Statement shown(database,
                    fmt::format("SELECT 1 FROM service WHERE list_id = ? AND {} LIMIT 1", seen_by(state.audience)));
    Statement corrects(database, fmt::format(R"(SELECT 1 FROM corrected_service c JOIN service s USING (service_id)
        WHERE c.list_id = ? AND {} LIMIT 1)",
                                             seen_by(state.audience, "s.")));
    ClaimsOfHiddenRows of_hidden(database, state.audience);
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
            if (programme && state.audience.may_see(taxonomy.at(*programme).visibility, owner_of(claims.text(1)))) {
                list.claims.push_back(
                    {std::string{claims.text(0)}, std::string{claims.text(1)}, claims.integer(2) != 0});
            }
        }
        if (!state.audience.is_public()) {
            of_hidden.add_to(list, select.integer(0));
        }
        if (list.kind == ImportKind::resources && list.claims.empty()) {
            shown.bind(select.integer(0));
            if (!shown.step()) {
                continue;
            }
        }
        if ((list.kind == ImportKind::relations || list.kind == ImportKind::helpers) &&
            !shows_rows_of(database, state.audience, list.kind, select.integer(0))) {
            continue;
        }
        if (list.kind == ImportKind::corrections && !corrects.bind(select.integer(0)).step()) {
            continue;
        }
        places.set(select.integer(0), static_cast<std::uint32_t>(state.lists.size()));
        state.lists.push_back(std::move(list));
    }
    return places;
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
    state.age_profiles = age_profiles(candidates, state.lists);
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

/// The days of one list with those of it that were mended: the one that reaches farthest into the future, then the
/// newest. Two lists together could leave a gap between them that nobody would see.
void read_holidays(Database& database, State& state, const Places& lists) {
    Statement select(database, R"(
        SELECT h.list_id, h.day, h.name, l.name, e.as_of FROM holiday h JOIN list l USING (list_id)
            JOIN current_edition c USING (list_id)
            JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
        ORDER BY l.name, h.day, h.name)");
    struct Calendar {
        std::map<Day, HolidayRow> days;
        std::string as_of;
    };
    std::map<std::string, Calendar, std::less<>> calendars; ///< by the list that rows came from at first
    while (select.step()) {
        const auto day = parse_day(select.text(1));
        if (!day) {
            continue;
        }
        const std::string list{select.text(3)};
        Calendar& of = calendars[std::string{origin_of_mended(list)}];
        of.days.emplace(*day, HolidayRow{*day, std::string{select.text(2)}, lists[select.integer(0)]});
        if (!is_mended_list(list) || of.as_of.empty()) {
            of.as_of = select.text(4);
        }
    }
    // Names ascend: of two that reach as far and are as new the first stays.
    const auto best = std::ranges::max_element(calendars, [](const auto& a, const auto& b) {
        return std::pair{a.second.days.rbegin()->first, std::string_view{a.second.as_of}} <
               std::pair{b.second.days.rbegin()->first, std::string_view{b.second.as_of}};
    });
    if (best != calendars.end()) {
        for (auto& [day, holiday] : best->second.days) {
            state.holidays.push_back(std::move(holiday));
        }
    }
}

/// All gazetteers in force as one. The address base registry is kept closest to the address, and Geolonia's list is
/// made of the ministry's; of one kind the newest is believed.
/// Of all lists in force; what two of them say alike is told twice, and shown once.
void read_landmarks(Database& database, State& state, const Places& lists) {
    Statement select(database, R"(
        SELECT k.list_id, k.kind, k.name, k.kana, k.detail, k.municipality, k.municipality_name, k.lon, k.lat,
            k.accuracy_m
        FROM landmark k JOIN list l USING (list_id)
        ORDER BY k.kind, k.name, k.municipality, k.municipality_name, k.detail, l.name, k.lon, k.lat, k.kana)");
    while (select.step()) {
        LandmarkReading landmark;
        landmark.kind = parse_code<LandmarkKind>(select.text(1)).value_or(LandmarkKind::facility);
        landmark.name = select.text(2);
        landmark.kana = select.text(3);
        landmark.detail = select.text(4);
        landmark.municipality = select.text(5);
        landmark.municipality_name = select.text(6);
        if (!select.is_null(7)) {
            landmark.position = geo::LonLat{select.real(7), select.real(8)};
        }
        landmark.accuracy_m = select.real(9);
        state.landmarks.push_back({std::move(landmark), lists[select.integer(0)]});
    }
}

std::vector<TownReading> read_towns(Database& database) {
    Statement select(database, R"(
        SELECT t.list_id, t.prefecture, t.municipality, t.municipality_name, t.town, t.koaza, t.accuracy_m, t.geom,
            t.blocks, t.is_middle_of_blocks
        FROM gazetteer_town t JOIN list l USING (list_id) JOIN current_edition c USING (list_id)
            JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
        ORDER BY CASE WHEN e.profile LIKE 'abr-%' THEN 0 WHEN e.profile LIKE 'isj-%' THEN 1 ELSE 2 END, e.as_of DESC,
            e.import_id DESC, l.name, t.prefecture, t.municipality, t.municipality_name, t.town, t.koaza, t.row_id)");
    std::vector<ListedTown> towns;
    std::int64_t list_before = 0;
    std::size_t list = 0;
    while (select.step()) {
        if (select.integer(0) != list_before) {
            list_before = select.integer(0);
            ++list;
        }
        TownReading town;
        town.prefecture = select.text(1);
        town.municipality = select.text(2);
        town.municipality_name = select.text(3);
        town.town = select.text(4);
        town.koaza = select.text(5);
        town.accuracy_m = select.real(6);
        if (const auto blocks = select.blob(8); !blocks.empty()) {
            town.blocks = std::make_shared<const std::string>(blocks.begin(), blocks.end());
        }
        town.is_middle_of_blocks = select.integer(9) != 0;
        if (const auto position = point_from_blob(select.blob(7))) {
            town.position = *position;
            towns.push_back({std::move(town), list});
        }
    }
    return merge_gazetteers(std::move(towns));
}

/// Its own municipality's in their newest version, everybody's in the one that is public.
std::vector<PolicyRow> read_policies(Database& database, const Audience& audience) {
    const std::string own = audience.is_public() ? std::string{} : audience.owners.front().owner;
    Statement select(database, R"(
        SELECT d.document_id, d.municipality, d.public_version, v.version, v.body
        FROM kept_document d JOIN kept_document_version v USING (document_id)
        WHERE d.kind = 'policy' AND d.retired_at IS NULL AND v.version = CASE WHEN d.municipality = ?
            THEN (SELECT max(version) FROM kept_document_version n WHERE n.document_id = d.document_id)
            ELSE d.public_version END
        ORDER BY d.document_id)");
    select.bind(own);
    std::vector<PolicyRow> policies;
    while (select.step()) {
        const auto public_version = maybe_int(select, 2);
        policies.push_back({std::string{select.text(0)}, std::string{select.text(1)},
                            static_cast<int>(select.integer(3)), public_version, std::string{select.text(4)}});
    }
    return policies;
}

/// Its own municipality's, whatever anybody did to publish one: by them nobody but its staff is answered.
std::vector<PolicyRow> read_match_rules(Database& database, const Audience& audience) {
    std::vector<PolicyRow> rules;
    if (audience.is_public()) {
        return rules;
    }
    Statement select(database, R"(
        SELECT d.document_id, d.municipality, v.version, v.body
        FROM kept_document d JOIN kept_document_version v USING (document_id)
        WHERE d.kind = 'match_rules' AND d.retired_at IS NULL AND d.municipality = ? AND v.version =
            (SELECT max(version) FROM kept_document_version n WHERE n.document_id = d.document_id)
        ORDER BY v.kept_at DESC, v.version DESC, d.document_id)"); // of two of a second the one that was kept again
    select.bind(audience.owners.front().owner);
    while (select.step()) {
        rules.push_back({std::string{select.text(0)}, std::string{select.text(1)}, static_cast<int>(select.integer(2)),
                         std::nullopt, std::string{select.text(3)}});
    }
    return rules;
}

} // namespace

std::string seen_by(const Audience& audience, std::string_view table) {
    std::string condition = fmt::format("({}visibility = 'public'", table);
    for (const auto& [owner, up_to] : audience.owners) {
        // It stands in the statement as it is.
        const bool is_code =
            owner.size() == 5 && std::ranges::all_of(owner, [](char c) { return c >= '0' && c <= '9'; });
        if (!is_code) {
            throw StoreError("audience_malformed", "An audience's municipality is a code of five digits.");
        }
        condition += fmt::format(" OR ({0}owner = '{1}' AND {0}visibility IN ({2}))", table, owner,
                                 up_to == Visibility::coordinator ? "'staff', 'coordinator'" : "'staff'");
    }
    return condition + ")";
}

std::vector<std::string> texts_at(const Statement& row, int column) {
    const auto text = row.text(column);
    return text == "[]" ? std::vector<std::string>{} : nlohmann::json::parse(text).get<std::vector<std::string>>();
}

std::size_t rows_of(Database& database, std::string_view table) {
    Statement select(database, fmt::format("SELECT count(*) FROM {}", table));
    return select.step() ? static_cast<std::size_t>(select.integer(0)) : 0;
}

State Store::read_state(const Audience& audience) const {
    Database& database = impl_->database;
    const ReadTransaction transaction(database);
    // Places are read beside services, by a connection of its own; should an import have come in between the two, this
    // one reads both.
    Database beside(database.path(), Database::Mode::read_only);
    const ReadTransaction transaction_beside(beside);
    const bool see_the_same = state_seen(database) == state_seen(beside);
    // Two halves of about the same work: services, and all that has no reference to them.
    State state;
    state.audience = audience;
    Places lists;
    Places sites;
    Places organizations;
    HiddenNames hidden;
    auto places = std::async(see_the_same ? std::launch::async : std::launch::deferred, [&] {
        Database& from = see_the_same ? beside : database;
        lists = read_lists(from, state);
        organizations = read_organizations(from, state);
        sites = read_sites(from, state);
        read_districts(from, state, lists);
        read_cells(from, state, lists);
        read_needs(from, state, lists);
        withhold_small_counts(state.needs, state.lists, audience);
        read_holidays(from, state, lists);
        read_landmarks(from, state, lists);
        read_network(from, state, lists);
        if (!state.relations.empty() || !state.forums.empty()) {
            hidden = HiddenNames(hidden_names_in(from));
        }
        state.towns = read_towns(from);
        state.policies = read_policies(from, audience);
        state.match_rules = read_match_rules(from, audience);
        state.moved = read_moved_ids(from);
        auto ended = read_ended_ids(from);
        state.ended = std::move(ended.services);
        state.ended_sites = std::move(ended.sites);
    });
    const auto references = read_services(database, state);
    places.get();
    refer(state, references, lists, sites, organizations);
    settle_ties(database, state, hidden);
    if (!audience.is_public()) {
        show_withheld_places(database, state);
    }
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
