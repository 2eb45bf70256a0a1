// Ties and who stands at their ends, in words.
#pragma once

#include "directory/network/network.hpp"
#include "directory/reader.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"
#include "server/pages/texts.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// "委託", "refers": a tie as the one it begins at says it.
std::string tie_in_words(directory::RelationKind kind, const Texts& texts);
/// The same as the other end says it: "委託を受ける".
std::string tie_back_in_words(directory::RelationKind kind, const Texts& texts);
/// One or two letters, for the cells of a matrix.
std::string tie_in_short(directory::RelationKind kind, const Texts& texts);
std::string party_in_words(directory::PartyKind kind, const Texts& texts);
std::string forum_in_words(directory::ForumKind kind, const Texts& texts);
/// A sign for each kind of end, as the pictures draw them.
std::string_view sign_of(directory::PartyKind kind);

/// Where the story of a node is told.
std::string story_of(const Links& links, const directory::NetworkNode& node);

/// SIGN, KIND, KIND_WORDS, NAME and HREF of a node.
void fill_node(View view, const Links& links, const directory::NetworkNode& node);

/// What a tie is about, where it says; empty: about anything.
std::string programme_in_words(const directory::Reader& reader, const directory::RelationReading& tie,
                               const Texts& texts);

/// Since when and until when, as its list dates it; empty where it says neither.
std::string dates_in_words(const directory::NetworkEdge& edge, const Texts& texts);

/// The list that says so, by its place in Reader::lists().
std::uint32_t list_of(const directory::Reader& reader, const directory::NetworkEdge& edge);

} // namespace shirube::server
