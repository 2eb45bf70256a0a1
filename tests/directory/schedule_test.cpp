// Is it open then? Yes only where the list says so, no only where the list excludes it, maybe for everything else.
#include "directory/schedule.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace shirube::directory;

namespace {

constexpr WeekdayMask k_monday = 1U << 0U;
constexpr WeekdayMask k_wednesday = 1U << 2U;
constexpr WeekdayMask k_saturday = 1U << 5U;

// A year with one holiday (Monday 23 November 2026) and nothing known after it.
const Holidays& one_year() {
    static const Holidays holidays = Holidays::from_json(
        R"({"from":"2026-01-01","to":"2026-12-31","days":[{"date":"2026-11-23","name":"勤労感謝の日"}]})");
    return holidays;
}

Openness on(const std::vector<ScheduleRule>& rules, std::string_view date, std::optional<int> minute = {}) {
    return open_on(rules, parse_day(date).value(), minute, one_year());
}

ScheduleRule weekly(WeekdayMask days, std::optional<std::int16_t> from = {}, std::optional<std::int16_t> to = {}) {
    ScheduleRule rule;
    rule.state = ScheduleState::dated;
    rule.weekdays = days;
    rule.from_minute = from;
    rule.to_minute = to;
    return rule;
}

constexpr int at(int hour, int minute = 0) { return hour * 60 + minute; }

constexpr std::int16_t k_ten = 600;
constexpr std::int16_t k_five_pm = 1020;

} // namespace

TEST_CASE("silence is not closure") {
    CHECK(on({}, "2026-11-21") == Openness::maybe);
    CHECK(on({}, "2026-11-21", at(3)) == Openness::maybe);
    CHECK(open_on_weekday({}, 5, {}) == Openness::maybe);
}

TEST_CASE("every Saturday is yes on Saturdays and no on the other six days") {
    const std::vector rules{weekly(k_saturday)};
    for (int i = 14; i <= 27; ++i) {
        const std::string date = "2026-11-" + std::to_string(i);
        CAPTURE(date);
        const bool saturday = i == 14 || i == 21;
        CHECK(on(rules, date) == (saturday ? Openness::yes : Openness::no));
    }
}

TEST_CASE("the second and fourth Saturday, the last one, and a fifth where the month has it") {
    auto rule = weekly(k_saturday);
    rule.ordinals = 0b01010;
    CHECK(on({rule}, "2026-11-07") == Openness::no);
    CHECK(on({rule}, "2026-11-14") == Openness::yes);
    CHECK(on({rule}, "2026-11-28") == Openness::yes);
    rule.ordinals = k_last_in_month;
    CHECK(on({rule}, "2026-11-21") == Openness::no);
    CHECK(on({rule}, "2026-11-28") == Openness::yes);
    rule.ordinals = 0b10000;
    CHECK(on({rule}, "2026-10-31") == Openness::yes);
    CHECK(on({rule}, "2026-11-28") == Openness::no);
}

TEST_CASE("a day of the month and even months") {
    ScheduleRule rule;
    rule.state = ScheduleState::dated;
    rule.days_of_month = 1U << 11U;
    CHECK(on({rule}, "2026-11-12") == Openness::yes);
    CHECK(on({rule}, "2026-11-13") == Openness::no);
    rule.months = 0x0aaa;
    CHECK(on({rule}, "2026-11-12") == Openness::no);
    CHECK(on({rule}, "2026-12-12") == Openness::yes);
}

TEST_CASE("a weekday and a day of the month are sure only together") {
    auto rule = weekly(k_saturday);
    rule.days_of_month = 1U << 13U;
    CHECK(on({rule}, "2026-11-14") == Openness::yes); // Saturday the 14th
    CHECK(on({rule}, "2026-11-21") == Openness::maybe);
    CHECK(on({rule}, "2026-12-14") == Openness::maybe);
    CHECK(on({rule}, "2026-12-15") == Openness::no);
}

TEST_CASE("a dated schedule without any day tells nothing") {
    ScheduleRule rule;
    rule.state = ScheduleState::dated;
    CHECK(on({rule}, "2026-11-14") == Openness::maybe);
}

