// Districts that nobody coordinates and for which nobody meets.
#pragma once

#include "directory/network/network_view.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shirube::directory {

struct DistrictForums {
    std::uint32_t district = 0;              ///< into Reader::districts()
    std::vector<std::uint32_t> coordinators; ///< into Network::nodes(): who answers for the area
    std::vector<std::uint32_t> forums;       ///< into Network::nodes(): meetings for the area
};

/// The districts of one layer of one municipality. They are told only where some tie or meeting, of whatever day, is of
/// that layer there: else nobody knows whether its districts have either.
struct DistrictLayerForums {
    std::string municipality; ///< wards are their city
    std::string layer;
    std::vector<DistrictForums> districts; ///< by code
    std::uint32_t without_coordinator = 0;
    std::uint32_t without_forum = 0;
    std::uint32_t without_either = 0;
};

/// By municipality and layer; empty: no list speaks of a district in the scope. One for a whole municipality is none
/// for a district, and suspended districts (休校) are left out.
std::vector<DistrictLayerForums> district_forums(const Reader& reader, const NetworkScope& scope);

} // namespace shirube::directory
