// A random town with a network.
#pragma once

#include "directory/state.hpp"
#include "search_random_town.hpp"

#include <cstdint>

namespace shirube::directory::test {

/// Ties and meetings among what the random town has, and names that it does not have; of no list.
State tied_town(std::uint64_t seed);

} // namespace shirube::directory::test
