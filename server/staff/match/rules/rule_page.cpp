// The form of one rule: what it says, when, its figures and choices, and its table of cases with a dry run.
#include "directory/life_stage.hpp"
#include "directory/policy/policy_words.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/words.hpp"
#include "server/staff/match/rules/rule_form.hpp"
#include "server/staff/match/rules/rule_set.hpp"
#include "server/staff/match/rules/rules_pages.hpp"
#include "server/staff/refusal.hpp"
#include "server/staff/resume.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::MatchRuleKind;

constexpr std::array<std::string_view, 4> k_roles{"home", "school", "work", "other"};
constexpr std::array<std::string_view, 4> k_modes{"walk", "bicycle", "car", "fetched"};
constexpr std::array<std::string_view, 3> k_kinds{"child", "parent", "expecting"};

bool has(const Query& fields, std::string_view name, std::string_view value) {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name && field.second == value; });
}

void offer(View to, std::string_view section, const Query& fields, std::string_view name, std::string_view value,
           std::string_view words) {
    View option = to.section(section);
    option.set("VALUE", value);
    option.set("WORDS", words);
    option.show_if(has(fields, name, value), "CHOSEN");
}

/// What a dry run says of a row of the table.
struct RowResult {
    std::string says; ///< in words
    bool holds = false;
};

/// One rule in its set, with what was typed.
struct Draft {
    const RuleSet& set;
    std::size_t number; ///< of the rule
    Query fields;
    std::vector<std::size_t> rows{};  ///< rows_kept()
    std::vector<RowResult> results{}; ///< by `rows`; empty: not tried, or not understood
    std::vector<RuleFault> faults{};  ///< anchors are fields of the form
    bool all_hold = false;
    unsigned status = 200;

    [[nodiscard]] const RuleDocument& rule() const { return set.document.at("rules").at(number); }
    [[nodiscard]] MatchRuleKind kind() const { return set.rules->rules[number].kind; }
};

class FormView {
  public:
    FormView(View form, const Draft& draft, const directory::Reader& reader)
        : form_(form),
          draft_(draft),
          reader_(reader),
          texts_(form.texts()),
          words_(*draft.set.rules, draft.set.document, reader, texts_) {}

    void fill() {
        form_.show_if(has(draft_.fields, "on", "1"), "ON");
        for (const auto& [value, field] : {std::pair{"LABEL_JA", "label_ja"}, std::pair{"LABEL_EASY", "label_ja_easy"},
                                           std::pair{"LABEL_EN", "label_en"}, std::pair{"SOURCE", "source"}}) {
            form_.set(value, field_of(draft_.fields, field));
        }
        fill_parameters();
        fill_condition();
        fill_cases();
        fill_new_case();
        for (const auto& programme : reader_.taxonomy().programmes()) {
            if (programme.visibility <= reader_.audience().sees()) {
                form_.section("KNOWN_PROGRAMME").set("NAME", programme.label.in(texts_.language()));
            }
        }
    }

  private:
    void fill_list(const char* section, const char* field) {
        View part = form_.section(section);
        part.set("TEXT", field_of(draft_.fields, field));
    }

    void fill_parameters() {
        switch (draft_.kind()) {
            case MatchRuleKind::only_at:
            case MatchRuleKind::exclude:
            case MatchRuleKind::prefer:
                fill_list("PROGRAMMES", "programmes");
                fill_list("AT", "at");
                return;
            case MatchRuleKind::order:
                fill_list("ORDER", "programmes");
                return;
            case MatchRuleKind::afterwards:
                fill_list("PROGRAMMES", "programmes");
                fill_list("TO", "to");
                return;
            case MatchRuleKind::least_distance_m: {
                View part = form_.section("LEAST_DISTANCE");
                part.set("METRES", field_of(draft_.fields, "metres"));
                for (const auto role : k_roles) {
                    offer(part, "ROLE", draft_.fields, "place", role, role_in_words(role));
                }
                return;
            }
            case MatchRuleKind::near:
                for (std::size_t i = 1; i <= k_roles.size(); ++i) {
                    View part = form_.section("NEAR");
                    part.set("NUMBER", i);
                    for (const auto role : k_roles) {
                        offer(part, "ROLE", draft_.fields, fmt::format("place{}", i), role, role_in_words(role));
                    }
                }
                return;
            case MatchRuleKind::most_minutes:
                for (const auto mode : k_modes) {
                    View part = form_.section("MINUTES");
                    part.set("FIELD", fmt::format("minutes_{}", mode));
                    part.words("MODE", mode_in_words(mode));
                    part.set("VALUE", field_of(draft_.fields, fmt::format("minutes_{}", mode)));
                }
                return;
        }
    }

