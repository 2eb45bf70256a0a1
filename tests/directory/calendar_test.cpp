// The calendar of Japan: days, instants, and the holidays of the shipped file held against the law's own rules.
#include "directory/calendar.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

using namespace shirube::directory;
using namespace std::chrono_literals;

namespace {

Day day_of(int year, unsigned month, unsigned day) {
    return Day{std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}};
}

bool holiday(std::string_view date) {
    return Holidays::shipped().is_holiday(parse_day(date).value()) == Holidays::Answer::yes;
}

Day nth_monday(int year, unsigned month, unsigned n) {
    return Day{std::chrono::year_month_weekday{std::chrono::year{year}, std::chrono::month{month},
                                               std::chrono::weekday_indexed{std::chrono::Monday, n}}};
}

/// The day of the equinox after the approximation of the Hydrographic Department (新こよみ便利帳), 1980–2099.
Day equinox(int year, unsigned month, double base) {
    const double day = std::floor(base + 0.242194 * (year - 1980)) - std::floor((year - 1980) / 4.0);
    return day_of(year, month, static_cast<unsigned>(day));
}

/// The holidays of Article 2 in a year, without substitute and sandwiched days.
std::set<Day> holidays_by_name(int year) {
    std::set<Day> days{day_of(year, 1, 1),  day_of(year, 2, 11), day_of(year, 2, 23),
                       day_of(year, 4, 29), day_of(year, 5, 3),  day_of(year, 5, 4),
                       day_of(year, 5, 5),  day_of(year, 11, 3), day_of(year, 11, 23)};
    days.insert({nth_monday(year, 1, 2), nth_monday(year, 9, 3), equinox(year, 3, 20.8431), equinox(year, 9, 23.2488)});
    if (year == 2020) {
        days.insert({day_of(2020, 7, 23), day_of(2020, 7, 24), day_of(2020, 8, 10)});
    } else if (year == 2021) {
        days.insert({day_of(2021, 7, 22), day_of(2021, 7, 23), day_of(2021, 8, 8)});
    } else {
        days.insert({nth_monday(year, 7, 3), nth_monday(year, 10, 2), day_of(year, 8, 11)});
    }
    return days;
}

bool expected_holiday(Day day, const std::set<Day>& named) {
    if (named.contains(day)) {
        return true;
    }
    // Article 3 (3): between two holidays.
    if (named.contains(day - std::chrono::days{1}) && named.contains(day + std::chrono::days{1})) {
        return true;
    }
    // Article 3 (2): the first day after a holiday on a Sunday that is none itself.
    for (Day before = day - std::chrono::days{1}; named.contains(before); before -= std::chrono::days{1}) {
        if (weekday_index(before) == 6) {
            return true;
        }
    }
    return false;
}

} // namespace

TEST_CASE("every day of the shipped years is a holiday exactly where the law says so") {
    for (int year = 2020; year <= 2027; ++year) {
        const auto named = holidays_by_name(year);
        for (Day day = day_of(year, 1, 1); day <= day_of(year, 12, 31); day += std::chrono::days{1}) {
            CAPTURE(to_string(day));
            const bool is = Holidays::shipped().is_holiday(day) == Holidays::Answer::yes;
            if (is != expected_holiday(day, named)) {
                FAIL_CHECK("the file and the law disagree");
            }
        }
    }
}

TEST_CASE("holidays that people remember") {
    CHECK(holiday("2020-07-24")); // the Olympic year's sports day
    CHECK_FALSE(holiday("2020-10-12"));
    CHECK(holiday("2021-08-09"));
    CHECK_FALSE(holiday("2021-08-11"));
    CHECK(holiday("2024-09-23"));
    CHECK(holiday("2026-05-06")); // substitute for a Sunday three days before
    CHECK(holiday("2026-09-22")); // sandwiched
    CHECK(holiday("2027-03-22"));
    CHECK_FALSE(holiday("2026-12-31"));
}

TEST_CASE("past the file nothing is known about holidays") {
    CHECK(Holidays::shipped().is_holiday(day_of(2028, 1, 1)) == Holidays::Answer::unknown);
    CHECK(Holidays::shipped().is_holiday(day_of(2019, 12, 31)) == Holidays::Answer::unknown);
    CHECK(Holidays::shipped().is_holiday(day_of(2027, 12, 31)) == Holidays::Answer::no);
}

