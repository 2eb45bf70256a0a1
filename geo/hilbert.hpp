#pragma once

#include "geo/lonlat.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace shirube::geo {

/// The place of a cell of the 65,536 × 65,536 grid along the Hilbert curve: cells that follow each other are
/// neighbours.
/// \pre x and y are below 65,536.
std::uint32_t hilbert_index(std::uint32_t x, std::uint32_t y);

/// The positions of the points in the span, ordered along the Hilbert curve over their common box; points of one cell
/// of the curve's grid keep their order.
/// \pre every point is finite; fewer than 2^32 of them.
std::vector<std::uint32_t> hilbert_order(std::span<const LonLat> points);

} // namespace shirube::geo
