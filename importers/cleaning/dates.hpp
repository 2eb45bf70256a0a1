// Dates as lists write them.
#pragma once

#include "directory/calendar.hpp"
#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// "2026-04-01", "2026/4/1", "2026年4月1日", "20260401", "令和7年4月1日", "令和元年5月1日", "R7.4.1", with a time of
/// day after it ignored. Problems: date_impossible (2月30日, an era's year that never was), date_unreadable.
Cell<directory::Day> parse_date(std::string_view cell);

} // namespace shirube::importers
