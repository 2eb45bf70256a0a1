#pragma once

#include "geo/area.hpp"
#include "geo/lattice.hpp"
#include "geo/lonlat.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace shirube::geo {

enum class Side : std::uint8_t { outside, boundary, inside };

/// An area made ready for many questions. Corners are rounded to the lattice of 1e-7 degrees and the decision is exact
/// on it. Each polygon is inside where an odd number of its rings surrounds the point; the area is the union of its
/// polygons. A point on the edge of one polygon and strictly inside another is inside; on a seam between two it is on
/// the boundary.
///
/// Most points fall into a cell of a coarse grid that no edge enters, and are answered by it. The others look at the
/// edges of one slab, a band between two parallels.
class PreparedArea {
  public:
    /// \pre every corner is on_earth; fewer than 2^31 corners.
    explicit PreparedArea(const MultiPolygon& area);

    /// Any point may be asked; what is not a position on Earth is outside.
    Side side_of(LonLat point) const { return on_earth(point) ? side_on_lattice(to_lattice(point)) : Side::outside; }
    /// The same for a point already on the lattice.
    Side side_on_lattice(LatticePoint point) const;

    /// The box of the corners on the lattice; empty for an area without corners.
    Box box() const;

    /// Metres to the nearest part, 0 inside and on the boundary, within 0.1 % (and 2 cm) up to 50 km; infinite for an
    /// area without corners.
    /// \pre the point is finite, |lat| < 90.
    double distance_m(LonLat point) const;

    /// Whether any part of the area lies within the radius; faster than asking for the distance.
    /// \pre the centre is finite, |lat| < 90; radius_m >= 0.
    bool touches_circle(LonLat centre, double radius_m) const;

  private:
    /// The edge from corners_[number] to the next one; k_new_polygon marks the first edge of another polygon in a slab.
    using Edge = std::uint32_t;
    static constexpr Edge k_new_polygon = Edge{1} << 31;

    void add_ring(const Ring& ring, std::uint32_t polygon, std::vector<std::uint32_t>& polygon_of_corner);
    void make_slabs(const std::vector<std::uint32_t>& polygon_of_corner);
    unsigned slab_shift_for(const std::vector<std::uint32_t>& polygon_of_corner) const;
    void make_grid(const std::vector<std::uint32_t>& polygon_of_corner);
    void mark_edge(LatticePoint a, LatticePoint b, std::vector<Side>& cells) const;
    Side side_by_edges(LatticePoint point) const;
    double nearest_edge_m(LonLat point, double limit_m, double good_enough_m) const;

    /// \pre the point is in the box, as for the two below.
    std::size_t slab_of(std::int32_t y) const { return static_cast<std::size_t>(steps(low_.y, y) >> slab_shift_); }
    std::size_t column_of(std::int32_t x) const { return static_cast<std::size_t>(steps(low_.x, x) >> column_shift_); }
    std::size_t row_of(std::int32_t y) const { return static_cast<std::size_t>(steps(low_.y, y) >> row_shift_); }
    static std::int64_t steps(std::int32_t from, std::int32_t to) { return static_cast<std::int64_t>(to) - from; }

    LatticePoint low_{0, 0}; ///< the box's corners, inclusive; high is below low when there is no corner
    LatticePoint high_{-1, -1};
    std::uint8_t slab_shift_ = 0;
    std::uint8_t column_shift_ = 0;
    std::uint8_t row_shift_ = 0;
    std::uint32_t columns_ = 0;
    /// Four cells a byte, row after row; a cell that an edge enters says boundary, and the edges decide.
    std::vector<std::uint8_t> grid_;
    std::vector<LatticePoint> corners_;      ///< ring after ring, each closed
    std::vector<std::uint32_t> slab_begins_; ///< slab s owns edges_[slab_begins_[s] .. slab_begins_[s + 1])
    std::vector<Edge> edges_;                ///< of each slab, polygon after polygon
};

inline Side PreparedArea::side_on_lattice(LatticePoint point) const {
    if (point.x < low_.x || point.x > high_.x || point.y < low_.y || point.y > high_.y) {
        return Side::outside;
    }
    const std::size_t cell = row_of(point.y) * columns_ + column_of(point.x);
    const auto side = static_cast<Side>(grid_[cell / 4] >> (cell % 4 * 2) & 3);
    return side == Side::boundary ? side_by_edges(point) : side;
}

} // namespace shirube::geo
