// A caseworker's search as a page: /staff/match. What is asked comes in the body of a POST and is on the page that
// answers; nothing of it is in an address, a log, a file or a cache.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer match_page(const StaffCall& call);
Answer post_match(const StaffCall& call);

} // namespace shirube::server
