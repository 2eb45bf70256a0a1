// Counts: digits in either width, with a unit and 約 or 概ね before them.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// "30", "３０人", "約30名程度", "1,200". Zero is refused: a list that counts nobody means that it does not say.
/// Problems: number_unreadable.
Cell<int> parse_count(std::string_view cell);

} // namespace shirube::importers
