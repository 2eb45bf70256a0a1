#pragma once

#include <algorithm>
#include <limits>

namespace shirube::geo {

/// A position in degrees on WGS84, longitude first. JGD2000 and JGD2011 are taken as equal to it.
struct LonLat {
    double lon = 0;
    double lat = 0;

    friend bool operator==(const LonLat&, const LonLat&) = default;
};

/// A closed box in degrees: its edges belong to it. It never crosses the antimeridian.
struct Box {
    double west = std::numeric_limits<double>::infinity();
    double south = std::numeric_limits<double>::infinity();
    double east = -std::numeric_limits<double>::infinity();
    double north = -std::numeric_limits<double>::infinity();

    /// The box that holds nothing and that any expansion replaces.
    static constexpr Box empty() { return {}; }

    constexpr bool is_empty() const { return !(west <= east && south <= north); }

    constexpr bool contains(LonLat point) const {
        return point.lon >= west && point.lon <= east && point.lat >= south && point.lat <= north;
    }

    /// True when the two share at least one point; an empty box shares none.
    constexpr bool intersects(const Box& other) const {
        return other.west <= east && other.east >= west && other.south <= north && other.north >= south;
    }

    constexpr void expand(LonLat point) {
        west = std::min(west, point.lon);
        south = std::min(south, point.lat);
        east = std::max(east, point.lon);
        north = std::max(north, point.lat);
    }

    constexpr void expand(const Box& other) {
        west = std::min(west, other.west);
        south = std::min(south, other.south);
        east = std::max(east, other.east);
        north = std::max(north, other.north);
    }

    friend bool operator==(const Box&, const Box&) = default;
};

/// Whether a position could be in Japan: a box from Yonaguni to Minamitorishima and from Okinotorishima to Etorofu. It
/// finds swapped or truncated coordinates, it does not draw a border. Not-a-number is nowhere.
constexpr bool within_japan(LonLat point) {
    return point.lon >= 122.0 && point.lon <= 154.5 && point.lat >= 20.0 && point.lat <= 46.0;
}

} // namespace shirube::geo
