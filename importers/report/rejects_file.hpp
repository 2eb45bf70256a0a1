// The file of rejected rows on disk. It holds contacts as the list has them: only its owner may read it.
#pragma once

#include "importers/import.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <span>
#include <vector>

namespace shirube::importers {

/// Whether rejected rows of such an import can be written there; nothing stays behind.
/// Problems: rejects_wrong_form, rejects_wrong_kind, rejects_is_input (wrong use), rejects_unwritable.
std::expected<void, FileProblem> check_rejects(const std::filesystem::path& path, const ImportOptions& options);

/// Writes FILE.csv (and FILE-2.csv … where there are several tables) or a FILE.xlsx of one sheet a table, whole or not
/// at all, with mode 0600. Answers the files, none where no row was rejected.
/// Problems: rejects_unwritable (a: why), rejects_cell_too_long (of XLSX).
std::expected<std::vector<std::filesystem::path>, FileProblem> write_rejects(const std::filesystem::path& path,
                                                                             std::span<const RejectedTable> tables);

} // namespace shirube::importers
