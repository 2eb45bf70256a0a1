// The way in and out: name and password, the second step, signing out.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer sign_in_page(const StaffVisit& visit);
Answer post_sign_in(const StaffVisit& visit);
/// For a form that came after its session was over: says so, and leads back to where it was filled in.
Answer sign_in_to_resume(const StaffVisit& visit, std::string_view next);

/// For a session that waits for its second factor.
Answer code_page(const StaffCall& call);
Answer post_code(const StaffCall& call);

Answer post_sign_out(const StaffCall& call);

} // namespace shirube::server
