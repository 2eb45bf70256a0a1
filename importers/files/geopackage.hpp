// GeoPackages (OGC 12-128): geographic files that are SQLite databases. A database may carry views, virtual tables and
// calculated columns, which run when they are read; a file that has any is refused before GDAL opens it.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>

namespace shirube::importers {

/// Whether a geographic file's name says that it is a GeoPackage.
bool is_geopackage_name(std::string_view name);

/// The layer that is named, else the only one, else the only one with the wanted shapes; chosen_member says which.
/// Problems: content_wrong_kind (a SQLite file of another kind), geopackage_unsafe (a: what it holds),
/// layer_missing (a: the name, b: the layers there are), vector_many_layers (a: their names),
/// vector_unreadable, and those of read_layer.
std::expected<VectorFile, FileProblem> read_geopackage(std::string_view bytes, const Limits& limits,
                                                       const WantedLayer& wanted);

/// Problem: geopackage_open, where changes to the file at `path` are still in the log beside it and would be missed.
std::expected<void, FileProblem> check_no_log(const std::filesystem::path& path);

} // namespace shirube::importers
