// How far children are from what counts: who is within reach of it, wherever it stands, also next door.
#pragma once

#include "directory/coverage/counting.hpp"
#include "directory/coverage/layer_children.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shirube::directory {

/// Where children can be brought to under a policy.
struct CountedPlaces {
    std::vector<geo::LonLat> for_all;
    /// By municipality, where the policy asks whose residents may use a place and the place says so.
    std::map<std::string, std::vector<geo::LonLat>> for_residents_of;
};

/// The standing places that count and have a position; those for some residents alone for each of `municipalities`.
CountedPlaces counted_places(const Reader& reader, const Counting& counting,
                             const std::vector<std::string>& municipalities);

struct ReachOfLayer {
    std::vector<std::optional<std::int64_t>> covered; ///< by district; empty where its children are unknown
    std::vector<std::optional<double>> nearest_m_median;
};

/// By the way of each district: straight line × detour; the road network, where one is loaded, takes the place of
/// geo::nearest_distances here.
ReachOfLayer reach_of_layer(const Reader& reader, const Policy& policy, const Layer& layer,
                            const LayerChildren& children, const CountedPlaces& places);

} // namespace shirube::directory
