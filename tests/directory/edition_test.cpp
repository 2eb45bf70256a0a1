// The name of an edition: another one whenever anything that is shown differs, the same one for the same content.
#include "directory/blocks.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::directory;

namespace {

State small_state() {
    State state;
    ListRow list;
    list.name = "児童館";
    list.claims = {{"jidokan", "99201", true}};
    state.lists = {list};
    state.organizations = {{"organization1", "標会", "NPO"}};
    SiteRow site;
    site.id = "site1";
    site.name = "浜児童館";
    site.position = geo::LonLat{137.05, 33.2};
    state.sites = {site, site};
    state.sites[1].id = "site2";
    ServiceRow service;
    service.id = "service1";
    service.site = 0;
    service.organization = 0;
    service.list = 0;
    service.programme = *Taxonomy::shipped().by_code("jidokan");
    service.serves = {"a"};
    service.schedules.resize(1);
    state.services = {service};
    DistrictRow district;
    district.layer = "chugakkoku";
    district.code = "A";
    district.geometry = {
        {{{137.0, 33.1}, {137.1, 33.1}, {137.1, 33.3}}, {{{137.01, 33.11}, {137.02, 33.11}, {137.02, 33.12}}}}};
    state.districts = {district};
    CellRow cell;
    cell.mesh = "49377000";
    cell.bands = {{0, 15, 5}};
    state.cells = {cell};
    TownReading town;
    town.town = "浜";
    town.position = {137.05, 33.2};
    state.towns = {town};
    NeedRow need;
    need.reading.indicator = "出生数";
    need.reading.layer = "chugakkoku";
    need.reading.code = "A";
    state.needs = {need};
    state.holidays = {{*parse_day("2030-01-01"), "元日", 0}};
    LandmarkRow landmark;
    landmark.reading.name = "標";
    landmark.reading.position = geo::LonLat{137.05, 33.2};
    state.landmarks = {landmark};
    return state;
}

std::string edition_of(State state) {
    return Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped())->edition;
}

using Change = std::function<void(State&)>;

template <class Field>
Change in_service(Field ServiceRow::* field, Field value) {
    return [=](State& state) { state.services[0].*field = value; };
}
template <class Field>
Change in_site(Field SiteRow::* field, Field value) {
    return [=](State& state) { state.sites[0].*field = value; };
}
template <class Field>
Change in_list(Field ListRow::* field, Field value) {
    return [=](State& state) { state.lists[0].*field = value; };
}
template <class Field>
Change in_district(Field DistrictRow::* field, Field value) {
    return [=](State& state) { state.districts[0].*field = value; };
}
template <class Field>
Change in_town(Field TownReading::* field, Field value) {
    return [=](State& state) { state.towns[0].*field = value; };
}
template <class Field>
Change in_landmark(Field LandmarkReading::* field, Field value) {
    return [=](State& state) { state.landmarks[0].reading.*field = value; };
}
template <class Field>
Change in_rule(Field ScheduleRule::* field, Field value) {
    return [=](State& state) { state.services[0].schedules[0].rule.*field = value; };
}

std::vector<std::pair<const char*, Change>> service_changes() {
    const auto text = [](std::string ServiceRow::* field) { return in_service(field, std::string("別")); };
    return {
        {"id", text(&ServiceRow::id)},
        {"site", in_service(&ServiceRow::site, 1U)},
        {"organization", in_service(&ServiceRow::organization, k_no_index)},
        {"list", in_service(&ServiceRow::list, k_no_index)},
        {"programme", in_service(&ServiceRow::programme, *Taxonomy::shipped().by_code("shien_kyoten"))},
        {"from_age_months", in_service(&ServiceRow::from_age_months, std::optional(0))},
        {"to_age_months", in_service(&ServiceRow::to_age_months, std::optional(36))},
        {"stage", text(&ServiceRow::stage)},
        {"for_whom", in_service(&ServiceRow::for_whom, std::uint8_t{1})},
        {"for_whom_text", text(&ServiceRow::for_whom_text)},
        {"entry", in_service(&ServiceRow::entry, Entry::apply)},
        {"entry_text", text(&ServiceRow::entry_text)},
        {"fee", in_service(&ServiceRow::fee, Fee::free)},
        {"fee_text", text(&ServiceRow::fee_text)},
        {"transport", in_service(&ServiceRow::transport, Transport::none)},
        {"capacity", in_service(&ServiceRow::capacity, std::optional(0))},
        {"contract", in_service(&ServiceRow::contract, Contract::direct)},
        {"department", text(&ServiceRow::department)},
        {"status", in_service(&ServiceRow::status, Status::pilot)},
        {"certainty", in_service(&ServiceRow::certainty, Certainty::stale)},
        {"features", in_service(&ServiceRow::features, std::uint8_t{1})},
        {"serves", in_service(&ServiceRow::serves, {"b"})},
        {"usable_by", in_service(&ServiceRow::usable_by, {"b"})},
        {"usable_by instead of serves",
         [](State& state) { std::swap(state.services[0].serves, state.services[0].usable_by); }},
        {"phone", text(&ServiceRow::phone)},
        {"url", text(&ServiceRow::url)},
        {"note", text(&ServiceRow::note)},
        {"valid_from", in_service(&ServiceRow::valid_from, parse_day("2026-01-01"))},
        {"valid_to", in_service(&ServiceRow::valid_to, parse_day("2026-01-01"))},
        {"last_confirmed_on", in_service(&ServiceRow::last_confirmed_on, parse_day("2026-01-01"))},
        {"schedules", [](State& state) { state.services[0].schedules.clear(); }},
        {"schedule text", [](State& state) { state.services[0].schedules[0].text = "別"; }},
        {"schedule venue", [](State& state) { state.services[0].schedules[0].venue = "別"; }},
        {"rule state", in_rule(&ScheduleRule::state, ScheduleState::dated)},
        {"rule weekdays", in_rule(&ScheduleRule::weekdays, WeekdayMask{1})},
        {"rule ordinals", in_rule(&ScheduleRule::ordinals, std::uint8_t{1})},
        {"rule months", in_rule(&ScheduleRule::months, std::uint16_t{1})},
        {"rule days of month", in_rule(&ScheduleRule::days_of_month, 1U)},
        {"rule from", in_rule(&ScheduleRule::from_minute, std::optional<std::int16_t>(0))},
        {"rule to", in_rule(&ScheduleRule::to_minute, std::optional<std::int16_t>(0))},
        {"rule holidays", in_rule(&ScheduleRule::holidays, HolidayRule::open)},
        {"rule usually", in_rule(&ScheduleRule::usually, true)},
        {"no services", [](State& state) { state.services.clear(); }},
    };
}

