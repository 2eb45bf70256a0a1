#include "geo/nearest.hpp"

#include "geo/distance.hpp"
#include "geo/place_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <thread>

namespace shirube::geo {

namespace {

constexpr double k_nowhere = std::numeric_limits<double>::infinity();

void search(std::span<const LonLat> from, const PlaceGrid& places, std::span<double> out) {
    Latitudes latitudes(places, 0);
    for (std::size_t i = 0; i < from.size(); ++i) {
        out[i] = places.nearest_m(from[i], latitudes.of(from[i].lat));
    }
}

} // namespace

std::vector<double> nearest_distances(std::span<const LonLat> from, std::span<const LonLat> places) {
    std::vector<double> out(from.size(), k_nowhere);
    if (places.empty()) {
        return out;
    }
    const PlaceGrid grid(places);
    // A thread is worth its start from some milliseconds of work on.
    constexpr std::size_t k_worth_two_threads = 16'384;
    if (from.size() < k_worth_two_threads) {
        search(from, grid, out);
        return out;
    }
    const std::size_t half = from.size() / 2;
    const std::span<double> all(out);
    const std::jthread beside([&] { search(from.first(half), grid, all.first(half)); });
    search(from.subspan(half), grid, all.subspan(half));
    return out;
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
