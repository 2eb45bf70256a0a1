// The steward's desk: what waits in the own municipality, queue by queue.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// "/staff/desk": the queues and how many wait in each.
Answer desk_page(const StaffCall& call);

} // namespace shirube::server
