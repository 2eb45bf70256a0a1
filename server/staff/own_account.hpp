// What everybody may do with their own account: another password, the second step.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer password_page(const StaffCall& call);
Answer post_password(const StaffCall& call);

Answer totp_page(const StaffCall& call);
/// "begin": a new secret, shown once.
Answer post_totp_begin(const StaffCall& call);
Answer post_totp_confirm(const StaffCall& call);
/// Asks for the password again: who finds a session open must not take the second step away.
Answer post_totp_remove(const StaffCall& call);

} // namespace shirube::server
