// Where a family can go on to afterwards, by the rules.
#pragma once

#include "directory/match/match.hpp"
#include "directory/match/suitability.hpp"

#include <vector>

namespace shirube::directory {

/// For each programme of the shortlist, in its order, the programmes that rules name, each with the nearest service
/// that stands on the day and can be reached; ages and hours are those of a later day, and nobody knows them.
std::vector<OnwardStep> onward(const Asked& asked, const MatchAnswer& answer);

} // namespace shirube::directory
