#pragma once

#include "geo/lonlat.hpp"

#include <cmath>
#include <cstdint>

namespace shirube::geo {

/// A position as whole ten-millionths of a degree (about a centimetre). Lists give seven decimals at most, and on whole
/// numbers "on the edge" is a fact and not an accident of rounding.
struct LatticePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;

    friend bool operator==(const LatticePoint&, const LatticePoint&) = default;
};

inline constexpr double k_lattice_per_degree = 1e7;

/// Whether both are numbers that a position on Earth can have.
inline bool on_earth(LonLat point) { return std::abs(point.lon) <= 180 && std::abs(point.lat) <= 90; }

/// \pre on_earth(point).
inline LatticePoint to_lattice(LonLat point) {
    const auto nearest = [](double degrees) {
        const double steps = degrees * k_lattice_per_degree;
        return static_cast<std::int32_t>(steps < 0 ? steps - 0.5 : steps + 0.5);
    };
    return {nearest(point.lon), nearest(point.lat)};
}

inline LonLat from_lattice(LatticePoint point) {
    return {point.x / k_lattice_per_degree, point.y / k_lattice_per_degree};
}

/// What an edge means to a ray that runs east from a point.
enum class EdgeSide {
    missed,
    crossed,
    touched, ///< the point lies on the edge itself
};

/// Exact for every pair of points on Earth: the two products below stay under 2^63 as |x| <= 1.8e9 and |y| <= 0.9e9.
inline EdgeSide edge_side(LatticePoint a, LatticePoint b, LatticePoint point) {
    const bool rises = a.y <= b.y;
    const LatticePoint low = rises ? a : b;
    const LatticePoint high = rises ? b : a;
    if (point.y < low.y || point.y > high.y) {
        return EdgeSide::missed;
    }
    if (low.y == high.y) {
        const bool between = (point.x >= low.x && point.x <= high.x) || (point.x >= high.x && point.x <= low.x);
        return between ? EdgeSide::touched : EdgeSide::missed;
    }
    const auto wide = [](std::int32_t value) { return static_cast<std::int64_t>(value); };
    const std::int64_t edge = (wide(high.x) - low.x) * (wide(point.y) - low.y);
    const std::int64_t mine = (wide(point.x) - low.x) * (wide(high.y) - low.y);
    if (edge == mine) {
        return EdgeSide::touched;
    }
    // An upper end belongs to the edge above, so that a corner is crossed once.
    return point.y < high.y && edge > mine ? EdgeSide::crossed : EdgeSide::missed;
}

} // namespace shirube::geo
