// Ties, meetings and counts of helpers, as one audience may have them.
#pragma once

#include "directory/state.hpp"
#include "directory/store/read_state.hpp"

namespace shirube::directory {

/// Fills state.relations, state.forums and state.helper_counts. A tie is judged by its own row alone: whether somebody
/// hidden is called like one of its ends has no say, or its absence would tell of them.
/// \param lists places in state.lists
void read_network(Database& database, State& state, const Places& lists);

} // namespace shirube::directory
