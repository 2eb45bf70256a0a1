// The cell that says of which municipality a row speaks.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// A municipality's 5 digits, and what is odd about how they were written.
struct MunicipalityCell {
    std::string code;
    std::optional<CellProblem> doubt; ///< municipality_check_digit: the sixth digit does not fit the five
};

/// Reads a local government code; a wrong check digit is a doubt, the five digits before it stand.
/// Problems: municipality_unreadable.
Cell<MunicipalityCell> read_municipality(std::string_view cell);

} // namespace shirube::importers
