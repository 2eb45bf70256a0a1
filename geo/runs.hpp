// Points that follow each other and lie close together, as the cells of a census grid do: what is near one of them is
// near all, so that it is looked for once.
#pragma once

#include "geo/distance.hpp"
#include "geo/lonlat.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>

namespace shirube::geo {

/// Distances from origins that differ agree to 0.1 %: what a triangle says of them holds with a margin.
inline constexpr double k_triangle_margin = 1.005;

/// Some points in a row.
struct Run {
    std::size_t first = 0;
    std::size_t last = 0; ///< one past it
    LonLat middle;
    LocalMetric scale;   ///< at the middle's latitude and longitude 0
    double radius_m = 0; ///< from the middle to each of its points at most

    [[nodiscard]] double squared_m2(LonLat place) const {
        return scale.squared_m2({place.lon - middle.lon, place.lat});
    }
};

/// The run of these points, all of them. \pre first < last
inline Run run_of(std::span<const LonLat> points, std::size_t first, std::size_t last) {
    Box box = Box::empty();
    for (std::size_t i = first; i < last; ++i) {
        box.expand(points[i]);
    }
    const LonLat middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
    const LocalMetric scale({0, middle.lat});
    const double lat = (box.north - box.south) / 2;
    const double lon = (box.east - box.west) / 2;
    const double widest = std::max({scale.metres_per_lon(0), scale.metres_per_lon(lat), scale.metres_per_lon(-lat)});
    const double highest = std::max(scale.metres_per_lat(lat), scale.metres_per_lat(-lat));
    return {first, last, middle, scale, k_triangle_margin * std::hypot(lon * widest, lat * highest)};
}

/// The end of the run that begins at `first`: as long as its points keep within about `side_m` of each other and are no
/// more than k_most_of_a_run.
inline std::size_t end_of_run(std::span<const LonLat> points, std::size_t first, double side_m) {
    constexpr std::size_t k_most_of_a_run = 64;
    constexpr double k_most_lat = 60;
    if (std::abs(points[first].lat) > k_most_lat) {
        return first + 1;
    }
    constexpr double k_metres_a_degree = 111'000;
    const double lat = side_m / k_metres_a_degree;
    const double lon = lat / std::cos(points[first].lat * (std::numbers::pi / 180));
    Box box = Box::empty();
    const std::size_t most = std::min(points.size(), first + k_most_of_a_run);
    std::size_t last = first;
    for (; last < most; ++last) {
        box.expand(points[last]);
        if (box.east - box.west > lon || box.north - box.south > lat) {
            break;
        }
    }
    return std::max(last, first + 1);
}

} // namespace shirube::geo
