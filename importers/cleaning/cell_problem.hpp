// What a cleaner says about a cell it cannot take as it stands.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// A code of the table of issue codes (importers/report/cleaning_issue_codes.inc), and what fills its sentence.
struct CellProblem {
    std::string_view code;
    std::string a{}; ///< fills {0}
    std::string b{}; ///< fills {1}
};

/// A cell read: a value, nothing (the cell is silent), or a problem. Silence is unknown, never zero.
template <class T>
using Cell = std::expected<std::optional<T>, CellProblem>;

} // namespace shirube::importers
