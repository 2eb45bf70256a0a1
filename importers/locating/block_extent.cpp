#include "importers/locating/block_extent.hpp"

#include "geo/distance.hpp"
#include "geo/point_index.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

namespace shirube::importers {

namespace {

// A block's point is its middle, and no position of a house in a block is published with it, so this is geometry, not
// measurement. Among blocks as broad as they are long the eighth nearest point lies 1.4 breadths away and the corner
// 0.7; among blocks five times as long as broad the eighth lies 4 breadths away and the corner 2.5. A block larger than
// its neighbours has them farther off. On towns cut at random (tests/importers/block_extent_test.cpp) the radius holds
// over 99 of 100 addresses.
constexpr std::size_t k_neighbours = 8;
constexpr double k_factor = 0.9;
constexpr double k_least_m = 30;
constexpr double k_most_m = 1000;

} // namespace

std::vector<double> block_extents_m(std::span<const geo::LonLat> points) {
    // Each place once: many points of one place would all be each other's neighbours.
    std::map<std::pair<double, double>, double> extents_by_place;
    std::vector<geo::LonLat> places;
    for (const geo::LonLat& point : points) {
        if (extents_by_place.try_emplace({point.lon, point.lat}, 0.0).second) {
            places.push_back(point);
        }
    }
    const geo::PointIndex index(places);
    std::vector<geo::Neighbour> nearest;
    for (std::uint32_t i = 0; i < places.size(); ++i) {
        index.nearest(
            places[i], k_neighbours, k_most_m / k_factor, [i](std::uint32_t other) { return other != i; }, nearest);
        extents_by_place[{places[i].lon, places[i].lat}] =
            nearest.size() < k_neighbours ? k_most_m
                                          : std::clamp(k_factor * nearest.back().distance_m, k_least_m, k_most_m);
    }
    std::vector<double> extents_m;
    extents_m.reserve(points.size());
    for (const geo::LonLat& point : points) {
        extents_m.push_back(extents_by_place.at({point.lon, point.lat}));
    }
    return extents_m;
}

} // namespace shirube::importers
