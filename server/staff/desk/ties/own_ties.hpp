// The ties and meetings that a steward may decide on: those of the own municipality, hidden ones too. Others that an
// edition has, of a neighbour or by an agreement, are for reading.
#pragma once

#include "directory/linking/near_names.hpp"
#include "directory/network/network.hpp"
#include "directory/reader.hpp"
#include "server/pages/texts.hpp"
#include "server/staff/staff_call.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// By index into Reader::relations() and Reader::forums(); in the order of the names they begin with.
std::vector<std::uint32_t> own_relations(const directory::Reader& reader, std::string_view owner);
std::vector<std::uint32_t> own_forums(const directory::Reader& reader, std::string_view owner);

/// Nothing where there is none of that id, or where it is not their own.
std::optional<std::uint32_t> own_relation(const directory::Reader& reader, std::string_view owner, std::string_view id);
std::optional<std::uint32_t> own_forum(const directory::Reader& reader, std::string_view owner, std::string_view id);

/// What of it a decision was made on, short: another text where it has changed.
std::string state_of(const directory::RelationRow& row);
std::string state_of(const directory::ForumRow& row);

/// An end's name, a district's as one speaks of it; of a municipality that is named by its code alone, the
/// municipality's.
std::string end_in_words(const StaffCall& call, const directory::PartyReading& party, const Texts& texts);

/// For whom it is to see, in words.
std::string audience_in_words(directory::Visibility visibility, const Texts& texts);

/// Who somebody of that name would be, where it is looked for now.
directory::NetworkNode node_of_name(const directory::Reader& reader, const directory::PartyReading& party,
                                    std::string_view other_municipality);

/// Names that somebody may be typing: who runs something in the municipality, its places, meetings and districts.
/// Sorted; at most `most`.
std::vector<std::string> known_names(const directory::Reader& reader, std::string_view owner, std::size_t most);

/// The same names, all of them, to find the one that somebody may have meant.
directory::NearNames near_names(const directory::Reader& reader, std::string_view owner);

/// A municipality as somebody wrote it, as its code; empty where nothing is written. Nothing where nobody knows it.
std::optional<std::string> municipality_typed(const StaffCall& call, std::string_view typed);

} // namespace shirube::server
