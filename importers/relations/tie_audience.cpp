#include "importers/relations/tie_audience.hpp"

#include "directory/audience.hpp"
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

bool settle_audience(RowCells& cells, const directory::HiddenNames* hidden, const ImportOptions& options,
                     directory::RelationReading& relation) {
    if (hidden != nullptr && directory::visibility_of(relation) < hidden->floor_of(relation)) {
        cells.note_row({"tie_hidden_end"}); // editions see to it: whatever is decided or imported later
    }
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
    return true;
}

bool settle_audience(RowCells& cells, const directory::HiddenNames* hidden, const ImportOptions& options,
                     directory::ForumReading& forum) {
    const bool names_hidden =
        hidden != nullptr && std::ranges::any_of(forum.members, [&](const directory::ForumMember& member) {
            return std::max(directory::visibility_of(forum), member.visibility) < hidden->floor_of(forum, member);
        });
    if (names_hidden) {
        cells.note({"forum_member_hidden"}, "構成員");
    }
    if (forum.decided.target.empty() && !options.owner.empty() && !is_own(forum.municipality, options.owner)) {
        cells.note_row({"tie_of_others"});
        return false;
    }
    return true;
}

} // namespace shirube::importers
