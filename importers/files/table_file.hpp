// Tables out of any file that holds tables: delimited texts, workbooks, and archives of them.
#pragma once

#include "importers/files/archive.hpp"
#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Every table of a file that is not empty: a delimited text has one, a workbook one a sheet, an archive those of its
/// members. `bytes` say what the file is, never its name: a zip may be called .csv. Cells are verbatim as texts, rows
/// are counted as a spreadsheet counts them; Table::file is `path`, with the member's name where there is one, and
/// Table::sheet a workbook's sheet. Records without any cell stand for blank rows.
/// Problems: those of encodings, archives, tables and workbooks; content_wrong_kind (a: what it is);
/// archive_without_table.
std::expected<std::vector<Table>, FileProblem> read_tables(const std::filesystem::path& path, std::string_view bytes,
                                                           const Limits& limits);

/// The members of an archive whose names are those of tables. Problems: those of read_archive, archive_without_table.
std::expected<std::vector<ArchiveMember>, FileProblem> read_table_members(std::string_view bytes, const Limits& limits);

} // namespace shirube::importers
