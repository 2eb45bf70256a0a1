// The totals of one day, for whoever asks the same of several.
#pragma once

#include "directory/coverage.hpp"
#include "directory/coverage/groundwork.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace shirube::directory {

/// What compute_coverage says in its totals. \param counted how each candidate counts on the day
/// \param covered children within reach, by district (covered_in_layer)
CoverageTotals totals_on(const Groundwork& work, std::span<const Counted> counted, Day day,
                         std::span<const std::optional<std::int64_t>> covered);

} // namespace shirube::directory
