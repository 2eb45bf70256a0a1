#include "server/tiles/tile_plane.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace shirube::server {
namespace {

constexpr std::int64_t k_world = std::int64_t{1} << k_world_bits;

/// Tile units before rounding.
struct Place {
    double x;
    double y;
};

WorldPoint origin_of(geo::TileId tile) {
    const unsigned shift = k_world_bits - tile.z;
    return {static_cast<std::int64_t>(tile.x) << shift, static_cast<std::int64_t>(tile.y) << shift};
}

/// Sutherland and Hodgman, one side: `depth` is how far inside a corner lies.
template <class Depth>
void keep_side(std::vector<Place>& ring, std::vector<Place>& scratch, Depth&& depth) {
    scratch.clear();
    if (ring.empty()) {
        return;
    }
    Place before = ring.back();
    double depth_before = depth(before);
    for (const Place& here : ring) {
        const double depth_here = depth(here);
        if ((depth_before >= 0) != (depth_here >= 0)) {
            const double along = depth_before / (depth_before - depth_here);
            scratch.push_back({before.x + along * (here.x - before.x), before.y + along * (here.y - before.y)});
        }
        if (depth_here >= 0) {
            scratch.push_back(here);
        }
        before = here;
        depth_before = depth_here;
    }
    ring.swap(scratch);
}

void clip(std::vector<Place>& ring) {
    constexpr double k_low = -k_buffer;
    constexpr double k_high = k_extent + k_buffer;
    std::vector<Place> scratch;
    scratch.reserve(ring.size() + 4);
    keep_side(ring, scratch, [](Place at) { return at.x - k_low; });
    keep_side(ring, scratch, [](Place at) { return k_high - at.x; });
    keep_side(ring, scratch, [](Place at) { return at.y - k_low; });
    keep_side(ring, scratch, [](Place at) { return k_high - at.y; });
}

/// Whether the way a → b → c turns nowhere: straight on, back, or not at all.
bool is_idle(TileCorner a, TileCorner b, TileCorner c) {
    return static_cast<std::int64_t>(b.x - a.x) * (c.y - b.y) == static_cast<std::int64_t>(b.y - a.y) * (c.x - b.x);
}

/// Leaves out corners at which the ring does not turn, until none is left.
void drop_idle_corners(TileRing& ring) {
    TileRing kept;
    kept.reserve(ring.size());
    for (const TileCorner corner : ring) {
        while (kept.size() >= 2 && is_idle(kept[kept.size() - 2], kept.back(), corner)) {
            kept.pop_back();
        }
        if (kept.empty() || kept.back() != corner) {
            kept.push_back(corner);
        }
    }
    // The same across the seam of the ring.
    std::size_t first = 0;
    while (kept.size() - first >= 3) {
        const std::size_t last = kept.size() - 1;
        if (kept[last] == kept[first] || is_idle(kept[last - 1], kept[last], kept[first])) {
            kept.pop_back();
        } else if (is_idle(kept[last], kept[first], kept[first + 1])) {
            ++first;
        } else {
            break;
        }
    }
    kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(first));
    ring.swap(kept);
}

} // namespace

WorldPoint world_point(geo::LonLat point) {
    const geo::TilePoint place = geo::to_tile(point, {0, 0, 0}, static_cast<double>(k_world));
    const auto unit = [](double value) {
        return std::clamp(static_cast<std::int64_t>(std::floor(value)), std::int64_t{0}, k_world - 1);
    };
    return {unit(place.x), unit(place.y)};
}

void WorldBox::expand(WorldPoint point) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
}

bool WorldBox::meets(const WorldBox& other) const {
    return other.low.x <= high.x && other.high.x >= low.x && other.low.y <= high.y && other.high.y >= low.y;
}

bool WorldBox::holds(const WorldBox& other) const {
    return low.x <= other.low.x && other.high.x <= high.x && low.y <= other.low.y && other.high.y <= high.y;
}

WorldBox buffered_box(geo::TileId tile) {
    const WorldPoint origin = origin_of(tile);
    const std::int64_t unit = std::int64_t{1} << (geo::k_max_zoom - tile.z);
    WorldBox box;
    box.expand({origin.x - k_buffer * unit, origin.y - k_buffer * unit});
    box.expand({origin.x + (k_extent + k_buffer) * unit, origin.y + (k_extent + k_buffer) * unit});
    return box;
}

TileCorner corner_of(WorldPoint point, geo::TileId tile) {
    const WorldPoint origin = origin_of(tile);
    const unsigned shift = geo::k_max_zoom - tile.z;
    return {static_cast<std::int32_t>((point.x - origin.x) >> shift),
            static_cast<std::int32_t>((point.y - origin.y) >> shift)};
}

std::int64_t twice_surface(const TileRing& ring) {
    std::int64_t twice = 0;
    for (std::size_t at = 0; at < ring.size(); ++at) {
        const TileCorner a = ring[at];
        const TileCorner b = ring[at + 1 < ring.size() ? at + 1 : 0];
        twice += static_cast<std::int64_t>(a.x) * b.y - static_cast<std::int64_t>(b.x) * a.y;
    }
    return twice;
}

TileRing ring_in_tile(const std::vector<WorldPoint>& ring, const WorldBox& box, geo::TileId tile) {
    const WorldBox window = buffered_box(tile);
    if (ring.size() < 3 || !window.meets(box)) {
        return {};
    }
    const WorldPoint origin = origin_of(tile);
    const double unit = std::ldexp(1.0, -static_cast<int>(geo::k_max_zoom - tile.z));
    std::vector<Place> places(ring.size());
    std::transform(ring.begin(), ring.end(), places.begin(), [&](WorldPoint at) {
        return Place{static_cast<double>(at.x - origin.x) * unit, static_cast<double>(at.y - origin.y) * unit};
    });
    if (!window.holds(box)) {
        clip(places);
    }
    TileRing rounded(places.size());
    std::transform(places.begin(), places.end(), rounded.begin(), [](Place at) {
        return TileCorner{static_cast<std::int32_t>(std::lround(at.x)), static_cast<std::int32_t>(std::lround(at.y))};
    });
    drop_idle_corners(rounded);
    if (rounded.size() < 3 || twice_surface(rounded) == 0) {
        rounded.clear();
    }
    return rounded;
}

} // namespace shirube::server
