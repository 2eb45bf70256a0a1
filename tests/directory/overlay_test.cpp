// A staff edition kept as what differs from the public's answers as the whole edition does, whatever differs, and holds
// nothing that the public's has.
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "search_random_town.hpp"
#include "store_batches.hpp"
#include "told_answers.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const Day k_day = *parse_day("2026-11-26");

std::shared_ptr<const Snapshot> whole_of(State state) {
    return Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped());
}

// ---- two states of one town
// ------------------------------------------------------------------------------------------

/// What staff have, and what the public has of it.
struct TwoStates {
    State staff;
    State open;
};

void add_people(Dice& dice, State& state) {
    for (int row = 0; row < 8; ++row) {
        for (int column = 0; column < 8; ++column) {
            CellRow cell;
            cell.mesh = fmt::format("5339{}{}{}{}", 4 + row / 4, 4 + column / 4, 2 * (row % 4), 2 * (column % 4));
            cell.total = 1'000;
            cell.bands = {{0, 15, static_cast<std::int64_t>(dice.below(200))}};
            cell.list = 0;
            state.cells.push_back(std::move(cell));
        }
    }
}

void add_needs(Dice& dice, State& state) {
    for (std::uint32_t i = 0; i < 20; ++i) {
        const DistrictRow& district = state.districts[dice.below(state.districts.size())];
        NeedRow need;
        need.reading.indicator = "里親家庭";
        need.reading.layer = district.layer;
        need.reading.code = district.code;
        need.reading.value = static_cast<double>(dice.below(20));
        need.list = static_cast<std::uint32_t>(dice.below(state.lists.size()));
        state.needs.push_back(std::move(need));
    }
}

void add_landmarks(std::uint64_t seed, State& state) {
    Dice dice(seed + 7);
    const std::vector<std::string> words = words_of_random_town();
    for (int i = 0; i < 12; ++i) {
        LandmarkRow row;
        row.reading.kind = static_cast<LandmarkKind>(i % 4);
        row.reading.name = dice.of(words) + (i % 4 == 1 ? "学校" : "");
        row.reading.municipality_name = "標区";
        row.reading.position = geo::LonLat{139.7 + 0.001 * static_cast<double>(dice.below(100)), 35.7};
        row.list = 0;
        state.landmarks.push_back(std::move(row));
    }
}

State staff_state(Dice& dice, std::uint64_t seed) {
    State state = random_town(seed);
    state.audience = {"13101", {{"13101", Visibility::coordinator}}};
    state.lists.clear();
    for (const char* name : {"あ施設", "い居場所", "う現場", "え食堂"}) {
        ListRow list;
        list.name = name;
        list.publisher = std::string(name) + "課";
        list.as_of = "2026-10-01";
        list.claims = {{"jidokan", "13101", true}, {"kodomo_shokudo", "13102", false}};
        state.lists.push_back(std::move(list));
    }
    for (ServiceRow& service : state.services) {
        service.list = static_cast<std::uint32_t>(dice.below(state.lists.size()));
        if (dice.one_in(9)) {
            service.other_lists = {static_cast<std::uint32_t>(dice.below(state.lists.size()))};
        }
        service.capacity = static_cast<int>(dice.below(50));
    }
    for (DistrictRow& district : state.districts) {
        district.list = 0;
    }
    add_people(dice, state);
    state.age_profiles = {{.municipality = "13101", .children = {3, 4, 5, 6}, .list = 0}};
    add_needs(dice, state);
    add_landmarks(seed, state);
    state.ended = {{"ended1", "2026-01-01"}};
    return state;
}

template <class Row>
std::vector<std::uint32_t> without(std::vector<Row>& rows, const std::function<bool(std::uint32_t)>& goes) {
    std::vector<std::uint32_t> places;
    std::vector<Row> kept;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        places.push_back(goes(i) ? k_no_index : static_cast<std::uint32_t>(kept.size()));
        if (!goes(i)) {
            kept.push_back(std::move(rows[i]));
        }
    }
    rows = std::move(kept);
    return places;
}

