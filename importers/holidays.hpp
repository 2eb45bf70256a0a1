// Public holidays in: the Cabinet Office's list (syukujitsu.csv), a date and a name a row.
#pragma once

#include "directory/batch.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Reads a file into lists: one, and those that take mended rows. Problems: those of files, archives, encodings and
/// tables, holidays_header_unknown, profile_unknown (wrong use).
std::expected<std::vector<directory::BatchList>, FileProblem> read_holidays(const std::filesystem::path& path,
                                                                            std::string_view bytes, Intake& intake);

} // namespace shirube::importers
