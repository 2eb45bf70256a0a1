#include "geo/catchment.hpp"

#include "geo/distance.hpp"
#include "geo/place_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

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

/// Part of the demand's places.
struct Slice {
    std::uint32_t first;
    std::uint32_t last; ///< one past it
};

/// visit(place, provider, weight) for each pair within reach, place by place.
template <class Visit>
void for_each_pair(std::span<const LonLat> demand, Slice slice, const PlaceGrid& providers, const Decay& decay,
                   double detour, const MayUse& may_use, Visit&& visit) {
    const double radius_m = decay.reach_m / detour;
    Latitudes latitudes(providers, radius_m);
    for (std::uint32_t place = slice.first; place < slice.last; ++place) {
        providers.for_each_within(demand[place], radius_m, latitudes.of(demand[place].lat),
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

/// Calls part(slice, number) for both halves, the first on a thread of its own where that is worth it. The halves are
/// the same on every machine, so that sums are.
template <class Part>
void in_halves(std::size_t places, Part&& part) {
    const auto all = static_cast<std::uint32_t>(places);
    const std::uint32_t half = all / 2;
    constexpr std::uint32_t k_worth_two_threads = 16'384;
    if (all < k_worth_two_threads) {
        part(Slice{0, half}, 0U);
        part(Slice{half, all}, 1U);
        return;
    }
    const std::jthread beside([&] { part(Slice{0, half}, 0U); });
    part(Slice{half, all}, 1U);
}

} // namespace

SharedSupply share_supply(std::span<const LonLat> demand, std::span<const double> people, const Providers& providers,
                          const Decay& decay, double detour, const MayUse& may_use) {
    SharedSupply out;
    out.access.assign(demand.size(), 0);
    out.may_have_more.assign(demand.size(), 0);
    out.by_provider.assign(providers.at.size(), 0);
    if (providers.at.empty()) {
        return out;
    }
    const PlaceGrid grid(providers.at);
    std::array<std::vector<double>, 2> weighted;
    in_halves(demand.size(), [&](Slice slice, std::size_t number) {
        auto& people_of = weighted.at(number);
        people_of.assign(providers.at.size(), 0);
        for_each_pair(demand, slice, grid, decay, detour, may_use,
                      [&](std::uint32_t place, std::uint32_t provider, double weight) {
                          people_of[provider] += weight * people[place];
                      });
    });
    for (std::size_t provider = 0; provider < providers.at.size(); ++provider) {
        const double weighted_people = weighted[0][provider] + weighted[1][provider];
        if (weighted_people > 0) {
            out.by_provider[provider] = providers.capacity[provider] / weighted_people;
        } else {
            out.unused += providers.capacity[provider];
        }
    }
    in_halves(demand.size(), [&](Slice slice, std::size_t) {
        for_each_pair(demand, slice, grid, decay, detour, may_use,
                      [&](std::uint32_t place, std::uint32_t provider, double weight) {
                          out.access[place] += weight * out.by_provider[provider];
                          if (providers.unknown != nullptr && (*providers.unknown)[provider]) {
                              out.may_have_more[place] = 1;
                          }
                      });
    });
    return out;
}

} // namespace shirube::geo
