// How far from a town's point an address of that town may lie.
#pragma once

#include "directory/reading.hpp"

#include <vector>

namespace shirube::importers {

/// Gives each town its accuracy_m: the radius around its point within which an address of the town lies, taken from the
/// distances to the nearest other towns of its municipality (by prefecture and name). A town without a neighbour gets
/// the largest.
void assign_town_extents(std::vector<directory::TownReading>& towns);

} // namespace shirube::importers
