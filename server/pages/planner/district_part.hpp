// One district under one policy: when it has something, for which ages, what lies near it, and what the answer rests
// on.
#pragma once

#include "directory/coverage.hpp"
#include "server/context.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>

namespace shirube::server {

/// \param coverage of the district's layer under the policy
void fill_district_part(View body, const Context& context, const Links& links, const directory::Coverage& coverage,
                        std::uint32_t district);

/// What lies outside, in the order of its distance from the district's middle.
void fill_near(View body, const Context& context, const Links& links, std::uint32_t district);

} // namespace shirube::server
