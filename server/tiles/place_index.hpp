// Positions in the order of the tiles' quadtree: every tile of every zoom is one stretch of it.
#pragma once

#include "geo/web_mercator.hpp"
#include "server/tiles/tile_plane.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace shirube::server {

/// Place on the quadtree's curve (Morton order): the bits of x and y in turn, the highest first. What shares the first
/// 2 z bits shares the tile of zoom z.
using QuadKey = std::uint64_t;

QuadKey quad_key(WorldPoint point);

class PlaceIndex {
  public:
    struct Entry {
        QuadKey key = 0;
        WorldPoint point;
        std::uint32_t item = 0;
    };

    PlaceIndex() = default;

    /// \param places a point and the item that stands there, in any order
    explicit PlaceIndex(std::span<const std::pair<WorldPoint, std::uint32_t>> places);

    /// What stands in a tile, each place in exactly one tile of a zoom; along the curve, at one place by item.
    /// \pre geo::valid(tile)
    [[nodiscard]] std::span<const Entry> in_tile(geo::TileId tile) const;

  private:
    std::vector<Entry> entries_;
};

/// Which cell of a tile's grid a key lies in: keys of one cell answer the same. The grid has 2^bits cells along each
/// side of a tile of the zoom.
/// \pre zoom + bits <= 32
constexpr QuadKey cell_of(QuadKey key, std::uint32_t zoom, std::uint32_t bits) {
    const std::uint32_t used = 2 * (zoom + bits);
    return used == 0 ? 0 : key >> (64 - used);
}

} // namespace shirube::server