TEST_CASE("public holidays follow the rule, and without one nobody knows") {
    auto rule = weekly(k_monday);
    rule.holidays = HolidayRule::closed;
    CHECK(on({rule}, "2026-11-23") == Openness::no);
    CHECK(on({rule}, "2026-11-16") == Openness::yes);
    rule.holidays = HolidayRule::open;
    CHECK(on({rule}, "2026-11-23") == Openness::yes);
    rule.holidays = HolidayRule::unknown;
    CHECK(on({rule}, "2026-11-23") == Openness::maybe);
    CHECK(on({rule}, "2026-11-16") == Openness::yes);
}

TEST_CASE("past the last known holiday only a service open on holidays is sure") {
    auto rule = weekly(k_monday);
    for (const auto& [holidays, expected] :
         {std::pair{HolidayRule::closed, Openness::maybe}, std::pair{HolidayRule::unknown, Openness::maybe},
          std::pair{HolidayRule::open, Openness::yes}}) {
        rule.holidays = holidays;
        CHECK(on({rule}, "2027-01-04") == expected);
        CHECK(on({rule}, "2027-01-05") == Openness::no); // a Tuesday stays a Tuesday
    }
}

TEST_CASE("around New Year nobody is sure, whatever the week says") {
    const Holidays with_new_year =
        Holidays::from_json(R"({"from":"2026-01-01","to":"2027-12-31","days":[{"date":"2027-01-01","name":"元日"}]})");
    auto rule = weekly(k_every_weekday);
    for (const auto holidays : {HolidayRule::closed, HolidayRule::unknown, HolidayRule::open}) {
        rule.holidays = holidays;
        const std::vector rules{rule};
        const auto answer = [&](std::string_view date) {
            return open_on(rules, parse_day(date).value(), {}, with_new_year);
        };
        CHECK(answer("2026-12-28") == Openness::yes);
        CHECK(answer("2026-12-29") == Openness::maybe);
        CHECK(answer("2027-01-01") == (holidays == HolidayRule::closed ? Openness::no : Openness::maybe));
        CHECK(answer("2027-01-03") == Openness::maybe);
        CHECK(answer("2027-01-04") == Openness::yes);
    }
}

TEST_CASE("a recurring schedule is maybe on its weekday and no on another") {
    auto rule = weekly(k_saturday, k_ten, k_five_pm);
    rule.state = ScheduleState::recurring;
    CHECK(on({rule}, "2026-11-21") == Openness::maybe);
    CHECK(on({rule}, "2026-11-22") == Openness::no);
    CHECK(on({rule}, "2026-11-21", at(11)) == Openness::maybe);
    CHECK(on({rule}, "2026-11-21", at(9)) == Openness::no);
    rule.weekdays = 0;
    CHECK(on({rule}, "2026-11-22") == Openness::maybe);
    rule.holidays = HolidayRule::closed;
    CHECK(on({rule}, "2026-11-23") == Openness::no);
}

TEST_CASE("words alone are always maybe") {
    ScheduleRule rule;
    CHECK(on({rule}, "2026-11-21") == Openness::maybe);
    CHECK(on({rule}, "2026-11-21", at(4)) == Openness::maybe);
    CHECK(open_on_weekday(std::vector{rule}, 2, at(4)) == Openness::maybe);
}

TEST_CASE("times: from the first minute to the one before the last") {
    const std::vector rules{weekly(k_saturday, k_ten, k_five_pm)};
    CHECK(on(rules, "2026-11-21", at(9, 59)) == Openness::no);
    CHECK(on(rules, "2026-11-21", at(10)) == Openness::yes);
    CHECK(on(rules, "2026-11-21", at(16, 59)) == Openness::yes);
    CHECK(on(rules, "2026-11-21", at(17)) == Openness::no);
    CHECK(on(rules, "2026-11-22", at(11)) == Openness::no);
}

