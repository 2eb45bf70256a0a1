// The point of a feature, which stands in two columns behind its attributes (files/source_tables.hpp).
#pragma once

#include "geo/lonlat.hpp"
#include "importers/columns/row_cells.hpp"

#include <optional>
#include <string_view>

namespace shirube::importers {

/// Nothing where there is none, or it lies outside Japan.
std::optional<geo::LonLat> shape_position(std::string_view longitude, std::string_view latitude);

/// The same of a row; one outside Japan is noted (facility_outside_japan).
std::optional<geo::LonLat> take_shape_position(RowCells& cells);

} // namespace shirube::importers
