#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// "/staff": what may be done here, and what of the directory is not public.
Answer staff_home(const StaffCall& call);

} // namespace shirube::server
