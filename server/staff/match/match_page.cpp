#include "server/staff/match/match_page.hpp"

#include "directory/match/match.hpp"
#include "server/pages/page.hpp"
#include "server/staff/match/match_form.hpp"
#include "server/staff/match/match_view.hpp"

#include <algorithm>
#include <memory>

namespace shirube::server {

namespace {

/// The municipality's own rules where its stewards keep some, else those that come with the program.
std::shared_ptr<const directory::MatchRules> rules_of(const StaffCall& call) {
    const auto rules = call.context.reader().match_rules();
    return rules.empty() ? directory::shipped_match_rules() : rules.front();
}

Answer form_page(const StaffCall& call, const Query& fields, const directory::MatchRules& rules,
                 const std::vector<MatchFault>& faults, const directory::Family* family) {
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
        fill_match_answer(body, {call.context, rules, *family, answer}, page.links(), fields);
    }
    fill_match_form(body, fields, call.context, rules);
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

} // namespace

Answer match_page(const StaffCall& call) { return form_page(call, {}, *rules_of(call), {}, nullptr); }

Answer post_match(const StaffCall& call) {
    const auto rules = rules_of(call);
    const Query fields = posted_fields(call.request).value_or(Query{});
    const auto family = family_of(fields, call.context, *rules);
    if (!family) {
        return form_page(call, fields, *rules, family.error(), nullptr);
    }
    const std::string_view wish = field_of(fields, "do");
    if (wish == "family_sheet" || wish == "file_sheet") {
        return sheet_page(call, fields, *rules, *family,
                          wish == "family_sheet" ? MatchSheet::family : MatchSheet::file);
    }
    return form_page(call, fields, *rules, {}, &*family);
}

} // namespace shirube::server
