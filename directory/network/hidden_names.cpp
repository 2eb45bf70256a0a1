#include "directory/network/hidden_names.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"

#include <algorithm>

namespace shirube::directory {

HiddenNames::HiddenNames(const std::vector<HiddenName>& names) {
    for (const auto& [name, municipality, sees] : names) {
        auto folded = fold(name);
        if (folded.empty()) {
            continue;
        }
        // Of two of one name whoever may see the one may see the name.
        const auto keep = [&](auto& map, auto key) {
            const auto [known, is_new] = map.try_emplace(std::move(key), sees);
            known->second = is_new ? sees : std::min(known->second, sees);
        };
        keep(sees_, std::pair(folded, owner_of(municipality)));
        keep(anywhere_, std::move(folded));
    }
}

Visibility HiddenNames::floor_of(const RelationReading& tie) const {
    return std::max(floor_of(tie.from, tie.to.municipality, tie.owner),
                    floor_of(tie.to, tie.from.municipality, tie.owner));
}

Visibility HiddenNames::floor_of(const ForumReading& forum) const {
    Visibility floor = Visibility::everyone;
    for (const auto& member : forum.members) {
        floor = std::max(floor, floor_of(member, forum.municipality, forum.owner));
    }
    return floor;
}

Visibility HiddenNames::floor_of(const PartyReading& party, std::string_view usual, std::string_view owner) const {
    if (is_empty() || (party.kind != PartyKind::organization && party.kind != PartyKind::site)) {
        return Visibility::everyone;
    }
    const std::string_view said = party.municipality.empty() ? usual : std::string_view{party.municipality};
    const std::string where = owner_of(said.empty() ? owner : said);
    if (!owner.empty() && where != owner_of(owner)) {
        return Visibility::everyone;
    }
    const auto folded = fold(party.name);
    if (where.empty()) {
        const auto found = anywhere_.find(folded);
        return found == anywhere_.end() ? Visibility::everyone : found->second;
    }
    const auto found = sees_.find(std::pair(folded, where));
    return found == sees_.end() ? Visibility::everyone : found->second;
}

} // namespace shirube::directory
