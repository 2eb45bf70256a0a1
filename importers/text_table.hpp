// The one table of a delimited text, zipped or not.
#pragma once

#include "importers/layout.hpp"
#include "importers/limits.hpp"
#include "importers/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>

namespace shirube::importers {

/// Problems: those of archives, encodings and tables; workbook_unread, content_wrong_kind.
std::expected<Table, FileProblem> read_text_table(const std::filesystem::path& path, std::string_view bytes,
                                                  const Limits& limits);

} // namespace shirube::importers
