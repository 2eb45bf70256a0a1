#pragma once

#include "geo/lanes.hpp"
#include "geo/lonlat.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace shirube::geo {

/// The inner levels of a packed static R-tree: boxes in an order that keeps neighbours together (along the Hilbert
/// curve), sixteen to a node, all in one array. The items are the boxes' positions. It prunes: what it visits is a
/// superset, by the rounding of floats, and the caller decides.
class BoxTree {
  public:
    /// A node of the tree or, at level 0, an item.
    struct Ref {
        std::uint32_t level = 0;
        std::uint32_t index = 0;
    };

    BoxTree() = default;

    /// \pre the boxes are not empty; fewer than 2^28 of them.
    explicit BoxTree(std::span<const Box> boxes);

    bool empty() const { return levels_ == 0; }
    Box bounds() const { return bounds_; }

    /// \pre not empty().
    Ref root() const { return {levels_, 0}; }

    /// The children of a node. Child i is the node or item {ref.level - 1, ref.index * 16 + i}.
    /// \pre ref.level > 0.
    const BoxLanes& children(Ref ref) const { return nodes_[level_begins_[ref.level] + ref.index]; }

    /// An item's box, rounded outward.
    FloatBox box(std::uint32_t item) const { return nodes_[level_begins_[1] + item / k_lanes].box(item % k_lanes); }

    /// visit(item) for each item whose box may share a point with the box.
    template <class Visit>
    void for_each_meeting(const Box& box, Visit&& visit) const {
        const FloatBox query = round_outward(box);
        descend([&](const BoxLanes& lanes) { return lanes_meeting(lanes, query); }, visit);
    }

    /// visit(item) for each item whose box may lie within the bound.
    template <class Visit>
    void for_each_within(const FloatPlane& plane, float bound_m2, Visit&& visit) const {
        LaneFloats squared_m2;
        descend([&](const BoxLanes& lanes) { return lanes_within(lanes, plane, bound_m2, squared_m2); }, visit);
    }

  private:
    static constexpr std::uint32_t k_max_levels = 7; // 16^7 = 2^28 items

    template <class Select, class Visit>
    void descend(Select&& select, Visit&& visit) const {
        if (empty()) {
            return;
        }
        std::array<Ref, k_max_levels * k_lanes> open;
        std::size_t open_count = 0;
        open[open_count++] = root();
        while (open_count > 0) {
            const Ref ref = open[--open_count];
            const std::uint32_t first_child = ref.index * static_cast<std::uint32_t>(k_lanes);
            const LaneMask chosen = select(children(ref));
            if (ref.level == 1) {
                for_each_lane(chosen, [&](std::uint32_t lane) { visit(first_child + lane); });
            } else {
                for_each_lane(chosen,
                              [&](std::uint32_t lane) { open[open_count++] = {ref.level - 1, first_child + lane}; });
            }
        }
    }

    Box bounds_;
    std::uint32_t levels_ = 0;
    std::array<std::uint32_t, k_max_levels + 1> level_begins_{}; ///< by level, from 1
    std::vector<BoxLanes> nodes_;
};

} // namespace shirube::geo
