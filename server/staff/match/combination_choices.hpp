// Combinations as they are read: those that differ in one part are one line, "A と、B・C・D のどれか".
#pragma once

#include "directory/match/combinations.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace shirube::server {

struct CombinationChoice {
    std::vector<std::size_t> together; ///< all of these
    std::vector<std::size_t> one_of;   ///< and any one of these; empty: nothing else
    int places = 0;                    ///< the fewest of them
};

/// In the order of the best of each; every combination is in exactly one.
std::vector<CombinationChoice> choices_in(std::span<const directory::Combination> combinations);

} // namespace shirube::server
