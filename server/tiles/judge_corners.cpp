// Simplification that keeps neighbours together: rings are taken apart into the lines between the corners where
// borders part, and each line is judged in one direction whoever it belongs to.
#include "server/tiles/district_shapes.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace shirube::server {
namespace {

constexpr float k_always = std::numeric_limits<float>::infinity();

std::size_t hash_of(WorldPoint point) {
    const auto mixed = (static_cast<std::uint64_t>(point.x) << 30U) ^ static_cast<std::uint64_t>(point.y);
    const std::uint64_t product = (mixed ^ (mixed >> 31U)) * 0x9e3779b97f4a7c15U;
    return static_cast<std::size_t>(product ^ (product >> 32U));
}

/// The corners before and after a corner, without direction.
using Sides = std::pair<WorldPoint, WorldPoint>;

Sides sides_at(const std::vector<WorldPoint>& ring, std::size_t corner) {
    const WorldPoint before = ring[corner > 0 ? corner - 1 : ring.size() - 1];
    const WorldPoint after = ring[corner + 1 < ring.size() ? corner + 1 : 0];
    return {std::min(before, after), std::max(before, after)};
}

/// Where borders part: corners from which some ring goes on elsewhere than another. A flat table with linear probing
/// that only points at corners, because a country's outlines have millions of them.
class Crossings {
  public:
    explicit Crossings(std::span<const ShapeRing> rings) : rings_(rings) {
        std::size_t corners = 0;
        for (const ShapeRing& ring : rings) {
            corners += ring.corners.size();
        }
        slots_.resize(std::bit_ceil(corners + corners / 2 + 1));
        for (std::uint32_t ring = 0; ring < rings.size(); ++ring) {
            for (std::uint32_t corner = 0; corner < rings[ring].corners.size(); ++corner) {
                add(ring, corner);
            }
        }
    }

    /// \pre the point is a corner of one of the rings
    [[nodiscard]] bool parts_at(WorldPoint point) const { return slots_[place_of(point)].parts; }

  private:
    /// The first corner that was found at a point.
    struct Slot {
        static constexpr std::uint32_t k_free = 0xffffffffU;
        std::uint32_t ring = k_free;
        std::uint32_t corner : 31 = 0;
        std::uint32_t parts : 1 = 0;
    };

    [[nodiscard]] WorldPoint point_of(const Slot& slot) const { return rings_[slot.ring].corners[slot.corner]; }

    [[nodiscard]] std::size_t place_of(WorldPoint point) const {
        std::size_t place = hash_of(point) & (slots_.size() - 1);
        while (slots_[place].ring != Slot::k_free && point_of(slots_[place]) != point) {
            place = (place + 1) & (slots_.size() - 1);
        }
        return place;
    }

    void add(std::uint32_t ring, std::uint32_t corner) {
        Slot& slot = slots_[place_of(rings_[ring].corners[corner])];
        if (slot.ring == Slot::k_free) {
            slot.ring = ring;
            slot.corner = corner & 0x7fffffffU;
        } else if (sides_at(rings_[slot.ring].corners, slot.corner) != sides_at(rings_[ring].corners, corner)) {
            slot.parts = 1;
        }
    }

    std::span<const ShapeRing> rings_;
    std::vector<Slot> slots_;
};

double squared(double value) { return value * value; }

double distance(WorldPoint point, WorldPoint a, WorldPoint b) {
    const auto x = static_cast<double>(point.x - a.x);
    const auto y = static_cast<double>(point.y - a.y);
    const auto along_x = static_cast<double>(b.x - a.x);
    const auto along_y = static_cast<double>(b.y - a.y);
    const double length_2 = squared(along_x) + squared(along_y);
    const double along = length_2 > 0 ? std::clamp((x * along_x + y * along_y) / length_2, 0.0, 1.0) : 0.0;
    return std::sqrt(squared(x - along * along_x) + squared(y - along * along_y));
}

/// A part of a ring, from one kept corner to another, as a view that wraps around and may run backward.
class Line {
  public:
    Line(ShapeRing& ring, std::size_t first, std::size_t last)
        : ring_(ring), first_(first), size_((last + ring.corners.size() - first - 1) % ring.corners.size() + 2) {
        backward_ = is_backward();
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] WorldPoint at(std::size_t place) const { return ring_.corners[corner(place)]; }
    void set_worth(std::size_t place, float worth) { ring_.worth[corner(place)] = worth; }

