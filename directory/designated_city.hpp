#pragma once

#include <string_view>

namespace shirube::directory {

/// The designated city (政令指定都市) a ward belongs to: 12101 千葉市中央区 → 12100 千葉市. Lists of a city speak of
/// the city, school districts of its wards. Any other municipality, Tokyo's special wards among them, answers itself.
/// \param municipality 5 digits (JIS X 0402)
std::string_view designated_city_of(std::string_view municipality) noexcept;

/// Whether what is said of an area is said of a municipality: it is the same, its designated city, or its prefecture (2
/// digits). Nothing is said of an unknown municipality.
bool lies_in(std::string_view municipality, std::string_view area) noexcept;

} // namespace shirube::directory
