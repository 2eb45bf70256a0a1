// Cells of a workbook as a person sees them, where GDAL shows what lies beneath.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// What the cells of an XLSX lean on in its other parts.
struct XlsxCells {
    std::vector<bool> is_percent;   ///< by cell format (s="…")
    std::size_t shared_strings = 0; ///< how many texts there are to point at
};

/// \param styles xl/styles.xml, \param shared xl/sharedStrings.xml; either may be empty
XlsxCells read_xlsx_cells(std::string_view styles, std::string_view shared);

/// A sheet with "50%" where it has 0.5 in a cell shown as a percentage: lists mean what is seen. Errors: a cell that
/// points at a text the workbook does not hold; GDAL would read the number of the text as if it were the text.
/// \returns the reference of that cell ("B7") as the error
std::expected<std::string, std::string> settle_xlsx_cells(std::string sheet, const XlsxCells& cells);

/// The same of an ODS's content: percentages as the texts they are seen as (33% of 0.333; the file holds no other
/// text).
std::string settle_ods_cells(std::string content);

} // namespace shirube::importers
