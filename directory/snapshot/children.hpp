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

CellShares share_cells(const State& state, const LayerIndex& layer, std::span<const geo::Box> boxes);

/// The boxes of the state's cells.
std::vector<geo::Box> boxes_of_cells(std::span<const CellRow> cells);

/// Children of an age range (years, end exclusive) in one cell. 0 where the cell's detail was added to another cell,
/// which then carries it: so no child is counted twice and none is lost. Nothing where the published bands cannot say.
std::optional<std::int64_t> children_in(const CellRow& cell, int from_years, int to_years);

} // namespace shirube::directory
