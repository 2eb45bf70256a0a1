// One row that somebody wrote into a form instead of a file. It goes the way of every file: the same columns, the same
// cleaning, the same checks, one import that can be undone.
#pragma once

#include "importers/import.hpp"

#include <string>
#include <utility>
#include <vector>

namespace shirube::importers {

/// Columns of a template and what their cells say, in order.
using WrittenCells = std::vector<std::pair<std::string, std::string>>;

/// The table that a file of the row would be: CSV, UTF-8, a header and a row.
std::string table_of(const WrittenCells& cells);

/// Appends the row as an import of its own. It is taken whole or not at all: where it is not, the report has the issues
/// and no import (`import_id` is 0), and the store is as it was.
/// \param options one name under `files`, which the history tells in the place of a file's
/// \throws directory::StoreError where the store fails
std::expected<Report, ImportFailure> append_written_row(directory::Store& store, const ImportOptions& options,
                                                        const WrittenCells& cells);

} // namespace shirube::importers