std::vector<std::pair<const char*, Change>> place_changes() {
    const auto site_text = [](std::string SiteRow::* field) { return in_site(field, std::string("別")); };
    const auto district_text = [](std::string DistrictRow::* field) { return in_district(field, std::string("別")); };
    return {
        {"site id", site_text(&SiteRow::id)},
        {"site name", site_text(&SiteRow::name)},
        {"site official name", site_text(&SiteRow::official_name)},
        {"site kana", site_text(&SiteRow::kana)},
        {"site address", site_text(&SiteRow::address)},
        {"site building", site_text(&SiteRow::building)},
        {"site municipality", site_text(&SiteRow::municipality)},
        {"site municipality name", site_text(&SiteRow::municipality_name)},
        {"site position", in_site(&SiteRow::position, std::optional(geo::LonLat{137.05, 33.2000001}))},
        {"site without position", in_site(&SiteRow::position, std::optional<geo::LonLat>{})},
        {"site quality", in_site(&SiteRow::quality, PositionQuality::block)},
        {"site accuracy", in_site(&SiteRow::accuracy_m, std::optional(10.0))},
        {"site accuracy by little", in_site(&SiteRow::accuracy_m, std::optional(10.1))},
        {"organization name", [](State& state) { state.organizations[0].name = "別"; }},
        {"organization kind", [](State& state) { state.organizations[0].kind = "別"; }},
        {"organization id", [](State& state) { state.organizations[0].id = "別"; }},
        {"district layer", district_text(&DistrictRow::layer)},
        {"district code", district_text(&DistrictRow::code)},
        {"district name", district_text(&DistrictRow::name)},
        {"district municipality", district_text(&DistrictRow::municipality)},
        {"district municipality name", district_text(&DistrictRow::municipality_name)},
        {"district status", in_district(&DistrictRow::status, DistrictStatus::suspended)},
        {"district list", in_district(&DistrictRow::list, 0U)},
        {"district corner", [](State& state) { state.districts[0].geometry[0].outer[0].lon += 1e-7; }},
        {"district hole", [](State& state) { state.districts[0].geometry[0].holes.clear(); }},
        {"hole made a polygon",
         [](State& state) {
             auto& area = state.districts[0].geometry;
             area.push_back({area[0].holes[0], {}});
             area[0].holes.clear();
         }},
    };
}

