// Lists of resources in: any table or point file whose header a layout knows.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/locating/locator.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"
#include "importers/resources/further_schedules.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Columns that a point file's shape becomes, after its attributes.
inline constexpr std::string_view k_longitude_column = "@lon";
inline constexpr std::string_view k_latitude_column = "@lat";

/// Reads every table of a file into lists, one for each layout they have, without their claims' completeness. A table
/// that no layout knows is out of scope where another of the file's is known; further schedules of places are kept in
/// `further` until every file is read. Problems: those of files, encodings,
/// archives, tables, workbooks, vector files and the recogniser.
std::expected<std::vector<directory::BatchList>, FileProblem> read_resources(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const directory::Taxonomy& taxonomy,
                                                                             const Locator& locator,
                                                                             FurtherSchedules& further, Intake& intake);

} // namespace shirube::importers