TEST_CASE("a holiday file that is not so is refused with its fault") {
    CHECK_THROWS_AS(Holidays::from_json("{"), std::runtime_error);
    CHECK_THROWS_AS(Holidays::from_json("{}"), std::runtime_error);
    CHECK_THROWS_WITH(Holidays::from_json(R"({"from":"2026-13-01","to":"2026-12-31","days":[]})"),
                      Catch::Contains("2026-13-01"));
    CHECK_THROWS_WITH(
        Holidays::from_json(R"({"from":"2026-01-01","to":"2026-12-31","days":[{"date":"2027-01-01","name":"元日"}]})"),
        Catch::Contains("2027-01-01"));
}

TEST_CASE("days are read only where they exist") {
    CHECK(parse_day("2026-11-21") == day_of(2026, 11, 21));
    CHECK(parse_day("2024-02-29").has_value());
    for (const auto* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01", "20260101",
                             "2026-01-01 ", " 2026-01-01", "", "2026-01", "２０２６-01-01", "-026-01-01"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_day(text).has_value());
    }
}

TEST_CASE("instants are read as Tokyo's unless they say otherwise") {
    const Instant two_in_the_afternoon{day_of(2026, 11, 21), 14 * 60};
    for (const auto* text : {"2026-11-21T14:00", "2026-11-21T14:00:59", "2026-11-21T14:00:00.123+09:00",
                             "2026-11-21T05:00Z", "2026-11-21T05:00:00+00:00", "2026-11-21T14:00 09:00",
                             "2026-11-21T00:00-05:00", "2026-11-21T14:00+0900", "2026-11-21 14:00"}) {
        CAPTURE(text);
        CHECK(parse_instant(text) == two_in_the_afternoon);
    }
    CHECK(parse_instant("2026-11-21") == Instant{day_of(2026, 11, 21), 0});
    CHECK(parse_instant("2026-12-31T20:00Z") == Instant{day_of(2027, 1, 1), 5 * 60});
    CHECK(parse_instant("2026-01-01T03:00+14:00") == Instant{day_of(2025, 12, 31), 22 * 60});
    for (const auto* text :
         {"2026-11-21T24:00", "2026-11-21T14:60", "2026-11-21T14", "2026-11-21T14:00+9", "2026-11-21T",
          "2026-11-21X14:00", "2026-11-31T14:00", "2026-11-21T14:00:00.", "2026-11-21T14:00Zx", "now"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_instant(text).has_value());
    }
}

TEST_CASE("instants are written so that they are read back") {
    const Instant instant{day_of(2026, 4, 1), 9 * 60 + 5};
    CHECK(to_string(instant) == "2026-04-01T09:05+09:00");
    CHECK(parse_instant(to_string(instant)) == instant);
}

TEST_CASE("the week begins on Monday and months know their weekdays") {
    CHECK(weekday_index(day_of(2026, 11, 16)) == 0);
    CHECK(weekday_index(day_of(2026, 11, 21)) == 5);
    CHECK(weekday_index(day_of(1969, 12, 28)) == 6); // before the epoch
    CHECK(ordinal_in_month(day_of(2026, 11, 7)) == 1);
    CHECK(ordinal_in_month(day_of(2026, 11, 8)) == 2);
    CHECK(ordinal_in_month(day_of(2026, 11, 29)) == 5);
    CHECK(is_last_of_weekday(day_of(2026, 11, 28)));
    CHECK(is_last_of_weekday(day_of(2026, 11, 29)));
    CHECK_FALSE(is_last_of_weekday(day_of(2026, 11, 22)));
    CHECK(is_last_of_weekday(day_of(2026, 2, 22)));
}

TEST_CASE("now lies between what the machine says before and after, in Tokyo") {
    const Instant now = now_in_tokyo();
    CHECK(now.minute >= 0);
    CHECK(now.minute < 1440);
    const auto tokyo = std::chrono::sys_time<std::chrono::minutes>{now.day} + std::chrono::minutes{now.minute};
    const auto apart = tokyo - (std::chrono::system_clock::now() + 9h);
    CHECK(apart < 1min);
    CHECK(apart > -2min);
}
