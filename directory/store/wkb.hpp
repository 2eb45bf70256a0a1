// Polygons and points between the store's geometry columns and our own types.
#pragma once

#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// OGC well-known binary, MULTIPOLYGON, little endian; rings closed.
std::vector<std::uint8_t> to_wkb(const geo::MultiPolygon& area);

/// Reads a POLYGON or MULTIPOLYGON as SpatiaLite writes it (AsBinary). \throws std::runtime_error where it is neither
geo::MultiPolygon area_from_wkb(std::span<const std::uint8_t> wkb);

/// Reads a point out of SpatiaLite's own BLOB form; nothing where it is none.
std::optional<geo::LonLat> point_from_blob(std::span<const std::uint8_t> blob);

} // namespace shirube::directory
