#include "server/staff/match/rules/rule_words.hpp"

#include "directory/life_stage.hpp"
#include "directory/policy/policy_words.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace shirube::server {

namespace {

using directory::MatchRuleKind;

const RuleDocument k_nothing = RuleDocument::array();

const RuleDocument& member(const RuleDocument& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? k_nothing : *found;
}

std::string stage_in_words(std::string_view code, const Texts& texts) {
    const auto stage = directory::parse_life_stage(code);
    return stage ? directory::words_of(*stage).label.in(texts.language()) : std::string(code);
}

std::string weekday_of(std::string_view code, const Texts& texts) {
    const auto* const found = std::ranges::find(directory::k_weekdays, code);
    return found == directory::k_weekdays.end()
               ? std::string(code)
               : weekday_in_words(static_cast<int>(found - directory::k_weekdays.begin()), texts);
}

} // namespace

std::vector<std::string> texts_in(const RuleDocument& values) {
    std::vector<std::string> texts;
    if (values.is_string()) {
        texts.push_back(values.get<std::string>());
    } else if (values.is_array()) {
        for (const auto& value : values) {
            if (value.is_string()) {
                texts.push_back(value.get<std::string>());
            }
        }
    }
    return texts;
}

std::string RuleWords::list(const std::vector<std::string>& words) const {
    std::string all;
    for (const auto& word : words) {
        all += (all.empty() ? "" : texts_.get("rules.and")) + word;
    }
    return all;
}

std::string RuleWords::programme(std::string_view code) const {
    const auto index = reader_.taxonomy().by_code(code);
    if (!index) {
        return std::string(code);
    }
    const auto& found = reader_.taxonomy().at(*index);
    return found.visibility <= reader_.audience().sees() ? found.label.in(texts_.language())
                                                         : texts_.get("rules.programme_hidden");
}

std::string RuleWords::need(std::string_view code) const {
    const auto found = rules_.find_need(code);
    return found ? rules_.needs[*found].label.in(texts_.language()) : std::string(code);
}

std::string RuleWords::programmes(const RuleDocument& rule, const char* name) const {
    std::vector<std::string> words;
    for (const auto& code : texts_in(member(rule, name))) {
        words.push_back(programme(code));
    }
    return list(words);
}

std::string RuleWords::coded(const RuleDocument& values, std::string_view key) const {
    std::vector<std::string> words;
    for (const auto& code : texts_in(values)) {
        words.push_back(texts_.get_or(std::string(key) + code, code));
    }
    return list(words);
}

std::string RuleWords::minutes(const RuleDocument& rule) const {
    std::vector<std::string> words;
    for (const auto& [mode, value] : member(rule, "minutes").items()) {
        if (value.is_number()) {
            words.push_back(texts_.with("rules.mode_minutes", {{"mode", texts_.get_or("match.mode_" + mode, mode)},
                                                               {"minutes", value.dump()}}));
        }
    }
    return list(words);
}

std::string RuleWords::says(std::size_t number) const {
    const RuleDocument& of = rule(number);
    const std::string what = programmes(of, "programmes");
    const std::string at = programmes(of, "at");
    switch (rules_.rules[number].kind) {
        case MatchRuleKind::only_at:
            return texts_.with("rules.says_only_at", {{"programmes", what}, {"at", at}});
        case MatchRuleKind::exclude:
            return texts_.with(at.empty() ? "rules.says_exclude" : "rules.says_exclude_at",
                               {{"programmes", what}, {"at", at}});
        case MatchRuleKind::prefer:
            return texts_.with(at.empty() ? "rules.says_prefer" : "rules.says_prefer_at",
                               {{"programmes", what}, {"at", at}});
        case MatchRuleKind::near:
            return texts_.with("rules.says_near", {{"places", coded(member(of, "places"), "match.role_")}});
        case MatchRuleKind::least_distance_m:
            return texts_.with("rules.says_least_distance_m", {{"places", coded(member(of, "places"), "match.role_")},
                                                               {"metres", member(of, "metres").dump()}});
        case MatchRuleKind::most_minutes:
            return texts_.with("rules.says_most_minutes", {{"minutes", minutes(of)}});
        case MatchRuleKind::order:
            return texts_.with("rules.says_order", {{"programmes", what}});
        case MatchRuleKind::afterwards:
            return texts_.with("rules.says_afterwards", {{"programmes", what}, {"to", programmes(of, "to")}});
    }
    return {};
}