/// Hidden rows and values of every kind: services, places, an organization, a list, claims, names, positions.
State open_state(Dice& dice, const State& staff, std::size_t hidden_one_in) {
    State state = staff;
    state.audience = {};
    const auto hidden_list = static_cast<std::uint32_t>(dice.below(state.lists.size()));
    std::set<std::uint32_t> gone;
    for (std::uint32_t i = 0; i < state.services.size(); ++i) {
        ServiceRow& service = state.services[i];
        if (service.list == hidden_list ? dice.one_in(2) : dice.one_in(hidden_one_in)) {
            gone.insert(i);
        } else if (service.list == hidden_list) {
            service.list = hidden_list == 0 ? 1 : 0;
        }
        std::erase(service.other_lists, hidden_list);
        if (dice.one_in(hidden_one_in)) {
            service.capacity.reset();
            service.from_age_months.reset();
        }
        if (service.organization == 3) {
            service.organization = k_no_index;
        }
    }
    for (SiteRow& site : state.sites) {
        if (dice.one_in(hidden_one_in)) {
            site.position.reset();
            site.accuracy_m.reset();
            site.quality = PositionQuality::withheld;
            site.address.clear();
        } else if (dice.one_in(hidden_one_in)) {
            site.name = "みんなの家";
        }
    }
    without(state.services, [&](std::uint32_t i) { return gone.contains(i); });
    std::set<std::uint32_t> used;
    for (const ServiceRow& service : state.services) {
        used.insert(service.site);
    }
    const auto sites = without(state.sites, [&](std::uint32_t i) { return !used.contains(i); });
    const bool list_goes = hidden_list != 0; // districts are of the first
    const auto lists = without(state.lists, [&](std::uint32_t i) { return list_goes && i == hidden_list; });
    state.organizations.pop_back();
    for (ServiceRow& service : state.services) {
        service.site = sites[service.site];
        service.list = lists[service.list];
        for (auto& other : service.other_lists) {
            other = lists[other];
        }
    }
    for (NeedRow& need : state.needs) {
        need.list = lists[need.list];
    }
    state.lists[1].claims.pop_back();
    if (dice.one_in(2)) {
        state.needs[3].reading.value.reset();
        state.needs[3].reading.suppressed = true;
    }
    return state;
}

/// What staff alone are told.
void add_staff_parts(Dice& dice, State& state) {
    for (ServiceRow& service : state.services) {
        if (dice.one_in(40)) {
            StaffRow staff;
            staff.says = {{.referral_route = "電話で", .vacancy = 2, .vacancy_on = {}, .contact = {}, .withheld = {}}};
            service.staff = std::make_shared<const StaffRow>(staff);
            service.visibility = dice.one_in(2) ? Visibility::staff : Visibility::everyone;
            service.owner = "13101";
        }
    }
}

