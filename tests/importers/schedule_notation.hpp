// Schedules in a notation short enough to be written by hand: "D 2.4/We 15:00-19:00 + R Th -".
#pragma once

#include "directory/schedule.hpp"

#include <span>
#include <string>

namespace shirube::importers::test {

/// D (dated), U (dated, as a rule only), R (recurring) or T (text), the days, the times; + between schedules. Days: */
/// every week, 2.4/ the second and fourth, L/ the last of Mo Tu We Th Fr Sa Su; @12 a day of the month; odd, even, m1.4
/// before them: of these months only; - none is said. Times: from-to, either may be empty, - none is said.
std::string in_notation(std::span<const directory::Schedule> schedules);

} // namespace shirube::importers::test
