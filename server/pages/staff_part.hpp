#pragma once

#include "server/context.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>

namespace shirube::server {

/// What staff are told of a service beside the public: who else may see it, and what its lists say for staff alone.
void fill_staff_part(View body, const Context& context, std::uint32_t service);

} // namespace shirube::server
