// Ties, meetings and counts of helpers, as one audience may have them.
#pragma once

#include "directory/state.hpp"
#include "directory/store/read_state.hpp"

namespace shirube::directory {

/// Whether an audience has anything of a list of ties or helpers: of a list whose rows are all hidden it is not told
/// that there is one. \pre the kind is relations or helpers
bool shows_rows_of(Database& database, const Audience& audience, ImportKind kind, std::int64_t list);

/// Fills state.relations, state.forums and state.helper_counts: a tie by its own row alone, and all members of a
/// meeting. What names may be told is settled once services are there (settle_ties()).
/// \param lists places in state.lists
void read_network(Database& database, State& state, const Places& lists);

} // namespace shirube::directory
