// Small counts that must not be told (秘匿), and the counts beside them that must not be told either, so that no sum
// and no difference gives the small ones away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::geo {

/// Counts of some cells that add up to a total, over periods in the order of time. An empty count is one that nobody
/// knows, or that its source kept back.
struct CountTable {
    std::size_t cells = 0;
    std::size_t periods = 0;
    std::vector<std::optional<std::int64_t>>
        counts{}; ///< cells × periods: that of a cell in a period at cell * periods + period

    [[nodiscard]] const std::optional<std::int64_t>& at(std::size_t cell, std::size_t period) const {
        return counts[cell * periods + period];
    }
};

/// One count as it may be told.
struct ToldCount {
    std::optional<std::int64_t> value; ///< empty: unknown, or withheld
    std::size_t period = 0;            ///< the period that the value is of; an earlier one where it is held over
    bool withheld = false;

    friend bool operator==(const ToldCount&, const ToldCount&) = default;
};

/// What may be told of a table whose totals everybody knows.
///
/// Small is what is above zero and below `least`. A cell that is small in one period is withheld in all of them. With
/// it others are, the smallest first, until in every period the withheld cells that are not zero are at least two, and
/// could be so many different things that each of them has at least `least` possible values. A cell that is told keeps
/// the value of an earlier period while it changes by less than `least`: no difference between two periods is small.
/// Where no set of cells hides the small ones, all are withheld.
///
/// \pre least >= 1, counts are not negative
/// \returns cells × periods, in the order of the table
std::vector<ToldCount> told_counts(const CountTable& table, std::int64_t least);

} // namespace shirube::geo
