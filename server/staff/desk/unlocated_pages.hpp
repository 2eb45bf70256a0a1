// Addresses that nobody could place: the point is given by hand, or the address is mended and looked for again.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer unlocated_page(const StaffCall& call);
Answer unlocated_site_page(const StaffCall& call);
/// A click on the map or a button beside it comes nearer and keeps nothing; the field `do` says what is kept: place,
/// address.
Answer post_unlocated_site(const StaffCall& call);

} // namespace shirube::server
