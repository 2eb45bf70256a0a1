#include "server/pages/leaflet/pins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <tuple>

namespace shirube::server {

namespace {

constexpr double k_gap_mm = 0.5;       ///< of white between two pins
constexpr double k_dot_mm = 0.9;       ///< half the side of what a place takes where its pin stands beside it
constexpr double k_one_place_mm = 1.5; ///< nearer than a pencil's point: nobody could tell them apart
constexpr double k_band_mm = 14;       ///< of what is read as one line
constexpr int k_directions = 16;
constexpr std::array k_rings_mm{5.5, 8.5, 12.0};

struct Cluster {
    std::vector<std::size_t> items;
    PaperPoint place;
    bool makes_room = false; ///< its pin stands beside it, so that a neighbour's place can be seen
};

double distance_mm(PaperPoint a, PaperPoint b) noexcept { return std::hypot(a.x - b.x, a.y - b.y); }

PaperBox box_at(PaperPoint middle, double width) noexcept {
    return {middle.x - width / 2, middle.y - k_pin_height_mm / 2, middle.x + width / 2, middle.y + k_pin_height_mm / 2};
}

PaperBox dot_at(PaperPoint place) noexcept { return PaperBox{place.x, place.y, place.x, place.y}.grown(k_dot_mm); }

/// The box moved to where the paper holds it.
PaperBox held(PaperBox box, const PaperBox& paper) noexcept {
    const double right = std::max(0.0, paper.left - box.left) - std::max(0.0, box.right - paper.right);
    const double down = std::max(0.0, paper.top - box.top) - std::max(0.0, box.bottom - paper.bottom);
    return {box.left + right, box.top + down, box.right + right, box.bottom + down};
}

/// The middle of all its points, not of the clusters it was made from.
void merge(std::vector<Cluster>& clusters, std::size_t kept, std::size_t gone) {
    auto& a = clusters[kept];
    auto& b = clusters[gone];
    const auto weight_a = static_cast<double>(a.items.size());
    const auto weight_b = static_cast<double>(b.items.size());
    a.place = {(a.place.x * weight_a + b.place.x * weight_b) / (weight_a + weight_b),
               (a.place.y * weight_a + b.place.y * weight_b) / (weight_a + weight_b)};
    a.items.insert(a.items.end(), b.items.begin(), b.items.end());
    a.makes_room = false;
    std::ranges::sort(a.items);
    clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(gone));
}

std::vector<Cluster> first_clusters(std::span<const PaperPoint> points, std::span<const std::size_t> together) {
    std::map<std::size_t, std::size_t> of_place;
    std::vector<Cluster> clusters;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto [found, is_new] = of_place.try_emplace(together[i], clusters.size());
        if (is_new) {
            clusters.push_back({{i}, points[i], false});
        } else {
            clusters[found->second].items.push_back(i);
        }
    }
    for (bool merged = true; merged;) {
        merged = false;
        for (std::size_t i = 0; i < clusters.size() && !merged; ++i) {
            for (std::size_t j = i + 1; j < clusters.size() && !merged; ++j) {
                if (distance_mm(clusters[i].place, clusters[j].place) < k_one_place_mm) {
                    merge(clusters, i, j);
                    merged = true;
                }
            }
        }
    }
    return clusters;
}

/// By bands from above, then from the left; what stands on one spot by its items.
void put_in_reading_order(std::vector<Cluster>& clusters) {
    std::ranges::sort(clusters, [](const Cluster& a, const Cluster& b) {
        const double band_a = std::floor(a.place.y / k_band_mm);
        const double band_b = std::floor(b.place.y / k_band_mm);
        return std::tie(band_a, a.place.x, a.place.y, a.items) < std::tie(band_b, b.place.x, b.place.y, b.items);
    });
}

class Layout {
  public:
    Layout(std::span<const Cluster> clusters, const PaperBox& paper, std::span<const PaperBox> taken)
        : clusters_(clusters), paper_(paper), taken_(taken) {}

    /// The pins, or the first cluster for which there is no room.
    std::optional<std::size_t> run() {
        for (std::size_t i = 0; i < clusters_.size(); ++i) {
            if ((clusters_[i].makes_room || !stand_on(i)) && !stand_beside(i)) {
                return i;
            }
        }
        return std::nullopt;
    }

    std::vector<Pin> pins;

  private:
    bool stand_on(std::size_t i) {
        const auto& cluster = clusters_[i];
        Pin pin{cluster.items, cluster.place, box_at(cluster.place, pin_width_mm(cluster.items.size())), false};
        return paper_.contains(pin.box) && put_if_free(std::move(pin));
    }

