// Which municipality a service is of.
#pragma once

#include "directory/state.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace shirube::directory {

/// Whether a service is a municipality's own: it lies there; or it lies nowhere and is for that municipality, by its
/// code or by a district of it (対象区域). A ward's is its designated city's.
/// \param lies the municipality of its place; empty where nobody knows
/// \param served the districts it is for, into `districts`
/// \param municipality 5 digits, of a city, town or village, not of a ward
bool is_of(std::string_view municipality, std::string_view lies, const ServiceRow& service,
           std::span<const std::uint32_t> served, std::span<const DistrictRow> districts);

} // namespace shirube::directory
