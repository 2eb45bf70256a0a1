// Windows of a week, over midnight too, beside the same question asked minute by minute; and nights of a year beside
// its days one by one.
#include "directory/coverage/nights.hpp"
#include "directory/schedule.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <vector>

using namespace shirube::directory;

namespace {

constexpr int k_day = 24 * 60;

/// Every minute of every day of the window.
Openness minute_by_minute(const std::vector<ScheduleRule>& rules, const TimeWindow& window) {
    Openness best = Openness::no;
    for (int weekday = 0; weekday < 7; ++weekday) {
        if ((window.weekdays >> weekday & 1) == 0) {
            continue;
        }
        for (int minute = window.from_minute; minute < window.to_minute && best != Openness::yes; ++minute) {
            const bool is_next = minute >= k_day;
            best = std::max(best, open_on_weekday(rules, is_next ? (weekday + 1) % 7 : weekday, minute % k_day));
        }
    }
    return best;
}

class Dice {
  public:
    int pick(int below) { return std::uniform_int_distribution(0, below - 1)(engine_); }

    std::int16_t minute() { return static_cast<std::int16_t>(pick(24 * 4) * 15); }

    ScheduleRule rule() {
        ScheduleRule rule;
        rule.state = pick(8) == 0    ? ScheduleState::recurring
                     : pick(12) == 0 ? ScheduleState::text
                                     : ScheduleState::dated;
        rule.weekdays = static_cast<WeekdayMask>(pick(6) == 0 ? 0 : 1 << pick(7) | (pick(3) == 0 ? 1 << pick(7) : 0));
        if (rule.weekdays == 0 && pick(2) == 0) {
            rule.days_of_month = 1U << static_cast<unsigned>(pick(28));
        }
        if (pick(6) != 0) {
            rule.from_minute = minute();
        }
        if (pick(5) != 0) {
            rule.to_minute = static_cast<std::int16_t>(rule.from_minute ? *rule.from_minute + 15 + pick(60) * 15
                                                                        : 15 + pick(95) * 15);
        }
        rule.usually = pick(10) == 0;
        return rule;
    }

    TimeWindow window() {
        TimeWindow window;
        window.weekdays = static_cast<WeekdayMask>(pick(3) == 0 ? k_every_weekday : 1 << pick(7));
        window.from_minute = minute();
        window.to_minute = window.from_minute + 5 * (1 + pick(k_day / 5 - 1));
        return window;
    }

  private:
    std::mt19937 engine_{20261126};
};

ScheduleRule weekly(WeekdayMask days, std::optional<std::int16_t> from = {}, std::optional<std::int16_t> to = {}) {
    ScheduleRule rule;
    rule.state = ScheduleState::dated;
    rule.weekdays = days;
    rule.from_minute = from;
    rule.to_minute = to;
    return rule;
}

constexpr WeekdayMask k_friday = 1U << 4U;
constexpr WeekdayMask k_saturday = 1U << 5U;

} // namespace

TEST_CASE("a window over midnight meets the evening's session, the one that runs on, and the next morning's") {
    const TimeWindow friday_night{k_friday, 20 * 60, 32 * 60};
    CHECK(open_in_window(std::vector{weekly(k_friday, 18 * 60, 21 * 60)}, friday_night) == Openness::yes);
    CHECK(open_in_window(std::vector{weekly(k_friday, 9 * 60, 17 * 60)}, friday_night) == Openness::no);
    CHECK(open_in_window(std::vector{weekly(k_saturday, 7 * 60, 9 * 60)}, friday_night) == Openness::yes);
    CHECK(open_in_window(std::vector{weekly(k_saturday, 8 * 60, 9 * 60)}, friday_night) == Openness::no);
    CHECK(open_in_window(std::vector{weekly(k_saturday, 21 * 60, 30 * 60)}, friday_night) == Openness::no);
    // Thursday's session until Friday's small hours is over when Friday's night begins.
    CHECK(open_in_window(std::vector{weekly(1U << 3U, 22 * 60, 30 * 60)}, friday_night) == Openness::no);
}

TEST_CASE("a window answers what its minutes answer, one by one") {
    Dice dice;
    int over_midnight = 0;
    std::vector<int> answers(3);
    for (int i = 0; i < 4000; ++i) {
        std::vector<ScheduleRule> rules(static_cast<std::size_t>(1 + dice.pick(2)));
        std::ranges::generate(rules, [&] { return dice.rule(); });
        const TimeWindow window = dice.window();
        const Openness answer = open_in_window(rules, window);
        CAPTURE(i, window.weekdays, window.from_minute, window.to_minute, rules[0].from_minute.value_or(-1),
                rules[0].to_minute.value_or(-1));
        REQUIRE(answer == minute_by_minute(rules, window));
        over_midnight += window.to_minute > k_day ? 1 : 0;
        ++answers[static_cast<std::size_t>(answer)];
    }
    CHECK(over_midnight > 1000);
    CHECK(*std::ranges::min_element(answers) > 300);
}

namespace {

const Holidays& shipped() { return Holidays::shipped(); }
const Day k_first = *parse_day("2026-04-01");
const Day k_last = *parse_day("2027-03-31");

std::optional<Nights> nights(const std::vector<ScheduleRule>& rules, const ServiceRow& service = {}) {
    return nights_open(service, rules, shipped(), k_first, k_last);
}

} // namespace

TEST_CASE("a fiscal year begins in April") {
    CHECK(fiscal_year_of(*parse_day("2026-11-21")) == std::pair{k_first, k_last});
    CHECK(fiscal_year_of(k_first) == std::pair{k_first, k_last});
    CHECK(fiscal_year_of(k_last) == std::pair{k_first, k_last});
    CHECK(fiscal_year_of(*parse_day("2027-02-28")).second == k_last);
}

TEST_CASE("nights of a year: what the schedule promises, and what holidays leave open") {
    auto every_day = weekly(k_every_weekday);
    every_day.holidays = HolidayRule::open;
    // 365, of which nobody is sure of the six around New Year.
    CHECK(nights({every_day}) == Nights{359, 365});
    every_day.holidays = HolidayRule::closed;
    int holidays = 0;
    for (Day day = k_first; day <= k_last; day += std::chrono::days{1}) {
        holidays += shipped().is_holiday(day) == Holidays::Answer::yes ? 1 : 0;
    }
    // New Year's Day is a holiday and one of the six.
    CHECK(nights({every_day}) == Nights{359 - (holidays - 1), 365 - holidays});
    // Fridays and Saturdays, by the calendar.
    CHECK(nights({weekly(k_friday | k_saturday)})->at_most == 104);
}

TEST_CASE("hours of the day say nothing of the night, hours until midnight do") {
    CHECK_FALSE(nights({weekly(k_every_weekday, 9 * 60, 17 * 60)}));
    CHECK_FALSE(nights({weekly(k_every_weekday, 17 * 60, 22 * 60)}));
    CHECK_FALSE(nights({weekly(k_every_weekday, 17 * 60)}));
    CHECK(nights({weekly(k_friday, 0, 24 * 60)})->at_most == 52);
    CHECK(nights({weekly(k_friday, 17 * 60, 33 * 60)})->at_most == 52);
    CHECK_FALSE(nights({}));
    CHECK_FALSE(nights({ScheduleRule{}})); // words alone
}

TEST_CASE("a service that begins or ends in the year is open on the nights in between") {
    ServiceRow service;
    service.valid_from = *parse_day("2026-06-01");
    service.valid_to = *parse_day("2026-06-30");
    CHECK(nights({weekly(k_every_weekday)}, service) == Nights{30, 30}); // June has no holiday
}
