// Areas that were merged from several school districts, and whether each of these has something of its own.
#pragma once

#include "directory/coverage/counting.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <vector>

namespace shirube::directory {

/// A constituent district of a merged area that has neither what the policy counts nor outreach.
struct MissingConstituent {
    std::uint32_t area = 0;     ///< place within the policy's layer
    std::uint32_t district = 0; ///< index into Reader::districts()
    bool perhaps = false;       ///< something may be there: unconfirmed, or on days that nobody knows
};

/// What the constituents of merged areas lack. A district belongs to the area that holds a point inside it; one of
/// whose area nothing is known belongs to none.
/// \pre policy.outreach_in_each
std::vector<MissingConstituent> missing_constituents(const Reader& reader, const Policy& policy, const Layer& layer,
                                                     const Layer& constituents, Day day);

} // namespace shirube::directory
