// Many points asked for the few places around each: a grid over degrees, built in a blink for one question and thrown
// away.
#pragma once

#include "geo/distance.hpp"
#include "geo/lonlat.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace shirube::geo {

/// What distances need of a latitude: worked out once for all points on it.
struct Latitude {
    double lat = 0;
    LocalMetric scale;    ///< at longitude 0
    Box around;           ///< of a radius, around longitude 0
    double least_per_lon; ///< metres a degree, between here and anywhere in the grid at least
    double least_per_lat;
};

/// Places in the boxes of a grid over degrees, about one to a box, so that the nearest is found by looking at the box
/// of a point and the rings of boxes around it.
class PlaceGrid {
  public:
    explicit PlaceGrid(std::span<const LonLat> places) {
        for (const LonLat place : places) {
            bounds_.expand(place);
        }
        constexpr double k_places_a_box = 1;
        constexpr double k_least_degrees = 1e-4; // a box is no point
        const double width = std::max(bounds_.east - bounds_.west, k_least_degrees);
        const double height = std::max(bounds_.north - bounds_.south, k_least_degrees);
        const double boxes = std::max(1.0, static_cast<double>(places.size()) / k_places_a_box);
        constexpr double k_most_a_side = 2048;
        columns_ = static_cast<int>(std::clamp(std::sqrt(boxes * width / height), 1.0, k_most_a_side));
        rows_ = static_cast<int>(std::clamp(boxes / columns_, 1.0, k_most_a_side));
        box_lon_ = width / columns_;
        box_lat_ = height / rows_;
        first_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
        for (const LonLat place : places) {
            ++first_[box_of(place) + 1];
        }
        for (std::size_t i = 1; i < first_.size(); ++i) {
            first_[i] += first_[i - 1];
        }
        places_.resize(places.size());
        items_.resize(places.size());
        auto next = first_;
        for (std::uint32_t item = 0; item < places.size(); ++item) {
            const std::uint32_t at = next[box_of(places[item])]++;
            places_[at] = places[item];
            items_[at] = item;
        }
    }

    /// About how far places lie apart, were they strewn evenly.
    [[nodiscard]] double spacing_m() const {
        return box_lat_ *
               LocalMetric({0, std::clamp((bounds_.south + bounds_.north) / 2, -80.0, 80.0)}).metres_per_lat(0);
    }

    [[nodiscard]] Latitude latitude(double lat, double radius_m) const {
        return latitude(LocalMetric({0, lat}), radius_m);
    }
    /// \param scale the latitude's, at longitude 0
    [[nodiscard]] Latitude latitude(const LocalMetric& scale, double radius_m) const {
        const double lat = scale.origin().lat;
        // Degrees shrink toward the poles: the smaller of both edges, and of the latitude's own.
        const double south = bounds_.south - lat;
        const double north = bounds_.north - lat;
        return {lat, scale, scale.box_around(radius_m),
                std::min({scale.metres_per_lon(0), scale.metres_per_lon(south), scale.metres_per_lon(north)}),
                std::min({scale.metres_per_lat(0), scale.metres_per_lat(south), scale.metres_per_lat(north)})};
    }

