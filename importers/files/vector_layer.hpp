// One layer of a geographic file, feature by feature, bounded.
#pragma once

#include "importers/files/decode.hpp"
#include "importers/files/gdal.hpp"
#include "importers/files/limits.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/report/problem.hpp"

#include <expected>

class OGRLayer;

namespace shirube::importers {

/// \param encoding of attributes; what GDAL decodes itself is UTF-8
/// \param wanted of places a line is a point
/// \param errors what GDAL complained about since the file was opened
/// Problems: crs_unusable, too_many_columns, vector_too_many, cell_too_long (row = feature), table_too_big,
/// vector_unreadable.
std::expected<VectorFile, FileProblem> read_layer(OGRLayer& layer, Encoding encoding, WantedShapes wanted,
                                                  const Limits& limits, const GdalErrors& errors);

} // namespace shirube::importers
