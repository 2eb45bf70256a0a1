// A caseworker's answer as JSON. It names people by their place in the question and needs by their codes; nothing else
// of the question is in it.
#pragma once

#include "directory/match/match.hpp"
#include "server/context.hpp"
#include "server/staff/match/match_question.hpp"

#include <nlohmann/json.hpp>

namespace shirube::server {

nlohmann::ordered_json match_answer_of(const Context& context, const MatchQuestion& question,
                                       const directory::MatchAnswer& answer);

/// What can be asked: the rules in force (or those of an id), their needs and rules, each with its labels.
nlohmann::ordered_json match_needs_of(const Context& context, const directory::MatchRules& rules);

} // namespace shirube::server