    /// visit(item, distance_m) for each place at most radius_m away, in no order.
    /// \param at the point's latitude, made for the radius
    template <class Visit>
    void for_each_within(LonLat from, double radius_m, const Latitude& at, Visit&& visit) const {
        const LocalMetric& scale = at.scale;
        const Box& box = at.around;
        const double west = from.lon + box.west;
        const double east = from.lon + box.east;
        if (east < bounds_.west || west > bounds_.east || box.north < bounds_.south || box.south > bounds_.north) {
            return;
        }
        const int last_column = column_of(east);
        const int last_row = row_of(box.north);
        const double radius_m2 = radius_m * radius_m;
        for (int row = row_of(box.south); row <= last_row; ++row) {
            const std::size_t line = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_);
            const std::size_t begin = first_[line + static_cast<std::size_t>(column_of(west))];
            const std::size_t end = first_[line + static_cast<std::size_t>(last_column) + 1];
            for (std::size_t i = begin; i < end; ++i) {
                const double m2 = scale.squared_m2({places_[i].lon - from.lon, places_[i].lat});
                if (m2 <= radius_m2) {
                    visit(items_[i], std::sqrt(m2));
                }
            }
        }
    }

    /// Infinite where there is none within LocalMetric::k_reach_m. \param at the point's latitude
    [[nodiscard]] double nearest_m(LonLat from, const Latitude& at) const {
        const LocalMetric& scale = at.scale;
        const int column = column_of(from.lon);
        const int row = row_of(from.lat);
        constexpr double k_safe = 0.995; // what rounding and the ellipsoid may take from an edge's distance
        double best_m2 = LocalMetric::k_reach_m * LocalMetric::k_reach_m;
        bool found = false;
        const int last_ring = std::max({column, columns_ - 1 - column, row, rows_ - 1 - row});
        for (int ring = 0; ring <= last_ring; ++ring) {
            if (ring > 0 && found) {
                const double beyond_m = k_safe * nearest_edge_m(from, column, row, ring - 1, at);
                if (beyond_m > 0 && beyond_m * beyond_m > best_m2) {
                    break;
                }
            }
            for_each_box(column, row, ring, [&](std::size_t box) {
                for (std::size_t i = first_[box]; i < first_[box + 1]; ++i) {
                    const double m2 = scale.squared_m2({places_[i].lon - from.lon, places_[i].lat});
                    found = found || m2 <= best_m2;
                    best_m2 = std::min(best_m2, m2);
                }
            });
        }
        return found ? std::sqrt(best_m2) : std::numeric_limits<double>::infinity();
    }

  private:
    [[nodiscard]] int column_of(double lon) const {
        return static_cast<int>(std::clamp((lon - bounds_.west) / box_lon_, 0.0, columns_ - 1.0));
    }
    [[nodiscard]] int row_of(double lat) const {
        return static_cast<int>(std::clamp((lat - bounds_.south) / box_lat_, 0.0, rows_ - 1.0));
    }
    [[nodiscard]] std::size_t box_of(LonLat place) const {
        return static_cast<std::size_t>(row_of(place.lat)) * static_cast<std::size_t>(columns_) +
               static_cast<std::size_t>(column_of(place.lon));
    }

    /// The boxes of a ring that are inside the grid.
    template <class Visit>
    void for_each_box(int column, int row, int ring, Visit&& visit) const {
        const int west = std::max(column - ring, 0);
        const int east = std::min(column + ring, columns_ - 1);
        const auto at = [&](int x, int y) {
            return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x);
        };
        for (int y = std::max(row - ring, 0); y <= std::min(row + ring, rows_ - 1); ++y) {
            if (y == row - ring || y == row + ring) {
                for (int x = west; x <= east; ++x) {
                    visit(at(x, y));
                }
                continue;
            }
            if (column - ring >= 0) {
                visit(at(column - ring, y));
            }
            if (ring > 0 && column + ring < columns_) {
                visit(at(column + ring, y));
            }
        }
    }

    /// How far it is at least to whatever lies outside the rings looked at; not above zero where the point itself does.
    [[nodiscard]] double nearest_edge_m(LonLat from, int column, int row, int ring, const Latitude& at) const {
        double nearest = std::numeric_limits<double>::infinity();
        const auto edge = [&](bool more_beyond, double degrees, double metres_per_degree) {
            if (more_beyond) {
                nearest = std::min(nearest, degrees * metres_per_degree);
            }
        };
        const double south = bounds_.south + (row - ring) * box_lat_;
        const double north = bounds_.south + (row + ring + 1) * box_lat_;
        edge(column - ring > 0, from.lon - (bounds_.west + (column - ring) * box_lon_), at.least_per_lon);
        edge(column + ring < columns_ - 1, bounds_.west + (column + ring + 1) * box_lon_ - from.lon, at.least_per_lon);
        edge(row - ring > 0, from.lat - south, at.least_per_lat);
        edge(row + ring < rows_ - 1, north - from.lat, at.least_per_lat);
        return nearest;
    }

    Box bounds_ = Box::empty();
    int columns_ = 1;
    int rows_ = 1;
    double box_lon_ = 1;
    double box_lat_ = 1;
    std::vector<std::uint32_t> first_;
    std::vector<LonLat> places_;
    std::vector<std::uint32_t> items_; ///< which of the places each is
};

/// The latitudes of the last few points: cells of a census grid come back to each many times.
class Latitudes {
  public:
    Latitudes(const PlaceGrid& grid, double radius_m) : grid_(grid), radius_m_(radius_m) {}

    const Latitude& of(double lat) {
        // Fibonacci hashing: latitudes of a grid differ in few bits.
        const std::size_t slot = (std::bit_cast<std::uint64_t>(lat) * 0x9e3779b97f4a7c15U) >> 57U;
        auto& kept = kept_[slot];
        if (!kept || kept->lat != lat) {
            kept.emplace(grid_.latitude(lat, radius_m_));
        }
        return *kept;
    }

  private:
    const PlaceGrid& grid_;
    double radius_m_;
    std::array<std::optional<Latitude>, 128> kept_;
};

} // namespace shirube::geo
