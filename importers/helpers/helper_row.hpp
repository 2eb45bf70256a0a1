// One row of a list of visiting helpers.
#pragma once

#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/helpers/helpers.hpp"
#include "importers/import.hpp"

#include <optional>
#include <span>
#include <string>

namespace shirube::importers {

/// How a header fits the list's columns.
HeaderFit fit_helpers(std::span<const std::string> header);

/// What a row says; nothing where it is rejected, which a note says. What else cannot be read is noted and unknown.
std::optional<directory::HelperCountReading> read_helper_row(RowCells& cells, const HelpersDesk& desk,
                                                             const ImportOptions& options);

/// Identity within the list: by the district that is meant, however it is called.
std::string key_of(const directory::HelperCountReading& helpers, const directory::DistrictBook& districts);

} // namespace shirube::importers
