// Whose matter a tie or a meeting is, and who may see it at most: nobody makes another municipality's ties, and no name
// that lists keep for staff becomes known by whom it is tied to.
#pragma once

#include "directory/network/hidden_names.hpp"
#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"

namespace shirube::importers {

struct ImportOptions;

/// Settles who may see it, and notes what was changed: tie_of_another. That it names a hidden place is noted as well
/// (tie_hidden_end, forum_member_hidden); editions see to that (directory/store/tie_sight). A decision on another row
/// is left as it is: whether it may speak of that one the store decides.
/// \returns false where it is not the owner's to write (`options.owner`; empty: whoever runs the program may write
/// all): tie_of_others
bool settle_audience(RowCells& cells, const directory::HiddenNames* hidden, const ImportOptions& options,
                     directory::RelationReading& relation);
bool settle_audience(RowCells& cells, const directory::HiddenNames* hidden, const ImportOptions& options,
                     directory::ForumReading& forum);

} // namespace shirube::importers
