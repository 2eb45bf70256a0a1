#include "geo/area_index.hpp"

#include "geo/distance.hpp"
#include "geo/hilbert.hpp"

#include <algorithm>
#include <limits>

namespace shirube::geo {
namespace {

constexpr std::uint32_t k_none = std::numeric_limits<std::uint32_t>::max();

/// What an area's corners may have moved by when they were put on the lattice, and a point besides.
constexpr double k_lattice_margin = 2 / k_lattice_per_degree;

Box with_margin(const Box& box) {
    return {box.west - k_lattice_margin, box.south - k_lattice_margin, box.east + k_lattice_margin,
            box.north + k_lattice_margin};
}

LonLat middle_of(const Box& box) { return {(box.west + box.east) / 2, (box.south + box.north) / 2}; }

} // namespace

AreaIndex::AreaIndex(std::span<const MultiPolygon> areas) {
    // An area without corners is nowhere; it stands at the origin so that it can be numbered, and never answers.
    std::vector<Box> boxes;
    std::vector<LonLat> middles;
    for (const MultiPolygon& area : areas) {
        const Box box = box_of(area);
        boxes.push_back(box.is_empty() ? Box{0, 0, 0, 0} : with_margin(box));
        middles.push_back(middle_of(boxes.back()));
    }
    index_of_ = hilbert_order(middles);
    place_of_.resize(areas.size());
    areas_.reserve(areas.size());
    std::vector<Box> ordered;
    ordered.reserve(areas.size());
    for (const std::uint32_t index : index_of_) {
        place_of_[index] = static_cast<std::uint32_t>(areas_.size());
        areas_.emplace_back(areas[index]);
        ordered.push_back(boxes[index]);
    }
    tree_ = BoxTree(ordered);
}

/// found(index, side) for each area that the point is inside or on the edge of, in no order.
template <class Found>
void AreaIndex::find_at(LonLat point, Found&& found) const {
    tree_.for_each_meeting({point.lon, point.lat, point.lon, point.lat}, [&](std::uint32_t place) {
        const Side side = areas_[place].side_of(point);
        if (side != Side::outside) {
            found(index_of_[place], side);
        }
    });
}

void AreaIndex::areas_at(LonLat point, std::vector<std::uint32_t>& out) const {
    out.clear();
    std::uint32_t lowest_touched = k_none;
    find_at(point, [&](std::uint32_t index, Side side) {
        if (side == Side::inside) {
            out.push_back(index);
        } else {
            lowest_touched = std::min(lowest_touched, index);
        }
    });
    if (out.empty() && lowest_touched != k_none) {
        out.push_back(lowest_touched);
    }
    std::sort(out.begin(), out.end());
}

void AreaIndex::areas_within(LonLat centre, double radius_m, std::vector<std::uint32_t>& out) const {
    out.clear();
    tree_.for_each_meeting(LocalMetric(centre).box_around(radius_m), [&](std::uint32_t place) {
        if (areas_[place].touches_circle(centre, radius_m)) {
            out.push_back(index_of_[place]);
        }
    });
    std::sort(out.begin(), out.end());
}

void AreaIndex::areas_near(const Box& box, std::vector<std::uint32_t>& out) const {
    out.clear();
    tree_.for_each_meeting(box, [&](std::uint32_t place) {
        if (with_margin(areas_[place].box()).intersects(box)) {
            out.push_back(index_of_[place]);
        }
    });
    std::sort(out.begin(), out.end());
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> AreaIndex::join(std::span<const LonLat> points) const {
    // Along the curve a point asks what its neighbour has just asked, and finds it in the cache. Nearly every point has
    // one area or none: those go straight to their place, the others are merged in afterwards.
    std::vector<std::uint32_t> only_area(points.size(), k_none);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> further;
    std::size_t pairs = 0;
    std::vector<std::uint32_t> found;
    for (const std::uint32_t point : hilbert_order(points)) {
        areas_at(points[point], found);
        pairs += found.size();
        if (!found.empty()) {
            only_area[point] = found.front();
        }
        for (std::size_t at = 1; at < found.size(); ++at) {
            further.emplace_back(point, found[at]);
        }
    }
    std::sort(further.begin(), further.end());

    std::vector<std::pair<std::uint32_t, std::uint32_t>> joined;
    joined.reserve(pairs);
    auto next = further.begin();
    for (std::uint32_t point = 0; point < points.size(); ++point) {
        if (only_area[point] != k_none) {
            joined.emplace_back(point, only_area[point]);
        }
        for (; next != further.end() && next->first == point; ++next) {
            joined.push_back(*next);
        }
    }
    return joined;
}

} // namespace shirube::geo