    void fill_condition() {
        for (const auto& need : draft_.set.rules->needs) {
            offer(form_, "WHEN_NEED", draft_.fields, "when_need", need.code, need.label.in(texts_.language()));
        }
        for (const auto kind : k_kinds) {
            offer(form_, "WHEN_PERSON", draft_.fields, "when_person", kind, kind_in_words(kind));
        }
        for (const auto& stage : directory::life_stages()) {
            offer(form_, "WHEN_STAGE", draft_.fields, "when_stage", stage.code, stage.label.in(texts_.language()));
        }
        for (std::size_t day = 0; day < directory::k_weekdays.size(); ++day) {
            offer(form_, "WHEN_WEEKDAY", draft_.fields, "when_weekday", directory::k_weekdays.at(day),
                  weekday_in_words(static_cast<int>(day), texts_));
        }
        offer(form_, "WHEN_WORRY", draft_.fields, "when_worry", "neighbours", texts_.get("match.worry_neighbours"));
        for (const auto role : k_roles) {
            offer(form_, "WHEN_PLACE", draft_.fields, "when_place", role, role_in_words(role));
        }
        for (const auto mode : k_modes) {
            offer(form_, "WHEN_MODE", draft_.fields, "when_mode", mode, mode_in_words(mode));
        }
        for (const auto& [value, field] :
             {std::pair{"FROM_YEARS", "when_from_years"}, std::pair{"FROM_MONTHS", "when_from_months"},
              std::pair{"UNDER_YEARS", "when_under_years"}, std::pair{"UNDER_MONTHS", "when_under_months"}}) {
            form_.set(value, field_of(draft_.fields, field));
        }
    }

    void fill_expects(View row, const std::string& field) {
        const auto effects = effects_of(draft_.kind());
        if (effects.empty()) {
            View text = row.section(draft_.kind() == MatchRuleKind::afterwards ? "EXPECTS_LINES" : "EXPECTS_TEXT");
            text.set("FIELD", field);
            text.set("VALUE", field_of(draft_.fields, field));
            return;
        }
        View choice = row.section("EXPECTS_CHOICE");
        choice.set("FIELD", field);
        choice.show_if(field == "new_expects", "MAY_BE_NONE");
        for (const auto effect : effects) {
            offer(choice, "EFFECT", draft_.fields, field, effect, effect_word(effect, texts_).value_or(""));
        }
    }

    void fill_result(View row, std::size_t number) {
        const auto at = std::ranges::find(draft_.rows, number);
        const auto place = static_cast<std::size_t>(at - draft_.rows.begin());
        if (at == draft_.rows.end() || place >= draft_.results.size()) {
            return;
        }
        const auto& result = draft_.results[place];
        if (result.holds) {
            row.show("HOLDS");
        } else {
            row.section("FAILS").words("SAYS", result.says);
        }
    }

    void fill_cases() {
        const auto cases = draft_.rule().value("cases", RuleDocument::array());
        for (std::size_t i = 0; i < cases.size(); ++i) {
            View row = form_.section("CASE");
            row.set("NUMBER", i + 1);
            row.set("INDEX", i);
            row.words("FAMILY", words_.family(draft_.number, i));
            row.words("SERVICE", words_.service(draft_.number, i));
            row.show_if(has(draft_.fields, case_field(i, "gone"), "1"), "GONE");
            const auto distances = distances_of(cases[i]);
            for (const auto& [role, metres] : distances.items()) {
                View distance = row.section("DISTANCE");
                distance.set("FIELD", case_field(i, role));
                distance.words("ROLE", role_in_words(role));
                distance.set("VALUE", field_of(draft_.fields, case_field(i, role)));
            }
            fill_expects(row, case_field(i, "expects"));
            fill_result(row, i);
        }
    }

