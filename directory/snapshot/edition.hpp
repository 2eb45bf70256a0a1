// The name of an edition: what caches compare, and what tells two states apart.
#pragma once

#include "directory/state.hpp"

#include <string>

namespace shirube::directory {

/// 16 hexadecimal digits that name everything an answer could show of a state (BLAKE2b over all of it but `moved` and
/// `ended`, in the state's own order). The same state has the same name on every machine.
std::string edition_name(const State& state);

} // namespace shirube::directory
