#pragma once

#include "geo/box_tree.hpp"
#include "geo/distance.hpp"
#include "geo/lanes.hpp"
#include "geo/lonlat.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace shirube::geo {

/// A point found near another.
struct Neighbour {
    std::uint32_t item = 0;
    double distance_m = 0;

    friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// Nearer first; at the same distance the lower item first.
struct Nearer {
    bool operator()(const Neighbour& a, const Neighbour& b) const {
        return a.distance_m < b.distance_m || (a.distance_m == b.distance_m && a.item < b.item);
    }
};

/// Many points, asked for what lies in a box, within a radius or nearest. A packed Hilbert R-tree: built once, flat,
/// with sixteen points to a leaf. Items are positions in the span it was built from. Reading is safe from many threads.
class PointIndex {
  public:
    PointIndex() = default;

    /// \pre every point is finite, |lon| <= 180, |lat| <= 90; fewer than 2^32 points.
    explicit PointIndex(std::span<const LonLat> points);

    std::size_t size() const { return items_.size(); }
    Box bounds() const { return tree_.bounds(); }

    /// visit(item, LonLat) for each point in the box, its edges included; in no order.
    template <class Visit>
    void for_each_in_box(const Box& box, Visit&& visit) const;

    /// visit(item, distance_m) for each point at most radius_m from the metric's origin; in no order. A radius beyond
    /// LocalMetric::k_reach_m is taken as that.
    template <class Visit>
    void for_each_within(const LocalMetric& metric, double radius_m, Visit&& visit) const;

    /// The nearest points that accept(item) takes, at most count of them and none farther than max_m (at most
    /// LocalMetric::k_reach_m), ascending by (distance, item). accept is called for points near enough, in no order,
    /// and not for the others. out is replaced; beyond it nothing is allocated once a thread has warmed up.
    /// \pre accept asks no index for nearest in its turn: the thread's scratch is in use.
    template <class Accept>
    void nearest(LonLat origin, std::size_t count, double max_m, Accept&& accept, std::vector<Neighbour>& out) const;

  private:
    /// Tree nodes and leaves still to be opened, the nearest on top: the bits of a float that is not negative order as
    /// it does, so a whole number carries distance (high), level and index.
    using OpenNode = std::uint64_t;
    static constexpr unsigned k_index_bits = 28;

    static OpenNode open_node(float squared_m2, BoxTree::Ref ref) {
        return std::uint64_t{std::bit_cast<std::uint32_t>(squared_m2)} << 32U | ref.level << k_index_bits | ref.index;
    }
    static float squared_m2_of(OpenNode node) { return std::bit_cast<float>(static_cast<std::uint32_t>(node >> 32U)); }
    static BoxTree::Ref ref_of(OpenNode node) {
        const auto low = static_cast<std::uint32_t>(node);
        return {low >> k_index_bits, low & ((1U << k_index_bits) - 1)};
    }

    /// A cleared heap of this thread.
    static std::vector<OpenNode>& open_nodes();

    /// Scales that hold for every point of the index within the radius.
    FloatPlane plane_for(const LocalMetric& metric, double radius_m) const;

    BoxTree tree_; ///< over the leaves
    std::vector<PointLanes> leaves_;
    std::vector<LonLat> positions_; ///< along the curve; leaf l has 16 l and the fifteen after it
    std::vector<std::uint32_t> items_;
};

template <class Visit>
void PointIndex::for_each_in_box(const Box& box, Visit&& visit) const {
    if (box.is_empty()) {
        return;
    }
    tree_.for_each_meeting(box, [&](std::uint32_t leaf) {
        const std::size_t first = leaf * k_lanes;
        const std::size_t last = std::min(first + k_lanes, positions_.size());
        for (std::size_t place = first; place < last; ++place) {
            if (box.contains(positions_[place])) {
                visit(items_[place], positions_[place]);
            }
        }
    });
}

template <class Visit>
void PointIndex::for_each_within(const LocalMetric& metric, double radius_m, Visit&& visit) const {
    if (!(radius_m >= 0) || tree_.empty()) {
        return;
    }
    radius_m = std::min(radius_m, LocalMetric::k_reach_m);
    const FloatPlane plane = plane_for(metric, radius_m);
    const float bound_m2 = prune_bound_m2(radius_m);
    tree_.for_each_within(plane, bound_m2, [&](std::uint32_t leaf) {
        for_each_lane(lanes_within(leaves_[leaf], plane, bound_m2), [&](std::uint32_t lane) {
            const std::size_t place = leaf * k_lanes + lane;
            const double distance_m = metric.distance_m(positions_[place]);
            if (distance_m <= radius_m) {
                visit(items_[place], distance_m);
            }
        });
    });
}

template <class Accept>
void PointIndex::nearest(LonLat origin, std::size_t count, double max_m, Accept&& accept,
                         std::vector<Neighbour>& out) const {
    out.clear();
    if (count == 0 || !(max_m >= 0) || tree_.empty()) {
        return;
    }
    const LocalMetric metric(origin);
    double limit_m = std::min(max_m, LocalMetric::k_reach_m);
    const FloatPlane plane = plane_for(metric, limit_m);
    float bound_m2 = prune_bound_m2(limit_m);

    // Once out is full it is a heap with the farthest on top, which any newcomer must beat.
    const auto offer = [&](std::size_t place) {
        const Neighbour found{items_[place], metric.distance_m(positions_[place])};
        if (found.distance_m > limit_m || (out.size() == count && !Nearer{}(found, out.front())) ||
            !accept(found.item)) {
            return;
        }
        if (out.size() == count) {
            std::pop_heap(out.begin(), out.end(), Nearer{});
            out.back() = found;
            std::push_heap(out.begin(), out.end(), Nearer{});
        } else {
            out.push_back(found);
            if (out.size() < count) {
                return;
            }
            std::make_heap(out.begin(), out.end(), Nearer{});
        }
        limit_m = out.front().distance_m;
        bound_m2 = prune_bound_m2(limit_m);
    };

    std::vector<OpenNode>& open = open_nodes();
    LaneFloats squared_m2;
    for (BoxTree::Ref ref = tree_.root();;) {
        if (ref.level == 0) {
            const std::size_t first = ref.index * k_lanes;
            for_each_lane(lanes_within(leaves_[ref.index], plane, bound_m2),
                          [&](std::uint32_t lane) { offer(first + lane); });
        } else {
            const std::uint32_t first = ref.index * static_cast<std::uint32_t>(k_lanes);
            for_each_lane(lanes_within(tree_.children(ref), plane, bound_m2, squared_m2), [&](std::uint32_t lane) {
                open.push_back(open_node(squared_m2[lane], {ref.level - 1, first + lane}));
                std::push_heap(open.begin(), open.end(), std::greater<>{});
            });
        }
        if (open.empty() || squared_m2_of(open.front()) > bound_m2) {
            break;
        }
        ref = ref_of(open.front());
        std::pop_heap(open.begin(), open.end(), std::greater<>{});
        open.pop_back();
    }
    std::sort(out.begin(), out.end(), Nearer{});
}

} // namespace shirube::geo
