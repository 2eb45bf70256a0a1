#include "server/staff/match/match_page.hpp"

#include "directory/accounts/tokens.hpp"
#include "directory/match/match.hpp"
#include "server/pages/page.hpp"
#include "server/staff/match/match_form.hpp"
#include "server/staff/match/match_sheet.hpp"
#include "server/staff/match/match_view.hpp"
#include "server/staff/match/point_map.hpp"
#include "server/staff/match/sealed_question.hpp"
#include "server/staff/match/unmet_count.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
                 const std::vector<MatchFault>& faults, const AskedFamily* asked = nullptr,
                 Counting counting = Counting::nothing) {
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
    if (asked != nullptr) {
        const auto answer = directory::match(call.context.reader(), rules, asked->family, call.context.now);
        fill_match_answer(body, {call.context, rules, asked->family, answer}, page.links(),
                          {fields, asked->places, counting, field_of(fields, "count")});
    }
    const bool has_map = fill_point_map(body, call.context.reader(), call.context.staff->owner);
    fill_rule_sets(body, rule_sets_of(call), rules);
    fill_match_form(body, fields, call.context, rules, has_map);
    // A page in another language would have to be asked for by an address.
    page.offer_no_languages();
    page.never_keep();
    return page.finish(faults.empty() ? 200 : 422);
}

/// The three languages of a page; that of the one that asks where the word is none of them.
std::string_view sheet_language(std::string_view asked, std::string_view otherwise) {
    constexpr std::array<std::string_view, 3> k_languages{"ja", "ja-easy", "en"};
    const auto* const found = std::ranges::find(k_languages, asked);
    return found == k_languages.end() ? otherwise : *found;
}

/// The question with what was ticked, for the way back from a paper.
Query to_go_back(const Query& fields) {
    Query question;
    std::ranges::copy_if(fields, std::back_inserter(question),
                         [](const auto& field) { return is_match_field(field.first) || field.first == "take"; });
    return question;
}

Answer sheet_page(const StaffCall& call, const Query& fields, const directory::MatchRules& rules,
                  const directory::Family& family, MatchSheet which) {
    Context context = call.context;
    if (which == MatchSheet::family) {
        context.language = sheet_language(field_of(fields, "sheet_language"), context.language);
    }
    Page page(call.request, context, "staff-match-sheet");
    page.style("styles/match.css");
    page.title(page.texts().get(which == MatchSheet::family ? "match.sheet_family" : "match.sheet_file"));
    View& body = page.body();
    body.set("ACTION", page.links().to("/staff/match"));
    body.set("CSRF", call.context.staff->csrf);
    body.set("SEALED", sealed(to_go_back(fields), call.context.staff->csrf));
    const auto answer = directory::match(call.context.reader(), rules, family, call.context.now);
    const auto published = call.desk.public_now();
    fill_match_sheet(body, {context, rules, family, answer}, which, *published, fields);
    page.offer_no_languages();
    page.never_keep();
    return page.finish();
}

/// By which the presses of this answer are known when they come again.
void give_new_word(Query& fields) {
    std::erase_if(fields, [](const auto& field) { return field.first == "once"; });
    fields.emplace_back("once", directory::new_token());
}

/// One more of the four values, and the answer again with what was kept. Nobody is told in the log: it would say who
/// pressed, and when. The same press a second time, by a page that was loaded anew, counts nothing.
Answer count_unmet(const StaffCall& call, Query fields, const directory::MatchRules& rules, const AskedFamily& asked) {
    const std::string wish{field_of(fields, "count")};
    const auto pair = unmet_pair_of(wish, asked.family, rules);
    if (!pair) {
        return form_page(call, fields, rules, {}, &asked);
    }
    const std::string once{field_of(fields, "once")};
    if (!directory::may_be_token(once)) {
        give_new_word(fields);
        return form_page(call, fields, rules, {}, &asked, Counting::stale);
    }
    const std::string press = once + "|" + wish;
    const bool is_counted = std::ranges::find(fields, std::pair(std::string{"counted"}, wish)) != fields.end();
    if (!is_counted) {
        fields.emplace_back("counted", wish);
    }
    if (is_counted || !call.desk.counted().spend(press)) {
        return form_page(call, fields, rules, {}, &asked, Counting::already);
    }
    try {
        call.desk.unmet_to_write().count(unmet_key_of(call.context, asked.family, rules, *pair));
    } catch (const directory::UnmetError&) {
        call.desk.counted().give_back(press);
        std::erase(fields, std::pair(std::string{"counted"}, wish));
        return form_page(call, fields, rules, {}, &asked, Counting::busy);
    }
    return form_page(call, fields, rules, {}, &asked, Counting::kept);
}

/// What was posted; of the way back from a paper the question that it came from, nothing where that is gone.
std::optional<Query> asked_fields(const StaffCall& call) {
    Query fields = posted_fields(call.request).value_or(Query{});
    const auto word = field_of(fields, "sealed");
    return word.empty() ? std::optional(std::move(fields)) : opened(word, call.context.staff->csrf);
}

} // namespace

Answer match_page(const StaffCall& call) { return form_page(call, {}, *rule_sets_of(call).front(), {}); }

Answer post_match(const StaffCall& call) {
    auto posted = asked_fields(call);
    const auto sets = rule_sets_of(call);
    if (!posted) {
        const std::string gone = Texts::in(call.context.language).get("match.fault_gone");
        return form_page(call, {}, *sets.front(), {{"place1", gone, {}}});
    }
    const std::string_view wanted = field_of(*posted, "rules");
    const auto found = std::ranges::find_if(sets, [&](const auto& one) { return one->id == wanted; });
    const auto& rules = found == sets.end() ? sets.front() : *found;
    if (!wanted.empty() && found == sets.end()) { // retired since the form was asked for
        return form_page(call, *posted, *rules,
                         {{.field = sets.size() < 2 ? "person1_kind" : "rules",
                           .sentence = Texts::in(call.context.language).get("match.fault_rules_gone"),
                           .may_be = {}}});
    }
    if (field_of(*posted, "do") == "rules") { // other rules may ask for other needs: the form alone
        return form_page(call, *posted, *rules, {});
    }
    Query& fields = *posted;
    const auto asked = family_of(fields, call.context, *rules);
    if (!asked) {
        return form_page(call, fields, *rules, asked.error());
    }
    if (!field_of(fields, "count").empty()) {
        return count_unmet(call, fields, *rules, *asked);
    }
    const std::string_view wish = field_of(fields, "do");
    if (wish == "family_sheet" || wish == "file_sheet") {
        return sheet_page(call, fields, *rules, asked->family,
                          wish == "family_sheet" ? MatchSheet::family : MatchSheet::file);
    }
    if (!directory::may_be_token(field_of(fields, "once"))) {
        give_new_word(fields);
    }
    return form_page(call, fields, *rules, {}, &*asked);
}

} // namespace shirube::server
