// A caseworker's search. The family's situation comes in a body, is held against the edition in memory and is gone: it
// stands in no address, no log, no cache and no file.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// POST: see docs/matching.md for the body.
Answer post_staff_match(const StaffCall& call);
/// GET: what can be asked, by the rules in force or by those of ?rules=.
Answer get_staff_match_needs(const StaffCall& call);

} // namespace shirube::server
