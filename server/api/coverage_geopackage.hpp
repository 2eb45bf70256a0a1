// A coverage for a GIS: the districts as areas with every figure of the JSON, the blank areas as numbered points, and a
// table of what it all rests on.
#pragma once

#include "directory/coverage.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

inline constexpr std::string_view k_geopackage_type = "application/geopackage+sqlite3";

/// Layers `districts` and `blank_areas`, the table `about`. Columns have the JSON's names; unknown is NULL; lists of
/// codes are one text, parted by "|".
/// \param language of tiers, of what columns are called beside their names, and of the policy's name
/// \throws std::length_error, std::runtime_error as importers::to_geopackage
std::string coverage_geopackage(const directory::Reader& reader, const directory::Coverage& coverage,
                                std::string_view language);

} // namespace shirube::server
