// The tables of a delimited text.
#pragma once

#include "importers/layout.hpp"
#include "importers/limits.hpp"
#include "importers/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// The one table of a delimited text, or of the only text in an archive. Problems: those of encodings, archives and
/// tables; workbook_unread.
std::expected<std::vector<Table>, FileProblem> read_plain_tables(const std::filesystem::path& path,
                                                                 std::string_view bytes, const Limits& limits);

} // namespace shirube::importers
