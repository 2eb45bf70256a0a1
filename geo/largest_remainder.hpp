#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace shirube::geo {

/// Shares a whole number out by weights so that the parts add up to it exactly: each gets the whole part of its quota,
/// and what is left goes one by one to the largest remainders (Hamilton's method); a tie goes to the lowest index.
/// Where no weight is above zero there is no way to share: the result is empty, which is not the same as nobody getting
/// anything.
/// \pre total >= 0; weights are finite and not negative.
std::vector<std::int64_t> apportion(std::int64_t total, std::span<const double> weights);

} // namespace shirube::geo
