// The planner's page with what else one of its readers is told beside coverage.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <functional>
#include <string>

namespace shirube::server {

/// Fills BESIDE of templates/planner.html. \returns what it depends on besides edition and day
using BesideCoverage = std::function<std::string(View body, const Links& links)>;

Answer planner_page_with(const Request& request, const Context& context, const BesideCoverage& beside);

} // namespace shirube::server