  private:
    [[nodiscard]] std::size_t corner(std::size_t place) const {
        return (first_ + (backward_ ? size_ - 1 - place : place)) % ring_.corners.size();
    }

    /// Whether the line reads lower from its end; a line that is the same both ways may be read either way.
    [[nodiscard]] bool is_backward() const {
        for (std::size_t place = 0; place < size_ / 2; ++place) {
            if (const auto order = at(size_ - 1 - place) <=> at(place); order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    ShapeRing& ring_;
    std::size_t first_;
    std::size_t size_; ///< corners, both ends included
    bool backward_ = false;
};

/// Douglas and Peucker over a whole line, all tolerances at once.
void judge_line(Line line) {
    struct Stretch {
        std::size_t first;
        std::size_t last;
        float at_most;
    };
    std::vector<Stretch> open{{0, line.size() - 1, k_always}};
    while (!open.empty()) {
        const Stretch stretch = open.back();
        open.pop_back();
        double farthest_distance = -1;
        std::size_t farthest = stretch.first;
        for (std::size_t place = stretch.first + 1; place < stretch.last; ++place) {
            const double away = distance(line.at(place), line.at(stretch.first), line.at(stretch.last));
            if (away > farthest_distance) {
                farthest_distance = away;
                farthest = place;
            }
        }
        if (farthest != stretch.first) {
            const float worth = std::min(stretch.at_most, static_cast<float>(farthest_distance));
            line.set_worth(farthest, worth);
            open.push_back({stretch.first, farthest, worth});
            open.push_back({farthest, stretch.last, worth});
        }
    }
}

/// The ends of the lines of a ring: where borders part, or, for a ring that shares nothing or all (an island and the
/// hole it lies in), its lowest corner and the one farthest from that.
std::vector<std::size_t> ends_of(const ShapeRing& ring, const Crossings& crossings) {
    const std::vector<WorldPoint>& corners = ring.corners;
    std::vector<std::size_t> ends;
    for (std::size_t corner = 0; corner < corners.size(); ++corner) {
        if (crossings.parts_at(corners[corner])) {
            ends.push_back(corner);
        }
    }
    if (ends.empty()) {
        const auto lowest =
            static_cast<std::size_t>(std::min_element(corners.begin(), corners.end()) - corners.begin());
        const auto farther = [&](WorldPoint a, WorldPoint b) {
            const double away_a = distance(a, corners[lowest], corners[lowest]);
            const double away_b = distance(b, corners[lowest], corners[lowest]);
            return away_a != away_b ? away_a < away_b : a < b;
        };
        const auto farthest =
            static_cast<std::size_t>(std::max_element(corners.begin(), corners.end(), farther) - corners.begin());
        ends = {std::min(lowest, farthest), std::max(lowest, farthest)};
    }
    return ends;
}

} // namespace

void judge_corners(std::span<ShapeRing> rings) {
    const Crossings crossings(rings);
    for (ShapeRing& ring : rings) {
        ring.worth.assign(ring.corners.size(), k_always);
        if (ring.corners.size() < 3) {
            continue;
        }
        const std::vector<std::size_t> ends = ends_of(ring, crossings);
        for (std::size_t end = 0; end < ends.size(); ++end) {
            judge_line(Line(ring, ends[end], ends[(end + 1) % ends.size()]));
        }
    }
}

} // namespace shirube::server
