// A table of nobody's layout under the names of a kind's fields, by a mapping.
#pragma once

#include "importers/layouts/layout.hpp"
#include "importers/layouts/mapping.hpp"
#include "importers/report/intake.hpp"

namespace shirube::importers {

/// Columns renamed, cells replaced by what they stand for, constants behind. Rows that are not wanted go and count as
/// out of scope. The table keeps how the file writes its columns and cells.
Table mapped_table(Table table, const Mapping& mapping, Intake& intake);

} // namespace shirube::importers
