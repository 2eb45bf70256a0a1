// What has changed about a service or its place, field by field: each that was changed goes into one correction.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer change_page(const StaffCall& call);
Answer post_change(const StaffCall& call);

} // namespace shirube::server
