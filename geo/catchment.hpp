// Supply that is shared by those who can reach it: the enhanced two-step floating catchment area (E2SFCA).
// Luo & Qi (2009), "An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial accessibility",
// Health & Place 15(4); the Gaussian weight after Dai (2010), ibid. 16(5), without its scaling to zero at the edge.
#pragma once

#include "geo/lonlat.hpp"
#include "geo/point_index.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shirube::geo {

/// How much less a provider is worth the farther it is.
struct Decay {
    double sigma_m = 0; ///< exp(-d²/2σ²); 0: a step, full weight up to the reach
    double reach_m = 0; ///< nothing beyond it

    [[nodiscard]] double weight(double distance_m) const noexcept;
};

/// Who is within reach of which provider, and with what weight: by provider.
struct Catchments {
    std::vector<std::size_t> first{0}; ///< of each provider's, and one past the last
    std::vector<std::uint32_t> demand; ///< places in the demand
    std::vector<double> weight;

    [[nodiscard]] std::size_t providers() const noexcept { return first.size() - 1; }
    /// The catchment of the next provider.
    void close_provider() { first.push_back(demand.size()); }
    void add(std::uint32_t at, double weight_of_pair) {
        demand.push_back(at);
        weight.push_back(weight_of_pair);
    }
};

/// \param demand where people are, by place \param detour metres on the ground for a metre in a straight line, >= 1
Catchments catchments(const PointIndex& demand, std::span<const LonLat> providers, const Decay& decay, double detour);

/// What the two steps find.
struct SharedSupply {
    std::vector<double> access;      ///< by demand: capacity a person; 0 where nobody is within reach
    std::vector<double> by_provider; ///< capacity a person of its catchment, weighted; 0 where nobody is in it
    double unused = 0;               ///< capacity of the providers that nobody can reach
};

/// First each provider's capacity is shared by the people who can reach it, each counted by the weight of the way; then
/// each place adds up, by the same weights, what it can reach. All capacity goes somewhere: the sum of people × access
/// and `unused` is the sum of the capacities.
/// \param people by demand, not negative \param capacity by provider, not negative
SharedSupply share_supply(const Catchments& catchments, std::span<const double> people,
                          std::span<const double> capacity);

} // namespace shirube::geo
