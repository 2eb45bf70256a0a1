// The earth's shape, as far as more than one computation here needs it.
#pragma once

#include <numbers>

namespace shirube::geo {

/// Half the equator's width, of WGS84 and of GRS80 alike.
inline constexpr double k_equator_m = 6'378'137.0;

/// Radians of a degree.
inline constexpr double k_radians = std::numbers::pi / 180;

} // namespace shirube::geo
