// Latitude and longitude cells.
#pragma once

#include "geo/lonlat.hpp"
#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// Reads decimal degrees. A position that cannot be is dropped and said, never mended in silence: two numbers that fit
/// Japan the other way round may as well be two typing errors.
/// Problems: position_unreadable, position_half (one of the two is empty), position_zero, position_swapped,
/// position_outside_japan.
Cell<geo::LonLat> parse_position(std::string_view latitude, std::string_view longitude);

} // namespace shirube::importers
