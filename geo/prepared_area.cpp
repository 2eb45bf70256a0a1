#include "geo/prepared_area.hpp"

#include "geo/distance.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

namespace shirube::geo {
namespace {

/// Stands for the polygon at a ring's closing corner, with which no edge begins.
constexpr std::uint32_t k_no_edge = std::numeric_limits<std::uint32_t>::max();

/// Long edges lie in many slabs. A comb would fill all of them with all of its teeth: it gets higher slabs instead.
constexpr std::size_t k_most_entries_per_edge = 8;

} // namespace

PreparedArea::PreparedArea(const MultiPolygon& area) {
    std::vector<std::uint32_t> polygon_of_corner;
    for (std::uint32_t polygon = 0; polygon < area.size(); ++polygon) {
        add_ring(area[polygon].outer, polygon, polygon_of_corner);
        for (const Ring& hole : area[polygon].holes) {
            add_ring(hole, polygon, polygon_of_corner);
        }
    }
    assert(corners_.size() < k_new_polygon);
    if (!corners_.empty()) {
        make_slabs(polygon_of_corner);
    }
}

void PreparedArea::add_ring(const Ring& ring, std::uint32_t polygon, std::vector<std::uint32_t>& polygon_of_corner) {
    const std::size_t begin = corners_.size();
    for (std::size_t corner = 0; corner < corner_count(ring); ++corner) {
        assert(std::abs(ring[corner].lon) <= 180 && std::abs(ring[corner].lat) <= 90);
        const LatticePoint place = to_lattice(ring[corner]);
        if (corners_.size() == begin || corners_.back() != place) {
            corners_.push_back(place);
            polygon_of_corner.push_back(polygon);
        }
        box_.expand(from_lattice(place));
    }
    if (corners_.size() > begin) {
        corners_.push_back(corners_[begin]);
        polygon_of_corner.push_back(k_no_edge);
    }
}

unsigned PreparedArea::slab_shift_for(const std::vector<std::uint32_t>& polygon_of_corner, std::int32_t high_y) const {
    const auto height = static_cast<std::uint64_t>(static_cast<std::int64_t>(high_y) - low_y_) + 1;
    const std::uint64_t wanted_height = std::max<std::uint64_t>(height / corners_.size(), 1);
    const std::size_t most_entries = k_most_entries_per_edge * corners_.size();
    for (auto shift = static_cast<unsigned>(std::bit_width(wanted_height) - 1);; ++shift) {
        std::size_t entries = 0;
        for (std::size_t corner = 0; corner < corners_.size(); ++corner) {
            if (polygon_of_corner[corner] != k_no_edge) {
                const auto [low, high] = std::minmax(corners_[corner].y, corners_[corner + 1].y);
                const auto slab = [&](std::int32_t y) { return (static_cast<std::int64_t>(y) - low_y_) >> shift; };
                entries += static_cast<std::size_t>(slab(high) - slab(low)) + 1;
            }
        }
        if (entries <= most_entries) {
            return shift;
        }
    }
}

void PreparedArea::make_slabs(const std::vector<std::uint32_t>& polygon_of_corner) {
    const auto [lowest, highest] =
        std::minmax_element(corners_.begin(), corners_.end(), [](LatticePoint a, LatticePoint b) { return a.y < b.y; });
    low_y_ = lowest->y;
    slab_shift_ = slab_shift_for(polygon_of_corner, highest->y);
    slab_begins_.assign(slab_of(highest->y) + 2, 0);

    const auto for_each_slab_of = [&](std::size_t corner, auto&& visit) {
        const auto [low, high] = std::minmax(corners_[corner].y, corners_[corner + 1].y);
        for (std::size_t slab = slab_of(low); slab <= slab_of(high); ++slab) {
            visit(slab);
        }
    };
    for (std::size_t corner = 0; corner < corners_.size(); ++corner) {
        if (polygon_of_corner[corner] != k_no_edge) {
            for_each_slab_of(corner, [&](std::size_t slab) { ++slab_begins_[slab + 1]; });
        }
    }
    for (std::size_t slab = 1; slab < slab_begins_.size(); ++slab) {
        slab_begins_[slab] += slab_begins_[slab - 1];
    }
    edges_.resize(slab_begins_.back());
    std::vector<std::uint32_t> next(slab_begins_.begin(), slab_begins_.end() - 1);
    std::vector<std::uint32_t> last_polygon(next.size(), k_no_edge);
    for (std::size_t corner = 0; corner < corners_.size(); ++corner) {
        const std::uint32_t polygon = polygon_of_corner[corner];
        if (polygon == k_no_edge) {
            continue;
        }
        for_each_slab_of(corner, [&](std::size_t slab) {
            const Edge mark = last_polygon[slab] == polygon ? 0 : k_new_polygon;
            edges_[next[slab]++] = static_cast<Edge>(corner) | mark;
            last_polygon[slab] = polygon;
        });
    }
}

Side PreparedArea::side_of(LonLat point) const {
    // The lattice may move a point by half a step, so the box is asked with a whole one around it.
    constexpr double k_step = 1 / k_lattice_per_degree;
    if (!(point.lon >= box_.west - k_step && point.lon <= box_.east + k_step && point.lat >= box_.south - k_step &&
          point.lat <= box_.north + k_step && std::abs(point.lon) <= 180 && std::abs(point.lat) <= 90)) {
        return Side::outside;
    }
    const LatticePoint place = to_lattice(point);
    if (place.y < low_y_) {
        return Side::outside;
    }
    const std::size_t slab = slab_of(place.y);
    if (slab + 1 >= slab_begins_.size()) {
        return Side::outside;
    }
    bool on_boundary = false;
    bool touched = false;
    bool odd = false;
    for (std::uint32_t at = slab_begins_[slab]; at < slab_begins_[slab + 1]; ++at) {
        const Edge edge = edges_[at];
        if ((edge & k_new_polygon) != 0) {
            if (odd && !touched) {
                return Side::inside;
            }
            on_boundary |= touched;
            touched = false;
            odd = false;
        }
        const LatticePoint* const corner = corners_.data() + (edge & ~k_new_polygon);
        const EdgeSide side = edge_side(corner[0], corner[1], place);
        odd ^= side == EdgeSide::crossed;
        touched |= side == EdgeSide::touched;
    }
    if (odd && !touched) {
        return Side::inside;
    }
    return on_boundary || touched ? Side::boundary : Side::outside;
}

double PreparedArea::nearest_edge_m(LonLat point, double limit_m, double good_enough_m) const {
    if (slab_begins_.empty()) {
        return limit_m;
    }
    const LocalMetric metric(point);
    const std::int64_t slab_count = static_cast<std::int64_t>(slab_begins_.size()) - 1;
    const auto y = static_cast<std::int64_t>(std::clamp(point.lat, -90.0, 90.0) * k_lattice_per_degree);
    const std::int64_t home = std::clamp<std::int64_t>((y - low_y_) >> slab_shift_, 0, slab_count - 1);
    // A metre less per degree than anywhere on Earth, so that a slab is never thought nearer than it is.
    constexpr double k_least_metres_per_lattice_step = 110'000 / k_lattice_per_degree;
    const auto gap_m = [&](std::int64_t from_y, std::int64_t to_y) {
        return static_cast<double>(std::max<std::int64_t>({from_y - y, y - to_y, 0})) * k_least_metres_per_lattice_step;
    };
    double nearest_m = limit_m;
    const auto look_into = [&](std::int64_t slab) {
        const std::int64_t from_y = low_y_ + (slab << slab_shift_);
        if (gap_m(from_y, from_y + (std::int64_t{1} << slab_shift_)) > nearest_m) {
            return false;
        }
        const auto begin = static_cast<std::size_t>(slab);
        for (std::uint32_t at = slab_begins_[begin]; at < slab_begins_[begin + 1]; ++at) {
            const LatticePoint* const corner = corners_.data() + (edges_[at] & ~k_new_polygon);
            nearest_m =
                std::min(nearest_m, metric.distance_to_segment_m(from_lattice(corner[0]), from_lattice(corner[1])));
        }
        return nearest_m > good_enough_m;
    };
    bool upward = look_into(home);
    bool downward = upward;
    for (std::int64_t step = 1; upward || downward; ++step) {
        upward = upward && home + step < slab_count && look_into(home + step);
        downward = downward && home - step >= 0 && look_into(home - step);
    }
    return nearest_m;
}

double PreparedArea::distance_m(LonLat point) const {
    if (side_of(point) != Side::outside) {
        return 0;
    }
    return nearest_edge_m(point, std::numeric_limits<double>::infinity(), 0);
}

bool PreparedArea::touches_circle(LonLat centre, double radius_m) const {
    if (side_of(centre) != Side::outside) {
        return true;
    }
    // Beyond the limit nothing is looked at, and the first edge within the radius is enough.
    const double limit_m = std::nextafter(radius_m, std::numeric_limits<double>::infinity());
    return nearest_edge_m(centre, limit_m, radius_m) <= radius_m;
}

} // namespace shirube::geo
