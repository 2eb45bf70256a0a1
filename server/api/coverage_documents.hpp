// A coverage in the forms it is handed out in: the API's JSON and GeoJSON. Tables are in coverage_table.hpp.
#pragma once

#include "directory/coverage.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace shirube::server {

nlohmann::ordered_json coverage_json(const directory::Reader& reader, const directory::Coverage& coverage);
/// The same written out, district by district, so that no document of a whole country stands in memory.
std::string coverage_json_text(const directory::Reader& reader, const directory::Coverage& coverage);

/// The districts as features with the same properties; the rest of the document stands beside them.
nlohmann::ordered_json coverage_geojson(const directory::Reader& reader, const directory::Coverage& coverage);

/// One district's figures, under the contract's names; unknown ones are null.
nlohmann::ordered_json district_document(const directory::Reader& reader, const directory::Coverage& coverage,
                                         const directory::DistrictCoverage& of);

} // namespace shirube::server
