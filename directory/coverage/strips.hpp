// When, and for whom: in which hours of the week and at which ages each district has something that counts.
#pragma once

#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace shirube::directory {

inline constexpr int k_strip_years = 18; ///< ages 0 to 17

/// What is open in an hour of the week, or takes in an age.
struct StripCell {
    std::uint16_t surely = 0;   ///< confirmed standing services
    std::uint16_t possibly = 0; ///< services of which it is not sure: their hours, their ages, or they themselves
};

/// An ordinary week, hour by hour: 24 cells a weekday, Monday first.
using WeekStrip = std::array<StripCell, 7 * 24>;
/// Year by year of age.
using AgeStrip = std::array<StripCell, k_strip_years>;

struct Strips {
    std::vector<WeekStrip> weeks; ///< by district, in the layer's order
    std::vector<AgeStrip> ages;
};

/// What counts under the policy, its own hours and ages left aside: the strips show which others there would be. An
/// hour counts where something is open at some moment of it.
Strips strips_of(const Reader& reader, const Policy& policy, const Layer& layer, Day day);

/// Of some districts: how many have surely, and how many at least possibly, something in a cell.
struct StripShare {
    int surely = 0;
    int at_least_possibly = 0;
};
/// \param districts places within the layer; those of which no list speaks would be counted as having nothing
std::vector<StripShare> share_of_weeks(const Strips& strips, std::span<const std::uint32_t> districts);
std::vector<StripShare> share_of_ages(const Strips& strips, std::span<const std::uint32_t> districts);

} // namespace shirube::directory
