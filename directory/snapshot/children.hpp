// How the children of census cells are shared among the districts of a layer: computed once an edition, by surface.
#pragma once

#include "directory/snapshot/memberships.hpp"
#include "directory/state.hpp"
#include "geo/mesh.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// One layer's shares, by cell; areas are places within the layer.
using CellShares = Lists<geo::CellShare>;

CellShares share_cells(std::span<const DistrictRow> districts, std::span<const CellRow> cells, const LayerIndex& layer,
                       std::span<const geo::Box> boxes);

/// The boxes of cells, and of towns the squares around their circles; empty where a town has no
/// position.
std::vector<geo::Box> boxes_of_cells(std::span<const CellRow> cells);

/// Children of an age range (years, end exclusive) in one cell. A band that the source kept back counts 0 where it was
/// added to another cell that is counted too: so no child is counted twice and none is lost. Nothing where the
/// published bands cannot say, or where the cell that carries them is missing.
std::optional<std::int64_t> children_in(const CellRow& cell, int from_years, int to_years);

} // namespace shirube::directory
