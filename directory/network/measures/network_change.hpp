// How an area's network changed between two days.
#pragma once

#include "directory/network/network_view.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace shirube::directory {

struct NetworkChange {
    Day before{};
    Day after{};
    std::vector<std::uint32_t> came;       ///< ties that stand on the later day alone, into Network::edges(), ascending
    std::vector<std::uint32_t> ended;      ///< ties that stood on the earlier day alone
    std::vector<std::uint32_t> nodes_came; ///< into Network::nodes(): that have a tie, or meet, on the later day alone
    std::vector<std::uint32_t> nodes_left;
    std::uint32_t edges_before = 0;
    std::uint32_t edges_after = 0;
    std::uint32_t nodes_before = 0;
    std::uint32_t nodes_after = 0;
    std::uint32_t undated = 0; ///< ties on the later day that say neither when they began nor when they end: they stand
                               ///< on both days, and whether they came nobody knows
};

/// Of ties of every kind, see of_all_kinds.
/// \param scope its day is the later one
NetworkChange network_change(const Reader& reader, const NetworkScope& scope, Day before);

} // namespace shirube::directory
