#include "server/staff/match/rules/rule_view.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

void fill_cases(View item, const directory::MatchRules& rules, std::size_t number, const RuleWords& words,
                const directory::Taxonomy& taxonomy) {
    const auto& rule = rules.rules[number];
    View table = item.section("CASES");
    std::size_t failing = 0;
    for (std::size_t i = 0; i < rule.cases.size(); ++i) {
        const auto& told = rule.cases[i];
        const auto says = effect_of(rules, number, told.situation, told.offer, taxonomy);
        View row = table.section("CASE");
        row.set("NUMBER", i + 1);
        row.words("FAMILY", words.family(number, i));
        row.words("SERVICE", words.service(number, i));
        row.words("EXPECTS", words.effect(number, told.expects));
        if (says == told.expects) {
            row.show("HOLDS");
        } else {
            ++failing;
            row.section("FAILS").words("SAYS", words.effect(number, says));
        }
    }
    table.set("N", rule.cases.size());
    table.show(failing == 0 ? "ALL_HOLD" : "SOME_FAIL");
    table.set("FAILING", failing);
}

void fill_needs(View body, const RuleSet& set, const RuleWords& words, std::string_view language) {
    const auto needs = set.document.value("needs", RuleDocument::array());
    for (std::size_t i = 0; i < needs.size() && i < set.rules->needs.size(); ++i) {
        View item = body.section("NEED");
        item.words("LABEL", set.rules->needs[i].label.in(language));
        std::vector<std::string> programmes;
        for (const auto& code : texts_in(needs[i].value("any_of", RuleDocument::array()))) {
            programmes.push_back(words.programme(code));
        }
        item.words("PROGRAMMES", words.list(programmes));
        item.set("SOURCE", set.rules->needs[i].source);
    }
}

} // namespace

void fill_rules(View body, const RuleSet& set, const directory::Reader& reader, const Links& links, bool may_change) {
    const Texts& texts = body.texts();
    const auto& rules = *set.rules;
    const RuleWords words(rules, set.document, reader, texts);
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        const auto& rule = rules.rules[i];
        View item = body.section("RULE");
        item.set("NUMBER", i + 1);
        item.set("CODE", rule.code);
        item.words("LABEL", rule.label.in(texts.language()));
        item.set("PLAIN_LABEL", rule.label.in(texts.language()));
        item.words("SAYS", words.says(i));
        item.words_if_any("WHEN", words.when(i));
        item.show_if(words.when(i).empty(), "ALWAYS");
        item.set("SOURCE", rule.source);
        item.show_if(rule.off, "OFF");
        fill_cases(item, rules, i, words, reader.taxonomy());
        if (may_change) {
            item.section("EDIT").set("HREF", links.to(rule_address(set.id, rule.code)));
        }
    }
    fill_needs(body, set, words, texts.language());
}

} // namespace shirube::server
