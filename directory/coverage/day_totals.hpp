// The totals of one day, for whoever asks the same of several.
#pragma once

#include "directory/coverage.hpp"
#include "directory/coverage/groundwork.hpp"
#include "directory/coverage/reach.hpp"

#include <span>

namespace shirube::directory {

/// What compute_coverage says in its totals, every count told. \param counted how each candidate counts on the day
/// \param cells to the places that count on it \param places for some residents alone
CoverageTotals totals_on(const Groundwork& work, std::span<const Counted> counted, Day day, const ReachOfCells& cells,
                         const CountedPlaces& places);

} // namespace shirube::directory
