// The days of a calendar against the question of every search, asked of every minute; and against calendars that hang
// on walls.
#include "directory/occurrences.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>
#include <string>
#include <vector>

using namespace shirube::directory;

namespace {

constexpr int k_minutes_a_day = 24 * 60;

Day day_of(std::string_view text) { return parse_day(text).value(); }

/// What a person reads out of a session at a minute of its day: within its times it is open; an hour after a beginning
/// without an end nobody knows any more.
Openness read_at(const Session& session, int minute) {
    if ((session.from_minute && minute < *session.from_minute) || (session.to_minute && minute >= *session.to_minute)) {
        return Openness::no;
    }
    const bool is_known = session.from_minute && (session.to_minute || minute < *session.from_minute + 60);
    return session.sure && is_known ? Openness::yes : Openness::maybe;
}

Openness read_calendar(const std::vector<CalendarDay>& calendar, std::size_t place, int minute) {
    Openness best = Openness::no;
    for (const Session& session : calendar[place].sessions) {
        best = std::max(best, read_at(session, minute));
    }
    if (place > 0) {
        for (const Session& session : calendar[place - 1].sessions) {
            if (session.from_minute && session.to_minute.value_or(0) > k_minutes_a_day) {
                best = std::max(best, read_at(session, minute + k_minutes_a_day));
            }
        }
    }
    return best;
}

ScheduleRule random_rule(std::mt19937& random) {
    const auto below = [&random](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
    ScheduleRule rule;
    rule.state = below(4) > 0 ? ScheduleState::dated : below(2) > 0 ? ScheduleState::recurring : ScheduleState::text;
    rule.weekdays = below(4) == 0 ? WeekdayMask{0} : static_cast<WeekdayMask>(random() & random() & 0x7fU);
    rule.ordinals = below(2) == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(random() & random() & 0x3fU);
    rule.months = below(3) == 0 ? static_cast<std::uint16_t>(random() & 0x0fffU) : std::uint16_t{0x0fff};
    rule.days_of_month = below(4) == 0 ? 1U << static_cast<unsigned>(below(31)) : 0U;
    if (below(4) > 0) {
        rule.from_minute = static_cast<std::int16_t>(below(k_minutes_a_day / 30) * 30);
    }
    if (below(4) > 0) {
        // Also past midnight, and now and then before the beginning: lists say such things.
        rule.to_minute = static_cast<std::int16_t>(rule.from_minute.value_or(0) + (below(30) - 2) * 30);
    }
    rule.holidays = static_cast<HolidayRule>(below(3));
    rule.usually = below(6) == 0;
    return rule;
}

std::set<std::string> sure_days(const std::vector<CalendarDay>& calendar) {
    std::set<std::string> days;
    for (const CalendarDay& day : calendar) {
        if (day.open == Openness::yes) {
            days.insert(to_string(day.day));
        }
    }
    return days;
}

std::vector<CalendarDay> eight_weeks(const std::vector<ScheduleRule>& rules, std::string_view from) {
    return calendar_of(rules, {}, day_of(from), 56, Holidays::shipped());
}

ScheduleRule on_days(WeekdayMask days, std::uint8_t ordinals, HolidayRule holidays = HolidayRule::closed) {
    ScheduleRule rule;
    rule.state = ScheduleState::dated;
    rule.weekdays = days;
    rule.ordinals = ordinals;
    rule.from_minute = std::int16_t{600};
    rule.to_minute = std::int16_t{720};
    rule.holidays = holidays;
    return rule;
}

constexpr WeekdayMask k_wednesday = 1U << 2U;
constexpr WeekdayMask k_thursday = 1U << 3U;
constexpr WeekdayMask k_saturday = 1U << 5U;

} // namespace

TEST_CASE("A calendar says of every minute what a search answers for it") {
    std::mt19937 random(20261126);
    std::size_t yes = 0;
    std::size_t maybe = 0;
    for (int round = 0; round < 400; ++round) {
        std::vector<ScheduleRule> rules(1 + random() % 3);
        for (ScheduleRule& rule : rules) {
            rule = random_rule(random);
        }
        // Over New Year, and in half of the rounds over the last day that holidays are known of.
        const Day from = day_of(round % 2 == 0 ? "2026-11-26" : "2027-12-01");
        const auto calendar = calendar_of(rules, {}, from, 40, Holidays::shipped());
        REQUIRE(calendar.size() == 40);
        for (std::size_t place = 0; place < calendar.size(); ++place) {
            const CalendarDay& day = calendar[place];
            CAPTURE(round, to_string(day.day));
            REQUIRE(day.day == from + std::chrono::days{place});
            REQUIRE(day.open == open_on(rules, day.day, std::nullopt, Holidays::shipped()));
            REQUIRE(day.sessions.empty() == (day.open == Openness::no));
            if (place == 0) {
                continue; // of the evening before the first day the calendar knows nothing
            }
            for (int minute = 0; minute < k_minutes_a_day; ++minute) {
                const Openness asked = open_on(rules, day.day, minute, Holidays::shipped());
                if (asked != read_calendar(calendar, place, minute)) {
                    FAIL("minute " << minute << ": a search says " << code_of(asked));
                }
                yes += asked == Openness::yes ? 1 : 0;
                maybe += asked == Openness::maybe ? 1 : 0;
            }
        }
    }
    CHECK(yes > 100'000);
    CHECK(maybe > 100'000);
}

TEST_CASE(
    "Second and fourth Saturdays, third Thursdays and last Wednesdays as the calendars of 2026 and 2027 have them") {
    // December 2026 begins on a Tuesday, January 2027 on a Friday.
    CHECK(sure_days(eight_weeks({on_days(k_saturday, 0b1010)}, "2026-11-26")) ==
          std::set<std::string>{"2026-11-28", "2026-12-12", "2026-12-26", "2027-01-09"});
    CHECK(sure_days(eight_weeks({on_days(k_thursday, 0b0100)}, "2026-11-26")) == std::set<std::string>{"2026-12-17"});
    // The last Wednesday of December is the 30th: nobody is sure of it.
    const auto last = eight_weeks({on_days(k_wednesday, k_last_in_month)}, "2026-12-01");
    CHECK(sure_days(last).empty());
    CHECK(last[29].open == Openness::maybe);
    CHECK_FALSE(last[29].sessions.front().sure);
}

TEST_CASE("A holiday is marked, and closes what is closed on holidays") {
    const auto calendar = eight_weeks({on_days(k_every_weekday, 0)}, "2026-11-20");
    const CalendarDay& labour_thanksgiving = calendar[3];
    CHECK(to_string(labour_thanksgiving.day) == "2026-11-23");
    CHECK(labour_thanksgiving.holiday == Holidays::Answer::yes);
    CHECK(labour_thanksgiving.open == Openness::no);
    CHECK(labour_thanksgiving.sessions.empty());
    CHECK(calendar[4].holiday == Holidays::Answer::no);
    CHECK(calendar[4].open == Openness::yes);
}

TEST_CASE("What is known of the rhythm alone is maybe, and what is only words tells no day") {
    ScheduleRule some_thursday = on_days(k_thursday, 0);
    some_thursday.state = ScheduleState::recurring;
    const auto rhythm = eight_weeks({some_thursday}, "2026-11-26");
    CHECK(sure_days(rhythm).empty());
    CHECK(rhythm[0].open == Openness::maybe);
    CHECK(rhythm[1].open == Openness::no);
    CHECK(tells_days(rhythm)); // it tells the days on which it surely is not
    CHECK_FALSE(tells_days(eight_weeks({ScheduleRule{}}, "2026-11-26")));
    CHECK_FALSE(tells_days(eight_weeks({}, "2026-11-26")));
}

TEST_CASE("Two that say the same are told once, a doubtful one beside a sure one not at all, and two venues are two") {
    ScheduleRule doubtful = on_days(k_saturday, 0);
    doubtful.usually = true;
    const std::vector rules{doubtful, on_days(k_saturday, 0), on_days(k_saturday, 0)};
    const auto at_one = calendar_of(rules, {}, day_of("2026-11-28"), 1, Holidays::shipped());
    REQUIRE(at_one[0].sessions.size() == 1);
    CHECK(at_one[0].sessions[0] == Session{1, true, 600, 720});
    const std::vector<std::uint32_t> venues{0, 0, 1};
    const auto at_two = calendar_of(rules, venues, day_of("2026-11-28"), 1, Holidays::shipped());
    REQUIRE(at_two[0].sessions.size() == 2);
    CHECK(at_two[0].sessions[1].schedule == 2);
}
