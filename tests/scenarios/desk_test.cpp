// What waits on a steward's desk, in towns drawn in characters: which services are to be asked again and in which
// order, which addresses are to be placed, what was found and is not public.
#include "ascii_town.hpp"
#include "directory/desk/page_lists.hpp"
#include "directory/desk/queues.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Day day(std::string_view text) { return *parse_day(text); }

Place asked_on(const std::string& name, std::optional<std::string_view> on,
               Certainty certainty = Certainty::confirmed) {
    Place place;
    place.name = name;
    if (on) {
        place.service.last_confirmed_on = day(*on);
    }
    place.service.certainty = certainty;
    return place;
}

Reader reader_of(State state) {
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

/// An edition for the staff of the town, so that it may hold what is hidden.
State for_staff(State state) {
    state.audience = {AsciiTown::k_municipality, {{AsciiTown::k_municipality, Visibility::coordinator}}};
    return state;
}

std::string names_of_services(const Reader& reader, const std::vector<std::uint32_t>& services) {
    std::string names;
    for (const auto service : services) {
        names += (names.empty() ? "" : " ") + reader.sites()[reader.services()[service].site].name;
    }
    return names;
}

ServiceRow* service_called(State& state, const std::string& name) {
    const auto found = std::ranges::find_if(
        state.services, [&](const ServiceRow& service) { return state.sites[service.site].name == name; });
    return found == state.services.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("Services are asked again a year after they were confirmed, and not a day before", "[desk]") {
    const auto town = AsciiTown("A1 A2 A3 A4")
                          .mark('1', asked_on("ちょうど一年", "2025-11-27"))
                          .mark('2', asked_on("一年と一日", "2025-11-26"))
                          .mark('3', asked_on("うるう日", "2024-02-29"))
                          .mark('4', asked_on("先月", "2026-10-27"));
    const auto reader = town.reader();
    const auto asked = [&](std::string_view today) {
        return names_of_services(reader, stale_services(reader, AsciiTown::k_municipality, day(today)));
    };
    CHECK(asked("2026-11-27") == "うるう日 一年と一日");
    CHECK(asked("2026-11-28") == "うるう日 一年と一日 ちょうど一年");
    CHECK(asked("2025-03-01").empty());
    CHECK(asked("2025-03-02") == "うるう日");
}

TEST_CASE("What everybody sees, what lists no longer have, and the oldest are asked first", "[desk]") {
    Place hidden = asked_on("職員だけ", "2019-01-01");
    hidden.service.visibility = Visibility::staff;
    hidden.service.owner = AsciiTown::k_municipality;
    Place ended = asked_on("終わった", "2019-01-01");
    ended.service.valid_to = day("2020-03-31");
    Place elsewhere = asked_on("隣町", "2019-01-01");
    elsewhere.municipality = "99341";
    const auto town = AsciiTown("A1 A2 A3 A4 A5 A6 A7")
                          .mark('1', hidden)
                          .mark('2', asked_on("新しいほう", "2024-05-01"))
                          .mark('3', asked_on("古いほう", "2023-05-01"))
                          .mark('4', asked_on("台帳から消えた", "2026-11-01", Certainty::stale))
                          .mark('5', asked_on("日付なし", std::nullopt))
                          .mark('6', ended)
                          .mark('7', elsewhere);
    const auto reader = reader_of(for_staff(town.state()));
    CHECK(names_of_services(reader, stale_services(reader, AsciiTown::k_municipality, day("2026-11-27"))) ==
          "台帳から消えた 古いほう 新しいほう 日付なし 職員だけ");
    CHECK(names_of_services(reader, stale_services(reader, "99341", day("2026-11-27"))) == "隣町");
}

TEST_CASE("A service without a day of its own is as old as the newest list that has it", "[desk]") {
    for (const auto& [as_of, last] :
         {std::pair{"2025-10-01", "2025-10-01"}, {"2025-02", "2025-02-28"}, {"2024", "2024-12-31"}}) {
        INFO(as_of);
        const auto reader =
            AsciiTown("A1").mark('1', asked_on("館", std::nullopt)).list({.claims = {}, .as_of = as_of}).reader();
        CHECK(confirmed_on(reader, reader.services()[0]) == day(last));
        CHECK_FALSE(is_stale(reader, 0, day(last) + std::chrono::days{365}));
        CHECK(is_stale(reader, 0, day(last) + std::chrono::days{367}));
    }
    auto state = AsciiTown("A1")
                     .mark('1', asked_on("館", std::nullopt))
                     .list({.claims = {}, .as_of = "2020-04-01"})
                     .list({.claims = {}, .as_of = "2026-04-01"})
                     .state();
    state.services.front().other_lists = {1};
    const auto reader = reader_of(std::move(state));
    CHECK(confirmed_on(reader, reader.services()[0]) == day("2026-04-01"));
    CHECK_FALSE(is_stale(reader, 0, day("2026-11-27")));
}

TEST_CASE("Addresses wait for a point where something still happens and nothing is kept back", "[desk]") {
    Place ended = asked_on("終わった", std::nullopt);
    ended.service.status = Status::closed;
    Place kept_back = asked_on("区域だけ", std::nullopt);
    auto staff = std::make_shared<StaffRow>();
    staff->place_is_for_staff = true;
    kept_back.service.staff = staff;
    auto state = for_staff(AsciiTown("A1")
                               .mark('1', asked_on("位置あり", std::nullopt))
                               .unlocated(asked_on("迷子", std::nullopt))
                               .unlocated(ended)
                               .unlocated(kept_back)
                               .unlocated(asked_on("住所なし", std::nullopt))
                               .unlocated(asked_on("非公開", std::nullopt))
                               .unlocated(asked_on("名前だけの市", std::nullopt))
                               .unlocated(asked_on("名前だけの隣町", std::nullopt))
                               .state());
    const std::string own = state.districts.front().municipality_name;
    REQUIRE_FALSE(own.empty());
    for (auto& site : state.sites) {
        if (site.name.starts_with("名前だけの")) { // no gazetteer has the address, and so nobody its code
            site.municipality.clear();
            site.municipality_name = site.name == "名前だけの市" ? own : "沖ノ浜町";
        }
        site.address = site.name == "住所なし" ? "" : "どこか1-2-3";
        site.quality = site.name == "非公開" ? PositionQuality::withheld : site.quality;
    }
    const auto reader = reader_of(std::move(state));
    const auto waiting = unlocated_sites(reader, AsciiTown::k_municipality, day("2026-11-27"));
    std::set<std::string> names;
    for (const auto site : waiting) {
        names.insert(reader.sites()[site].name);
    }
    CHECK(names == std::set<std::string>{"迷子", "名前だけの市"});
    CHECK(unlocated_sites(reader, "99341", day("2026-11-27")).empty());
}

TEST_CASE("A place found in the field waits while staff alone see it", "[desk]") {
    auto state = for_staff(AsciiTown("A1 A2 A3 A4")
                               .mark('1', asked_on("見つけた", std::nullopt))
                               .mark('2', asked_on("同意あり", std::nullopt))
                               .mark('3', asked_on("ほかの台帳", std::nullopt))
                               .mark('4', asked_on("同意待ちの台帳", std::nullopt))
                               .list({})
                               .list({})
                               .state());
    state.lists[0].name = std::string(k_list_of_finds) + "（標市）0123456789";
    state.lists[1].name = "路地の台帳"; // lists stand by name
    for (auto& service : state.services) {
        service.visibility = Visibility::staff;
        service.owner = AsciiTown::k_municipality;
    }
    service_called(state, "同意あり")->visibility = Visibility::everyone;
    service_called(state, "ほかの台帳")->list = 1;
    auto* of_list = service_called(state, "同意待ちの台帳");
    of_list->list = 1;
    of_list->staff = std::make_shared<const StaffRow>(StaffRow{.says = {}, .consent = {}, .awaits_consent = true});
    const auto reader = reader_of(std::move(state));
    CHECK(names_of_services(reader, finds_awaiting(reader, AsciiTown::k_municipality, day("2026-11-27"))) ==
          "同意待ちの台帳 見つけた");
}
