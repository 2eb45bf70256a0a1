// Supply that is shared by those who can reach it: the enhanced two-step floating catchment area (E2SFCA).
// Luo & Qi (2009), "An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial accessibility",
// Health & Place 15(4); the Gaussian weight after Dai (2010), ibid. 16(5), without its scaling to zero at the edge.
#pragma once

#include "geo/lonlat.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace shirube::geo {

/// How much less a provider is worth the farther it is.
struct Decay {
    double sigma_m = 0; ///< exp(-d²/2σ²); 0: a step, full weight up to the reach
    double reach_m = 0; ///< nothing beyond it

    [[nodiscard]] double weight(double distance_m) const noexcept;
};

/// Where capacity is.
struct Providers {
    std::span<const LonLat> at;
    std::span<const double> capacity;           ///< not negative
    const std::vector<bool>* unknown = nullptr; ///< capacities that nobody knows, given as 0; null: none
};

/// Who may use a provider: (place of the demand, provider). Empty: everybody may use all. Asked by two threads at once.
using MayUse = std::function<bool(std::uint32_t, std::uint32_t)>;

/// What the two steps find.
struct SharedSupply {
    std::vector<double> access;      ///< by demand: capacity a person; 0 where nobody is within reach
    std::vector<double> by_provider; ///< capacity a person of its catchment, weighted; 0 where nobody is in it
    double unused = 0;               ///< capacity of the providers that nobody can reach
    std::vector<char> may_have_more; ///< by demand: 1 where a provider of unknown capacity is within reach
};

/// First each provider's capacity is shared by the people who can reach it, each counted by the weight of the way; then
/// each place adds up, by the same weights, what it can reach. All capacity goes somewhere: the sum of people × access
/// and `unused` is the sum of the capacities.
/// \param demand where people are; few latitudes, as of a census grid, are cheaper
/// \param people by demand, not negative \param detour metres on the ground for a metre in a straight line, >= 1
SharedSupply share_supply(std::span<const LonLat> demand, std::span<const double> people, const Providers& providers,
                          const Decay& decay, double detour, const MayUse& may_use = {});

} // namespace shirube::geo
