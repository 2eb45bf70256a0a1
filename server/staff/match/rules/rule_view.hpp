// A set of rules as a page that can be read: every rule in sentences, with its cases and whether they hold.
#pragma once

#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/match/rules/rule_set.hpp"

namespace shirube::server {

/// Fills RULE and NEED of templates/staff-match-ruleset.html. \pre set.rules \param may_change offers each rule's form
void fill_rules(View body, const RuleSet& set, const directory::Reader& reader, const Links& links, bool may_change);

} // namespace shirube::server
