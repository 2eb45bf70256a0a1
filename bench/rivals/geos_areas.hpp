// The rival of the area index: GEOS with prepared geometries and an STRtree.
#pragma once

#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace shirube::bench {

/// A point and an area that holds it, ascending.
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

enum class GeosLoop : std::uint8_t {
    points_outside,  ///< for each point, the polygons that a tree of polygons offers
    polygons_outside ///< for each polygon, the points that a tree of points offers
};

/// Makes geometries, trees and prepared geometries from coordinates.
class GeosAreas {
  public:
    GeosAreas(std::span<const geo::MultiPolygon> areas, std::span<const geo::LonLat> points);
    GeosAreas(const GeosAreas&) = delete;
    GeosAreas& operator=(const GeosAreas&) = delete;
    ~GeosAreas();

    [[nodiscard]] Pairs join(GeosLoop loop) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace shirube::bench
