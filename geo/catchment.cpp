#include "geo/catchment.hpp"

#include "geo/distance.hpp"
#include "geo/place_grid.hpp"
#include "geo/runs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
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

/// A place of the demand that can reach a provider.
struct Pair {
    std::uint32_t place;
    std::uint32_t provider;
    double weight;
};

/// What is the same for all pairs.
struct Ways {
    std::span<const LonLat> demand;
    std::span<const LonLat> providers;
    const PlaceGrid& grid; ///< of the providers
    const Decay& decay;
    double detour;
    const MayUse& may_use;
};

/// The providers that may be near a run of places, in the order of the grid.
struct Near {
    LonLat at;
    std::uint32_t provider;
};

/// visit(pair) for each pair within reach, place by place.
template <class Visit>
void for_each_pair(const Ways& ways, Slice slice, Visit&& visit) {
    const double radius_m = ways.decay.reach_m / ways.detour;
    const double radius_m2 = radius_m * radius_m;
    Latitudes latitudes(ways.grid, radius_m);
    std::vector<Near> near;
    const auto demand = ways.demand.first(slice.last);
    for (std::size_t first = slice.first; first < slice.last;) {
        const std::size_t last = end_of_run(demand, first, radius_m);
        const Run run = run_of(demand, first, last);
        const double enough_m = (radius_m + run.radius_m) * k_triangle_margin;
        near.clear();
        ways.grid.for_each_within(
            run.middle, enough_m, ways.grid.latitude(run.scale, enough_m),
            [&](std::uint32_t provider, double) { near.push_back({ways.providers[provider], provider}); });
        for (std::size_t i = first; i < last && !near.empty(); ++i) {
            const auto place = static_cast<std::uint32_t>(i);
            const LonLat from = demand[i];
            const LocalMetric& scale = latitudes.of(from.lat).scale;
            for (const Near& of : near) {
                const double m2 = scale.squared_m2({of.at.lon - from.lon, of.at.lat});
                if (m2 > radius_m2 || (ways.may_use && !ways.may_use(place, of.provider))) {
                    continue;
                }
                // The radius was the straight line's; what rounding put beyond the reach is at it.
                const double weight = ways.decay.weight(std::min(std::sqrt(m2) * ways.detour, ways.decay.reach_m));
                if (weight > 0) {
                    visit(Pair{place, of.provider, weight});
                }
            }
        }
        first = last;
    }
}

/// The pairs of a slice, of which so many as fit are kept for the second time they are asked for.
class Pairs {
  public:
    Pairs(const Ways& ways, Slice slice) : ways_(ways), slice_(slice), kept_until_(slice.first) {}

    template <class Visit>
    void for_each_at_first(Visit&& visit) {
        bool has_room = true;
        for_each_pair(ways_, slice_, [&](const Pair& pair) {
            if (has_room && kept_.size() >= k_most_kept && pair.place != kept_.back().place) {
                has_room = false;
                kept_until_ = pair.place;
            }
            if (has_room) {
                kept_.push_back(pair);
            }
            visit(pair);
        });
        kept_until_ = has_room ? slice_.last : kept_until_;
    }
    template <class Visit>
    void for_each_again(Visit&& visit) const {
        for (const Pair& pair : kept_) {
            visit(pair);
        }
        for_each_pair(ways_, {kept_until_, slice_.last}, visit);
    }

  private:
    static constexpr std::size_t k_most_kept = std::size_t{1} << 20U; // 16 MB

    const Ways& ways_;
    Slice slice_;
    std::vector<Pair> kept_;
    std::uint32_t kept_until_; ///< of the places from here on none is kept
};

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
    const Ways ways{demand, providers.at, grid, decay, detour, may_use};
    std::array<std::optional<Pairs>, 2> pairs;
    std::array<std::vector<double>, 2> weighted;
    in_halves(demand.size(), [&](Slice slice, std::size_t number) {
        auto& people_of = weighted.at(number);
        people_of.assign(providers.at.size(), 0);
        pairs.at(number).emplace(ways, slice).for_each_at_first([&](const Pair& pair) {
            people_of[pair.provider] += pair.weight * people[pair.place];
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
    in_halves(demand.size(), [&](Slice, std::size_t number) {
        pairs.at(number)->for_each_again([&](const Pair& pair) {
            out.access[pair.place] += pair.weight * out.by_provider[pair.provider];
            if (providers.unknown != nullptr && (*providers.unknown)[pair.provider]) {
                out.may_have_more[pair.place] = 1;
            }
        });
    });
    return out;
}

} // namespace shirube::geo
