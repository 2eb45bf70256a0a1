// The parts of XLSX and ODS files that GDAL is shown, bounded and rid of what it misreads.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace shirube::importers {

/// The parts of an XLSX file that hold cells, as a tar (which GDAL opens as it opens a zip, and which needs no
/// packing). Left out: readings of kanji, which GDAL appends to the text they stand above, and formatted rows without
/// cells at the sheet's end; formats of days that GDAL does not know are replaced by one that it does. Problems: those
/// of read_archive.
std::expected<std::string, FileProblem> xlsx_parts(std::string_view bytes, const Limits& limits);

/// The same of an ODS file, without comments, which GDAL takes for a part of their cell, and with the blank rows at a
/// sheet's end, which LibreOffice repeats a million times, once.
std::expected<std::string, FileProblem> ods_parts(std::string_view bytes, const Limits& limits);

/// `xml` without the elements of that name, whatever their prefix, and all that is in them.
std::string without_elements(std::string xml, std::string_view name);

/// A number format as one that GDAL takes for a day or a moment; formats of anything else as they are.
std::string_view known_format(std::string_view code);

} // namespace shirube::importers
