#pragma once

#include <string_view>

namespace shirube::directory {

/// The designated city (政令指定都市) a ward belongs to: 12101 千葉市中央区 → 12100 千葉市. Lists of a city speak of
/// the city, school districts of its wards. Any other municipality, Tokyo's special wards among them, answers itself.
/// \param municipality 5 digits (JIS X 0402)
std::string_view designated_city_of(std::string_view municipality) noexcept;

} // namespace shirube::directory
