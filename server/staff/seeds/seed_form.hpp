// The form of a seed or a need: a new one, or one of the own municipality's that changes.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// "/staff/seeds/offers/new", "/staff/seeds/wants/new"
Answer new_offer_page(const StaffCall& call);
Answer new_want_page(const StaffCall& call);
Answer post_new_offer(const StaffCall& call);
Answer post_new_want(const StaffCall& call);

/// "/staff/seeds/offers/*/edit", "/staff/seeds/wants/*/edit"
Answer edit_offer_page(const StaffCall& call);
Answer edit_want_page(const StaffCall& call);
Answer post_offer(const StaffCall& call);
Answer post_want(const StaffCall& call);

} // namespace shirube::server
