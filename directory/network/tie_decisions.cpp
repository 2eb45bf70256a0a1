#include "directory/network/tie_decisions.hpp"

#include "directory/fold.hpp"
#include "directory/network/tie_visibility.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace shirube::directory {

namespace {

bool is_of_members(std::string_view field) {
    return field == k_member_joined || field == k_member_left || field == k_member_never;
}

/// Every member of the document that the decision names goes before the target's own; what the decision's row does not
/// say is not known any more.
template <class Row>
Row with_fields(const Row& target, const Row& decision) {
    nlohmann::json document = target;
    const nlohmann::json said = decision;
    for (const auto& field : decision.decided.fields) {
        if (is_of_members(field)) {
            continue;
        }
        if (const auto found = said.find(field); found != said.end()) {
            document[field] = *found;
        } else {
            document.erase(field);
        }
    }
    Row after = document.get<Row>();
    after.owner = target.owner; // whoever wrote the row it stands over
    if (tie_owner_of(after) != tie_owner_of(target)) {
        after.owner = tie_owner_of(target);
    }
    after.decided = decision.decided;
    after.decided.target.clear();
    after.decided.fields.clear();
    after.decided.is_wrong = target.decided.is_wrong || decision.decided.is_wrong;
    return after;
}

void settle_member(ForumReading& forum, const ForumMember& said, std::string_view field) {
    const auto found =
        std::ranges::find_if(forum.members, [&](const ForumMember& member) { return is_same_party(member, said); });
    if (field == k_member_never) {
        if (found != forum.members.end()) {
            forum.members.erase(found);
        }
        return;
    }
    if (found == forum.members.end()) {
        if (field == k_member_joined) {
            forum.members.push_back(said);
        }
        return;
    }
    if (field == k_member_left) {
        found->left_on = said.left_on;
    } else if (found->left_on) { // it came back
        found->joined_on = said.joined_on;
        found->left_on.reset();
    }
}

} // namespace

std::string key_of_decision(const TieDecision& decision) {
    return fmt::format("{}{}|{}|{}", k_tie_decision_key, decision.target, decision.is_wrong ? "wrong" : "",
                       fmt::join(decision.fields, ","));
}

RelationReading after_decision(const RelationReading& tie, const RelationReading& decision) {
    return with_fields(tie, decision);
}

ForumReading after_decision(const ForumReading& forum, const ForumReading& decision) {
    ForumReading after = with_fields(forum, decision);
    for (const auto& field : decision.decided.fields) {
        if (is_of_members(field)) {
            for (const ForumMember& member : decision.members) {
                settle_member(after, member, field);
            }
        }
    }
    return after;
}

bool is_same_party(const PartyReading& a, const PartyReading& b) {
    return a.kind == b.kind && a.municipality == b.municipality && fold(a.name) == fold(b.name);
}

template <class Row>
bool may_decide(const Row& target, const Row& decision) {
    const std::string owner = tie_owner_of(target);
    return !owner.empty() && owner == tie_owner_of(decision);
}

template bool may_decide(const RelationReading&, const RelationReading&);
template bool may_decide(const ForumReading&, const ForumReading&);

} // namespace shirube::directory
