#pragma once

#include "geo/lonlat.hpp"

#include <cstdint>

namespace shirube::geo {

/// A tile of the web's map scheme (EPSG:3857): x grows eastward, y southward.
struct TileId {
    std::uint32_t z = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;

    friend bool operator==(const TileId&, const TileId&) = default;
};

/// A place in a tile, in units of extent per tile from the north-western corner; outside 0 … extent when outside the
/// tile.
struct TilePoint {
    double x = 0;
    double y = 0;
};

inline constexpr std::uint32_t k_max_zoom = 22;

/// The latitude, north and south, at which the scheme's square world ends.
inline constexpr double k_mercator_max_lat = 85.051128779806604;

/// Whether there is such a tile.
constexpr bool valid(TileId tile) { return tile.z <= k_max_zoom && tile.x < (1U << tile.z) && tile.y < (1U << tile.z); }

/// \pre valid(tile).
Box tile_box(TileId tile);

/// The tile that holds the point; what lies beyond the edge of the scheme's world goes to the tile at that edge.
/// \pre zoom <= k_max_zoom.
TileId tile_at(LonLat point, std::uint32_t zoom);

/// \pre valid(tile). Latitudes beyond the scheme's world are taken at its edge.
TilePoint to_tile(LonLat point, TileId tile, double extent = 4096);

} // namespace shirube::geo
