#pragma once

#include "geo/area.hpp"
#include "geo/lonlat.hpp"
#include "geo/mesh.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace shirube::geo {

/// How one grid square's children are shared among areas, by surface; in the order of the candidates, without those
/// that get nothing. The shares add up to at most 1:
/// - Areas may overlap (choice zones): where the shares add up to more than 1 they are scaled down to 1.
/// - Where they add up to less and the square's centre lies in an area (or on its edge), the rest is water or the slack
///   between two maps: people live on the covered part, and the shares are scaled up to 1.
/// - Otherwise the rest stays with no area: the caller reports it as outside.
/// \param candidates positions in areas, without repetition; areas that do not meet the square are allowed.
/// \pre the cell has a surface.
std::vector<CellShare> share_cell(const Box& cell, std::span<const MultiPolygon> areas,
                                  std::span<const std::uint32_t> candidates);

} // namespace shirube::geo
