#include "server/pages/planner/planner_words.hpp"

#include "directory/minutes.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

namespace shirube::server {

std::string figure_in_words(double value) {
    const auto whole = static_cast<std::int64_t>(value);
    return static_cast<double>(whole) == value ? grouped(whole) : decimal(value, 1);
}

std::string period_in_words(const directory::NeedReading& need, const Texts& texts) {
    if (!need.from && !need.to) {
        return {};
    }
    if (need.from && need.to) {
        using namespace std::chrono;
        const year_month_day from{*need.from};
        const auto year_of = [&](std::string_view key) {
            return texts.with(key, {{"year", std::to_string(static_cast<int>(from.year()))}});
        };
        const auto is_from = [&](month first, month last, years later) {
            return from.month() == first && from.day() == day{1} &&
                   *need.to == sys_days{(from.year() + later) / last / std::chrono::last};
        };
        if (is_from(April, March, years{1})) {
            return year_of("period.fiscal_year");
        }
        if (is_from(January, December, years{0})) {
            return year_of("period.year");
        }
    }
    return (need.from ? directory::to_string(*need.from) : std::string{}) + "–" +
           (need.to ? directory::to_string(*need.to) : std::string{});
}

std::string window_in_words(const directory::TimeWindow& window, const Texts& texts) {
    constexpr int k_minutes_an_hour = 60;
    std::string days;
    for (int weekday = 0; weekday < 7; ++weekday) {
        if (((window.weekdays >> static_cast<unsigned>(weekday)) & 1U) != 0) {
            days += (days.empty() ? "" : texts.get("list.separator")) + weekday_in_words(weekday, texts);
        }
    }
    if (window.weekdays == directory::k_every_weekday) {
        days = texts.get("planner.every_day");
    }
    if (window.from_minute == 0 && window.to_minute == directory::k_minutes_a_day) {
        return days;
    }
    const auto time = [](int minute) {
        return fmt::format("{}:{:02}", minute / k_minutes_an_hour, minute % k_minutes_an_hour);
    };
    const auto to = window.to_minute > directory::k_minutes_a_day
                        ? texts.with("time.next_day", {{"time", time(window.to_minute - directory::k_minutes_a_day)}})
                        : time(window.to_minute);
    return fmt::format("{} {}–{}", days, time(window.from_minute), to);
}

} // namespace shirube::server
