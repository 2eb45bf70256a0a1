// Small counts of children that the public is not told.
#pragma once

#include "directory/coverage.hpp"

#include <cstdint>

namespace shirube::directory {

/// Withholds, of districts with few children or few who are within reach or few who are not, these figures and whatever
/// would give them away: two districts at least, so that totals tell neither (geo/suppression.hpp). What is withheld is
/// empty, and the district is marked `withheld`.
/// \param least below it and above zero a count is not told, >= 1
void withhold_small_children(Coverage& coverage, std::int64_t least);

} // namespace shirube::directory