TEST_CASE("half a time says half as much") {
    const std::vector starts{weekly(k_saturday, k_ten)};
    CHECK(on(starts, "2026-11-21", at(9, 59)) == Openness::no);
    CHECK(on(starts, "2026-11-21", at(10, 59)) == Openness::yes);
    CHECK(on(starts, "2026-11-21", at(11)) == Openness::maybe);
    const std::vector ends{weekly(k_saturday, {}, k_five_pm)};
    CHECK(on(ends, "2026-11-21", at(11)) == Openness::maybe);
    CHECK(on(ends, "2026-11-21", at(17)) == Openness::no);
    CHECK(on({weekly(k_saturday)}, "2026-11-21", at(11)) == Openness::maybe);
    const std::vector backwards{weekly(k_saturday, k_five_pm, k_ten)};
    CHECK(on(backwards, "2026-11-21", at(17, 30)) == Openness::yes); // an end before the beginning is no end
}

TEST_CASE("a night that runs past midnight belongs to the day on which it began") {
    const std::vector rules{weekly(k_saturday, 22 * 60, 26 * 60)};
    CHECK(on(rules, "2026-11-21", at(23)) == Openness::yes);
    CHECK(on(rules, "2026-11-22", at(1)) == Openness::yes);
    CHECK(on(rules, "2026-11-22", at(2)) == Openness::no);
    CHECK(on(rules, "2026-11-21", at(1)) == Openness::no);
    CHECK(open_on_weekday(rules, 6, at(1)) == Openness::yes);
    CHECK(open_on_weekday(rules, 5, at(1)) == Openness::no);
}

TEST_CASE("the best of several schedules answers") {
    auto recurring = weekly(k_wednesday);
    recurring.state = ScheduleState::recurring;
    const std::vector rules{recurring, weekly(k_saturday)};
    CHECK(on(rules, "2026-11-21") == Openness::yes);
    CHECK(on(rules, "2026-11-25") == Openness::maybe);
    CHECK(on(rules, "2026-11-26") == Openness::no);
}

TEST_CASE("by weekday alone an nth Saturday is a Saturday") {
    auto rule = weekly(k_saturday, k_ten, k_five_pm);
    rule.ordinals = 0b00100;
    CHECK(open_on_weekday(std::vector{rule}, 5, {}) == Openness::yes);
    CHECK(open_on_weekday(std::vector{rule}, 5, at(18)) == Openness::no);
    CHECK(open_on_weekday(std::vector{rule}, 6, {}) == Openness::no);
    rule.state = ScheduleState::recurring;
    CHECK(open_on_weekday(std::vector{rule}, 5, {}) == Openness::maybe);
    CHECK(open_on_weekday(std::vector{rule}, 6, {}) == Openness::no);
    ScheduleRule twelfth;
    twelfth.state = ScheduleState::dated;
    twelfth.days_of_month = 1U << 11U;
    CHECK(open_on_weekday(std::vector{twelfth}, 3, {}) == Openness::maybe);
}

TEST_CASE("what is only the rule is never promised: its days answer maybe, other days no") {
    auto rule = weekly(k_saturday, k_ten, k_five_pm);
    rule.ordinals = 0b00010;
    rule.holidays = HolidayRule::open;
    CHECK(on({rule}, "2026-11-14", at(11)) == Openness::yes);
    rule.usually = true;
    CHECK(on({rule}, "2026-11-14", at(11)) == Openness::maybe);
    CHECK(on({rule}, "2026-11-14", at(18)) == Openness::no);
    CHECK(on({rule}, "2026-11-21", at(11)) == Openness::no);
    CHECK(open_on_weekday(std::vector{rule}, 5, at(11)) == Openness::maybe);
    CHECK(open_on_weekday(std::vector{rule}, 6, at(11)) == Openness::no);
    const Rhythm rhythm = rhythm_of(std::vector{rule});
    CHECK(rhythm.sessions_a_month == 0);
    CHECK(rhythm.more_perhaps);
}

