// How far children are from what counts: who is within reach of it, wherever it stands, also next door.
#pragma once

#include "directory/coverage/counting.hpp"
#include "directory/coverage/groundwork.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// Where children can be brought to under a policy.
struct CountedPlaces {
    std::vector<geo::LonLat> for_all;
    /// By municipality of the layer, where the policy asks whose residents may use a place and the place says so; empty
    /// where none does.
    std::vector<std::vector<geo::LonLat>> for_residents_of;
};

/// The standing places that count and have a position. \param counted how each candidate counts
CountedPlaces counted_places(const Groundwork& work, std::span<const Counted> counted);

/// By district, as a way of going there is: straight line × detour; the road network, where one is loaded, takes the
/// place of geo::nearest_distances here.
struct ReachOfLayer {
    std::vector<std::optional<std::int64_t>> covered; ///< by district; empty where its children are unknown
    std::vector<std::optional<double>> nearest_m_median;
};

/// \param nearest_m from each cell of the groundwork's children to the nearest place for all
ReachOfLayer reach_of_layer(const Groundwork& work, std::span<const double> nearest_m, const CountedPlaces& places);

/// The children within reach alone.
std::vector<std::optional<std::int64_t>> covered_in_layer(const Groundwork& work, std::span<const double> nearest_m,
                                                          const CountedPlaces& places);

} // namespace shirube::directory
