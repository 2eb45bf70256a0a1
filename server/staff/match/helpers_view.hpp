// Who could come, on the page of a caseworker's search: a row a count.
#pragma once

#include "directory/match/helpers.hpp"
#include "server/context.hpp"
#include "server/pages/templates.hpp"

#include <span>

namespace shirube::server {

/// Fills templates/staff-match-helpers.html as HELPERS of `answer`; nothing where nobody is known.
void fill_helpers(View answer, const Context& context, std::span<const directory::PossibleHelpers> helpers);

} // namespace shirube::server
