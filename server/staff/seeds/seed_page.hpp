// One seed or need: what it says, whom it may be matched with and why, who was asked and what they answered.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// "/staff/seeds/offers/*", "/staff/seeds/wants/*"
Answer offer_page(const StaffCall& call);
Answer want_page(const StaffCall& call);

/// "/staff/seeds/askings": the fields want, offer (or organization), asked_by, asked_on, answer, reason, words,
/// answered_on; `from` is offer or want, the page it was sent from.
Answer post_asking(const StaffCall& call);
/// "/staff/seeds/askings/*": what was answered.
Answer post_asking_answer(const StaffCall& call);

} // namespace shirube::server
