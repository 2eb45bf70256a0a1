// Unmet need as planners are told it: a page, a part of the planner's page beside coverage, and tables for programs.
#pragma once

#include "server/pages/templates.hpp"
#include "server/staff/staff_call.hpp"

#include <string>

namespace shirube::server {

/// /staff/unmet?from=2026-10: one quarter.
Answer unmet_page(const StaffCall& call);
/// /api/v1/staff/unmet?from=&to=&f=: the quarters that hold these months; without them the last four.
Answer get_staff_unmet(const StaffCall& call);

/// The planner's page of staff, with the counts of the newest quarter that has some.
Answer staff_planner_page(const StaffCall& call);

} // namespace shirube::server
