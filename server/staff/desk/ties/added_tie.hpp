// Which tie or meeting was added last: the list of them names it above all others, for it may be on any of its pages.
#pragma once

#include "server/pages/links.hpp"
#include "server/staff/desk/desk_frame.hpp"

#include <optional>
#include <string>

namespace shirube::server {

/// The list of ties and meetings, with the mark of what was added.
std::string added_address(const KeptRow& kept);

/// What the address marks, where it is still there and still the municipality's own.
std::optional<KeptThing> added_thing(const StaffCall& call, const Links& links, const Texts& texts);

} // namespace shirube::server
