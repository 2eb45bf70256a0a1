#include "server/staff/match/rules/rules_pages.hpp"

#include "directory/store.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/staff/match/rules/rule_set.hpp"
#include "server/staff/match/rules/rule_view.hpp"
#include "server/staff/refusal.hpp"
#include "server/staff/resume.hpp"
#include "server/staff/store_writing.hpp"
#include "server/staff/times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

constexpr std::array k_name_fields{std::pair{"name", "name"}, std::pair{"description", "description"}};

Answer no_such_rules(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "rules.unknown", "rules.heading", std::string{k_rules_home}});
}

bool may_plan(const StaffCall& call) { return call.context.staff->may_plan && !call.who.account.municipality.empty(); }

/// Name, sentence and source as fields.
Query name_fields(const RuleDocument& document) {
    Query fields;
    for (const auto& [member, field] : k_name_fields) {
        const auto label = document.value(member, RuleDocument::object());
        for (const std::string language : {"ja", "ja_easy", "en"}) {
            fields.emplace_back(fmt::format("{}_{}", field, language), label.value(language, std::string{}));
        }
    }
    fields.emplace_back("source", document.value("source", std::string{}));
    fields.emplace_back("vacancy_fresh_days", document.value("vacancy_fresh_days", RuleDocument(30)).dump());
    return fields;
}

RuleDocument with_names(RuleDocument document, const Query& fields) {
    for (const auto& [member, field] : k_name_fields) {
        for (const std::string language : {"ja", "ja_easy", "en"}) {
            const auto text = std::string{field_of(fields, fmt::format("{}_{}", field, language))};
            // Where a language is left empty, the Japanese stands for it.
            document[member][language] =
                text.empty() ? std::string{field_of(fields, fmt::format("{}_ja", field))} : text;
        }
    }
    document["source"] = std::string{field_of(fields, "source")};
    if (const auto days = field_of(fields, "vacancy_fresh_days"); !days.empty()) {
        const auto number = parse_digits(days);
        document["vacancy_fresh_days"] = number ? RuleDocument(*number) : RuleDocument(std::string{days});
    }
    return document;
}

void fill_names(View form, const Query& fields) {
    for (const auto& [name, value] : fields) {
        std::string upper = name;
        std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
        form.set(upper, value);
    }
}

void tell(View body, const std::vector<RuleFault>& faults, const RuleSet* set) {
    for (const auto& fault : faults) {
        View notice = body.section("PROBLEM");
        notice.set("SENTENCE", fault.sentence);
        const bool is_in_rule = set != nullptr && fault.anchor.starts_with("/rules/") && set->rules;
        if (is_in_rule) {
            const auto rule = place_of_case(fault.anchor).first;
            if (rule < set->rules->rules.size()) {
                notice.section("AT").set("HREF", "#rule-" + set->rules->rules[rule].code);
            }
        } else if (!fault.anchor.empty()) {
            notice.section("POINTER").set("POINTER", fault.anchor);
        }
    }
}

Answer new_with(const StaffCall& call, const RuleSet& from, const Query& fields, const std::vector<RuleFault>& faults) {
    Page page(call.request, call.context, "staff-match-ruleset");
    page.style("styles/match.css");
    page.title(page.texts().get("rules.new"));
    View& body = page.body();
    body.set("BACK", page.links().to(k_rules_home));
    View heading = body.section("NEW");
    heading.set("NAME", from.name(page.texts().language()));
    tell(body, faults, nullptr);
    View form = body.section("NAMES");
    form.set("ACTION", page.links().to("/staff/match/rules/new", {{"from", from.id}}));
    form.set("CSRF", call.who.csrf);
    form.set("OVER", 0);
    form.show("KEEP_NEW");
    fill_names(form, fields);
    return page.finish(faults.empty() ? 200 : 422);
}

/// What was done or typed before the page is shown again.
struct Told {
    std::vector<RuleFault> faults{};
    bool all_hold = false;        ///< a dry run went well
    std::optional<Query> names{}; ///< as typed
    std::string json{};           ///< as typed; empty: the document
    unsigned status = 200;
};

void fill_heading(View body, const RuleSet& set, const StaffCall& call, const Page& page) {
    View heading = body.section("SET");
    heading.set("NAME", set.name(page.texts().language()));
    heading.set("ID", set.id);
    heading.set("VERSION", set.version);
    if (set.rules) {
        heading.words("DESCRIPTION", set.rules->description.in(page.texts().language()));
        heading.set("SOURCE", set.rules->source);
    }
    const auto in_force = call.context.reader().match_rules();
    heading.show_if(!in_force.empty() && in_force.front()->id == set.id, "IN_FORCE");
    heading.show(!set.kept ? "SHIPPED" : set.kept->retired ? "RETIRED" : "KEPT");
    if (may_plan(call)) {
        heading.section("COPY").set("HREF", page.links().to("/staff/match/rules/new", {{"from", set.id}}));
    }
}

