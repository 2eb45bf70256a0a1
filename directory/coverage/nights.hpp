// On how many nights of a year a service takes somebody in: with its places, what it can hold of a need that is planned
// in nights (量の見込み, 人日).
#pragma once

#include "directory/calendar.hpp"
#include "directory/schedule.hpp"
#include "directory/state.hpp"

#include <optional>
#include <span>
#include <utility>

namespace shirube::directory {

struct Nights {
    int surely = 0;
    int at_most = 0; ///< with those of which nobody is sure: a holiday, the turn of the year

    friend bool operator==(const Nights&, const Nights&) = default;
};

/// The fiscal year (年度) that a day lies in: its first and its last day.
std::pair<Day, Day> fiscal_year_of(Day day);

/// The nights from `first` to `last`, each called by the day it begins on. A session that states no hours holds for the
/// night; one that states them where it runs to midnight, else nobody knows. Outside the service's own dates there is
/// none.
/// \returns nothing where no night is sure: no schedule, words alone, a rhythm without dates, hours of the day
std::optional<Nights> nights_open(const ServiceRow& service, std::span<const ScheduleRule> rules,
                                  const Holidays& holidays, Day first, Day last);

} // namespace shirube::directory
