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

/// The largest power of two at most value, as a shift.
std::uint8_t shift_under(std::uint64_t value) {
    return static_cast<std::uint8_t>(std::bit_width(std::max<std::uint64_t>(value, 1)) - 1);
}

/// The smallest power of two above value, as a shift.
std::uint8_t shift_over(std::uint64_t value) { return static_cast<std::uint8_t>(std::bit_width(value)); }

template <class Visit>
void for_each_edge_start(const std::vector<std::uint32_t>& polygon_of_corner, Visit&& visit) {
    for (std::size_t corner = 0; corner < polygon_of_corner.size(); ++corner) {
        if (polygon_of_corner[corner] != k_no_edge) {
            visit(corner);
        }
    }
}

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
    if (corners_.empty()) {
        return;
    }
    low_ = high_ = corners_.front();
    for (const LatticePoint& corner : corners_) {
        low_ = {std::min(low_.x, corner.x), std::min(low_.y, corner.y)};
        high_ = {std::max(high_.x, corner.x), std::max(high_.y, corner.y)};
    }
    make_slabs(polygon_of_corner);
    make_grid(polygon_of_corner);
}

void PreparedArea::add_ring(const Ring& ring, std::uint32_t polygon, std::vector<std::uint32_t>& polygon_of_corner) {
    const std::size_t begin = corners_.size();
    for (std::size_t corner = 0; corner < corner_count(ring); ++corner) {
        assert(on_earth(ring[corner]));
        const LatticePoint place = to_lattice(ring[corner]);
        if (corners_.size() == begin || corners_.back() != place) {
            corners_.push_back(place);
            polygon_of_corner.push_back(polygon);
        }
    }
    if (corners_.size() > begin) {
        corners_.push_back(corners_[begin]);
        polygon_of_corner.push_back(k_no_edge);
    }
}

unsigned PreparedArea::slab_shift_for(const std::vector<std::uint32_t>& polygon_of_corner) const {
    const auto height = static_cast<std::uint64_t>(steps(low_.y, high_.y)) + 1;
    const std::size_t most_entries = k_most_entries_per_edge * corners_.size();
    for (unsigned shift = shift_under(height / corners_.size());; ++shift) {
        std::size_t entries = 0;
        for_each_edge_start(polygon_of_corner, [&](std::size_t corner) {
            const auto [low, high] = std::minmax(corners_[corner].y, corners_[corner + 1].y);
            entries += static_cast<std::size_t>((steps(low_.y, high) >> shift) - (steps(low_.y, low) >> shift)) + 1;
        });
        if (entries <= most_entries) {
            return shift;
        }
    }
}

void PreparedArea::make_slabs(const std::vector<std::uint32_t>& polygon_of_corner) {
    slab_shift_ = static_cast<std::uint8_t>(slab_shift_for(polygon_of_corner));
    slab_begins_.assign(slab_of(high_.y) + 2, 0);
    const auto for_each_slab_of = [&](std::size_t corner, auto&& visit) {
        const auto [low, high] = std::minmax(corners_[corner].y, corners_[corner + 1].y);
        for (std::size_t slab = slab_of(low); slab <= slab_of(high); ++slab) {
            visit(slab);
        }
    };
    for_each_edge_start(polygon_of_corner, [&](std::size_t corner) {
        for_each_slab_of(corner, [&](std::size_t slab) { ++slab_begins_[slab + 1]; });
    });
    for (std::size_t slab = 1; slab < slab_begins_.size(); ++slab) {
        slab_begins_[slab] += slab_begins_[slab - 1];
    }
    edges_.resize(slab_begins_.back());
    std::vector<std::uint32_t> next(slab_begins_.begin(), slab_begins_.end() - 1);
    std::vector<std::uint32_t> last_polygon(next.size(), k_no_edge);
    for_each_edge_start(polygon_of_corner, [&](std::size_t corner) {
        const std::uint32_t polygon = polygon_of_corner[corner];
        for_each_slab_of(corner, [&](std::size_t slab) {
            const Edge mark = last_polygon[slab] == polygon ? 0 : k_new_polygon;
            edges_[next[slab]++] = static_cast<Edge>(corner) | mark;
            last_polygon[slab] = polygon;
        });
    });
}

