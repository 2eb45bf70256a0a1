// Towns drawn in characters, and what a search in them finds.
#include "ascii_town.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Place named(const std::string& name, ServiceRow service = {}, const std::string& programme = "jidokan") {
    Place place;
    place.name = name;
    place.service = std::move(service);
    place.programme = programme;
    return place;
}

SearchQuery query(std::string_view when = "2026-11-21T14:00") {
    SearchQuery asked;
    asked.at = at(when);
    return asked;
}

std::uint32_t district(const Reader& reader, std::string_view code) {
    return reader.find_district("chugakkoku", code).value();
}

} // namespace

TEST_CASE("The nearest children's centre for a two-year-old that is open on Saturday") {
    constexpr int k_saturday = 5;
    constexpr int k_sunday = 6;
    ServiceRow for_schoolchildren;
    for_schoolchildren.from_age_months = 72;
    for_schoolchildren.schedules = {every(k_saturday, 9, 17)};
    ServiceRow on_sundays;
    on_sundays.schedules = {every(k_sunday, 9, 17)};
    ServiceRow on_saturdays;
    on_saturdays.from_age_months = 0;
    on_saturdays.to_age_months = 18 * 12;
    on_saturdays.schedules = {every(k_saturday, 9, 17)};
    const AsciiTown town = AsciiTown(R"(
        A  A1  A2  B3  B4
    )")
                               .mark('1', named("学童館", for_schoolchildren))
                               .mark('2', named("日曜館", on_sundays))
                               .mark('3', named("土曜館", on_saturdays))
                               .mark('4', named("無言館"));
    const auto reader = town.reader();
    auto asked = query();
    asked.near = town.middle(0, 0);
    asked.radius_m = 2000;
    asked.sort = Sort::distance;
    asked.age = AgeRange{24, 36};
    asked.weekdays = 1U << k_saturday;
    // A list that says nothing of its hours is offered with a "maybe".
    CHECK(found(reader, asked) == "土曜館 無言館");
    const auto hits = reader.search(asked).hits;
    CHECK(hits[0].open == Openness::yes);
    CHECK(hits[1].open == Openness::maybe);
    CHECK(hits[0].distance_m == Approx(3 * 292).margin(4));

    asked.radius_m = 3.5 * 292;
    CHECK(found(reader, asked) == "土曜館");
    asked.age = AgeRange{96, 108};
    CHECK(found(reader, asked) == "学童館 土曜館");
    asked.minute = 17 * 60; // the closing minute is closed
    CHECK(found(reader, asked).empty());
}

TEST_CASE("A search in a district finds what lies there surely or possibly, and what serves it from elsewhere") {
    ServiceRow for_b;
    for_b.serves = {"chugakkoku:B"};
    Place near_the_border = named("町の館");
    near_the_border.accuracy_m = 200;
    const auto reader = AsciiTown("A1 AB2 B3 B C4")
                            .mark('1', named("出向く館", for_b))
                            .mark('2', named("境の館"))
                            .mark('3', named("中の館"))
                            .mark('4', near_the_border)
                            .reader();
    auto asked = query();
    asked.within = {district(reader, "B")};
    CHECK(found(reader, asked) == "中の館 出向く館 境の館 町の館");
    CHECK(reader.search(asked).number_matched == 4);
    asked.within = {district(reader, "A"), district(reader, "C")};
    CHECK(found(reader, asked) == "出向く館 境の館 町の館");
}

TEST_CASE("What has no position stands apart, where it belongs to the place that was asked about") {
    Place online = named("電話の館");
    Place next_town = named("隣町の館");
    next_town.municipality = "99341";
    const AsciiTown town = AsciiTown("A1 B2")
                               .mark('1', named("浜の館"))
                               .mark('2', named("山の館"))
                               .belongs_to('B', "99341")
                               .unlocated(online)
                               .unlocated(next_town);
    const auto reader = town.reader();
    auto asked = query();
    asked.near = town.middle(0, 0);
    asked.radius_m = 100;
    auto result = reader.search(asked);
    CHECK(result.number_matched == 1);
    REQUIRE(result.without_position_matched == 1);
    CHECK(reader.sites()[reader.services()[result.without_position[0].service].site].name == "電話の館");
    CHECK(result.without_position[0].distance_m < 0);

    asked = query();
    asked.within = {district(reader, "B")};
    result = reader.search(asked);
    CHECK(result.number_matched == 1);
    REQUIRE(result.without_position_matched == 1);
    CHECK(reader.sites()[reader.services()[result.without_position[0].service].site].name == "隣町の館");

    CHECK(reader.search(query()).without_position_matched == 2);
}

TEST_CASE("A search answers for its day: planned places are not offered, closed ones no more") {
    ServiceRow planned;
    planned.status = Status::planned;
    planned.valid_from = parse_day("2026-12-01");
    ServiceRow closing;
    closing.valid_to = parse_day("2026-11-30");
    ServiceRow resting;
    resting.status = Status::suspended;
    const auto reader = AsciiTown("A1 A2 A3")
                            .mark('1', named("新館", planned))
                            .mark('2', named("旧館", closing))
                            .mark('3', named("休館", resting))
                            .reader();
    CHECK(found(reader, query("2026-11-30T23:59")) == "休館 旧館");
    CHECK(found(reader, query("2026-12-01T00:00")) == "休館 新館");
    auto asked = query("2026-11-30T10:00");
    asked.weekdays = 1U;
    CHECK(found(reader, asked) == "旧館"); // what is suspended is open on no day
}

TEST_CASE("Being asked whether it is open now, a place answers yes, maybe or not at all") {
    constexpr int k_saturday = 5;
    ServiceRow known;
    known.schedules = {every(k_saturday, 10, 15)};
    ServiceRow some_saturday = known;
    some_saturday.schedules[0].rule.state = ScheduleState::recurring;
    const auto reader = AsciiTown("A1 A2 A3")
                            .mark('1', named("一号", known))
                            .mark('2', named("三号", some_saturday))
                            .mark('3', named("二号"))
                            .reader();
    auto asked = query();
    asked.open_at = at("2026-11-21T14:59");
    CHECK(found(reader, asked) == "一号 三号 二号");
    CHECK(reader.search(asked).hits[0].open == Openness::yes);
    CHECK(reader.search(asked).hits[1].open == Openness::maybe);
    asked.open_at = at("2026-11-21T15:00");
    CHECK(found(reader, asked) == "二号");
    asked.open_at = at("2026-11-22T14:00");
    CHECK(found(reader, asked) == "二号");
}
