#include "geo/catchment.hpp"

#include "geo/distance.hpp"

#include <algorithm>
#include <cmath>

namespace shirube::geo {

double Decay::weight(double distance_m) const noexcept {
    if (distance_m > reach_m) {
        return 0;
    }
    if (sigma_m == 0) {
        return 1;
    }
    const double deviations = distance_m / sigma_m;
    return std::exp(-deviations * deviations / 2);
}

Catchments catchments(const PointIndex& demand, std::span<const LonLat> providers, const Decay& decay, double detour) {
    Catchments out;
    out.first.reserve(providers.size() + 1);
    std::vector<Neighbour> within;
    for (const LonLat provider : providers) {
        within.clear();
        demand.for_each_within(LocalMetric(provider), decay.reach_m / detour, [&](std::uint32_t at, double distance_m) {
            within.push_back({at, distance_m * detour});
        });
        // In the order of places, so that sums are the same whatever the index looks like.
        std::ranges::sort(within, {}, &Neighbour::item);
        for (const auto& [at, distance_m] : within) {
            // The radius was the straight line's; what rounding put beyond the reach has no weight.
            if (const double weight = decay.weight(std::min(distance_m, decay.reach_m)); weight > 0) {
                out.add(at, weight);
            }
        }
        out.close_provider();
    }
    return out;
}

SharedSupply share_supply(const Catchments& catchments, std::span<const double> people,
                          std::span<const double> capacity) {
    SharedSupply out;
    out.access.assign(people.size(), 0);
    out.by_provider.assign(catchments.providers(), 0);
    for (std::size_t provider = 0; provider < catchments.providers(); ++provider) {
        const std::size_t first = catchments.first[provider];
        const std::size_t last = catchments.first[provider + 1];
        double weighted_people = 0;
        for (std::size_t i = first; i < last; ++i) {
            weighted_people += catchments.weight[i] * people[catchments.demand[i]];
        }
        if (!(weighted_people > 0)) {
            out.unused += capacity[provider];
            continue;
        }
        const double ratio = capacity[provider] / weighted_people;
        out.by_provider[provider] = ratio;
        for (std::size_t i = first; i < last; ++i) {
            out.access[catchments.demand[i]] += catchments.weight[i] * ratio;
        }
    }
    return out;
}

} // namespace shirube::geo