void PreparedArea::mark_edge(LatticePoint a, LatticePoint b, std::vector<Side>& cells) const {
    const LatticePoint low = a.y <= b.y ? a : b;
    const LatticePoint high = a.y <= b.y ? b : a;
    const double run_per_rise =
        high.y > low.y ? static_cast<double>(steps(low.x, high.x)) / static_cast<double>(steps(low.y, high.y)) : 0;
    for (std::size_t row = row_of(low.y); row <= row_of(high.y); ++row) {
        // The edge's stretch between the parallels of the row, a step wider at each end than rounding can err.
        const std::int64_t row_y = low_.y + (static_cast<std::int64_t>(row) << row_shift_);
        const std::int64_t from_y = std::max<std::int64_t>(low.y, row_y);
        const std::int64_t to_y = std::min<std::int64_t>(high.y, row_y + (std::int64_t{1} << row_shift_));
        double from_x = low.x + run_per_rise * static_cast<double>(from_y - low.y);
        double to_x = low.x + run_per_rise * static_cast<double>(to_y - low.y);
        if (high.y == low.y) {
            to_x = high.x;
        }
        if (from_x > to_x) {
            std::swap(from_x, to_x);
        }
        const auto column_at = [&](double x) {
            return column_of(
                static_cast<std::int32_t>(std::clamp(x, static_cast<double>(low_.x), static_cast<double>(high_.x))));
        };
        const std::size_t last = column_at(to_x + 2);
        for (std::size_t column = column_at(from_x - 2); column <= last; ++column) {
            cells[row * columns_ + column] = Side::boundary;
        }
    }
}

void PreparedArea::make_grid(const std::vector<std::uint32_t>& polygon_of_corner) {
    // An edge enters a few cells only if a cell is about as long as an edge: cells a side like the root of the corners.
    constexpr double k_cells_per_root = 3;
    const auto across = static_cast<std::uint64_t>(k_cells_per_root * std::sqrt(static_cast<double>(corners_.size())));
    column_shift_ = shift_over(static_cast<std::uint64_t>(steps(low_.x, high_.x)) / across);
    row_shift_ = shift_over(static_cast<std::uint64_t>(steps(low_.y, high_.y)) / across);
    columns_ = static_cast<std::uint32_t>(column_of(high_.x) + 1);
    const std::size_t rows = row_of(high_.y) + 1;

    // Until known, a cell is taken for outside.
    std::vector<Side> cells(rows * columns_, Side::outside);
    for_each_edge_start(polygon_of_corner,
                        [&](std::size_t corner) { mark_edge(corners_[corner], corners_[corner + 1], cells); });
    // No edge lies between two free cells side by side or one above the other: what holds for one holds for both.
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns_; ++column) {
            Side* const cell = cells.data() + row * columns_ + column;
            if (*cell == Side::boundary) {
                continue;
            }
            if (column > 0 && cell[-1] != Side::boundary) {
                *cell = cell[-1];
            } else if (row > 0 && *(cell - columns_) != Side::boundary) {
                *cell = *(cell - columns_);
            } else {
                *cell = side_by_edges(
                    {static_cast<std::int32_t>(low_.x + (static_cast<std::int64_t>(column) << column_shift_)),
                     static_cast<std::int32_t>(low_.y + (static_cast<std::int64_t>(row) << row_shift_))});
            }
        }
    }
    grid_.assign((cells.size() + 3) / 4, 0);
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        grid_[cell / 4] |= static_cast<std::uint8_t>(static_cast<unsigned>(cells[cell]) << (cell % 4 * 2));
    }
}

Side PreparedArea::side_by_edges(LatticePoint point) const {
    const std::size_t slab = slab_of(point.y);
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
        const EdgeSide side = edge_side(corner[0], corner[1], point);
        odd ^= side == EdgeSide::crossed;
        touched |= side == EdgeSide::touched;
    }
    if (odd && !touched) {
        return Side::inside;
    }
    return on_boundary || touched ? Side::boundary : Side::outside;
}

Box PreparedArea::box() const {
    if (corners_.empty()) {
        return Box::empty();
    }
    const LonLat low = from_lattice(low_);
    const LonLat high = from_lattice(high_);
    return {low.lon, low.lat, high.lon, high.lat};
}

double PreparedArea::nearest_edge_m(LonLat point, double limit_m, double good_enough_m) const {
    if (corners_.empty()) {
        return limit_m;
    }
    const LocalMetric metric(point);
    const auto slab_count = static_cast<std::int64_t>(slab_begins_.size()) - 1;
    const auto y = static_cast<std::int64_t>(point.lat * k_lattice_per_degree);
    const std::int64_t home = std::clamp<std::int64_t>((y - low_.y) >> slab_shift_, 0, slab_count - 1);
    // Fewer metres than a degree has anywhere on Earth, so that a slab is never thought farther than it is.
    constexpr double k_least_metres_per_step = 110'000 / k_lattice_per_degree;
    double nearest_m = limit_m;
    const auto look_into = [&](std::int64_t slab) {
        const std::int64_t from_y = low_.y + (slab << slab_shift_);
        const std::int64_t to_y = from_y + (std::int64_t{1} << slab_shift_);
        const auto gap = static_cast<double>(std::max<std::int64_t>({from_y - y, y - to_y, 0}));
        if (gap * k_least_metres_per_step > nearest_m) {
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
