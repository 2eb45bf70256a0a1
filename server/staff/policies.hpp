// Policies that a municipality keeps: copied from one that is offered, changed version by version, made public,
// retired.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer staff_policies_page(const StaffCall& call);
Answer new_policy_page(const StaffCall& call);
Answer post_new_policy(const StaffCall& call);
Answer kept_policy_page(const StaffCall& call);
/// The field `do` says what: keep, publish, withdraw, retire, revive.
Answer post_kept_policy(const StaffCall& call);

} // namespace shirube::server
