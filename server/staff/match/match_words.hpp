// Reasons of a caseworker's search in words.
#pragma once

#include "directory/match/match_rules.hpp"
#include "directory/match/reasons.hpp"
#include "server/pages/texts.hpp"

#include <string>

namespace shirube::server {

/// One sentence. With figures of the way and of ages where `tells_family` is: they would say where a family lives.
std::string reason_in_words(const directory::Reason& reason, const directory::MatchRules& rules, const Texts& texts,
                            bool tells_family = true);

} // namespace shirube::server