    void fill_new_case() {
        View added = form_.section("NEW_CASE");
        for (const auto& need : draft_.set.rules->needs) {
            offer(added, "NEED", draft_.fields, "new_need", need.code, need.label.in(texts_.language()));
        }
        for (const auto kind : k_kinds) {
            offer(added, "PERSON", draft_.fields, "new_person", kind, kind_in_words(kind));
        }
        for (const auto& stage : directory::life_stages()) {
            offer(added, "STAGE", draft_.fields, "new_stage", stage.code, stage.label.in(texts_.language()));
        }
        for (const auto mode : k_modes) {
            offer(added, "MODE", draft_.fields, "new_mode", mode, mode_in_words(mode));
        }
        offer(added, "WORRY", draft_.fields, "new_worry", "neighbours", texts_.get("match.worry_neighbours"));
        for (const auto& [value, field] : {std::pair{"YEARS", "new_years"}, std::pair{"MONTHS", "new_months"},
                                           std::pair{"PROGRAMME", "new_programme"}, std::pair{"ALSO", "new_also"}}) {
            added.set(value, field_of(draft_.fields, field));
        }
        for (const auto role : k_roles) {
            View distance = added.section("DISTANCE");
            distance.set("FIELD", fmt::format("new_{}", role));
            distance.words("ROLE", role_in_words(role));
            distance.set("VALUE", field_of(draft_.fields, fmt::format("new_{}", role)));
        }
        added.show_if(has(draft_.fields, "new_comes", "1"), "COMES");
        fill_expects(added, "new_expects");
        fill_result(added, k_new_case);
        added.show_if(!field_of(draft_.fields, "new_expects").empty(), "OPENED");
    }

    [[nodiscard]] std::string role_in_words(std::string_view role) const {
        return texts_.get("match.role_" + std::string(role));
    }
    [[nodiscard]] std::string mode_in_words(std::string_view mode) const {
        return texts_.get("match.mode_" + std::string(mode));
    }
    [[nodiscard]] std::string kind_in_words(std::string_view kind) const {
        return texts_.get("match.kind_" + std::string(kind));
    }

    View form_;
    const Draft& draft_;
    const directory::Reader& reader_;
    const Texts& texts_;
    RuleWords words_;
};

Answer rule_with(const StaffCall& call, const Draft& draft) {
    Page page(call.request, call.context, "staff-match-rule");
    page.style("styles/match.css");
    const auto& rule = draft.set.rules->rules[draft.number];
    page.title(rule.label.in(page.texts().language()));
    View& body = page.body();
    body.set("BACK", page.links().to(rules_address(draft.set.id)));
    body.set("SET_NAME", draft.set.name(page.texts().language()));
    body.set("LABEL", rule.label.in(page.texts().language()));
    body.set("VERSION", draft.set.version);
    const RuleWords words(*draft.set.rules, draft.set.document, call.context.reader(), page.texts());
    body.words("SAYS", words.says(draft.number));
    body.words_if_any("WHEN", words.when(draft.number));
    for (const auto& fault : draft.faults) {
        View notice = body.section("PROBLEM");
        notice.set("ANCHOR", fault.anchor.empty() ? "rule-form" : fault.anchor);
        notice.set("SENTENCE", fault.sentence);
    }
    body.show_if(draft.all_hold, "ALL_HOLD");
    View form = body.section("FORM");
    form.set("ACTION", page.links().to(rule_address(draft.set.id, rule.code)));
    form.set("CSRF", call.who.csrf);
    form.set("OVER", draft.set.version);
    FormView(form, draft, call.context.reader()).fill();
    return page.finish(draft.status);
}

