#pragma once

#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

namespace shirube::geo::made_land {

/// A stretch of Japan in which the made-up towns and districts lie.
inline constexpr Box k_land{135.0, 33.5, 141.0, 38.5};

/// The same seed makes the same land.
class Maker {
  public:
    explicit Maker(std::uint64_t seed) : random_(seed) {}

    double between(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }
    int whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
    LonLat point_in(const Box& box) { return {between(box.west, box.east), between(box.south, box.north)}; }

    /// A point at a distance that is as often a hundred metres as ten kilometres.
    LonLat point_near(LonLat centre, double farthest_deg) {
        const double away = farthest_deg * std::pow(10.0, between(-3, 0));
        const double bearing = between(0, 2 * std::numbers::pi);
        return {centre.lon + away * std::cos(bearing), centre.lat + away * std::sin(bearing)};
    }

    /// Points in towns of very different size, on a grid of 0.0001° that makes some of them fall on the same place.
    std::vector<LonLat> towns(std::size_t count, int towns) {
        std::vector<LonLat> centres;
        centres.reserve(static_cast<std::size_t>(towns));
        for (int town = 0; town < towns; ++town) {
            centres.push_back(point_in(k_land));
        }
        std::normal_distribution<double> spread;
        std::vector<LonLat> points;
        while (points.size() < count) {
            const int town = std::min(whole(0, towns - 1), whole(0, towns - 1));
            const LonLat centre = centres[static_cast<std::size_t>(town)];
            const double width = 0.1 / (1 + town);
            points.push_back({std::round((centre.lon + width * spread(random_)) * 1e4) / 1e4,
                              std::round((centre.lat + width * spread(random_)) * 1e4) / 1e4});
        }
        return points;
    }

    /// A star: simple, rarely convex, its corners on the lattice so that any other library sees the same shape.
    Ring star(LonLat centre, double radius_deg, int corners) {
        Ring ring;
        for (int corner = 0; corner < corners; ++corner) {
            const double bearing = 2 * std::numbers::pi * corner / corners;
            const double away = radius_deg * between(0.4, 1.0);
            ring.push_back({std::round((centre.lon + away * std::cos(bearing)) * 1e7) / 1e7,
                            std::round((centre.lat + away * std::sin(bearing)) * 1e7) / 1e7});
        }
        return ring;
    }

    /// One to three stars far enough apart not to meet, some of them with a hole.
    MultiPolygon district(LonLat centre, double radius_deg) {
        MultiPolygon area;
        const int parts = whole(1, 3);
        for (int part = 0; part < parts; ++part) {
            const LonLat middle{centre.lon + 2.5 * radius_deg * part, centre.lat};
            Polygon polygon{star(middle, radius_deg, whole(5, 60)), {}};
            if (whole(0, 2) == 0) {
                polygon.holes.push_back(star(middle, 0.3 * radius_deg, whole(3, 12)));
            }
            area.push_back(std::move(polygon));
        }
        return area;
    }

  private:
    std::mt19937_64 random_;
};

/// A rectangle as a closed ring.
inline Ring rectangle(const Box& box) {
    return {{box.west, box.south},
            {box.east, box.south},
            {box.east, box.north},
            {box.west, box.north},
            {box.west, box.south}};
}

} // namespace shirube::geo::made_land
