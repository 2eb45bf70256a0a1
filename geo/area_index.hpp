#pragma once

#include "geo/area.hpp"
#include "geo/box_tree.hpp"
#include "geo/lonlat.hpp"
#include "geo/prepared_area.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace shirube::geo {

/// Many areas, which may overlap: which of them hold a point? Areas are known by their position in the span they came
/// in; callers order them by code, so that the lowest index is the lowest code.
class AreaIndex {
  public:
    AreaIndex() = default;

    /// \pre as for PreparedArea.
    explicit AreaIndex(std::span<const MultiPolygon> areas);

    std::size_t size() const { return areas_.size(); }
    const PreparedArea& area(std::uint32_t index) const { return areas_[place_of_[index]]; }

    /// Every area that holds the point strictly inside, ascending. When none does and the point lies on boundaries, the
    /// lowest of those areas alone: a boundary tie goes to the lowest code. out is replaced.
    void areas_at(LonLat point, std::vector<std::uint32_t>& out) const;

    /// Every area that a circle touches, ascending. out is replaced.
    void areas_within(LonLat centre, double radius_m, std::vector<std::uint32_t>& out) const;

    /// Every area whose box meets the box, ascending. out is replaced.
    void areas_near(const Box& box, std::vector<std::uint32_t>& out) const;

    /// Metres from the point to one area, 0 inside and on the boundary.
    double distance_m(std::uint32_t index, LonLat point) const { return area(index).distance_m(point); }

    /// areas_at for many points at once, as pairs {point, area} in ascending order.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> join(std::span<const LonLat> points) const;

  private:
    /// The answer of areas_at, where for_each_candidate(visit) calls visit(place) for every area that may hold the
    /// point.
    template <class Candidates>
    void settle(LonLat point, Candidates&& for_each_candidate, std::vector<std::uint32_t>& out) const;

    BoxTree tree_;
    std::vector<PreparedArea> areas_;     ///< along the Hilbert curve, as the tree's items
    std::vector<std::uint32_t> index_of_; ///< from a place in areas_ to the caller's index
    std::vector<std::uint32_t> place_of_; ///< and back
};

} // namespace shirube::geo
