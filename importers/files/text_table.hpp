// The one table of a delimited text, zipped or not.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>

namespace shirube::importers {

/// Problems: those of archives, encodings and tables; workbook_unread, content_wrong_kind.
std::expected<Table, FileProblem> read_text_table(const std::filesystem::path& path, std::string_view bytes,
                                                  const Limits& limits);

} // namespace shirube::importers
