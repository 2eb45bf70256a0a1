// Reasons of a caseworker's search in words.
#pragma once

#include "directory/match/match_rules.hpp"
#include "directory/match/reasons.hpp"
#include "directory/state.hpp"
#include "server/pages/texts.hpp"

#include <string>

namespace shirube::server {

/// One sentence. \param service that the reason speaks of: its terms of use are named
std::string reason_in_words(const directory::Reason& reason, const directory::MatchRules& rules,
                            const directory::ServiceRow& service, const Texts& texts);

/// Whether a reason speaks of the service alone: what a paper may say that says nothing of a family. That an age fits,
/// that it is near, that it was used or refused before, all tell of whoever asked.
bool is_of_the_service_alone(directory::ReasonCode code) noexcept;

} // namespace shirube::server