TEST_CASE("schedules in words") {
    const auto said = [](ScheduleRule rule, std::string_view language, std::string text = {}) {
        return in_words(Schedule{.rule = rule, .venue = {}, .text = std::move(text)}, language);
    };
    auto rule = weekly(k_saturday, k_ten, k_five_pm);
    CHECK(said(rule, "ja") == "毎週土曜日 10:00–17:00");
    CHECK(said(rule, "ja-easy") == "毎週 土曜日 10:00から17:00まで");
    CHECK(said(rule, "en") == "Every Saturday 10:00–17:00");
    rule = weekly(static_cast<WeekdayMask>(0b0011111), k_ten, k_five_pm);
    CHECK(said(rule, "ja") == "毎週月～金曜日 10:00–17:00");
    CHECK(said(rule, "ja-easy") == "毎週 月曜日から 金曜日まで 10:00から17:00まで"); // 月 alone reads like a month
    rule = weekly(static_cast<WeekdayMask>(0b0001001), k_ten, k_five_pm);
    CHECK(said(rule, "ja-easy") == "毎週 月曜日・木曜日 10:00から17:00まで");
    rule = weekly(k_wednesday, 900, 1140);
    rule.ordinals = 0b01010;
    CHECK(said(rule, "ja") == "第2・4水曜日 15:00–19:00");
    CHECK(said(rule, "ja-easy") == "月の 2回目・4回目の 水曜日 15:00から19:00まで");
    CHECK(said(rule, "en") == "2nd and 4th Wednesday of the month 15:00–19:00");
    rule.usually = true;
    CHECK(said(rule, "ja") == "原則として第2・4水曜日 15:00–19:00");
    CHECK(said(rule, "ja-easy") == "だいたい 月の 2回目・4回目の 水曜日 15:00から19:00まで");
    CHECK(said(rule, "en") == "Usually 2nd and 4th Wednesday of the month 15:00–19:00");
    rule = weekly(k_saturday, k_ten);
    rule.usually = true;
    CHECK(said(rule, "en") == "Usually every Saturday from 10:00");
    rule = weekly(0x1f, 540);
    rule.holidays = HolidayRule::closed;
    CHECK(said(rule, "ja") == "毎週月～金曜日 9:00～（祝日休み）");
    CHECK(said(rule, "en") == "Every Monday to Friday from 9:00 (closed on public holidays)");
    CHECK(said(weekly(k_every_weekday), "ja") == "毎日");
    rule = weekly(k_saturday);
    rule.ordinals = k_last_in_month;
    rule.months = 0x0aaa;
    CHECK(said(rule, "ja") == "偶数月の最終土曜日");
    CHECK(said(rule, "en") == "last Saturday of the month (even months)");
    rule = ScheduleRule{};
    rule.state = ScheduleState::dated;
    rule.days_of_month = (1U << 11U) | (1U << 25U);
    CHECK(said(rule, "ja") == "毎月12・26日");
    CHECK(said(ScheduleRule{}, "en", "不定期") == "不定期");
    rule = weekly(k_saturday);
    CHECK(said(rule, "ja", "夏季は15時から") == "毎週土曜日（夏季は15時から）");
    CHECK(said(rule, "ja", "土") == "毎週土曜日");
    rule = weekly(k_saturday, k_ten);
    rule.state = ScheduleState::recurring;
    CHECK(said(rule, "ja", "月に１回") == "月に１回 10:00～");
    CHECK(said(rule, "ja", "土曜 10時～") == "土曜 10時～");
    CHECK(said(rule, "ja") == "土曜日 10:00～（日は要確認）");
    CHECK(said(rule, "en") == "Saturday from 10:00, dates to be confirmed");
}

TEST_CASE("codes are read back") {
    for (const auto state : {ScheduleState::dated, ScheduleState::recurring, ScheduleState::text}) {
        CHECK(parse_schedule_state(code_of(state)) == state);
    }
    for (const auto rule : {HolidayRule::unknown, HolidayRule::closed, HolidayRule::open}) {
        CHECK(parse_holiday_rule(code_of(rule)) == rule);
    }
    CHECK_FALSE(parse_schedule_state("weekly").has_value());
    CHECK_FALSE(parse_holiday_rule("").has_value());
    CHECK(code_of(Openness::yes) == "yes");
    CHECK(code_of(Openness::maybe) == "maybe");
    CHECK(code_of(Openness::no) == "no");
}
