#include "geo/area_index.hpp"

#include "geo/distance.hpp"
#include "geo/hilbert.hpp"

#include <algorithm>
#include <array>
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

Box box_at(LonLat point) { return {point.lon, point.lat, point.lon, point.lat}; }

/// The places whose boxes meet a small box, for several points in it.
class Shortlist {
  public:
    void clear() { count_ = 0; }
    bool is_full() const { return count_ == places_.size(); }

    /// \pre not is_full().
    void add(std::uint32_t place, const FloatBox& box) {
        if (count_ % k_lanes == 0) {
            boxes_[count_ / k_lanes] = BoxLanes::none();
        }
        boxes_[count_ / k_lanes].set(count_ % k_lanes, box);
        places_[count_++] = place;
    }

    template <class Visit>
    void for_each_meeting(const Box& box, Visit&& visit) const {
        const FloatBox query = round_outward(box);
        for (std::size_t first = 0; first < count_; first += k_lanes) {
            for_each_lane(lanes_meeting(boxes_[first / k_lanes], query),
                          [&](std::uint32_t lane) { visit(places_[first + lane]); });
        }
    }

  private:
    static constexpr std::size_t k_blocks = 4;
    std::array<std::uint32_t, k_blocks * k_lanes> places_;
    std::array<BoxLanes, k_blocks> boxes_;
    std::size_t count_ = 0;
};

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

template <class Candidates>
void AreaIndex::settle(LonLat point, Candidates&& for_each_candidate, std::vector<std::uint32_t>& out) const {
    out.clear();
    if (!on_earth(point)) {
        return;
    }
    const LatticePoint place_of_point = to_lattice(point);
    std::uint32_t lowest_touched = k_none;
    for_each_candidate([&](std::uint32_t place) {
        const Side side = areas_[place].side_on_lattice(place_of_point);
        if (side == Side::inside) {
            out.push_back(index_of_[place]);
        } else if (side == Side::boundary) {
            lowest_touched = std::min(lowest_touched, index_of_[place]);
        }
    });
    if (out.empty() && lowest_touched != k_none) {
        out.push_back(lowest_touched);
    }
    if (out.size() > 1) {
        std::sort(out.begin(), out.end());
    }
}

void AreaIndex::areas_at(LonLat point, std::vector<std::uint32_t>& out) const {
    settle(point, [&](auto&& visit) { tree_.for_each_meeting(box_at(point), visit); }, out);
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
    // Nearly every point has one area or none: those go straight to their place, the others are merged in afterwards.
    std::vector<std::uint32_t> first_area(points.size(), k_none);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> further;
    std::size_t pairs = 0;
    std::vector<std::uint32_t> found;
    Shortlist shortlist;

    // Along the curve a point asks what its neighbour has just asked: a few neighbours go down the tree together.
    constexpr std::size_t k_group = 32;
    const std::vector<std::uint32_t> order = hilbert_order(points);
    for (std::size_t begin = 0; begin < order.size(); begin += k_group) {
        const std::span group = std::span(order).subspan(begin, std::min(k_group, order.size() - begin));
        Box around;
        for (const std::uint32_t point : group) {
            around.expand(points[point]);
        }
        shortlist.clear();
        bool complete = true;
        tree_.for_each_meeting(around, [&](std::uint32_t place) {
            complete = complete && !shortlist.is_full();
            if (complete) {
                shortlist.add(place, tree_.box(place));
            }
        });
        for (const std::uint32_t point : group) {
            if (complete) {
                settle(
                    points[point], [&](auto&& visit) { shortlist.for_each_meeting(box_at(points[point]), visit); },
                    found);
            } else {
                areas_at(points[point], found);
            }
            pairs += found.size();
            first_area[point] = found.empty() ? k_none : found.front();
            for (std::size_t at = 1; at < found.size(); ++at) {
                further.emplace_back(point, found[at]);
            }
        }
    }
    std::sort(further.begin(), further.end());

    std::vector<std::pair<std::uint32_t, std::uint32_t>> joined;
    joined.reserve(pairs);
    auto next = further.begin();
    for (std::uint32_t point = 0; point < points.size(); ++point) {
        if (first_area[point] != k_none) {
            joined.emplace_back(point, first_area[point]);
        }
        for (; next != further.end() && next->first == point; ++next) {
            joined.push_back(*next);
        }
    }
    return joined;
}

} // namespace shirube::geo