std::vector<std::pair<const char*, Change>> other_changes() {
    const auto list_text = [](std::string ListRow::* field) { return in_list(field, std::string("別")); };
    const auto town_text = [](std::string TownReading::* field) { return in_town(field, std::string("別")); };
    return {
        {"list name", list_text(&ListRow::name)},
        {"list profile", list_text(&ListRow::profile)},
        {"list publisher", list_text(&ListRow::publisher)},
        {"list source", list_text(&ListRow::source)},
        {"list licence", list_text(&ListRow::licence)},
        {"list as of", list_text(&ListRow::as_of)},
        {"list kind", in_list(&ListRow::kind, ImportKind::districts)},
        {"claim programme", [](State& state) { state.lists[0].claims[0].programme = "shien_kyoten"; }},
        {"claim municipality", [](State& state) { state.lists[0].claims[0].municipality = "99341"; }},
        {"claim complete", [](State& state) { state.lists[0].claims[0].complete = false; }},
        {"no claims", [](State& state) { state.lists[0].claims.clear(); }},
        {"cell mesh", [](State& state) { state.cells[0].mesh = "49377001"; }},
        {"cell carrier missing", [](State& state) { state.cells[0].carrier_missing = true; }},
        {"cell town", [](State& state) { state.cells[0].town = "浜"; }},
        {"cell town code", [](State& state) { state.cells[0].town_code = "1"; }},
        {"cell municipality", [](State& state) { state.cells[0].municipality = "99201"; }},
        {"cell position", [](State& state) { state.cells[0].position = geo::LonLat{137.0, 33.0}; }},
        {"cell accuracy", [](State& state) { state.cells[0].accuracy_m = 5; }},
        {"need indicator", [](State& state) { state.needs[0].reading.indicator = "相談"; }},
        {"need unit", [](State& state) { state.needs[0].reading.unit = Unit::hours; }},
        {"need layer", [](State& state) { state.needs[0].reading.layer = "mesh"; }},
        {"need code", [](State& state) { state.needs[0].reading.code = "B"; }},
        {"need name", [](State& state) { state.needs[0].reading.name = "浜"; }},
        {"need municipality", [](State& state) { state.needs[0].reading.municipality = "99201"; }},
        {"need from", [](State& state) { state.needs[0].reading.from = parse_day("2026-04-01"); }},
        {"need to", [](State& state) { state.needs[0].reading.to = parse_day("2026-04-01"); }},
        {"need value", [](State& state) { state.needs[0].reading.value = 0; }},
        {"need suppressed", [](State& state) { state.needs[0].reading.suppressed = true; }},
        {"need source", [](State& state) { state.needs[0].reading.source = "計画"; }},
        {"need note", [](State& state) { state.needs[0].reading.note = "注"; }},
        {"need list", [](State& state) { state.needs[0].list = 0; }},
        {"holiday day", [](State& state) { state.holidays[0].day = *parse_day("2030-01-02"); }},
        {"holiday name", [](State& state) { state.holidays[0].name = "休日"; }},
        {"cell total", [](State& state) { state.cells[0].total = 0; }},
        {"cell suppressed", [](State& state) { state.cells[0].suppressed_into = "49377001"; }},
        {"band from", [](State& state) { state.cells[0].bands[0].from_age_years = 1; }},
        {"band to", [](State& state) { state.cells[0].bands[0].to_age_years.reset(); }},
        {"band unknown", [](State& state) { state.cells[0].bands[0].count.reset(); }},
        {"band count", [](State& state) { state.cells[0].bands[0].count = 0; }},
        {"cell list", [](State& state) { state.cells[0].list = 0; }},
        {"town prefecture", town_text(&TownReading::prefecture)},
        {"town municipality", town_text(&TownReading::municipality)},
        {"town municipality name", town_text(&TownReading::municipality_name)},
        {"town", town_text(&TownReading::town)},
        {"town koaza", town_text(&TownReading::koaza)},
        {"town position", in_town(&TownReading::position, geo::LonLat{137.05, 33.2000001})},
        {"town accuracy", in_town(&TownReading::accuracy_m, 5.0)},
        {"town blocks",
         in_town(&TownReading::blocks, std::make_shared<const std::string>(pack_blocks({{.number = "1"}})))},
        {"town is the middle of its blocks", in_town(&TownReading::is_middle_of_blocks, true)},
    };
}

std::vector<std::pair<const char*, Change>> landmark_changes() {
    const auto text = [](std::string LandmarkReading::* field) { return in_landmark(field, std::string("別")); };
    return {
        {"landmark kind", in_landmark(&LandmarkReading::kind, LandmarkKind::station)},
        {"landmark name", text(&LandmarkReading::name)},
        {"landmark kana", text(&LandmarkReading::kana)},
        {"landmark detail", text(&LandmarkReading::detail)},
        {"landmark municipality", text(&LandmarkReading::municipality)},
        {"landmark municipality name", text(&LandmarkReading::municipality_name)},
        {"landmark position", in_landmark(&LandmarkReading::position, std::optional(geo::LonLat{137.05, 33.2000001}))},
        {"landmark without position", in_landmark(&LandmarkReading::position, std::optional<geo::LonLat>{})},
        {"landmark accuracy", in_landmark(&LandmarkReading::accuracy_m, 5.0)},
        {"landmark list", [](State& state) { state.landmarks[0].list = 0; }},
        {"no landmarks", [](State& state) { state.landmarks.clear(); }},
    };
}

} // namespace

TEST_CASE("The same content has the same name, a digest of 16 hexadecimal digits") {
    const auto edition = edition_of(small_state());
    CHECK(edition == edition_of(small_state()));
    CHECK(edition.size() == 16);
    CHECK(edition.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(edition_of({}) != edition);
}

TEST_CASE("Whatever is changed, the edition has another name") {
    std::set<std::string> seen{edition_of(small_state())};
    for (const auto& changes : {service_changes(), place_changes(), other_changes(), landmark_changes()}) {
        for (const auto& [what, change] : changes) {
            State state = small_state();
            change(state);
            INFO("changed: " << what);
            CHECK(seen.insert(edition_of(std::move(state))).second);
        }
    }
    CHECK(seen.size() > 90);
}
