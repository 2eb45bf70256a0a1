// Lists of resources in: any table or point file whose header a layout knows.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/intake.hpp"
#include "importers/locator.hpp"
#include "importers/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>

namespace shirube::importers {

/// Columns that a point file's shape becomes, after its attributes.
inline constexpr std::string_view k_longitude_column = "@lon";
inline constexpr std::string_view k_latitude_column = "@lat";

/// Reads a file into one list without its claims' completeness. Problems: those of files, encodings, tables, vector
/// files and the recogniser.
std::expected<directory::BatchList, FileProblem> read_resources(const std::filesystem::path& path,
                                                                std::string_view bytes,
                                                                const directory::Taxonomy& taxonomy,
                                                                const Locator& locator, Intake& intake);

} // namespace shirube::importers
