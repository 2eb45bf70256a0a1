// Rules of matching on pages: read by all staff, copied, changed version by version and retired by whoever plans or
// tends lists. A document that fails one of its own cases is not taken.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// /staff/match/rules
Answer rules_page(const StaffCall& call);
/// /staff/match/rules/new?from=
Answer new_rules_page(const StaffCall& call);
Answer post_new_rules(const StaffCall& call);
/// /staff/match/rules/{id}?version=
Answer rule_set_page(const StaffCall& call);
/// The field `do` says what: names, restore, try, keep (both of the whole JSON), retire, revive.
Answer post_rule_set(const StaffCall& call);
/// /staff/match/rules/{id}/{rule}
Answer rule_page(const StaffCall& call);
/// `do`: try, keep.
Answer post_rule(const StaffCall& call);

} // namespace shirube::server
