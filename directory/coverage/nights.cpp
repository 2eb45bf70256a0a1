#include "directory/coverage/nights.hpp"

#include "directory/minutes.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

/// Whether a session, on a day it happens, goes on through the night.
Openness lasts_the_night(const ScheduleRule& rule) {
    if (!rule.from_minute && !rule.to_minute) {
        return Openness::yes;
    }
    return rule.to_minute && *rule.to_minute >= k_minutes_a_day ? Openness::yes : Openness::maybe;
}

Openness on_night(std::span<const ScheduleRule> rules, const Holidays& holidays, Day day) {
    Openness best = Openness::no;
    for (const auto& rule : rules) {
        best =
            std::max(best, std::min(open_on(std::span(&rule, 1), day, std::nullopt, holidays), lasts_the_night(rule)));
    }
    return best;
}

} // namespace

std::pair<Day, Day> fiscal_year_of(Day day) {
    using namespace std::chrono;
    const auto year = year_month_day{day}.year();
    const Day april{year / April / 1};
    const auto begins = day >= april ? year : year - years{1};
    return {Day{begins / April / 1}, Day{(begins + years{1}) / March / 31}};
}

std::optional<Nights> nights_open(const ServiceRow& service, std::span<const ScheduleRule> rules,
                                  const Holidays& holidays, Day first, Day last) {
    Nights nights;
    for (Day day = first; day <= last; day += std::chrono::days{1}) {
        if ((service.valid_from && day < *service.valid_from) || (service.valid_to && *service.valid_to < day)) {
            continue;
        }
        const Openness open = on_night(rules, holidays, day);
        nights.surely += open == Openness::yes ? 1 : 0;
        nights.at_most += open == Openness::no ? 0 : 1;
    }
    return nights.surely > 0 ? std::optional(nights) : std::nullopt;
}

} // namespace shirube::directory
