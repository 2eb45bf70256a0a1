// What somebody decided by hand about a tie or a meeting that a list has: it stands over that list's row, field by
// field, and the row itself stays as it is. Decisions are rows of lists of their own, each to be taken back by itself.
#pragma once

#include "directory/reading.hpp"

#include <array>
#include <string>
#include <string_view>

namespace shirube::directory {

/// How the key of such a row begins; no key of a tie or a meeting does.
inline constexpr std::string_view k_tie_decision_key = "over|";

/// Identity of a decision within its list.
std::string key_of_decision(const TieDecision& decision);

// Fields of a decision on a meeting that are no members of its document: what became of whom it names.
inline constexpr std::string_view k_member_joined = "joined"; ///< since `joined_on`, where somebody knows
inline constexpr std::string_view k_member_left = "left";     ///< `left_on` is the last day
inline constexpr std::string_view k_member_never = "never";   ///< never belonged to it

/// The tie as it is after a decision on it. Whose staff may see what is hidden stays as it was: a decision moves
/// nothing to another municipality.
RelationReading after_decision(const RelationReading& tie, const RelationReading& decision);
/// The same of a meeting; members come and go one by one, so that two decisions on two of them do not undo each other.
ForumReading after_decision(const ForumReading& forum, const ForumReading& decision);

/// Whether two name the same member.
bool is_same_party(const PartyReading& a, const PartyReading& b);

/// Whether a decision may speak of a tie or a meeting: both are the same municipality's.
template <class Row>
bool may_decide(const Row& target, const Row& decision);

} // namespace shirube::directory
