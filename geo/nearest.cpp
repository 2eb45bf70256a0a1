#include "geo/nearest.hpp"

#include "geo/distance.hpp"
#include "geo/place_grid.hpp"
#include "geo/runs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <thread>

namespace shirube::geo {

namespace {

constexpr double k_nowhere = std::numeric_limits<double>::infinity();

/// The nearest of each point, run by run: whatever is nearest to one of a run's points is no farther from its middle
/// than the middle's own nearest and twice the run's radius, so that few places are left to compare.
class Search {
  public:
    Search(std::span<const LonLat> from, std::span<const LonLat> places, const PlaceGrid& grid, std::span<double> out)
        : from_(from), places_(places), grid_(grid), out_(out), latitudes_(grid, 0) {}

    /// Those within `most_m` alone.
    void run_within(double most_m) {
        for (std::size_t first = 0; first < from_.size();) {
            const std::size_t last = end_of_run(from_, first, most_m);
            const Run run = run_of(from_, first, last);
            find_near(run, (most_m + run.radius_m) * k_triangle_margin, grid_.latitude(run.scale, 0));
            if (!near_.empty()) {
                compare(first, last, 0);
                for (std::size_t i = first; i < last; ++i) {
                    out_[i] = out_[i] <= most_m ? out_[i] : k_nowhere;
                }
            }
            first = last;
        }
    }

    void run() {
        constexpr double k_of_spacing = 0.4; // tried: larger runs compare more, smaller ones ask more often
        const double side_m = k_of_spacing * grid_.spacing_m();
        for (std::size_t first = 0; first < from_.size();) {
            const std::size_t last = end_of_run(from_, first, side_m);
            of_run(first, last);
            first = last;
        }
    }

  private:
    /// A run that is shorter, or has fewer places to compare, is not worth parting.
    static constexpr std::size_t k_few_points = 4;
    static constexpr std::size_t k_few_places = 8;

    void of_run(std::size_t first, std::size_t last) {
        if (last - first < k_few_points) {
            one_by_one(first, last);
            return;
        }
        const Run run = run_of(from_, first, last);
        const Latitude at = grid_.latitude(run.scale, 0);
        const double enough_m = reach_of(grid_.nearest_m(run.middle, at), run);
        if (!(enough_m < LocalMetric::k_reach_m / 2)) {
            one_by_one(first, last);
            return;
        }
        find_near(run, enough_m, at);
        compare(first, last, 0);
    }

    void find_near(const Run& run, double enough_m, Latitude at) {
        at.around = at.scale.box_around(enough_m);
        near_.clear();
        grid_.for_each_within(run.middle, enough_m, at,
                              [&](std::uint32_t item, double) { near_.push_back(places_[item]); });
    }

    /// How far from the middle places may matter to a point of the run.
    static double reach_of(double nearest_m, const Run& run) {
        constexpr double k_metre = 1; // for runs of one spot
        return (nearest_m + 2 * run.radius_m) * k_triangle_margin + k_metre;
    }

    /// With the places that are left from `begin` on.
    void compare(std::size_t first, std::size_t last, std::size_t begin) {
        if (last - first <= k_few_points || near_.size() - begin <= k_few_places) {
            for (std::size_t i = first; i < last; ++i) {
                out_[i] = nearest_of(i, begin);
            }
            return;
        }
        const std::size_t end = near_.size();
        const std::size_t half = first + (last - first) / 2;
        for (const auto& [from, to] : {std::pair{first, half}, std::pair{half, last}}) {
            const Run run = run_of(from_, from, to);
            double nearest_m2 = k_nowhere;
            for (std::size_t i = begin; i < end; ++i) {
                nearest_m2 = std::min(nearest_m2, run.squared_m2(near_[i]));
            }
            const double enough_m = reach_of(std::sqrt(nearest_m2), run);
            for (std::size_t i = begin; i < end; ++i) {
                if (run.squared_m2(near_[i]) <= enough_m * enough_m) {
                    near_.push_back(near_[i]);
                }
            }
            // What was left out is kept before: begin < end.
            compare(from, to, end);
            near_.resize(end);
        }
    }

    [[nodiscard]] double nearest_of(std::size_t point, std::size_t begin) {
        const LonLat from = from_[point];
        const LocalMetric& scale = latitudes_.of(from.lat).scale;
        double best_m2 = k_nowhere;
        for (std::size_t i = begin; i < near_.size(); ++i) {
            best_m2 = std::min(best_m2, scale.squared_m2({near_[i].lon - from.lon, near_[i].lat}));
        }
        return std::sqrt(best_m2);
    }

    void one_by_one(std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            out_[i] = grid_.nearest_m(from_[i], latitudes_.of(from_[i].lat));
        }
    }

