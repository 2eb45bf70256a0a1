// A tie that several lists tell is one tie: whoever adds up would count it twice.
#pragma once

#include "directory/network/network.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Leaves of each tie that several lists tell what the newest of them says of it, by when its list is of, or by what
/// was confirmed or decided later; the others' rows are named in NetworkEdge::also_relations and also_forums. Ties are
/// one where both ends, the kind, the programme and the first day are the same; where a row states a period it stands
/// for the day, and memberships are one whatever day each list has them begin. What one list tells in two rows are two
/// ties.
/// \param edges of all lists; those left keep their order
void fold_told_twice(const Reader& reader, std::vector<NetworkEdge>& edges);

/// What else tells the same tie, newer or older: into Reader::relations().
std::vector<std::uint32_t> told_with(const Reader& reader, std::string_view relation);

/// Older lists that say the same of an edge, by their places in Reader::lists().
std::vector<std::uint32_t> other_lists_of(const Reader& reader, const NetworkEdge& edge);

} // namespace shirube::directory
