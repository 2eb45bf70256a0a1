// How a family begins to use a service: what to do first, and with whom.
#pragma once

#include "server/context.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>
#include <string_view>

namespace shirube::server {

/// Whether nobody can begin there on their own: a consultation agency refers, or the municipality decides.
bool begins_elsewhere(directory::Entry entry) noexcept;

/// Fills the section START: a sentence, and what to press. Where a service is begun elsewhere the button leads to those
/// with whom it begins, and the service's own telephone is a link among words.
void fill_start(View body, const Context& context, const Links& links, std::uint32_t service, std::string_view name);

} // namespace shirube::server
