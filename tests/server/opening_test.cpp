// When a service is next open, in words, at moments of one week.
#include "server/pages/search/opening.hpp"

#include "support/small_town.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace shirube::server {

namespace {

using directory::ScheduleRule;

/// The first service of the small town with one schedule, asked at an instant (Saturday is 21 November 2026).
Opening at(std::string_view instant, const std::vector<directory::Schedule>& schedules,
           std::string_view language = "ja") {
    directory::State state = tests::small_state();
    state.services.front().schedules = schedules;
    const std::string id = state.services.front().id;
    const Loaded loaded = tests::loaded_of(std::move(state));
    const Context context{.loaded = loaded, .now = directory::parse_instant(instant).value(), .language = language};
    return next_opening(context, loaded.reader.find_service(id).value(), Texts::in(language));
}

directory::Schedule weekly(std::uint8_t weekdays, std::optional<std::int16_t> from, std::optional<std::int16_t> to) {
    directory::Schedule schedule;
    schedule.rule.state = directory::ScheduleState::dated;
    schedule.rule.weekdays = weekdays;
    schedule.rule.from_minute = from;
    schedule.rule.to_minute = to;
    schedule.rule.holidays = directory::HolidayRule::open;
    return schedule;
}

constexpr std::uint8_t k_saturdays = 1U << 5U;

} // namespace

TEST_CASE("A card says that a place is open now and until when, or when it opens next") {
    const std::vector schedules{weekly(k_saturdays, 600, 720)};
    CHECK(at("2026-11-21T11:59", schedules).words == "今 開いています（12:00まで）");
    CHECK(at("2026-11-21T11:59", schedules).code == "yes");
    CHECK(at("2026-11-21T09:00", schedules).words == "今日 開きます 10:00–12:00");
    // The closing minute is closed.
    CHECK(at("2026-11-21T12:00", schedules).words == "次は 11月28日（土曜日） 10:00–12:00");
    CHECK(at("2026-11-20T12:00", schedules).words == "次は あした 10:00–12:00");
    CHECK(at("2026-11-20T12:00", schedules, "en").words == "Next: tomorrow 10:00–12:00");
    CHECK(at("2026-11-20T12:00", schedules).code == "next");
}

TEST_CASE("A place of one day a month says which, on every day of the month") {
    auto third = weekly(k_saturdays, 690, 840);
    third.rule.ordinals = 1U << 2U;
    for (int day = 1; day <= 30; ++day) {
        const auto opening = at((day < 10 ? "2026-11-0" : "2026-11-") + std::to_string(day) + "T09:00", {third});
        CAPTURE(day, opening.words);
        CHECK(opening.code == "next");
        CHECK(opening.words.find("11:30–14:00") != std::string::npos);
    }
}

TEST_CASE("Of a session without an end nobody knows that it is over, nor that it is on") {
    const std::vector schedules{weekly(k_saturdays, 900, std::nullopt)};
    CHECK(at("2026-11-21T14:00", schedules).code == "next");
    CHECK(at("2026-11-21T23:00", schedules).code == "maybe");
    CHECK(at("2026-11-21T23:00", schedules).words == "今日 15:00から（終わりの時間はわかりません）");
}

TEST_CASE("What began last night may not have ended") {
    const std::vector schedules{weekly(1U << 4U, 22 * 60, 26 * 60)};
    CHECK(at("2026-11-20T21:59", schedules).code == "next");
    CHECK(at("2026-11-20T23:00", schedules).code == "yes");
    CHECK(at("2026-11-21T01:59", schedules).words == "今 開いています（02:00まで）");
    CHECK(at("2026-11-21T02:00", schedules).code == "next");
}

TEST_CASE("Where nobody knows, the card says so, and never that it is open") {
    CHECK(at("2026-11-21T11:00", {}).code == "maybe");
    directory::Schedule words;
    words.rule.state = directory::ScheduleState::text;
    words.text = "不定期";
    CHECK(at("2026-11-21T11:00", {words}).words == "開く日はわかりません。行く前に確かめてください");
}

} // namespace shirube::server
