#include "directory/network/hidden_names.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"

#include <algorithm>
#include <tuple>

namespace shirube::directory {

std::optional<TiedName> tied_name(const PartyReading& party, std::string_view usual, std::string_view owner) {
    if (party.name.empty() || (party.kind != PartyKind::organization && party.kind != PartyKind::site)) {
        return std::nullopt;
    }
    const std::string_view said = party.municipality.empty() ? usual : std::string_view{party.municipality};
    TiedName name{.folded = fold(party.name), .whose = owner_of(said.empty() ? owner : said)};
    name.is_foreign = !owner.empty() && name.whose != owner_of(owner);
    return name;
}

HiddenNames::HiddenNames(const std::vector<HiddenName>& names) {
    for (const HiddenName& name : names) {
        auto folded = fold(name.name);
        if (folded.empty()) {
            continue;
        }
        // Of two of one name whoever may see the one may see the name, and what may be called is called; of two names
        // to be called by the first, whatever came first.
        const auto rank = [](const HiddenName& of) {
            return std::tuple(of.sees, of.called.empty(), std::string_view(of.called));
        };
        const auto keep = [&](auto& map, auto key) {
            const auto [known, is_new] = map.try_emplace(std::move(key), name);
            if (!is_new && rank(name) < rank(known->second)) {
                known->second = name;
            }
        };
        keep(names_, std::pair(folded, owner_of(name.municipality)));
        keep(anywhere_, std::move(folded));
    }
}

const HiddenName* HiddenNames::find(const TiedName& name) const {
    if (name.is_foreign || anywhere_.empty()) {
        return nullptr;
    }
    if (name.whose.empty()) {
        const auto found = anywhere_.find(name.folded);
        return found == anywhere_.end() ? nullptr : &found->second;
    }
    // A list that says neither whose it is nor where its places lie hides them in every municipality.
    for (const auto& whose : {name.whose, std::string{}}) {
        if (const auto found = names_.find(std::pair(name.folded, whose)); found != names_.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

Visibility HiddenNames::floor_of(const RelationReading& tie) const {
    return std::max(floor_of(tie.from, tie.to.municipality, tie.owner),
                    floor_of(tie.to, tie.from.municipality, tie.owner));
}

Visibility HiddenNames::floor_of(const ForumReading& forum, const PartyReading& member) const {
    return floor_of(member, forum.municipality, forum.owner);
}

Visibility HiddenNames::floor_of(const PartyReading& party, std::string_view usual, std::string_view owner) const {
    const auto name = tied_name(party, usual, owner);
    const HiddenName* hidden = name ? find(*name) : nullptr;
    return hidden == nullptr || !hidden->called.empty() ? Visibility::everyone : hidden->sees;
}

} // namespace shirube::directory
