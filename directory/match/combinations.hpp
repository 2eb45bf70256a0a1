// Two or three services that together meet what one alone does not: a base for the elder child and visits for the baby.
#pragma once

#include "directory/match/family.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shirube::directory {

using PairSet = std::bitset<k_most_pairs>;

/// A service as a part of a combination; parts come in the order of their rank.
struct CombinedPart {
    PairSet covers;
    std::uint32_t site = 0;   ///< services at one site are one way
    int open = 0;             ///< facts that are not known
    int minutes = 0;          ///< to go there; 0 where somebody comes
    bool is_somewhere = true; ///< a place that one goes to
};

struct Combination {
    std::vector<std::size_t> parts; ///< two or three, ascending
    PairSet covers;
    int places = 0; ///< that one goes to
    int open = 0;
    int minutes = 0; ///< to each of these places once, summed

    friend bool operator==(const Combination&, const Combination&) = default;
};

inline constexpr std::size_t k_most_combinations = 5;
inline constexpr std::size_t k_most_parts = 3;

/// Those that cover all that can be covered; where three do not suffice, those that cover most. None holds a part
/// without which it would cover as much, so none is contained in another. Fewest places first, then fewest services,
/// fewest open facts, least way, best ranks. At most five.
/// \param parts few: all threes of them are looked at
std::vector<Combination> combine(std::span<const CombinedPart> parts);

} // namespace shirube::directory
