// The closed code lists of ties and meetings, in the words they are written in.
#pragma once

#include "directory/codes.hpp"
#include "importers/layouts/template_choices.hpp"

namespace shirube::importers {

template <>
inline constexpr std::initializer_list<directory::RelationKind> k_choices<directory::RelationKind>{
    directory::RelationKind::entrusts,    directory::RelationKind::refers, directory::RelationKind::member_of,
    directory::RelationKind::coordinates, directory::RelationKind::shares, directory::RelationKind::succeeds,
    directory::RelationKind::hosts};
template <>
inline constexpr std::initializer_list<directory::ForumKind> k_choices<directory::ForumKind>{
    directory::ForumKind::protection_council, directory::ForumKind::round_table, directory::ForumKind::area_conference,
    directory::ForumKind::network, directory::ForumKind::other};
template <>
inline constexpr std::initializer_list<directory::PartyKind> k_choices<directory::PartyKind>{
    directory::PartyKind::organization, directory::PartyKind::site, directory::PartyKind::forum,
    directory::PartyKind::district, directory::PartyKind::municipality};

} // namespace shirube::importers