std::string RuleWords::when(std::size_t number) const {
    const RuleDocument& condition = member(rule(number), "when");
    std::vector<std::string> parts;
    const auto add = [&](const char* name, std::string_view key, const std::string& words) {
        if (!words.empty()) {
            parts.push_back(texts_.with(key, {{name, words}}));
        }
    };
    std::vector<std::string> needs;
    for (const auto& code : texts_in(member(condition, "needs"))) {
        needs.push_back(need(code));
    }
    add("needs", "rules.when_needs", list(needs));
    add("people", "rules.when_people", coded(member(condition, "people"), "match.kind_"));
    const auto age = [&](const char* name, std::string_view key) {
        const auto& months = member(condition, name);
        if (months.is_number_integer()) {
            add("age", key, age_in_words(months.get<int>(), texts_));
        }
    };
    age("age_from_months", "rules.when_from");
    age("age_under_months", "rules.when_under");
    std::vector<std::string> stages;
    for (const auto& code : texts_in(member(condition, "stages"))) {
        stages.push_back(stage_in_words(code, texts_));
    }
    add("stages", "rules.when_stages", list(stages));
    std::vector<std::string> days;
    for (const auto& code : texts_in(member(condition, "weekdays"))) {
        days.push_back(weekday_of(code, texts_));
    }
    add("days", "rules.when_weekdays", list(days));
    add("worries", "rules.when_worries", coded(member(condition, "worries"), "match.worry_"));
    add("places", "rules.when_places", coded(member(condition, "places"), "match.role_"));
    add("modes", "rules.when_modes", coded(member(condition, "modes"), "match.mode_"));
    std::string all;
    for (const auto& part : parts) {
        all += (all.empty() ? "" : texts_.get("rules.and_also")) + part;
    }
    return all;
}

std::string RuleWords::family(std::size_t number, std::size_t which) const {
    const RuleDocument& of = member(member(rule(number), "cases").at(which), "family");
    std::vector<std::string> words;
    for (const auto& code : texts_in(member(of, "need"))) {
        words.push_back(need(code));
    }
    for (const auto& code : texts_in(member(of, "person"))) {
        words.push_back(texts_.get_or("match.kind_" + code, code));
    }
    if (const auto& months = member(of, "age_months"); months.is_number_integer()) {
        words.push_back(age_in_words(months.get<int>(), texts_));
    }
    for (const auto& code : texts_in(member(of, "stage"))) {
        words.push_back(stage_in_words(code, texts_));
    }
    for (const auto& code : texts_in(member(of, "weekdays"))) {
        words.push_back(weekday_of(code, texts_));
    }
    for (const auto& [name, key] :
         {std::pair{"worries", "match.worry_"}, std::pair{"places", "match.role_"}, std::pair{"mode", "match.mode_"}}) {
        for (const auto& code : texts_in(member(of, name))) {
            words.push_back(texts_.get_or(key + code, code));
        }
    }
    return list(words);
}

std::string RuleWords::service(std::size_t number, std::size_t which) const {
    const RuleDocument& of = member(member(rule(number), "cases").at(which), "service");
    std::vector<std::string> words;
    for (const auto& code : texts_in(member(of, "programme"))) {
        words.push_back(programme(code));
    }
    if (const auto also = programmes(of, "also_here"); !also.empty()) {
        words.push_back(texts_.with("rules.also_here", {{"programmes", also}}));
    }
    for (const auto& [role, metres] : member(of, "distance_m").items()) {
        words.push_back(texts_.with("rules.metres_from",
                                    {{"place", texts_.get_or("match.role_" + role, role)}, {"metres", metres.dump()}}));
    }
    if (const auto& comes = member(of, "comes_home"); comes.is_boolean() && comes.get<bool>()) {
        words.push_back(texts_.get("rules.comes_home"));
    }
    return list(words);
}

std::string RuleWords::effect(std::size_t number, std::string_view effect) const {
    if (const auto word = effect_word(effect, texts_)) {
        return *word;
    }
    if (rules_.rules[number].kind == MatchRuleKind::order) {
        return texts_.with("rules.effect_step", {{"n", std::string(effect)}});
    }
    std::vector<std::string> words;
    for (std::size_t at = 0; at < effect.size();) {
        const auto end = std::min(effect.find(' ', at), effect.size());
        words.push_back(programme(effect.substr(at, end - at)));
        at = end + 1;
    }
    return list(words);
}

std::optional<std::string> effect_word(std::string_view effect, const Texts& texts) {
    constexpr std::array k_words{"excluded", "kept", "preferred", "as_others", "any", "none", "not_asked"};
    if (std::ranges::find(k_words, effect) != k_words.end()) {
        return texts.get("rules.effect_" + std::string(effect));
    }
    return directory::parse_place_role(effect) ? std::optional(texts.get("match.role_" + std::string(effect)))
                                               : std::nullopt;
}

bool is_rule_document_open(const RuleDocument& document, const directory::Reader& reader) {
    if (document.is_structured()) {
        for (const auto& part : document) {
            if (!is_rule_document_open(part, reader)) {
                return false;
            }
        }
        return true;
    }
    const auto programme =
        document.is_string() ? reader.taxonomy().by_code(document.get_ref<const std::string&>()) : std::nullopt;
    return !programme || reader.taxonomy().at(*programme).visibility <= reader.audience().sees();
}

} // namespace shirube::server
