// The members of a shapefile, checked before GDAL sees them. Lists come without .shx, .prj and .cpg, and cut off.
#pragma once

#include "importers/files/decode.hpp"
#include "importers/files/limits.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

namespace shirube::importers {

struct Shapefile {
    std::string shp{};
    std::string dbf{};
    std::string shx{}; ///< made anew from the .shp, whatever came along
    std::string prj{}; ///< empty where there is none
    std::string cpg{};
};

/// Reads what belongs to `path` (its .shp, whose bytes are given) from the same folder, extensions in either case.
/// Problems: shapefile_member_missing, those of files.
std::expected<Shapefile, FileProblem> gather_shapefile(const std::filesystem::path& path, std::string shp,
                                                       const Limits& limits);

/// Walks every record of both members and makes the index.
/// Problems: shapefile_truncated (row: the first record that is not whole), shapefile_inconsistent, vector_wrong_kind.
std::expected<void, FileProblem> check_and_index(Shapefile& shapefile);

/// What its texts are written in: as .cpg says where it says UTF-8, else UTF-8 where all of them are, else CP932.
Encoding encoding_of(const Shapefile& shapefile);

} // namespace shirube::importers
