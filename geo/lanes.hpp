#pragma once

#include "geo/lonlat.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace shirube::geo {

/// Children of a tree's node. They are compared at once, four floats to a vector, on any machine the compiler knows.
inline constexpr std::size_t k_lanes = 16;

/// One bit a lane, the lowest for lane 0.
using LaneMask = std::uint32_t;

/// Floats prune, doubles decide: rounding both ends to floats moves a distance on Earth by less than this.
inline constexpr double k_float_slack_m = 3.0;

using LaneFloats = std::array<float, k_lanes>;
inline constexpr float k_no_lane = std::numeric_limits<float>::infinity();

/// Sixteen points; lanes without one are at infinity.
struct alignas(64) PointLanes {
    LaneFloats lon;
    LaneFloats lat;
};

struct FloatBox {
    float west;
    float south;
    float east;
    float north;
};

/// Sixteen boxes, rounded outward; lanes without one are empty boxes.
struct alignas(64) BoxLanes {
    LaneFloats west;
    LaneFloats south;
    LaneFloats east;
    LaneFloats north;

    static BoxLanes none() {
        BoxLanes lanes;
        lanes.west.fill(k_no_lane);
        lanes.south.fill(k_no_lane);
        lanes.east.fill(-k_no_lane);
        lanes.north.fill(-k_no_lane);
        return lanes;
    }

    FloatBox box(std::size_t lane) const { return {west[lane], south[lane], east[lane], north[lane]}; }

    void set(std::size_t lane, const FloatBox& box) {
        west[lane] = box.west;
        south[lane] = box.south;
        east[lane] = box.east;
        north[lane] = box.north;
    }
};

/// The smallest box of floats around a box.
inline FloatBox round_outward(const Box& box) {
    constexpr float k_far = std::numeric_limits<float>::infinity();
    const auto down = [](double value) {
        const auto rounded = static_cast<float>(value);
        return static_cast<double>(rounded) > value ? std::nextafter(rounded, -k_far) : rounded;
    };
    const auto up = [](double value) {
        const auto rounded = static_cast<float>(value);
        return static_cast<double>(rounded) < value ? std::nextafter(rounded, k_far) : rounded;
    };
    return {down(box.west), down(box.south), up(box.east), up(box.north)};
}

/// A flat view from one point, whose scales are at most the true ones in the region asked about: its distances never
/// exceed the true ones by more than k_float_slack_m and the rounding of a product.
struct FloatPlane {
    float lon;
    float lat;
    float lon_scale;
    float lat_scale;
};

/// The squared bound for a FloatPlane under which nothing within distance_m can be missed.
inline float prune_bound_m2(double distance_m) {
    const double bound_m = distance_m + k_float_slack_m;
    return static_cast<float>(bound_m * bound_m * 1.00001);
}

namespace lanes_detail {

using Float4 [[gnu::vector_size(16)]] = float;
using Int4 [[gnu::vector_size(16)]] = std::int32_t;

inline Float4 load(const LaneFloats& lanes, std::size_t first) {
    return *reinterpret_cast<const Float4*>(lanes.data() + first);
}

inline Float4 spread(float value) { return Float4{value, value, value, value}; }

inline LaneMask mask_of(Int4 truth) {
#if defined(__SSE2__)
    return static_cast<LaneMask>(_mm_movemask_ps(reinterpret_cast<__m128>(truth)));
#else
    LaneMask mask = 0;
    for (int lane = 0; lane < 4; ++lane) {
        mask |= static_cast<LaneMask>(truth[lane] != 0) << lane;
    }
    return mask;
#endif
}

inline Float4 larger(Float4 a, Float4 b) {
#if defined(__SSE2__)
    return _mm_max_ps(a, b);
#else
    return a > b ? a : b;
#endif
}

} // namespace lanes_detail

/// The lanes whose point lies within the bound.
inline LaneMask lanes_within(const PointLanes& points, const FloatPlane& plane, float bound_m2) {
    using namespace lanes_detail;
    LaneMask mask = 0;
    for (std::size_t lane = 0; lane < k_lanes; lane += 4) {
        const Float4 x = (load(points.lon, lane) - spread(plane.lon)) * spread(plane.lon_scale);
        const Float4 y = (load(points.lat, lane) - spread(plane.lat)) * spread(plane.lat_scale);
        mask |= mask_of(x * x + y * y <= spread(bound_m2)) << lane;
    }
    return mask;
}

/// The squared distance to each box (0 inside), and the lanes whose box lies within the bound.
inline LaneMask lanes_within(const BoxLanes& boxes, const FloatPlane& plane, float bound_m2, LaneFloats& squared_m2) {
    using namespace lanes_detail;
    LaneMask mask = 0;
    for (std::size_t lane = 0; lane < k_lanes; lane += 4) {
        const Float4 lon = spread(plane.lon);
        const Float4 lat = spread(plane.lat);
        const Float4 lon_gap = larger(load(boxes.west, lane) - lon, lon - load(boxes.east, lane));
        const Float4 lat_gap = larger(load(boxes.south, lane) - lat, lat - load(boxes.north, lane));
        const Float4 x = larger(lon_gap, spread(0)) * spread(plane.lon_scale);
        const Float4 y = larger(lat_gap, spread(0)) * spread(plane.lat_scale);
        const Float4 squared = x * x + y * y;
        *reinterpret_cast<Float4*>(squared_m2.data() + lane) = squared;
        mask |= mask_of(squared <= spread(bound_m2)) << lane;
    }
    return mask;
}

/// The lanes whose box shares a point with the box.
inline LaneMask lanes_meeting(const BoxLanes& boxes, const FloatBox& box) {
    using namespace lanes_detail;
    LaneMask mask = 0;
    for (std::size_t lane = 0; lane < k_lanes; lane += 4) {
        const Int4 meets = (load(boxes.west, lane) <= spread(box.east)) & (load(boxes.east, lane) >= spread(box.west)) &
                           (load(boxes.south, lane) <= spread(box.north)) &
                           (load(boxes.north, lane) >= spread(box.south));
        mask |= mask_of(meets) << lane;
    }
    return mask;
}

/// Calls visit(lane) for each bit that is set, from the lowest.
template <class Visit>
void for_each_lane(LaneMask mask, Visit&& visit) {
    for (; mask != 0; mask &= mask - 1) {
        visit(static_cast<std::uint32_t>(std::countr_zero(mask)));
    }
}

} // namespace shirube::geo
