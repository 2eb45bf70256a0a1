// The plane that tiles are cut from: the web's square world in whole units, fine enough for the deepest zoom, so that
// which tile holds a place and where in it is exact, and the same for every tile.
#pragma once

#include "geo/lonlat.hpp"
#include "geo/web_mercator.hpp"

#include <compare>
#include <cstdint>
#include <limits>
#include <vector>

namespace shirube::server {

/// Units across one tile (Mapbox Vector Tile 2.1, "extent").
inline constexpr unsigned k_extent_bits = 12;
inline constexpr std::int32_t k_extent = 1 << k_extent_bits;

/// How far around a tile areas are kept, so that their outlines are not seen at its border.
inline constexpr std::int32_t k_buffer = 64;

/// The world is 2^34 units wide, 2 mm at the latitude of Japan: one unit of the tiles of zoom 22.
inline constexpr unsigned k_world_bits = geo::k_max_zoom + k_extent_bits;

/// A place on the plane: x grows eastward, y southward, both in [0, 2^34).
struct WorldPoint {
    std::int64_t x = 0;
    std::int64_t y = 0;

    friend auto operator<=>(const WorldPoint&, const WorldPoint&) = default;
};

/// Latitudes beyond the scheme's world are taken at its edge.
/// \pre the point is finite
WorldPoint world_point(geo::LonLat point);

/// A closed box on the plane; empty until something is put in.
struct WorldBox {
    WorldPoint low{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()};
    WorldPoint high{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::min()};

    void expand(WorldPoint point);
    [[nodiscard]] bool meets(const WorldBox& other) const;
    [[nodiscard]] bool holds(const WorldBox& other) const;
};

/// The tile with its buffer.
/// \pre geo::valid(tile)
WorldBox buffered_box(geo::TileId tile);

/// A corner in tile units, from the north-western corner of the tile.
struct TileCorner {
    std::int32_t x = 0;
    std::int32_t y = 0;

    friend bool operator==(const TileCorner&, const TileCorner&) = default;
};

/// The tile unit that holds a place; 0 … 4095 where the tile holds it.
/// \pre geo::valid(tile)
TileCorner corner_of(WorldPoint point, geo::TileId tile);

/// A ring in tile units, open.
using TileRing = std::vector<TileCorner>;

/// Twice the signed surface; positive for a ring that runs clockwise on the screen (y grows southward), which is what
/// the tile format calls an exterior ring.
std::int64_t twice_surface(const TileRing& ring);

/// Cuts a ring (open, in either direction) to the buffered tile and rounds it to tile units. Repeated, collinear and
/// doubled-back corners are left out; empty where no surface is left.
/// \param box around the ring
TileRing ring_in_tile(const std::vector<WorldPoint>& ring, const WorldBox& box, geo::TileId tile);

} // namespace shirube::server
