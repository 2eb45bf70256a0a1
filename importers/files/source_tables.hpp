// Any file as tables: texts, workbooks, archives of them, and geographic files, whose shapes become two columns.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <cstddef>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Columns that a point file's shape becomes, after its attributes.
inline constexpr std::string_view k_longitude_column = "@lon";
inline constexpr std::string_view k_latitude_column = "@lat";

/// What is doubtful about a record before any layout sees it.
struct RowDoubt {
    std::string_view code; ///< geometry_missing, geometry_not_point, tokyo_datum, attribute_cut
    std::optional<std::size_t> column{};
};

struct SourceTable {
    Table table;
    std::vector<std::vector<RowDoubt>> doubts{}; ///< a record's, in order; none of a table
    std::string chosen_member{};                 ///< as of VectorFile
};

/// \param wanted a layer, a sheet or a file of an archive by its name; shapes matter for geographic files
/// Problems: those of read_vector_file and read_tables, layer_missing.
std::expected<std::vector<SourceTable>, FileProblem> read_source_tables(const std::filesystem::path& path,
                                                                        std::string_view bytes, const Limits& limits,
                                                                        const WantedLayer& wanted = {});

} // namespace shirube::importers
