#pragma once

#include "geo/area.hpp"
#include "geo/lattice.hpp"
#include "geo/lonlat.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace shirube::geo {

enum class Side { outside, boundary, inside };

/// An area made ready for many questions. Corners are rounded to the lattice of 1e-7 degrees and the decision is exact
/// on it. Each polygon is inside where an odd number of its rings surrounds the point; the area is the union of its
/// polygons. A point on the edge of one polygon and strictly inside another is inside; on a seam between two it is on
/// the boundary.
class PreparedArea {
public:
    /// \pre every corner is finite, |lon| <= 180, |lat| <= 90; fewer than 2^31 corners.
    explicit PreparedArea(const MultiPolygon& area);

    /// Any point may be asked; what is not a position on Earth is outside.
    Side side_of(LonLat point) const;

    Box box() const { return box_; }

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
    /// About as many slabs as edges, of a height that a shift finds.
    unsigned slab_shift_for(const std::vector<std::uint32_t>& polygon_of_corner, std::int32_t high_y) const;
    std::size_t slab_of(std::int32_t y) const {
        return static_cast<std::size_t>((static_cast<std::int64_t>(y) - low_y_) >> slab_shift_);
    }
    double nearest_edge_m(LonLat point, double limit_m, double good_enough_m) const;

    Box box_;
    std::int32_t low_y_ = 0;
    unsigned slab_shift_ = 0;
    std::vector<LatticePoint> corners_;      ///< ring after ring, each closed
    std::vector<std::uint32_t> slab_begins_; ///< slab s owns edges_[slab_begins_[s] .. slab_begins_[s + 1])
    std::vector<Edge> edges_;                ///< of each slab, polygon after polygon
};

} // namespace shirube::geo
