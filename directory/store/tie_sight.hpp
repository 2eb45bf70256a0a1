// Which ties and members of meetings an audience has: as their rows say, and by whom they name.
#pragma once

#include "directory/network/hidden_names.hpp"
#include "directory/state.hpp"
#include "directory/store/read_state.hpp"

#include <vector>

namespace shirube::directory {

/// What places are called that not everybody sees, or that have a name for the public; of all lists in force, and what
/// their standing editions hid before.
std::vector<HiddenName> hidden_names_in(Database& database);

/// Leaves of state.relations and of the members of state.forums what the audience may have, once its services are
/// there:
/// - who names a place that its own municipality hides is seen by those who see the place, unless everybody knows
///   somebody of that name there;
/// - a place that has a name for the public is called by it, except to its own staff;
/// - whoever writes for one municipality names of another's to the public only whom the public knows already. It does
///   not matter whether a name is hidden there, so that nobody learns it by trying.
void settle_ties(Database& database, State& state, const HiddenNames& hidden);

} // namespace shirube::directory