    bool stand_beside(std::size_t i) {
        const auto& cluster = clusters_[i];
        const double width = pin_width_mm(cluster.items.size());
        for (const double ring : k_rings_mm) {
            for (int step = 0; step < k_directions; ++step) {
                // Up and down in turn, so that pins go apart on both sides.
                const double turn = (step % 2 == 0 ? 1 : -1) * ((step + 1) / 2) * 2 * std::numbers::pi / k_directions;
                const PaperPoint middle{cluster.place.x + std::sin(turn) * (ring + (width - k_pin_height_mm) / 2),
                                        cluster.place.y - std::cos(turn) * ring};
                Pin pin{cluster.items, cluster.place, held(box_at(middle, width), paper_), true};
                if (put_if_free(std::move(pin))) {
                    return true;
                }
            }
        }
        return false;
    }

    bool put_if_free(Pin pin) {
        const auto wide = pin.box.grown(k_gap_mm);
        const auto own_dot = dot_at(pin.place);
        const bool is_taken =
            std::ranges::any_of(
                taken_,
                [&](const PaperBox& box) { return box.overlaps(pin.box) || (pin.beside && line_crosses(pin, box)); }) ||
            std::ranges::any_of(
                pins,
                [&](const Pin& other) {
                    return other.box.overlaps(wide) || (other.beside && dot_at(other.place).overlaps(pin.box)) ||
                           (other.beside && line_crosses(other, pin.box)) ||
                           (pin.beside && (line_crosses(pin, other.box) || own_dot.overlaps(other.box)));
                }) ||
            (pin.beside && own_dot.overlaps(pin.box));
        if (!is_taken) {
            pins.push_back(std::move(pin));
        }
        return !is_taken;
    }

    std::span<const Cluster> clusters_;
    const PaperBox& paper_;
    std::span<const PaperBox> taken_;
};

std::size_t nearest_to(const std::vector<Cluster>& clusters, std::size_t index) {
    std::size_t nearest = index == 0 ? 1 : 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        if (i != index && distance_mm(clusters[i].place, clusters[index].place) <
                              distance_mm(clusters[nearest].place, clusters[index].place)) {
            nearest = i;
        }
    }
    return nearest;
}

} // namespace

double pin_width_mm(std::size_t items) noexcept {
    constexpr double k_one = 6.4;      ///< "12"
    constexpr double k_several = 12.6; ///< "12–14"
    return items == 1 ? k_one : k_several;
}

bool line_crosses(const Pin& pin, const PaperBox& box) noexcept {
    constexpr int k_steps = 24;
    const auto from = pin.middle();
    for (int i = 0; i <= k_steps; ++i) {
        const double share = static_cast<double>(i) / k_steps;
        const double x = from.x + (pin.place.x - from.x) * share;
        const double y = from.y + (pin.place.y - from.y) * share;
        if (x > box.left && x < box.right && y > box.top && y < box.bottom) {
            return true;
        }
    }
    return false;
}

std::vector<Pin> lay_out_pins(std::span<const PaperPoint> points, std::span<const std::size_t> together,
                              const PaperBox& paper, std::span<const PaperBox> taken) {
    assert(points.size() == together.size());
    auto clusters = first_clusters(points, together);
    while (true) {
        put_in_reading_order(clusters);
        Layout layout(clusters, paper, taken);
        const auto without_room = layout.run();
        if (!without_room) {
            return std::move(layout.pins);
        }
        if (clusters.size() == 1) {
            // Nothing is left to share with: the whole paper is taken, and the pin stands on it all the same.
            const auto& last = clusters.front();
            return {{last.items, last.place, held(box_at(last.place, pin_width_mm(last.items.size())), paper), false}};
        }
        const auto nearest = nearest_to(clusters, *without_room);
        if (auto& neighbour = clusters[nearest];
            !neighbour.makes_room &&
            distance_mm(neighbour.place, clusters[*without_room].place) < pin_width_mm(neighbour.items.size())) {
            neighbour.makes_room = true;
            continue;
        }
        merge(clusters, std::min(*without_room, nearest), std::max(*without_room, nearest));
    }
}

std::string numbers_of(int first, std::size_t count) {
    return count < 2 ? fmt::format("{}", first) : fmt::format("{}–{}", first, first + static_cast<int>(count) - 1);
}

std::string runs_of(const std::vector<int>& numbers, std::string_view between) {
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t end = i + 1;
        while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) {
            ++end;
        }
        out += out.empty() ? "" : between;
        out += numbers_of(numbers[i], end - i);
        i = end;
    }
    return out;
}

} // namespace shirube::server
