// Seeds, needs and askings for programs, as far as whoever asks may see them.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// /api/v1/staff/seeds?of=offers|wants|askings&f=json|csv: all of them with counts, or a table of one.
Answer get_staff_seeds(const StaffCall& call);
/// /api/v1/staff/seeds/{id}?limit=: one, with those it may be matched with, ranked.
Answer get_staff_seed(const StaffCall& call);

} // namespace shirube::server