void fill_decision(View body, const StaffCall& call, const RuleSet& set, std::string_view what,
                   const std::string& action) {
    View decision = body.section("DECISION");
    decision.set("DO", what);
    decision.set("ACTION", action);
    decision.set("CSRF", call.who.csrf);
    decision.set("VERSION", set.kept->newest().version);
    decision.set("SHOWN", set.version);
    decision.words("WORDS", body.texts().get(fmt::format("rules.{}", what)));
    decision.words("HINT", body.texts().get(fmt::format("rules.{}_hint", what)));
}

void fill_keeping(View body, const RuleSet& set, const StaffCall& call, const Page& page, const Told& told) {
    const std::string action = page.links().to(rules_address(set.id));
    const int newest = set.kept->newest().version;
    if (!set.is_newest()) {
        View older = body.section("OLDER");
        older.set("NUMBER", set.version);
        older.set("HREF", page.links().to(rules_address(set.id)));
    } else if (!set.kept->retired) {
        View names = body.section("NAMES");
        names.set("ACTION", action);
        names.set("CSRF", call.who.csrf);
        names.set("OVER", newest);
        names.show("KEEP_VERSION");
        fill_names(names, told.names.value_or(name_fields(set.document)));
        View json = body.section("JSON");
        json.set("ACTION", action);
        json.set("CSRF", call.who.csrf);
        json.set("OVER", newest);
        json.set("TEXT", told.json.empty() ? set.document.dump(1) : told.json);
        json.show_if(!told.json.empty() || !set.rules, "OPENED");
    }
    View keeping = body.section("KEEPING");
    if (set.kept->retired) {
        fill_decision(keeping, call, set, "revive", action);
    } else {
        if (!set.is_newest()) {
            fill_decision(keeping, call, set, "restore", action);
        }
        fill_decision(keeping, call, set, "retire", action);
    }
}

void fill_versions(View body, const RuleSet& set, const Page& page) {
    View table = body.section("VERSIONS");
    for (const auto& version : set.kept->versions) {
        View row = table.section("VERSION_ROW");
        row.set("NUMBER", version.version);
        row.set("AT", in_tokyo(version.at));
        row.set("BY", version.by);
        row.set("HREF", page.links().to(rules_address(set.id), {{"version", std::to_string(version.version)}}));
    }
}

Answer set_with(const StaffCall& call, const RuleSet& set, const Told& told) {
    Page page(call.request, call.context, "staff-match-ruleset");
    page.style("styles/match.css");
    page.title(set.name(page.texts().language()));
    View& body = page.body();
    body.set("BACK", page.links().to(k_rules_home));
    fill_heading(body, set, call, page);
    tell(body, told.faults, &set);
    body.show_if(told.all_hold, "ALL_HOLD");
    if (set.kept && told.faults.empty() &&
        call.request.parameter("kept") == std::to_string(set.kept->newest().version)) {
        body.section("DONE").set("VERSION", set.kept->newest().version);
    }
    if (set.rules) {
        body.show("RULES");
        fill_rules(body, set, call.context.reader(), page.links(),
                   set.may_change() && set.is_newest() && may_plan(call));
    } else if (told.faults.empty()) {
        tell(body, {{set.rules.error().pointer, set.rules.error().in(page.texts().language())}}, nullptr);
    }
    if (set.kept) {
        if (may_plan(call)) {
            fill_keeping(body, set, call, page, told);
        }
        fill_versions(body, set, page);
    }
    return page.finish(told.status);
}

Answer kept_or_told(const StaffCall& call, const RuleSet& set, const RuleDocument& document, Told told) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    told.faults = faults_of(document, call);
    if (!told.faults.empty()) {
        told.status = 422;
        return set_with(call, set, told);
    }
    if (field_of(fields, "do") == "try") {
        told.all_hold = true;
        return set_with(call, set, told);
    }
    int version = 0;
    const auto over = static_cast<int>(parse_digits(field_of(fields, "over")).value_or(0));
    if (auto trouble = keep_version(call, set, over, document, version)) {
        told.faults = {{"", *std::move(trouble)}};
        told.status = 409;
        return set_with(call, set, told);
    }
    return see_other(address(rules_address(set.id), {{"kept", std::to_string(version)}}));
}

Answer decide(const StaffCall& call, const RuleSet& set, std::string_view what, int version) {
    if (version != set.kept->newest().version) {
        return set_with(
            call, set,
            {.faults = {{"", Texts::in(call.context.language).get("policies.changed_meanwhile")}}, .status = 409});
    }
    auto trouble =
        trouble_of_writing(call, [&](directory::Store& store) { store.retire_document(set.id, what == "retire"); });
    if (trouble) {
        return set_with(call, set, {.faults = {{"", *std::move(trouble)}}, .status = 409});
    }
    note_rules(call, set.id, what, version);
    return see_other(rules_address(set.id));
}

