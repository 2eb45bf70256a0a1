// Who would take on a programme, and who looks for somebody who does: both lists, who has not answered yet, and why
// some declined.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// "/staff/seeds"
Answer seeds_page(const StaffCall& call);
/// "/staff/seeds/offers", "/staff/seeds/wants"
Answer offers_page(const StaffCall& call);
Answer wants_page(const StaffCall& call);

} // namespace shirube::server
