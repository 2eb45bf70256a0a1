#include "server/staff/match/match_page.hpp"

#include "directory/match/match.hpp"
#include "server/pages/page.hpp"
#include "server/staff/match/match_form.hpp"
#include "server/staff/match/match_view.hpp"
#include "server/staff/match/point_map.hpp"
#include "server/staff/match/unmet_count.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

namespace shirube::server {

namespace {

using RuleSets = std::vector<std::shared_ptr<const directory::MatchRules>>;

/// What may be asked by: the municipality's own rules where its stewards keep some, what was kept last first; else
/// those that come with the program.
RuleSets rule_sets_of(const StaffCall& call) {
    RuleSets own;
    for (const auto& rules : call.context.reader().match_rules()) {
        if (!rules->municipality.empty()) {
            own.push_back(rules);
        }
    }
    return own.empty() ? RuleSets{directory::shipped_match_rules()} : own;
}

/// Which of several sets of rules is asked by; nothing to choose of one.
void fill_rule_sets(View body, const RuleSets& sets, const directory::MatchRules& chosen) {
    if (sets.size() < 2) {
        return;
    }
    View choice = body.section("RULE_SETS");
    for (const auto& rules : sets) {
        View option = choice.section("RULE_SET");
        option.set("ID", rules->id);
        option.set("NAME", rules->name.in(body.texts().language()));
        option.set("VERSION", rules->version);
        option.show_if(rules->id == chosen.id, "SELECTED");
    }
}

Answer form_page(const StaffCall& call, const Query& fields, const directory::MatchRules& rules,
                 const std::vector<MatchFault>& faults, const directory::Family* family, bool is_not_counted = false) {
    Page page(call.request, call.context, "staff-match");
    page.style("styles/search.css");
    page.style("styles/match.css");
    page.title(page.texts().get("match.heading"));
    View& body = page.body();
    body.set("ACTION", page.links().to("/staff/match"));
    body.set("CSRF", call.context.staff->csrf);
    for (const auto& fault : faults) {
        View told = body.section("FAULT");
        told.set("FIELD", fault.field);
        told.words("SENTENCE", fault.sentence);
        for (const auto& name : fault.may_be) {
            told.section("MAY_BE").set("NAME", name);
        }
    }
    if (family != nullptr) {
        const auto answer = directory::match(call.context.reader(), rules, *family, call.context.now);
        fill_match_answer(body, {call.context, rules, *family, answer}, page.links(), fields, is_not_counted);
    }
    const bool has_map = fill_point_map(body, call.context.reader(), call.context.staff->owner);
    fill_rule_sets(body, rule_sets_of(call), rules);
    fill_match_form(body, fields, call.context, rules, has_map);
    // A page in another language would have to be asked for by an address.
    page.offer_no_languages();
    page.never_keep();
    return page.finish(faults.empty() ? 200 : 422);
}

Answer sheet_page(const StaffCall& call, const Query& fields, const directory::MatchRules& rules,
                  const directory::Family& family, MatchSheet which) {
    Page page(call.request, call.context, "staff-match-sheet");
    page.style("styles/match.css");
    page.title(page.texts().get(which == MatchSheet::family ? "match.sheet_family" : "match.sheet_file"));
    const auto answer = directory::match(call.context.reader(), rules, family, call.context.now);
    fill_match_sheet(page.body(), {call.context, rules, family, answer}, which, fields);
    page.offer_no_languages();
    page.never_keep();
    return page.finish();
}

/// One more of the four values, and the answer again with what was kept. Nobody is told in the log: it would say who
/// pressed, and when.
Answer count_unmet(const StaffCall& call, Query fields, std::string_view wish, const directory::MatchRules& rules,
                   const directory::Family& family) {
    const auto pair = unmet_pair_of(wish, family, rules);
    const bool is_counted_before = std::ranges::any_of(
        fields, [&](const auto& field) { return field.first == "counted" && field.second == wish; });
    if (!pair || is_counted_before) {
        return form_page(call, fields, rules, {}, &family);
    }
    try {
        call.desk.unmet_to_write().count(unmet_key_of(call.context, family, rules, *pair));
    } catch (const directory::UnmetError&) {
        return form_page(call, fields, rules, {}, &family, true);
    }
    fields.emplace_back("counted", wish);
    return form_page(call, fields, rules, {}, &family);
}

} // namespace

Answer match_page(const StaffCall& call) { return form_page(call, {}, *rule_sets_of(call).front(), {}, nullptr); }

Answer post_match(const StaffCall& call) {
    const Query fields = posted_fields(call.request).value_or(Query{});
    const auto sets = rule_sets_of(call);
    const std::string_view wanted = field_of(fields, "rules");
    const auto found = std::ranges::find_if(sets, [&](const auto& rules) { return rules->id == wanted; });
    const auto& rules = found == sets.end() ? sets.front() : *found;
    if (!wanted.empty() && found == sets.end()) { // retired since the form was asked for
        return form_page(call, fields, *rules,
                         {{.field = sets.size() < 2 ? "person1_kind" : "rules",
                           .sentence = Texts::in(call.context.language).get("match.fault_rules_gone"),
                           .may_be = {}}},
                         nullptr);
    }
    if (field_of(fields, "do") == "rules") { // other rules may ask for other needs: the form alone
        return form_page(call, fields, *rules, {}, nullptr);
    }
    const auto family = family_of(fields, call.context, *rules);
    if (!family) {
        return form_page(call, fields, *rules, family.error(), nullptr);
    }
    if (const auto wish = field_of(fields, "count"); !wish.empty()) {
        return count_unmet(call, fields, wish, *rules, *family);
    }
    const std::string_view wish = field_of(fields, "do");
    if (wish == "family_sheet" || wish == "file_sheet") {
        return sheet_page(call, fields, *rules, *family,
                          wish == "family_sheet" ? MatchSheet::family : MatchSheet::file);
    }
    return form_page(call, fields, *rules, {}, &*family);
}

} // namespace shirube::server
