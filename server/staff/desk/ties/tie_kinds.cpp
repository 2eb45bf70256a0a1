#include "server/staff/desk/ties/tie_kinds.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

using directory::PartyKind;
using directory::RelationKind;

constexpr std::array k_who{PartyKind::organization, PartyKind::site};
constexpr std::array k_who_or_meeting{PartyKind::organization, PartyKind::site, PartyKind::forum};
constexpr std::array k_meeting{PartyKind::forum};
constexpr std::array k_area{PartyKind::district, PartyKind::municipality};
constexpr std::array k_municipality{PartyKind::municipality};

constexpr std::array<TieKind, 7> k_kinds{
    {{RelationKind::entrusts, "desk.tie_is_entrusts", "desk.tie_from_entrusts", "desk.tie_to_entrusts", k_who},
     {RelationKind::refers, "desk.tie_is_refers", "desk.tie_from_refers", "desk.tie_to_refers", k_who},
     {RelationKind::member_of, "desk.tie_is_member_of", "desk.tie_from_member_of", "desk.tie_to_member_of", k_meeting},
     {RelationKind::coordinates, "desk.tie_is_coordinates", "desk.tie_from_coordinates", "desk.tie_to_coordinates",
      k_area},
     {RelationKind::shares, "desk.tie_is_shares", "desk.tie_from_shares", "desk.tie_to_shares", k_municipality},
     {RelationKind::succeeds, "desk.tie_is_succeeds", "desk.tie_from_succeeds", "desk.tie_to_succeeds",
      k_who_or_meeting},
     {RelationKind::hosts, "desk.tie_is_hosts", "desk.tie_from_hosts", "desk.tie_to_hosts", k_who_or_meeting}}};

} // namespace

const TieKind& tie_kind(RelationKind kind) { return *std::ranges::find(k_kinds, kind, &TieKind::kind); }

bool tie_has(RelationKind kind, std::string_view field) {
    constexpr std::array<std::string_view, 4> k_of_referrals{"informed", "linked", "fed_back", "period"};
    if (std::ranges::find(k_of_referrals, field) != k_of_referrals.end()) {
        return kind == RelationKind::refers;
    }
    if (field == "terms") {
        return kind == RelationKind::shares;
    }
    if (field == "layer") {
        return kind == RelationKind::coordinates;
    }
    if (field == "programme") {
        return kind != RelationKind::member_of; // who belongs to a meeting belongs to all of it
    }
    if (field == "to_kind") {
        return tie_kind(kind).ends.size() > 1;
    }
    return true;
}

} // namespace shirube::server
