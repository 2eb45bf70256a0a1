// How far from its point an address of a block may lie.
#pragma once

#include "geo/lonlat.hpp"

#include <span>
#include <vector>

namespace shirube::importers {

/// The radius around each point of one municipality's blocks within which the addresses of its block lie, in the order
/// of the points. No gazetteer publishes it; it is estimated from the neighbours.
std::vector<double> block_extents_m(std::span<const geo::LonLat> points);

} // namespace shirube::importers
