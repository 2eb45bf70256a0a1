// Cells that a spreadsheet program would calculate instead of showing.
#pragma once

#include <string>
#include <string_view>

namespace shirube::importers {

/// Whether a spreadsheet would take the cell for a formula (it begins with = + - @, a tab or a carriage return;
/// Japanese ones take the wide signs for the narrow), or would but for apostrophes before it.
bool is_formula(std::string_view cell);

/// The cell with an apostrophe before it where it is one.
std::string harmless(std::string_view cell);

} // namespace shirube::importers