    std::span<const LonLat> from_;
    std::span<const LonLat> places_;
    const PlaceGrid& grid_;
    std::span<double> out_;
    Latitudes latitudes_;
    std::vector<LonLat> near_;
};

/// The part of the entries that holds the median, found by sorting weights into drawers: most entries are looked at
/// three times, in order. \param before weight that lies left of the entries, and is added to
std::span<WeightedDistance> narrowed(std::span<WeightedDistance> distances, std::int64_t total, std::int64_t& before) {
    constexpr std::size_t k_drawers = 64;
    constexpr std::size_t k_few = 24;
    constexpr int k_rounds = 3; // where distances are so uneven that it does not help, quickselect goes on
    for (int round = 0; round < k_rounds && distances.size() > k_few; ++round) {
        double least = distances.front().distance_m;
        double most = least;
        for (const auto& entry : distances) {
            least = std::min(least, entry.distance_m);
            most = std::max(most, entry.distance_m);
        }
        if (least == most) {
            return distances.first(1);
        }
        if (constexpr double hair = 1e-9, endless = 1e12; most - least < hair || most > endless) {
            break;
        }
        // Whatever rounding does, a longer distance is in no earlier drawer.
        const double scale = (k_drawers - 1) / (most - least);
        const auto drawer_of = [&](const WeightedDistance& entry) {
            return std::min(k_drawers - 1, static_cast<std::size_t>((entry.distance_m - least) * scale));
        };
        std::array<std::int64_t, k_drawers> weights{};
        for (const auto& entry : distances) {
            weights[drawer_of(entry)] += entry.weight;
        }
        std::size_t drawer = 0;
        while (2 * (before + weights[drawer]) < total) {
            before += weights[drawer++];
        }
        std::size_t kept = 0;
        for (const auto& entry : distances) {
            const bool is_in = drawer_of(entry) == drawer;
            distances[kept] = entry;
            kept += is_in ? 1 : 0;
        }
        distances = distances.first(kept);
    }
    return distances;
}

/// work(search) for all of the points, in two parts where that is worth a thread.
template <class Work>
std::vector<double> search(std::span<const LonLat> from, std::span<const LonLat> places, Work&& work) {
    std::vector<double> out(from.size(), k_nowhere);
    if (places.empty()) {
        return out;
    }
    const PlaceGrid grid(places);
    const auto part = [&](std::size_t first, std::size_t count) {
        Search search(from.subspan(first, count), places, grid, std::span(out).subspan(first, count));
        work(search);
    };
    // A thread is worth its start from some milliseconds of work on.
    constexpr std::size_t k_worth_two_threads = 16'384;
    if (from.size() < k_worth_two_threads) {
        part(0, from.size());
        return out;
    }
    const std::size_t half = from.size() / 2;
    const std::jthread beside([&] { part(0, half); });
    part(half, from.size() - half);
    return out;
}

} // namespace

std::vector<double> nearest_distances(std::span<const LonLat> from, std::span<const LonLat> places) {
    return search(from, places, [](Search& all) { all.run(); });
}

std::vector<double> nearest_within(std::span<const LonLat> from, std::span<const LonLat> places, double most_m) {
    if (most_m < LocalMetric::k_reach_m / 2) {
        return search(from, places, [&](Search& near) { near.run_within(most_m); });
    }
    auto all = nearest_distances(from, places);
    std::ranges::replace_if(all, [&](double distance_m) { return distance_m > most_m; }, k_nowhere);
    return all;
}

std::optional<double> weighted_median(std::span<WeightedDistance> distances) {
    std::int64_t total = 0;
    for (const auto& entry : distances) {
        total += entry.weight;
    }
    if (total == 0) {
        return std::nullopt;
    }
    // Quickselect by weight: `before` is what lies left of the part that still holds the answer.
    const auto nearer = [](const WeightedDistance& a, const WeightedDistance& b) {
        return a.distance_m < b.distance_m;
    };
    std::int64_t before = 0;
    distances = narrowed(distances, total, before);
    while (distances.size() > 1) {
        const std::size_t middle = distances.size() / 2;
        std::nth_element(distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(middle), distances.end(),
                         nearer);
        std::int64_t left = before;
        for (const auto& entry : distances.first(middle)) {
            left += entry.weight;
        }
        if (2 * left >= total) {
            distances = distances.first(middle);
        } else {
            before = left;
            distances = distances.subspan(middle);
            if (2 * (before + distances.front().weight) >= total) {
                return distances.front().distance_m;
            }
            before += distances.front().weight;
            distances = distances.subspan(1);
        }
    }
    return distances.front().distance_m;
}

} // namespace shirube::geo
