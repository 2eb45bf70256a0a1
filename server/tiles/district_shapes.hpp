// The outlines of one layer's districts, made ready to be drawn at any zoom. Neighbours share their borders: a border
// is simplified once, as a line of its own, so that no gap opens between them.
#pragma once

#include "directory/state.hpp"
#include "geo/box_tree.hpp"
#include "geo/web_mercator.hpp"
#include "server/tiles/tile_plane.hpp"
#include "server/tiles/vector_tile.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace shirube::server {

/// A ring, open, with what each corner is worth: the tolerance (in world units) up to which it must be kept.
struct ShapeRing {
    std::vector<WorldPoint> corners;
    std::vector<float> worth;
    WorldBox box;

    /// The ring without the corners that are worth less.
    [[nodiscard]] std::vector<WorldPoint> simplified(double tolerance) const;
};

/// Says what every corner of many rings is worth (Douglas and Peucker's distances, each at most that of the corner it
/// hangs on). Lines that several rings share, in either direction, are judged alike. Corners where borders part are
/// always kept.
/// \pre corners of a ring are open and without repetition in a row
void judge_corners(std::span<ShapeRing> rings);

class DistrictShapes {
  public:
    /// \param districts one layer's, by code; their positions in the span are what visit is given
    explicit DistrictShapes(std::span<const directory::DistrictRow> districts);

    /// visit(index, polygons) for each district that shows in the tile, ascending: cut to the tile with its buffer,
    /// simplified to half a screen pixel of a 512-pixel tile, wound as the format asks. What is smaller than a tile
    /// unit does not show.
    template <class Visit>
    void for_each_in(geo::TileId tile, Visit&& visit) const {
        for (const std::uint32_t district : near(tile)) {
            if (const std::vector<TilePolygon> polygons = polygons_in(district, tile); !polygons.empty()) {
                visit(district, polygons);
            }
        }
    }

    /// Around all districts; empty where there is none.
    [[nodiscard]] const geo::Box& bounds() const noexcept { return bounds_; }

  private:
    struct Shape {
        std::uint32_t first_polygon = 0;
        std::uint32_t polygon_count = 0;
    };
    struct Span {
        std::uint32_t first_ring = 0; ///< the outer one; its holes follow
        std::uint32_t ring_count = 0;
    };

    void add(const geo::MultiPolygon& geometry);
    void add_ring(const geo::Ring& ring);
    [[nodiscard]] std::vector<std::uint32_t> near(geo::TileId tile) const;
    [[nodiscard]] std::vector<TilePolygon> polygons_in(std::uint32_t district, geo::TileId tile) const;

    std::vector<Shape> shapes_; ///< a district each
    std::vector<Span> polygons_;
    std::vector<ShapeRing> rings_;
    geo::Box bounds_;
    geo::BoxTree tree_;
    std::vector<std::uint32_t> district_of_item_; ///< of the tree
};

} // namespace shirube::server
