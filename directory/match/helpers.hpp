// Who could come: visiting helpers, counted by organization, for the area of the home, the days and what the needs lead
// to. Counts are told as their lists have them, one beside the other: the same helper may be counted for several days
// and skills, so nothing is summed.
#pragma once

#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace shirube::directory {

/// One count that might serve some of the family's needs.
struct PossibleHelpers {
    std::uint32_t row = 0;           ///< into Reader::helper_counts()
    Openness here = Openness::maybe; ///< whether its area holds the home: yes, or nobody knows
    std::optional<Openness> then;    ///< whether they come on one of the days asked for; nothing where none were
    bool names_programme = false;    ///< else its list does not say what they come for
    std::vector<std::size_t> pairs;  ///< one person's one need each, in the order of MatchAnswer::pairs
};

/// The counts of the audience's own municipality that are for the home's area and for a programme that a need leads to,
/// surely or possibly. What surely fits comes first; else in the order of the reader's rows. Programmes that the family
/// refuses are left out.
std::vector<PossibleHelpers> who_could_come(const Reader& reader, const MatchRules& rules, const Family& family,
                                            Instant at);

} // namespace shirube::directory
