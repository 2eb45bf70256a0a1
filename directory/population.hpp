// Which cells and towns are counted where several lists speak of one place: everybody once and nobody lost.
#pragma once

#include "directory/state.hpp"

#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

/// A cell or a town as a list in force has it.
struct CellCandidate {
    CellRow cell;
    std::vector<std::string> carries; ///< whose detail it holds beside its own (GASSAN)
};

/// The cells and towns that are counted.
///
/// **Cells.** Where several lists, or several levels, lie over each other, one of them is counted: the finest level,
/// then the newest list, then the one with more ages, then by name. Suppression ties cells together (one holds
/// another's detail), and the ties of two levels do not fit each other; so ties are counted whole or not at all, and
/// one that would leave a square of another tie to nobody steps back. Where that finds no way, one level of one list is
/// counted in the whole group, the first that has a cell in every square of the others; and where none has, a cell of a
/// broken tie keeps its total but not its ages, which are unknown.
///
/// **Towns.** Of a municipality's lists of towns the newest is counted, and none where a town's point lies in a cell
/// that is counted: cells are where people live, a town's circle is a guess.
///
/// A suppressed cell or town whose carrier is not counted is marked (`carrier_missing`).
/// \param lists what the rows' `list` refers to
/// \return cells by mesh, then towns by municipality and code
std::vector<CellRow> cells_in_use(std::vector<CellCandidate> candidates, std::span<const ListRow> lists);

} // namespace shirube::directory
