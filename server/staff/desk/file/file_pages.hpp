// The pages on which a steward hands over a file, looks at what it would change, and accepts or cancels it.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer file_page(const StaffCall& call);
Answer post_file(const StaffCall& call);

/// Of one file, at whatever stage it is; another account's is not there.
Answer dropped_file_page(const StaffCall& call);
Answer post_dropped_file(const StaffCall& call);

} // namespace shirube::server
