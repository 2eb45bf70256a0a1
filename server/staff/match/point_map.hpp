// A drawing of a whole municipality on which a caseworker points at a place. It comes with the page, so that neither a
// click nor a closer look asks anybody for anything.
#pragma once

#include "directory/reader.hpp"
#include "server/pages/templates.hpp"

#include <string_view>

namespace shirube::server {

/// Shows MAP of templates/staff-match.html where districts of the municipality are drawn. \returns whether they are
bool fill_point_map(View form, const directory::Reader& reader, std::string_view owner);

} // namespace shirube::server
