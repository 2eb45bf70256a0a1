// Places found in the field that only staff see: whoever runs one agrees, on a day and in a role, and everybody may see
// it.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer finds_page(const StaffCall& call);
Answer post_consent(const StaffCall& call);

} // namespace shirube::server
