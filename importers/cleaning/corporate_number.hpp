// The 13 digits of a corporation (法人番号).
#pragma once

#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// 13 digits whose first is the check digit (法人番号の指定等に関する省令第2条). Problems: corporate_number_malformed.
Cell<std::string> parse_corporate_number(std::string_view cell);

} // namespace shirube::importers
