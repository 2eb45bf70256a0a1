#pragma once

#include "geo/area.hpp"
#include "geo/lonlat.hpp"

#include <span>
#include <vector>

namespace shirube::geo {

/// The share, 0 to 1, of the box's surface that lies inside the area. Surfaces are measured in degrees, which inside
/// one mesh cell or tile is the same. Rings are taken as simple; polygons of one area must not overlap each other (the
/// result is at most 1 in any case).
/// \pre the box has a surface.
double overlap_fraction(const Box& cell, const MultiPolygon& area);

/// The part of a ring inside the box, open, by Sutherland and Hodgman: pieces of a ring that the box tears apart stay
/// joined by edges along the border of the box. Empty when nothing with a surface is left.
Ring clip_ring(const Ring& ring, const Box& box);

/// Every polygon cut to the box; what vanishes is left out.
MultiPolygon clip_to_box(const MultiPolygon& area, const Box& box);

/// The line with fewer points: none of the points left out lies farther than the tolerance from what is kept (Douglas
/// and Peucker, without recursion). First and last point are kept, so that a closed ring stays closed.
/// \pre tolerance_deg >= 0.
std::vector<LonLat> simplify(std::span<const LonLat> line, double tolerance_deg);

} // namespace shirube::geo
