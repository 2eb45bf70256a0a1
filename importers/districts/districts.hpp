// Districts in: polygons of the National Land Numerical Information's editions or our own plain layout, tables of what
// districts are made of, tables of the addresses that belong to schools. Rows of one municipality and folded name are
// one district.
#pragma once

#include "directory/batch.hpp"
#include "directory/store.hpp"
#include "importers/lists/terms.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// What reading districts needs beside the file.
struct DistrictSources {
    const TermsSheet* terms = nullptr;                ///< what municipalities allow; none: not asked
    std::span<const directory::DistrictName> known{}; ///< districts the store has
};

/// Reads a file into lists, one a layer. A row is accepted, flagged (rings mended, Tokyo datum, …) or rejected with its
/// reason. Of an archive the shapefile is read where there is one, else the GeoJSON, else its tables.
/// Problems: those of files, vector files and tables, header_unknown_districts, profile_unknown.
std::expected<std::vector<directory::BatchList>, FileProblem> read_districts(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const DistrictSources& sources,
                                                                             Intake& intake);

/// Districts among the rows of these lists that have polygons: by layer, municipality and folded name.
std::size_t count_districts(std::span<const directory::BatchList> lists);

/// Rows of these lists that have polygons.
std::size_t count_polygon_rows(std::span<const directory::BatchList> lists);

} // namespace shirube::importers
