// Ties, meetings and counts of helpers, as one audience may have them.
#pragma once

#include "directory/network/hidden_names.hpp"
#include "directory/state.hpp"
#include "directory/store/read_state.hpp"

namespace shirube::directory {

/// Whether an audience has anything of a list of ties or helpers: of a list whose rows are all hidden it is not told
/// that there is one. \pre the kind is relations or helpers
bool shows_rows_of(Database& database, const Audience& audience, ImportKind kind, std::int64_t list);

/// Fills state.relations, state.forums and state.helper_counts. A tie is judged by its own row, and by whether it names
/// a place that its own municipality hides (see HiddenNames): of another's hidden places its absence would tell.
/// \param lists places in state.lists
void read_network(Database& database, State& state, const Places& lists);

/// What hidden places are called, and who sees them; a name that a public place of the same owner has too is not
/// hidden.
std::vector<HiddenName> hidden_names_in(Database& database);

} // namespace shirube::directory