TwoStates two_states(std::uint64_t seed) {
    Dice dice(seed);
    TwoStates states;
    states.staff = staff_state(dice, seed);
    // From nearly everything hidden to nearly nothing.
    states.open = open_state(dice, states.staff, std::vector<std::size_t>{2, 12, 200, 100'000}[seed % 4]);
    add_staff_parts(dice, states.staff);
    return states;
}

// ---- asking both
// -------------------------------------------------------------------------------------------------------

SearchQuery random_question(Dice& dice, std::size_t districts) {
    SearchQuery query;
    query.at = Instant{*parse_day("2026-01-01") + std::chrono::days{dice.below(730)}, 600};
    query.sort = static_cast<Sort>(dice.below(3));
    const auto point = [&] {
        return geo::LonLat{dice.between(k_land.west, k_land.east), dice.between(k_land.south, k_land.north)};
    };
    if (query.sort == Sort::distance || dice.one_in(3)) {
        query.near = point();
        if (dice.one_in(2)) {
            query.radius_m = dice.between(50, 9'000);
        }
    }
    if (dice.one_in(5)) {
        query.bbox = geo::Box::empty();
        query.bbox->expand(point());
        query.bbox->expand(point());
    }
    if (dice.one_in(4)) {
        query.within = {static_cast<std::uint32_t>(dice.below(districts)),
                        static_cast<std::uint32_t>(dice.below(districts))};
    }
    if (dice.one_in(3)) {
        query.text = dice.one_in(6) ? "家" : dice.of(words_of_random_town());
    }
    if (dice.one_in(2)) {
        query.programmes = Taxonomy::shipped().with_descendants(*Taxonomy::shipped().by_code("places"));
    }
    if (dice.one_in(4)) {
        query.age = AgeRange{static_cast<int>(dice.below(200)), 201};
    }
    if (dice.one_in(4)) {
        query.weekdays = static_cast<WeekdayMask>(1U << dice.below(7));
    }
    if (dice.one_in(8)) {
        query.fee = static_cast<Fee>(dice.below(3));
    }
    query.limit = 1 + dice.below(dice.one_in(2) ? 30 : 4'000);
    query.offset = dice.one_in(2) ? 0 : dice.below(60);
    return query;
}

std::vector<std::string> all_told(const Reader& reader) {
    std::vector<std::string> all = services_told(reader, k_day);
    for (auto& more :
         {rows_told(reader, k_day), words_told(reader, words_of_random_town()), coverage_told(reader, k_day)}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

/// What one says and the other does not; empty where they say the same.
std::string first_difference(const Reader& overlaid, const Reader& whole) {
    const auto a = all_told(overlaid);
    const auto b = all_told(whole);
    const auto [left, right] = std::ranges::mismatch(a, b);
    const std::string in_a = left == a.end() ? "(nothing)" : *left;
    return left == a.end() && right == b.end() ? ""
                                               : in_a + "\ninstead of\n" + (right == b.end() ? "(nothing)" : *right);
}

/// \return how many services were found in all
std::size_t compare_searches(const Reader& whole, const Reader& overlaid, std::uint64_t seed) {
    Dice dice(seed + 99);
    std::size_t found = 0;
    for (int i = 0; i < 400; ++i) {
        const SearchQuery query = random_question(dice, whole.districts().size());
        INFO("question " << i << " sort " << int(query.sort) << " near " << query.near.has_value() << " radius "
                         << query.radius_m.value_or(-1) << " text " << query.text << " within " << query.within.size());
        REQUIRE(told(overlaid, query) == told(whole, query));
        found += whole.search(query).hits.size();
    }
    return found;
}

// ---- counting
// ----------------------------------------------------------------------------------------------------------

struct Held {
    std::size_t services = 0;
    std::size_t sites = 0;
    std::size_t organizations = 0;
    std::size_t lists = 0;
    friend bool operator==(const Held&, const Held&) = default;
};

Held own_rows(const Snapshot& snapshot) {
    const Part& part = snapshot.overlay->part;
    return {part.services.size(), part.sites.size(), part.organizations.size(), part.lists.size()};
}

} // namespace

TEST_CASE("An overlay answers as the whole edition does") {
    const auto seed = GENERATE(range(1U, 9U));
    INFO("seed " << seed);
    TwoStates states = two_states(seed);
    const auto base = whole_of(states.open);
    const Reader whole(whole_of(states.staff));
    const Reader overlaid(Snapshot::over(base, states.staff));
    CHECK(overlaid.edition() == whole.edition());
    CHECK(overlaid.audience() == whole.audience());
    CHECK(first_difference(overlaid, whole).empty());
    CHECK(compare_searches(whole, overlaid, seed) > 5'000);
}

TEST_CASE("An overlay on the edition of another state of the store answers as the whole edition does") {
    // The base has what the audience has not, and is older than what it is laid under.
    const auto seed = GENERATE(range(11U, 15U));
    TwoStates states = two_states(seed);
    State& base_state = seed % 2 == 0 ? states.staff : states.open;
    State& wanted = seed % 2 == 0 ? states.open : states.staff;
    base_state.audience = {};
    wanted.audience = {"13101", {{"13101", Visibility::staff}}};
    base_state.lists[0].as_of = "2025-01-01";
    base_state.ended.clear();
    const Reader whole(whole_of(wanted));
    const Reader overlaid(Snapshot::over(whole_of(base_state), wanted));
    CHECK(overlaid.edition() == whole.edition());
    CHECK(first_difference(overlaid, whole).empty());
    compare_searches(whole, overlaid, seed);
}

TEST_CASE("Where districts have changed since the base was read, the edition is whole") {
    TwoStates states = two_states(4);
    const auto base = whole_of(states.open);
    states.staff.districts[5].geometry[0].outer[0].lon += 0.01;
    const auto snapshot = Snapshot::over(base, states.staff);
    CHECK(snapshot->overlay == nullptr);
    CHECK(first_difference(Reader(snapshot), Reader(whole_of(states.staff))).empty());
}

TEST_CASE("An overlay holds what differs and no row that is the public's") {
    const TwoStates states = two_states(4); // all but nothing is hidden
    const auto base = whole_of(states.open);

    State same = states.open;
    same.audience = {"13101", {{"13101", Visibility::staff}}};
    const auto nothing = Snapshot::over(base, same);
    CHECK(own_rows(*nothing) == Held{});
    CHECK(nothing->ground == base->ground);
    CHECK(nothing->needs == base->needs);
    CHECK(nothing->former == base->former);
    CHECK(nothing->base == base->base);

    State beside_another_station = same; // of the ground: it is not shared where a landmark reads differently
    beside_another_station.landmarks[3].reading.accuracy_m += 1;
    const auto whole = Snapshot::over(base, beside_another_station);
    CHECK(whole->ground != base->ground);
    CHECK(whole->edition == whole_of(beside_another_station)->edition);

    State staff = same;
    staff.services[10].capacity = 99;                             // one of them is told more of
    staff.lists[1].claims.push_back({"jidokan", "13102", false}); // a list claims more; its services stay the public's
    ServiceRow added = staff.services[20];
    added.id = "service00020a"; // at the same place
    staff.services.insert(staff.services.begin() + 21, added);
    const auto one_more = Snapshot::over(base, staff);
    CHECK(own_rows(*one_more) == Held{.services = 2, .sites = 0, .organizations = 0, .lists = 1});

    State named = same;
    const std::uint32_t site = named.services[30].site;
    named.sites[site].official_name = "標市子どもの家";
    const auto at_site = static_cast<std::size_t>(std::ranges::count(named.services, site, &ServiceRow::site));
    CHECK(own_rows(*Snapshot::over(base, named)) == Held{.services = at_site, .sites = 1});
}

TEST_CASE("What the public is shown of a service is not found beside what staff are shown of it") {
    TwoStates states = two_states(4);
    const std::uint32_t at = states.open.services[40].site;
    // In public it goes by another name, at another place.
    const auto site = std::ranges::find(states.staff.sites, states.open.sites[at].id, &SiteRow::id);
    REQUIRE(site != states.staff.sites.end());
    states.open.sites[at].name = "仮名の広場";
    states.open.sites[at].address = "仮町1-1";
    states.open.sites[at].position = geo::LonLat{139.601, 35.601};
    const auto base = whole_of(states.open);
    const Reader open(base);
    const Reader staff(Snapshot::over(base, states.staff));

    SearchQuery by_name;
    by_name.at = Instant{k_day, 600};
    by_name.text = "仮名";
    CHECK(open.search(by_name).number_matched + open.search(by_name).without_position_matched > 0);
    CHECK(staff.search(by_name).number_matched + staff.search(by_name).without_position_matched == 0);
    CHECK_FALSE(open.suggest("仮名", 5).empty());
    CHECK(staff.suggest("仮名", 5).empty());

    std::set<std::string> seen;
    for (const Sort sort : {Sort::distance, Sort::name, Sort::updated}) {
        for (const bool in_box : {false, true}) {
            SearchQuery all;
            all.at = Instant{k_day, 600};
            all.near = geo::LonLat{139.601, 35.601};
            all.sort = sort;
            all.limit = 10'000;
            if (in_box) {
                all.bbox = k_land;
            }
            for (const auto& result = staff.search(all); const auto& hits : {result.hits, result.without_position}) {
                for (const Hit& hit : hits) {
                    const ServiceRow& service = staff.services()[hit.service];
                    CHECK(staff.find_service(service.id) == hit.service);
                    CHECK(staff.sites()[service.site].name != "仮名の広場");
                    seen.insert(service.id);
                }
            }
        }
    }
    CHECK(seen.size() > 1'000);
    for (const SiteRow& row : staff.sites()) {
        CHECK(row.name != "仮名の広場");
    }
    for (const std::uint32_t i : staff.services().indices()) {
        CHECK(staff.feature_fragment(i).find("仮名の広場") == std::string_view::npos);
    }
}

TEST_CASE("An overlay leaves the public's edition as it is") {
    const TwoStates states = two_states(2);
    const auto base = whole_of(states.open);
    const Reader open(base);
    const auto before = all_told(open);
    const Reader staff(Snapshot::over(base, states.staff));
    CHECK(all_told(staff) != before);
    CHECK(all_told(open) == before);
    CHECK(base->overlay == nullptr);
}

TEST_CASE("Staff of a store read an overlay on what the public reads of it") {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);
    auto hidden = resource("潮の居場所", "浜2-2");
    hidden.services[0].visibility = Visibility::staff;
    hidden.site.municipality = "99201";
    auto withheld = resource("港の食堂", "港3-3");
    withheld.site.municipality = "99201";
    withheld.site.public_name = "みなと";
    store.append(resources("会館", {row_of("1", resource("浜会館", "浜1-1")), row_of("2", withheld)}));
    store.append(resources("現場", {row_of("1", hidden)}));
    const auto base = whole_of(store.read_public_state());
    const State state = store.read_state(store.audience_of("99201", Visibility::staff, k_day));
    const auto snapshot = Snapshot::over(base, state);
    const Reader staff(snapshot);
    CHECK(staff.edition() == whole_of(state)->edition);
    CHECK(first_difference(staff, Reader(whole_of(state))).empty());
    CHECK(staff.services().size() == 3);
    CHECK(own_rows(*snapshot).services == 2); // the hidden one, and the one whose own name staff may know
    CHECK(snapshot->ground == base->ground);
}
