// Figures of statistics: numbers that may be zero, and the marks by which a source keeps one back.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// A cell of a statistic that says something.
template <class T>
struct Figure {
    std::optional<T> value{}; ///< empty where it was kept back
    bool suppressed = false;
    std::string unit{}; ///< that stands behind the number in the cell; empty where none does
};

/// A count of people in a table of the statistics bureau: "1,234", "１２人"; "-" is nobody; "*" and "X" are kept back.
/// At most 100 million, so that sums stay within bounds. Problems: count_unreadable.
Cell<Figure<std::int64_t>> parse_people(std::string_view cell);

/// A figure of a list of one's own, whole or with a decimal point, from 0 to a million million: "1,234.5", "１２ 人".
/// Two numbers in one cell, a footnote's raised digit and a comma that parts no thousands are not read. "*", "X",
/// "秘匿", and a dash are kept back: what a dash means differs from list to list, and unknown is never zero.
/// Problems: figure_unreadable.
Cell<Figure<double>> parse_figure(std::string_view cell);

} // namespace shirube::importers
