// Pairs of places that may be one: a person says whether they are.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer links_page(const StaffCall& call);
/// The field `do` says what: same, apart. A pair that is left waits where it is.
Answer post_link(const StaffCall& call);

} // namespace shirube::server
