// Visiting helpers in, as counts (訪問支援員): how many an organization has for an area, weekdays and a skill. Persons
// are never read: a table with a column of them is refused as a whole. The layout is our own, see docs/import.md.
#pragma once

#include "directory/batch.hpp"
#include "directory/district_book.hpp"
#include "directory/taxonomy.hpp"
#include "importers/locating/locator.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

inline constexpr std::string_view k_helpers_profile = "helpers-template";

/// What reading them needs beside the file.
struct HelpersDesk {
    const directory::Taxonomy& taxonomy;
    const Locator& locator; ///< knows municipalities by their names
    const directory::DistrictBook& districts;
};

/// Reads a file into lists: one, and those that take mended rows. A district that no list has yet is kept and flagged:
/// it is found when it comes. Problems: those of files, archives, encodings and tables, helpers_of_persons,
/// helpers_header_unknown, profile_unknown (wrong use).
std::expected<std::vector<directory::BatchList>, FileProblem> read_helpers(const std::filesystem::path& path,
                                                                           std::string_view bytes,
                                                                           const HelpersDesk& desk, Intake& intake);

} // namespace shirube::importers