std::optional<std::size_t> number_of(const RuleSet& set, std::string_view code) {
    if (!set.rules) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(set.rules->rules, code, &directory::MatchRule::code);
    return found == set.rules->rules.end() ? std::nullopt
                                           : std::optional(static_cast<std::size_t>(found - set.rules->rules.begin()));
}

Answer no_such_rule(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "rules.unknown", "rules.heading", std::string{k_rules_home}});
}

/// Runs every case of the rule as the draft has it; \returns the document that would be kept, where all of it holds.
std::optional<RuleDocument> tried(Draft& draft, const StaffCall& call) {
    const auto& reader = call.context.reader();
    const Texts& texts = Texts::in(call.context.language);
    const RuleWords words(*draft.set.rules, draft.set.document, reader, texts);
    RuleDocument document = draft.set.document;
    draft.rows = rows_kept(draft.rule(), draft.fields);
    document["rules"][draft.number] = rule_from(draft.rule(), draft.fields, words, reader, texts);
    const std::string own = fmt::format("/rules/{}", draft.number);
    const auto anchor = [&](std::string_view pointer) {
        return pointer.starts_with(own + "/") ? field_of_rule(pointer.substr(own.size()), draft.rows) : std::string{};
    };
    for (auto& fault : faults_of(document, call)) {
        draft.faults.push_back({anchor(fault.anchor), std::move(fault.sentence)});
    }
    if (const auto rules = rules_in(document, reader.taxonomy())) {
        const RuleWords of_draft(*rules, document, reader, texts);
        for (const auto& told : rules->rules[draft.number].cases) {
            const auto says = effect_of(*rules, draft.number, told.situation, told.offer, reader.taxonomy());
            draft.results.push_back({of_draft.effect(draft.number, says), says == told.expects});
        }
    }
    return draft.faults.empty() ? std::optional(std::move(document)) : std::nullopt;
}

} // namespace

Answer rule_page(const StaffCall& call) {
    // Typed before they had to sign in again, over the version that was looked at then.
    auto kept = kept_fields(call);
    const auto over = kept ? parse_digits(field_of(*kept, "over")) : std::nullopt;
    const auto set = find_rule_set(call, call.parts[0], over ? std::optional(static_cast<int>(*over)) : std::nullopt);
    const auto number = set ? number_of(*set, call.parts[1]) : std::nullopt;
    if (!number || !set->may_change()) {
        return no_such_rule(call);
    }
    const Texts& texts = Texts::in(call.context.language);
    const RuleWords words(*set->rules, set->document, call.context.reader(), texts);
    Draft draft{.set = *set, .number = *number, .fields = {}};
    if (kept) {
        draft.fields = *std::move(kept);
        tried(draft, call);
        return rule_with(call, draft);
    }
    draft.fields = rule_fields(set->document.at("rules").at(*number), words, texts);
    // Every case as it stands: a page that is opened says already what holds.
    tried(draft, call);
    draft.faults.clear();
    return rule_with(call, draft);
}

Answer post_rule(const StaffCall& call) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto over = static_cast<int>(parse_digits(field_of(fields, "over")).value_or(0));
    // The rows of the table are those of the version that was looked at, whatever was kept meanwhile.
    const auto set = find_rule_set(call, call.parts[0], over);
    const auto number = set ? number_of(*set, call.parts[1]) : std::nullopt;
    if (!number || !set->may_change()) {
        return no_such_rule(call);
    }
    Draft draft{.set = *set, .number = *number, .fields = fields};
    const auto document = tried(draft, call);
    if (!document) {
        draft.status = 422;
        return rule_with(call, draft);
    }
    if (field_of(draft.fields, "do") != "keep") {
        draft.all_hold = true;
        return rule_with(call, draft);
    }
    int version = 0;
    if (auto trouble = keep_version(call, *set, over, *document, version)) {
        draft.faults.push_back({"", *std::move(trouble)});
        draft.status = 409;
        return rule_with(call, draft);
    }
    return see_other(address(rules_address(set->id), {{"kept", std::to_string(version)}}));
}

} // namespace shirube::server
