#pragma once

#include "geo/lonlat.hpp"

#include <vector>

namespace shirube::geo {

/// A ring of corners in degrees, in either direction, closed (first corner repeated) or not.
using Ring = std::vector<LonLat>;

/// One outer ring and its holes; inside is what an odd number of rings surrounds.
struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
};

/// An area is the union of its polygons.
using MultiPolygon = std::vector<Polygon>;

/// The number of corners of a ring without a closing repetition.
std::size_t corner_count(const Ring& ring);

/// The box around every outer ring and hole; empty when there is no corner.
Box box_of(const Polygon& polygon);
Box box_of(const MultiPolygon& area);

/// The surface in square metres on WGS84, by a cylindrical equal-area projection, within 0.5 % for edges up to 50 km.
/// Rings are taken as simple; holes are subtracted; polygons that overlap count twice where they do.
double area_m2(const Polygon& polygon);
double area_m2(const MultiPolygon& area);

/// Whether the area holds the point or has it on its boundary; for one question. PreparedArea answers many.
bool covers(const MultiPolygon& area, LonLat point);

/// A point for a label: inside the largest polygon and well away from its edges. An area without any surface gives one
/// of its corners.
/// \pre the area has at least one corner.
LonLat point_inside(const MultiPolygon& area);

/// The distance in metres from the point to the nearest part of the area, 0 inside and on the boundary, within 0.1 %
/// (and 2 cm) up to 50 km. An area without corners is infinitely far.
double distance_to_area_m(LonLat point, const MultiPolygon& area);

} // namespace shirube::geo
