// "/staff/desk/ties", "/staff/desk/forums": ties and meetings of the own municipality, edited on a page. What is
// decided is a row like any other, an import of its own, and stands over whatever list the tie came from.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// All of them, by kind, by an end's name and by whether they stand.
Answer ties_page(const StaffCall& call);

Answer new_tie_page(const StaffCall& call);
Answer post_new_tie(const StaffCall& call);
/// "/staff/desk/ties/*", by the id of a relation.
Answer tie_page(const StaffCall& call);
Answer post_tie(const StaffCall& call);

Answer new_forum_page(const StaffCall& call);
Answer post_new_forum(const StaffCall& call);
/// "/staff/desk/forums/*"
Answer forum_page(const StaffCall& call);
Answer post_forum(const StaffCall& call);

} // namespace shirube::server
