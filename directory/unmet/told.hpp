// What planners are told of unmet need: by quarters of a year, which do not overlap, so that no difference of two spans
// gives a small count away.
//
// Of a quarter there are its total; the total of each need; of each need whose total is told its count by district; and
// the total of each band of ages. Small counts are withheld, and others with them, within each of these (see
// geo/suppression.hpp). Nothing is added up by district over needs: with such sums small counts could be computed.
// That something was counted of a need is told, as everywhere where what is withheld is marked; how often is not.
// Ages stand in a table of their own: any counts by age go together with any by need and district of the same total.
#pragma once

#include "directory/unmet.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

/// A quarter by its first month: April, July, October, January.
struct Quarter {
    std::chrono::year_month first{};

    [[nodiscard]] std::chrono::year_month last() const { return first + std::chrono::months{2}; }
    friend bool operator==(const Quarter&, const Quarter&) = default;
    friend auto operator<=>(const Quarter&, const Quarter&) = default;
};
Quarter quarter_of(std::chrono::year_month month);

struct ToldUnmet {
    std::optional<std::int64_t> value; ///< empty: withheld
    bool at_least = false;             ///< the quarter still runs: it is so many or more

    friend bool operator==(const ToldUnmet&, const ToldUnmet&) = default;
};

struct UnmetByNeed {
    std::string need;
    ToldUnmet total;
    std::vector<ToldUnmet> by_district; ///< as `districts`, and one more for all others and those nobody knows
};

struct UnmetQuarter {
    Quarter quarter;
    bool is_running = false;
    ToldUnmet total;
    std::vector<UnmetByNeed> needs{}; ///< of which something was counted, by code
    std::vector<ToldUnmet> by_band{}; ///< as k_unmet_bands
};

/// While a quarter runs its counts are told in steps of `least`: whoever looks every day does not see one more.
/// \param counts of one owner, of any months \param districts the owner's, by code \param least at least 1
UnmetQuarter told_unmet(std::span<const UnmetCount> counts, Quarter quarter, bool is_running,
                        std::span<const std::string> districts, std::int64_t least);

} // namespace shirube::directory
