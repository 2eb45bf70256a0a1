// What each kind of tie is, and what of it a form asks: counts are of referrals, terms of mutual use, an area of
// whoever answers for one.
#pragma once

#include "directory/codes.hpp"

#include <span>
#include <string_view>

namespace shirube::server {

/// Texts of the interface by their keys, and what may stand at the other end.
struct TieKind {
    directory::RelationKind kind{};
    std::string_view meaning; ///< one sentence
    std::string_view from;    ///< what the one it begins at is called
    std::string_view to;      ///< what the other end is called
    /// The usual one first; where there is no other, nothing is asked.
    std::span<const directory::PartyKind> ends;
};

const TieKind& tie_kind(directory::RelationKind kind);

/// Whether a tie of that kind has a field of the form, by the field's name.
bool tie_has(directory::RelationKind kind, std::string_view field);

} // namespace shirube::server
