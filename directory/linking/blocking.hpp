// Pairs worth comparing: places that share a key. Without it a city of 20,000 places has 200 million pairs.
#pragma once

#include "directory/linking/score.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace shirube::directory {

/// Pairs (a < b) of places in the input that share the name's own part, an address, a telephone, a neighbourhood of
/// some 200 m, or two letters of the name in one town. Ascending, each once. A key that more than 60 places share tells
/// nothing (a shopping centre's address, a city hall's telephone) and pairs only those that share the name too.
std::vector<std::pair<std::uint32_t, std::uint32_t>> candidate_pairs(std::span<const StatedPlace> places);

} // namespace shirube::directory
