// Districts in: polygons with a municipality and a name, of the National Land Numerical Information's editions or our
// own plain layout. Rows of one municipality and folded name are one district.
#pragma once

#include "directory/batch.hpp"
#include "importers/intake.hpp"
#include "importers/problem.hpp"

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// Where an edition keeps what we ask for; empty: it does not have it.
struct DistrictEdition {
    std::string_view profile;
    std::string_view municipality; ///< 5-digit code
    std::string_view municipality_name;
    std::string_view name;
    std::string_view school_code;
};

/// The editions known, each with its columns.
std::span<const DistrictEdition> district_editions();

/// Reads a file into one list. A row is accepted, flagged (rings mended, Tokyo datum, …) or rejected with its reason.
/// Problems: those of files and vector files, header_unknown_districts, profile_unknown.
std::expected<directory::BatchList, FileProblem> read_districts(const std::filesystem::path& path,
                                                                std::string_view bytes, Intake& intake);

/// Districts among the rows of these lists: by municipality and folded name.
std::size_t count_districts(std::span<const directory::BatchList> lists);

} // namespace shirube::importers
