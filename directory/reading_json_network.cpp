// How the store writes ties, meetings and counts of helpers down beside their verbatim rows.
#include "directory/json_members.hpp"
#include "directory/reading.hpp"

namespace shirube::directory {

using namespace members;

namespace {

void put_weekdays(json& out, std::uint8_t weekdays) {
    if (weekdays != 0) {
        out["weekdays"] = weekdays;
    }
}

void put_visibility(json& out, const std::optional<Visibility>& visibility) {
    if (visibility) {
        out["visibility"] = std::string{code_of(*visibility)};
    }
}

std::optional<Visibility> visibility_in(const json& in) {
    return in.contains("visibility") ? std::optional(code(in, "visibility", Visibility::everyone)) : std::nullopt;
}

json document_of(const PartyReading& party) {
    json out = json::object();
    put_code(out, "kind", party.kind, PartyKind::organization);
    put(out, "name", party.name);
    put(out, "municipality", party.municipality);
    put(out, "layer", party.layer);
    return out;
}

PartyReading party_of(const json& in) {
    PartyReading party;
    party.kind = code(in, "kind", PartyKind::organization);
    party.name = text(in, "name");
    party.municipality = text(in, "municipality");
    party.layer = text(in, "layer");
    return party;
}

json document_of(const ForumMember& member) {
    json out = document_of(static_cast<const PartyReading&>(member));
    put(out, "joined_on", member.joined_on);
    put(out, "left_on", member.left_on);
    if (member.visibility != Visibility::everyone) {
        out["visibility"] = std::string{code_of(member.visibility)};
    }
    return out;
}

ForumMember member_of(const json& in) {
    ForumMember member(party_of(in));
    member.joined_on = maybe_day(in, "joined_on");
    member.left_on = maybe_day(in, "left_on");
    if (in.contains("visibility")) {
        member.visibility = code(in, "visibility", Visibility::everyone);
    }
    return member;
}

void put_decision(json& out, const TieDecision& decided) {
    if (decided == TieDecision{}) {
        return;
    }
    json of = json::object();
    put(of, "target", decided.target);
    if (decided.is_wrong) {
        of["is_wrong"] = true;
    }
    put(of, "fields", decided.fields);
    put(of, "on", decided.on);
    if (decided.by) {
        of["by"] = std::string{code_of(*decided.by)};
    }
    put(of, "reason", decided.reason);
    out["decided"] = std::move(of);
}

TieDecision decision_in(const json& in) {
    TieDecision decided;
    const auto found = in.find("decided");
    if (found == in.end()) {
        return decided;
    }
    const json& of = *found;
    decided.target = text(of, "target");
    decided.is_wrong = of.value("is_wrong", false);
    decided.fields = of.value("fields", std::vector<std::string>{});
    decided.on = maybe_day(of, "on");
    if (of.contains("by")) {
        decided.by = code(of, "by", Decider::other);
    }
    decided.reason = text(of, "reason");
    return decided;
}

} // namespace

void to_json(json& out, const UseTerms& terms) {
    out = json::object();
    put(out, "municipality", terms.municipality);
    put_code(out, "contract", terms.contract, Contract::unknown);
    put_code(out, "fee", terms.fee, Fee::unknown);
    put(out, "fee_text", terms.fee_text);
    put_weekdays(out, terms.weekdays);
    put(out, "text", terms.text);
}

void from_json(const json& in, UseTerms& terms) {
    terms.municipality = text(in, "municipality");
    terms.contract = code(in, "contract", Contract::unknown);
    terms.fee = code(in, "fee", Fee::unknown);
    terms.fee_text = text(in, "fee_text");
    terms.weekdays = in.value("weekdays", std::uint8_t{0});
    terms.text = text(in, "text");
}

void to_json(json& out, const RelationReading& relation) {
    out = {{"kind", std::string{code_of(relation.kind)}},
           {"from", document_of(relation.from)},
           {"to", document_of(relation.to)}};
    put(out, "programme", relation.programme);
    put(out, "valid_from", relation.valid_from);
    put(out, "valid_to", relation.valid_to);
    put(out, "informed", relation.referrals.informed);
    put(out, "linked", relation.referrals.linked);
    put(out, "fed_back", relation.referrals.fed_back);
    put(out, "period", relation.period);
    if (relation.terms != UseTerms{}) {
        out["terms"] = relation.terms;
    }
    put(out, "source", relation.source);
    put(out, "note", relation.note);
    put_visibility(out, relation.visibility);
    put(out, "owner", relation.owner);
    put(out, "confirmed_on", relation.confirmed_on);
    put_decision(out, relation.decided);
}

void from_json(const json& in, RelationReading& relation) {
    relation.kind = code(in, "kind", RelationKind::refers);
    relation.from = party_of(in.at("from"));
    relation.to = party_of(in.at("to"));
    relation.programme = text(in, "programme");
    relation.valid_from = maybe_day(in, "valid_from");
    relation.valid_to = maybe_day(in, "valid_to");
    relation.referrals.informed = maybe<std::int64_t>(in, "informed");
    relation.referrals.linked = maybe<std::int64_t>(in, "linked");
    relation.referrals.fed_back = maybe<std::int64_t>(in, "fed_back");
    relation.period = text(in, "period");
    if (const auto terms = in.find("terms"); terms != in.end()) {
        relation.terms = terms->get<UseTerms>();
    }
    relation.source = text(in, "source");
    relation.note = text(in, "note");
    relation.visibility = visibility_in(in);
    relation.owner = text(in, "owner");
    relation.confirmed_on = maybe_day(in, "confirmed_on");
    relation.decided = decision_in(in);
}

void to_json(json& out, const ForumReading& forum) {
    out = {{"kind", std::string{code_of(forum.kind)}}, {"name", forum.name}};
    put(out, "municipality", forum.municipality);
    put(out, "layer", forum.layer);
    put(out, "area", forum.area);
    put(out, "cadence", forum.cadence);
    put(out, "times_per_year", forum.times_per_year);
    json members = json::array();
    for (const auto& member : forum.members) {
        members.push_back(document_of(member));
    }
    out["members"] = std::move(members);
    put(out, "valid_from", forum.valid_from);
    put(out, "valid_to", forum.valid_to);
    put(out, "source", forum.source);
    put(out, "note", forum.note);
    put_visibility(out, forum.visibility);
    put(out, "owner", forum.owner);
    put(out, "confirmed_on", forum.confirmed_on);
    put_decision(out, forum.decided);
}

void from_json(const json& in, ForumReading& forum) {
    forum.kind = code(in, "kind", ForumKind::other);
    forum.name = in.at("name").get<std::string>();
    forum.municipality = text(in, "municipality");
    forum.layer = text(in, "layer");
    forum.area = text(in, "area");
    forum.cadence = text(in, "cadence");
    forum.times_per_year = maybe<double>(in, "times_per_year");
    for (const auto& member : in.value("members", json::array())) {
        forum.members.push_back(member_of(member));
    }
    forum.valid_from = maybe_day(in, "valid_from");
    forum.valid_to = maybe_day(in, "valid_to");
    forum.source = text(in, "source");
    forum.note = text(in, "note");
    forum.visibility = visibility_in(in);
    forum.owner = text(in, "owner");
    forum.confirmed_on = maybe_day(in, "confirmed_on");
    forum.decided = decision_in(in);
}

void to_json(json& out, const HelperCountReading& helpers) {
    out = {{"organization", helpers.organization}};
    put(out, "municipality", helpers.municipality);
    put(out, "programme", helpers.programme);
    put(out, "layer", helpers.layer);
    put(out, "area", helpers.area);
    put_weekdays(out, helpers.weekdays);
    put(out, "hours", helpers.hours);
    put(out, "skill", helpers.skill);
    put(out, "count", helpers.count);
    put(out, "counted_on", helpers.counted_on);
    put(out, "note", helpers.note);
}

void from_json(const json& in, HelperCountReading& helpers) {
    helpers.organization = in.at("organization").get<std::string>();
    helpers.municipality = text(in, "municipality");
    helpers.programme = text(in, "programme");
    helpers.layer = text(in, "layer");
    helpers.area = text(in, "area");
    helpers.weekdays = in.value("weekdays", std::uint8_t{0});
    helpers.hours = text(in, "hours");
    helpers.skill = text(in, "skill");
    helpers.count = maybe<std::int64_t>(in, "count");
    helpers.counted_on = maybe_day(in, "counted_on");
    helpers.note = text(in, "note");
}

} // namespace shirube::directory
