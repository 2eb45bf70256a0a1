#include "geo/catchment.hpp"

#include "geo/distance.hpp"
#include "geo/place_grid.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

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

namespace {

/// visit(place, provider, weight) for each pair within reach, place by place.
template <class Visit>
void for_each_pair(std::span<const LonLat> demand, const PlaceGrid& providers, const Decay& decay, double detour,
                   const MayUse& may_use, Visit&& visit) {
    std::optional<LocalMetric> scale;
    for (std::uint32_t place = 0; place < demand.size(); ++place) {
        if (!scale || scale->origin().lat != demand[place].lat) {
            scale.emplace(LonLat{0, demand[place].lat});
        }
        providers.for_each_within(demand[place], decay.reach_m / detour, *scale,
                                  [&](std::uint32_t provider, double distance_m) {
                                      if (may_use && !may_use(place, provider)) {
                                          return;
                                      }
                                      // The radius was the straight line's; what rounding put beyond the reach is at
                                      // it.
                                      const double weight = decay.weight(std::min(distance_m * detour, decay.reach_m));
                                      if (weight > 0) {
                                          visit(place, provider, weight);
                                      }
                                  });
    }
}

} // namespace

SharedSupply share_supply(std::span<const LonLat> demand, std::span<const double> people, const Providers& providers,
                          const Decay& decay, double detour, const MayUse& may_use) {
    SharedSupply out;
    out.access.assign(demand.size(), 0);
    out.may_have_more.assign(demand.size(), false);
    out.by_provider.assign(providers.at.size(), 0);
    if (providers.at.empty()) {
        return out;
    }
    const PlaceGrid grid(providers.at);
    for_each_pair(demand, grid, decay, detour, may_use,
                  [&](std::uint32_t place, std::uint32_t provider, double weight) {
                      out.by_provider[provider] += weight * people[place];
                  });
    for (std::size_t provider = 0; provider < providers.at.size(); ++provider) {
        double& weighted_people = out.by_provider[provider];
        if (weighted_people > 0) {
            weighted_people = providers.capacity[provider] / weighted_people; // now the ratio
        } else {
            out.unused += providers.capacity[provider];
        }
    }
    for_each_pair(demand, grid, decay, detour, may_use,
                  [&](std::uint32_t place, std::uint32_t provider, double weight) {
                      out.access[place] += weight * out.by_provider[provider];
                      if (providers.unknown != nullptr && (*providers.unknown)[provider]) {
                          out.may_have_more[place] = true;
                      }
                  });
    return out;
}

} // namespace shirube::geo
