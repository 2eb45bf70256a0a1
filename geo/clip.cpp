#include "geo/clip.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <utility>

namespace shirube::geo {
namespace {

/// The part of a ring on one side of a line along a meridian or parallel. depth(point) is how far inside it lies;
/// on_line puts a crossing exactly on the line.
template <class Depth, class OnLine>
void clip_by_line(const Ring& ring, Ring& kept, Depth&& depth, OnLine&& on_line) {
    kept.clear();
    if (ring.empty()) {
        return;
    }
    LonLat before = ring.back();
    double depth_before = depth(before);
    for (const LonLat& corner : ring) {
        const double depth_here = depth(corner);
        if ((depth_before >= 0) != (depth_here >= 0)) {
            const double along = depth_before / (depth_before - depth_here);
            kept.push_back(on_line(LonLat{before.lon + along * (corner.lon - before.lon),
                                          before.lat + along * (corner.lat - before.lat)}));
        }
        if (depth_here >= 0) {
            kept.push_back(corner);
        }
        before = corner;
        depth_before = depth_here;
    }
}

/// Twice the signed surface in square degrees, counted from a point nearby.
double twice_surface(const Ring& ring, LonLat from) {
    double twice = 0;
    for (std::size_t corner = 0; corner < ring.size(); ++corner) {
        const LonLat a = ring[corner];
        const LonLat b = ring[corner + 1 < ring.size() ? corner + 1 : 0];
        twice += (a.lon - from.lon) * (b.lat - from.lat) - (b.lon - from.lon) * (a.lat - from.lat);
    }
    return twice;
}

double surface(const Box& box) { return (box.east - box.west) * (box.north - box.south); }

enum class Cover { none, some, all };

/// Most squares lie wholly inside or outside a ring, which one look at its edges tells.
Cover cover_of(const Ring& ring, const Box& cell) {
    const LonLat middle{(cell.west + cell.east) / 2, (cell.south + cell.north) / 2};
    bool odd = false;
    const std::size_t corners = corner_count(ring);
    for (std::size_t corner = 0; corner < corners; ++corner) {
        const LonLat a = ring[corner];
        const LonLat b = ring[corner + 1 < corners ? corner + 1 : 0];
        const bool beside = std::max(a.lon, b.lon) <= cell.west || std::min(a.lon, b.lon) >= cell.east ||
                            std::max(a.lat, b.lat) <= cell.south || std::min(a.lat, b.lat) >= cell.north;
        if (!beside) {
            return Cover::some;
        }
        if ((a.lat <= middle.lat) != (b.lat <= middle.lat)) {
            odd ^= a.lon + (middle.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon) > middle.lon;
        }
    }
    return odd ? Cover::all : Cover::none;
}

double ring_share(const Ring& ring, const Box& cell) {
    switch (cover_of(ring, cell)) {
        case Cover::none:
            return 0;
        case Cover::all:
            return 1;
        case Cover::some:
            break;
    }
    const Ring inside = clip_ring(ring, cell);
    return std::min(std::abs(twice_surface(inside, {cell.west, cell.south})) / 2 / surface(cell), 1.0);
}

/// The square of a point's distance to a segment, in square degrees.
double squared_to_segment(LonLat point, LonLat a, LonLat b) {
    const double run_x = b.lon - a.lon;
    const double run_y = b.lat - a.lat;
    const double length_2 = run_x * run_x + run_y * run_y;
    const double way = (point.lon - a.lon) * run_x + (point.lat - a.lat) * run_y;
    const double along = length_2 > 0 ? std::clamp(way / length_2, 0.0, 1.0) : 0.0;
    const double x = point.lon - a.lon - along * run_x;
    const double y = point.lat - a.lat - along * run_y;
    return x * x + y * y;
}

} // namespace

double overlap_fraction(const Box& cell, const MultiPolygon& area) {
    assert(surface(cell) > 0);
    double share = 0;
    for (const Polygon& polygon : area) {
        double polygon_share = ring_share(polygon.outer, cell);
        if (polygon_share > 0) {
            for (const Ring& hole : polygon.holes) {
                polygon_share -= ring_share(hole, cell);
            }
            share += std::max(polygon_share, 0.0);
        }
    }
    return std::min(share, 1.0);
}

Ring clip_ring(const Ring& ring, const Box& box) {
    Ring kept(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(corner_count(ring)));
    Ring next;
    const auto on_meridian = [](double lon) { return [lon](LonLat point) { return LonLat{lon, point.lat}; }; };
    const auto on_parallel = [](double lat) { return [lat](LonLat point) { return LonLat{point.lon, lat}; }; };
    clip_by_line(kept, next, [&](LonLat point) { return point.lon - box.west; }, on_meridian(box.west));
    clip_by_line(next, kept, [&](LonLat point) { return box.east - point.lon; }, on_meridian(box.east));
    clip_by_line(kept, next, [&](LonLat point) { return point.lat - box.south; }, on_parallel(box.south));
    clip_by_line(next, kept, [&](LonLat point) { return box.north - point.lat; }, on_parallel(box.north));
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    while (kept.size() > 1 && kept.front() == kept.back()) {
        kept.pop_back();
    }
    // What only touches the box leaves a corner or a line along its border.
    if (kept.size() < 3 || twice_surface(kept, {box.west, box.south}) == 0) {
        kept.clear();
    }
    return kept;
}

MultiPolygon clip_to_box(const MultiPolygon& area, const Box& box) {
    MultiPolygon clipped;
    for (const Polygon& polygon : area) {
        Polygon part{clip_ring(polygon.outer, box), {}};
        if (part.outer.empty()) {
            continue;
        }
        for (const Ring& hole : polygon.holes) {
            if (Ring kept = clip_ring(hole, box); !kept.empty()) {
                part.holes.push_back(std::move(kept));
            }
        }
        clipped.push_back(std::move(part));
    }
    return clipped;
}

std::vector<LonLat> simplify(std::span<const LonLat> line, double tolerance_deg) {
    assert(tolerance_deg >= 0);
    if (line.size() < 3) {
        return {line.begin(), line.end()};
    }
    std::vector<bool> keep(line.size(), false);
    keep.front() = true;
    keep.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double farthest_2 = tolerance_deg * tolerance_deg;
        std::size_t farthest = first;
        for (std::size_t at = first + 1; at < last; ++at) {
            const double squared = squared_to_segment(line[at], line[first], line[last]);
            if (squared > farthest_2) {
                farthest_2 = squared;
                farthest = at;
            }
        }
        if (farthest != first) {
            keep[farthest] = true;
            open.emplace_back(first, farthest);
            open.emplace_back(farthest, last);
        }
    }
    std::vector<LonLat> kept;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (keep[at]) {
            kept.push_back(line[at]);
        }
    }
    return kept;
}

} // namespace shirube::geo
