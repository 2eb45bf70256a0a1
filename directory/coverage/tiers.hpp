#pragma once

#include "directory/coverage.hpp"

#include <cstdint>

namespace shirube::directory {

/// Whether something a policy asks for holds; maybe where it rests on what nobody knows.
using Holds = Openness;

/// What is known of one district when its tier is decided.
struct Evidence {
    bool suspended = false;           ///< 休校, or excluded by the policy
    bool covered_by_any_list = false; ///< some list speaks of the policy's programmes in its municipality
    std::int64_t standing = 0;        ///< confirmed standing services that count
    Holds function = Holds::yes;      ///< every programme of a set; presence asks for none
    Holds reach = Holds::yes;         ///< the policy's threshold; presence asks for none
    bool outreach_enough = false;     ///< sessions at or over the policy's minimum a month
    std::int64_t doubtful = 0;        ///< unconfirmed, possible or planned services
    bool absence_known = false;       ///< complete, unexpired lists speak for every programme asked
};

/// The first row of the design's table that applies.
Tier tier_of(const Evidence& evidence);

} // namespace shirube::directory
