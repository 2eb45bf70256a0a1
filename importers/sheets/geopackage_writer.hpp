// Tables with shapes as a GeoPackage (OGC 12-128), which every GIS opens: layers of areas or points, and tables without
// any.
#pragma once

#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace shirube::importers {

/// Nothing is unknown, and NULL in the file.
using GeoCell = std::variant<std::monostate, std::string, std::int64_t, double>;

struct GeoColumn {
    enum class Kind : std::uint8_t { text, whole, real };
    std::string name;  ///< as SQL and a GIS name it: ASCII
    std::string title; ///< what a GIS shows instead; empty: the name
    Kind kind = Kind::text;
};

/// Where a row is; nothing: nowhere, or nobody knows. An area is not owned.
using GeoShape = std::variant<std::monostate, geo::LonLat, const geo::MultiPolygon*>;

struct GeoRow {
    GeoShape shape;
    std::vector<GeoCell> cells; ///< a cell a column
};

struct GeoTable {
    enum class Shapes : std::uint8_t { none, points, areas };
    std::string name;
    std::string title;
    Shapes shapes = Shapes::none;
    std::vector<GeoColumn> columns;
    std::vector<GeoRow> rows;
};

struct GeoBook {
    std::vector<GeoTable> tables;
    std::string changed_at; ///< UTC, as in 2026-11-21T01:00:00.000Z: the same book makes the same file on any day
};

/// Positions are WGS 84 (EPSG:4326); layers have a spatial index. Made in memory and gone from GDAL whatever happens.
/// \throws std::length_error where it would be larger than some hundred megabytes, std::runtime_error where GDAL fails
std::string to_geopackage(const GeoBook& book);

} // namespace shirube::importers
