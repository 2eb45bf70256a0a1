// How coverage went and where plans lead: one policy held against one edition at several days.
#pragma once

#include "directory/coverage.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace shirube::directory {

struct TrendPoint {
    Day day{};
    CoverageTotals totals;
    std::int64_t opened = 0; ///< services of the policy that began since the point before
    std::int64_t closed = 0; ///< that ended since then
};

/// The days of a trend: 1 April of the years in which something of the policy is dated to begin or to end, the day
/// asked about, and what plans are dated for; ascending, at most twelve. The edition knows of what ended only where a
/// list still has it with its last day; what a list no longer has is not in any point.
std::vector<Day> trend_days(const Reader& reader, const Policy& policy, Day day);

/// The same policy and layer at the other days. Plans count from their day on, whatever the policy says of them: that
/// is what the trend is for.
/// \param now the answer for the day asked about, whose totals are taken from it
std::vector<TrendPoint> trend_of(const Reader& reader, const Coverage& now);

} // namespace shirube::directory
