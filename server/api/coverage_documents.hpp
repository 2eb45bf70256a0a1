// A coverage in the forms it is handed out in: the API's JSON and GeoJSON, CSV for spreadsheets. The command line
// writes the same.
#pragma once

#include "directory/coverage.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace shirube::server {

nlohmann::ordered_json coverage_json(const directory::Reader& reader, const directory::Coverage& coverage);

/// The districts as features with the same properties; the rest of the document stands beside them.
nlohmann::ordered_json coverage_geojson(const directory::Reader& reader, const directory::Coverage& coverage);

/// UTF-8 with a byte order mark, CRLF, one district a line, `language` ja or en headers. Cells that a spreadsheet would
/// run as a formula are made harmless.
std::string coverage_csv(const directory::Reader& reader, const directory::Coverage& coverage,
                         std::string_view language);

} // namespace shirube::server
