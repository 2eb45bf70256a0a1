// Sheets of a workbook (XLSX, ODS, XLS) as tables of texts, read by GDAL in memory. Formulas are never evaluated: what
// was stored beside them counts. Macros, links to other files, pictures and comments are not looked at.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Every sheet that is not empty, in the workbook's order. The first record that is not blank is the header; rows are
/// those of the sheet. Numbers are texts of at most 15 digits, as spreadsheets count; days are "2024/04/01" (XLSX) or
/// "2024-04-01", times of day "18:00:00" or, where the sheet formats them as nothing in particular, fractions of a day.
/// Problems: workbook_unreadable (a: why), workbook_locked, workbook_many_sheets, archive_too_big, archive_damaged,
/// archive_member_damaged, archive_too_many_members, too_many_columns, cell_too_long, table_too_big, table_empty.
std::expected<std::vector<Table>, FileProblem> read_workbook(std::string_view bytes, const Limits& limits);

/// A number as a spreadsheet shows it in a cell wide enough: at most 15 significant digits, no exponent. What is no
/// number, or shows no more than 15 digits, is answered as it is.
std::string plain_number(std::string text);

} // namespace shirube::importers
