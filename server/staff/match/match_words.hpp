// Reasons of a caseworker's search in words.
#pragma once

#include "directory/match/match_rules.hpp"
#include "directory/match/ranking.hpp"
#include "directory/match/reasons.hpp"
#include "directory/state.hpp"
#include "server/pages/texts.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

/// One sentence. \param service that the reason speaks of: its terms of use are named \param minutes of the way, where
/// they are known to a range alone; empty: as the reason tells them
std::string reason_in_words(const directory::Reason& reason, const directory::MatchRules& rules,
                            const directory::ServiceRow& service, const Texts& texts, std::string_view minutes = {});

/// Why one stands before the next: the first criterion in which they differ, with what each has of it. \param next
/// null: it is the last \param is_way_rough of one of the two: their minutes are not told
std::string rank_in_words(const directory::RankKey& key, const directory::RankKey* next,
                          const directory::MatchRules& rules, const Texts& texts, bool is_way_rough = false);

/// The rule that puts it before others; empty where none does.
std::string preference_in_words(const directory::RankKey& key, const directory::MatchRules& rules, const Texts& texts);

/// The pictogram of a reason's verdict.
std::string_view icon_of(directory::Openness verdict) noexcept;

/// Whether a reason speaks of the service alone: what a paper may say that says nothing of a family. That an age fits,
/// that it is near, that it was used or refused before, all tell of whoever asked.
bool is_of_the_service_alone(directory::ReasonCode code) noexcept;

} // namespace shirube::server
