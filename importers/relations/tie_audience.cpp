#include "importers/relations/tie_audience.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"
#include "directory/network/tie_visibility.hpp"
#include "importers/import.hpp"

#include <algorithm>

namespace shirube::importers {

namespace {

using directory::PartyKind;
using directory::RelationKind;
using directory::Visibility;

/// Where nobody says, it is the writer's own.
bool is_own(const std::string& municipality, const std::string& owner) {
    return municipality.empty() || directory::owner_of(municipality) == owner;
}

/// Whether another municipality's organization would be said to do something.
bool tells_of_another(const directory::RelationReading& relation, const std::string& owner) {
    if (relation.kind == RelationKind::shares) {
        return false; // an agreement is both sides'
    }
    const bool is_meeting = relation.to.kind == PartyKind::forum &&
                            (relation.kind == RelationKind::member_of || relation.kind == RelationKind::hosts);
    return !is_own(relation.from.municipality, owner) || (is_meeting && !is_own(relation.to.municipality, owner));
}

/// A decision on another row says for whom that one is where this is what it decides; else it leaves it as it was.
template <class Tie>
bool says_for_whom(const Tie& tie) {
    const auto& fields = tie.decided.fields;
    return tie.decided.target.empty() || std::ranges::find(fields, "visibility") != fields.end();
}

template <class Tie>
void narrow(RowCells& cells, Tie& tie, Visibility floor, std::string_view code) {
    if (directory::visibility_of(tie) < floor) {
        cells.note_row({std::string{code}});
        tie.visibility = floor;
    }
}

} // namespace

HiddenNames::HiddenNames(const std::vector<directory::HiddenName>& names) {
    for (const auto& [name, municipality, sees] : names) {
        auto folded = directory::fold(name);
        if (folded.empty()) {
            continue;
        }
        // Of two of one name whoever may see the one may see the name.
        const auto keep = [&](auto& map, auto key) {
            const auto [known, is_new] = map.try_emplace(std::move(key), sees);
            known->second = is_new ? sees : std::min(known->second, sees);
        };
        keep(sees_, std::pair(folded, directory::owner_of(municipality)));
        keep(anywhere_, std::move(folded));
    }
}

Visibility HiddenNames::floor_of(const directory::PartyReading& party, std::string_view usual) const {
    if (party.kind != PartyKind::organization && party.kind != PartyKind::site) {
        return Visibility::everyone;
    }
    const auto folded = directory::fold(party.name);
    const std::string_view where = party.municipality.empty() ? usual : std::string_view{party.municipality};
    if (where.empty()) {
        const auto found = anywhere_.find(folded);
        return found == anywhere_.end() ? Visibility::everyone : found->second;
    }
    const auto found = sees_.find(std::pair(folded, directory::owner_of(where)));
    return found == sees_.end() ? Visibility::everyone : found->second;
}

bool settle_audience(RowCells& cells, const HiddenNames* hidden, const ImportOptions& options,
                     directory::RelationReading& relation) {
    if (!says_for_whom(relation)) {
        return true;
    }
    const auto& [from, to] = std::tie(relation.from, relation.to);
    if (!options.owner.empty()) {
        const bool is_new = relation.decided.target.empty(); // whose a decision's target is the store knows
        if (is_new && !is_own(from.municipality, options.owner) && !is_own(to.municipality, options.owner)) {
            cells.note_row({"tie_of_others"});
            return false;
        }
        if (tells_of_another(relation, options.owner)) {
            narrow(cells, relation, Visibility::staff, "tie_of_another");
        }
    }
    if (hidden != nullptr) {
        narrow(cells, relation,
               std::max(hidden->floor_of(from, to.municipality), hidden->floor_of(to, from.municipality)),
               "tie_hidden_end");
    }
    return true;
}

bool settle_audience(RowCells& cells, const HiddenNames* hidden, const ImportOptions& options,
                     directory::ForumReading& forum) {
    if (!says_for_whom(forum)) {
        return true;
    }
    if (forum.decided.target.empty() && !options.owner.empty() && !is_own(forum.municipality, options.owner)) {
        cells.note_row({"tie_of_others"});
        return false;
    }
    if (hidden != nullptr) {
        Visibility floor = Visibility::everyone;
        for (const auto& member : forum.members) {
            floor = std::max(floor, hidden->floor_of(member, forum.municipality));
        }
        narrow(cells, forum, floor, "tie_hidden_end");
    }
    return true;
}

} // namespace shirube::importers