void fill_listed(View item, const RuleSet& set, const StaffCall& call, const Links& links) {
    const std::string_view language = item.texts().language();
    item.set("NAME", set.name(language));
    item.set("HREF", links.to(rules_address(set.id)));
    if (set.rules) {
        item.words_if_any("DESCRIPTION", set.rules->description.in(language));
        std::size_t cases = 0;
        for (const auto& rule : set.rules->rules) {
            cases += rule.cases.size();
        }
        View count = item.section("COUNTS");
        count.set("RULES", set.rules->rules.size());
        count.set("CASES", cases);
    }
    item.set("VERSION", set.version);
    const auto in_force = call.context.reader().match_rules();
    item.show_if(!in_force.empty() && in_force.front()->id == set.id, "IN_FORCE");
    item.show(set.kept ? "KEPT" : "SHIPPED");
    if (may_plan(call)) {
        item.section("COPY").set("HREF", links.to("/staff/match/rules/new", {{"from", set.id}}));
    }
}

} // namespace

Answer rules_page(const StaffCall& call) {
    Page page(call.request, call.context, "staff-match-rules");
    page.style("styles/match.css");
    page.title(page.texts().get("rules.heading"));
    View& body = page.body();
    body.set("BACK", page.links().to("/staff/match"));
    const auto sets = kept_rule_sets(call);
    std::vector<const RuleSet*> retired;
    for (const auto& set : sets) {
        if (set.kept->retired) {
            retired.push_back(&set);
        } else {
            fill_listed(body.section("ITEM"), set, call, page.links());
        }
    }
    fill_listed(body.section("ITEM"), shipped_rule_set(call), call, page.links());
    if (!retired.empty()) {
        View section = body.section("RETIRED");
        for (const auto* set : retired) {
            View item = section.section("RETIRED_ITEM");
            item.set("NAME", set->name(page.texts().language()));
            item.set("HREF", page.links().to(rules_address(set->id)));
        }
    }
    return page.finish();
}

Answer new_rules_page(const StaffCall& call) {
    const auto from = find_rule_set(call, call.request.parameter("from").value_or("default"));
    if (!from || !may_plan(call)) {
        return no_such_rules(call);
    }
    if (const auto kept = kept_fields(call)) {
        return new_with(call, *from, *kept, {});
    }
    Query fields = name_fields(from->document);
    for (auto& [name, value] : fields) {
        if (name.starts_with("name_") && !value.empty()) {
            const auto language = name == "name_en" ? "en" : name == "name_ja_easy" ? "ja-easy" : "ja";
            value = Texts::in(language).with("rules.copy_of", {{"name", value}});
        }
    }
    return new_with(call, *from, fields, {});
}

Answer post_new_rules(const StaffCall& call) {
    const auto from = find_rule_set(call, call.request.parameter("from").value_or("default"));
    if (!from || !may_plan(call)) {
        return no_such_rules(call);
    }
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto document = with_names(from->document, fields);
    if (auto faults = faults_of(document, call); !faults.empty()) {
        return new_with(call, *from, fields, faults);
    }
    std::string id;
    auto trouble = trouble_of_writing(call, [&](directory::Store& store) {
        id = store.add_document(directory::DocumentKind::match_rules, call.who.account.municipality,
                                {.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                                 .at = {},
                                 .by = call.who.account.name});
    });
    if (trouble) {
        return new_with(call, *from, fields, {{"", *std::move(trouble)}});
    }
    note_rules(call, id, "kept", 1);
    return see_other(address(rules_address(id), {{"kept", "1"}}));
}

Answer rule_set_page(const StaffCall& call) {
    const auto version = call.request.parameter("version");
    const auto number = version ? parse_digits(*version) : std::nullopt;
    const auto set =
        version && !number
            ? std::nullopt
            : find_rule_set(call, call.parts[0], number ? std::optional(static_cast<int>(*number)) : std::nullopt);
    if (!set) {
        return no_such_rules(call);
    }
    Told told;
    if (const auto kept = kept_fields(call); kept && set->kept) { // typed before they had to sign in again
        const auto json = field_of(*kept, "json");
        told.json = json;
        told.names = field_of(*kept, "do") == "names" ? kept : std::nullopt;
    }
    return set_with(call, *set, told);
}

Answer post_rule_set(const StaffCall& call) {
    const auto set = find_rule_set(call, call.parts[0]);
    if (!set || !set->kept || !may_plan(call)) {
        return no_such_rules(call);
    }
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto what = field_of(fields, "do");
    const auto version = static_cast<int>(parse_digits(field_of(fields, "version")).value_or(0));
    if (what == "retire" || what == "revive") {
        return decide(call, *set, what, version);
    }
    if (set->kept->retired) {
        return decide(call, *set, what, 0); // somebody has retired it meanwhile
    }
    if (what == "names") {
        return kept_or_told(call, *set, with_names(set->document, fields), {.names = fields});
    }
    if (what == "restore") {
        const auto shown = static_cast<int>(parse_digits(field_of(fields, "shown")).value_or(0));
        const auto older = find_rule_set(call, set->id, shown);
        return older ? kept_or_told(call, *set, older->document, {}) : no_such_rules(call);
    }
    const std::string text{field_of(fields, "json")};
    return kept_or_told(call, *set, RuleDocument::parse(text, nullptr, false), {.json = text});
}

} // namespace shirube::server
