// The nearest of some places from each of many, and what half of a weight has at most.
#pragma once

#include "geo/lonlat.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::geo {

/// Metres from each point to the nearest place, in a straight line on WGS84 to 0.1 %; infinite where there is none
/// within LocalMetric::k_reach_m. Points of one latitude that follow each other are cheaper: so do cells of a census
/// grid.
std::vector<double> nearest_distances(std::span<const LonLat> from, std::span<const LonLat> places);

/// The same where only what is near matters: infinite where there is none within `most_m`.
std::vector<double> nearest_within(std::span<const LonLat> from, std::span<const LonLat> places, double most_m);

struct WeightedDistance {
    double distance_m = 0;
    std::int64_t weight = 0; ///< >= 0
};

/// The smallest distance that at least half of the weight has at most; nothing where the weights are all zero. Takes
/// the order of `distances`; linear in their number.
std::optional<double> weighted_median(std::span<WeightedDistance> distances);

} // namespace shirube::geo
