// Ties and meetings in (つながり, 会議体): who commissions whom, who refers to whom and how often, who belongs to which
// meeting. Two layouts of our own, told apart by their columns, see docs/import.md. Persons are never read: who is tied
// and who belongs to a meeting is an organization, a place, a district or a municipality.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/locating/locator.hpp"
#include "importers/relations/tie_audience.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

inline constexpr std::string_view k_relations_profile = "relations-template";
inline constexpr std::string_view k_forums_profile = "forums-template";

/// What reading them needs beside the file.
struct RelationsDesk {
    const directory::Taxonomy& taxonomy;
    const Locator& locator;                         ///< knows municipalities by their names
    const directory::HiddenNames* hidden = nullptr; ///< null: none are known
};

/// Which of the two layouts a header is of.
struct RecognisedTies {
    std::string_view profile;
    std::vector<std::string> understood; ///< by column: the field it is; empty: kept verbatim
};
/// Problem: relations_header_unknown.
std::expected<RecognisedTies, FileProblem> recognise_ties(std::span<const std::string> header);

/// Reads a file into lists: one a layout, and those that take mended rows. Problems: those of files, archives,
/// encodings and tables, relations_header_unknown, profile_unknown (wrong use).
std::expected<std::vector<directory::BatchList>, FileProblem> read_relations(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const RelationsDesk& desk, Intake& intake);

} // namespace shirube::importers
