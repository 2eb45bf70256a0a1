// Needs in: any figure by district, ward, municipality or cell (量の見込み, births, school absence, consultations,
// survey answers) with its unit, period and source. The layout is our own, see docs/import.md.
#pragma once

#include "directory/batch.hpp"
#include "directory/district_book.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Reads a file into lists: one, and those that take mended rows. A district that no list has yet is kept and flagged:
/// it is found when it comes. Problems: those of files, archives, encodings and tables, needs_header_unknown,
/// profile_unknown (wrong use).
std::expected<std::vector<directory::BatchList>, FileProblem> read_needs(const std::filesystem::path& path,
                                                                         std::string_view bytes,
                                                                         const directory::DistrictBook& districts,
                                                                         Intake& intake);

} // namespace shirube::importers
