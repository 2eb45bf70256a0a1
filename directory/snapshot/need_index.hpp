// The figures of need of an edition, by the districts they speak of. Small counts are kept from the public, so that two
// audiences may have different ones.
#pragma once

#include "directory/snapshot/memberships.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace shirube::directory {

struct NeedIndex {
    NeedIndex(std::vector<NeedRow> needs, std::span<const DistrictRow> all_districts);

    std::vector<NeedRow> rows;
    std::vector<std::uint32_t> districts; ///< by place in rows; k_no_index: no district, or one unknown yet
    Lists<std::uint32_t> of_district;     ///< places in rows
};

} // namespace shirube::directory
