// Corrections by hand in: what a steward decided on doubtful pairs, and values she knows better than the lists. The
// layout is our own (the template `corrections`), see docs/import.md.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/locating/locator.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

inline constexpr std::string_view k_corrections_profile = "corrections";

// Columns that are no columns of the list template.
inline constexpr std::string_view k_correction_target = "対象ID";
inline constexpr std::string_view k_correction_other = "相手ID";
inline constexpr std::string_view k_correction_verdict = "判定";
inline constexpr std::string_view k_correction_on = "決めた日";
inline constexpr std::string_view k_correction_by = "決めた人";
inline constexpr std::string_view k_correction_reason = "理由";
// Told for whoever decides, and not read.
inline constexpr std::string_view k_correction_target_name = "対象（参考）";
inline constexpr std::string_view k_correction_other_name = "相手（参考）";

// What a cell of 判定 says.
inline constexpr std::string_view k_verdict_same = "同じ";
inline constexpr std::string_view k_verdict_apart = "別";

/// What a cell says to make a value unknown.
inline constexpr std::string_view k_clear = "消す";

/// What reading corrections needs beside the file.
struct CorrectionDesk {
    const directory::Taxonomy& taxonomy;
    const Locator& locator;
    std::function<bool(const std::string& public_id)> stands; ///< whether a place or a service of that id is there
};

/// Reads a file into lists: one, and those that take mended rows. A row is taken whole or not at all: where a cell
/// cannot be read nothing of it is corrected. One that speaks of what is not there is kept and flagged: it takes effect
/// when that comes. A pair without 判定 is not decided yet and out of scope. Problems: those of files, archives,
/// encodings, workbooks and tables; corrections_header_unknown; profile_unknown (wrong use).
std::expected<std::vector<directory::BatchList>, FileProblem> read_corrections(const std::filesystem::path& path,
                                                                               std::string_view bytes,
                                                                               const CorrectionDesk& desk,
                                                                               Intake& intake);

} // namespace shirube::importers
