// Children and places to find gaps among: a land of census cells cut into districts, with services strewn where people
// live, from a fixed seed. No store: what is measured is the answer.
#pragma once

#include "directory/state.hpp"

#include <cstddef>
#include <string>

namespace shirube::bench {

struct GapSize {
    std::string name;
    std::size_t districts = 0;
    std::size_t cells_of_district = 0; ///< 250 m
    std::size_t services = 0;          ///< of 20 programmes
};

/// A state of the public: districts as blocks of cells, a complete list of every programme, capacities for two places
/// in three.
directory::State make_gap_state(const GapSize& size);

/// The programmes in it, by code; the first is the one that is asked for.
const std::vector<std::string>& gap_programmes();

} // namespace shirube::bench
