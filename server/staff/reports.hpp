// What the public says is wrong with services of one's own municipality: a queue, newest first, and what came of it.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// "/staff/reports"
Answer staff_reports_page(const StaffCall& call);
/// The fields `report` (its number), `outcome` and `note` close one.
Answer post_staff_report(const StaffCall& call);

/// How many of one's own municipality wait; 0 too where the role may not look.
std::int64_t reports_waiting(const StaffCall& call);

} // namespace shirube::server
