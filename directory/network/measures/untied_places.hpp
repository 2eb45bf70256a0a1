// Places with no tie: services whose organization and place no relation and no meeting names.
#pragma once

#include "directory/network/network_view.hpp"

#include <cstdint>
#include <vector>

namespace shirube::directory {

struct UntiedFamily {
    ProgrammeIndex family = 0;
    std::uint32_t tied = 0;
    std::vector<std::uint32_t> untied;  ///< into Reader::services(), in the order of their ids
    std::vector<std::uint32_t> unknown; ///< of municipalities whose ties no list tells
};

struct UntiedPlaces {
    std::vector<UntiedFamily> families; ///< that have a service in the scope, in the taxonomy's order
    std::uint32_t tied = 0;
    std::uint32_t untied = 0;
    std::uint32_t unknown = 0;
};

/// A tie of its place is a tie of a service; one of its organization is, where the tie is about no programme or about
/// this one, of whatever kind it is (see of_all_kinds). Who could host something some day (担い手) is no help yet and
/// is left out.
UntiedPlaces untied_places(const Reader& reader, const NetworkScope& scope);

/// Whether a service is tied by one of these edges.
bool is_tied(const Reader& reader, const NetworkView& view, std::uint32_t service);

} // namespace shirube::directory
