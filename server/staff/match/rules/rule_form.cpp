#include "server/staff/match/rules/rule_form.hpp"

#include "directory/fold.hpp"
#include "server/numbers.hpp"
#include "server/staff/staff_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace shirube::server {

namespace {

using directory::MatchRuleKind;

constexpr int k_months = 12;

/// Members of a condition that are lists of words, and the fields that tick them.
constexpr std::array k_condition_lists{std::pair{"needs", "when_need"},    std::pair{"people", "when_person"},
                                       std::pair{"stages", "when_stage"},  std::pair{"weekdays", "when_weekday"},
                                       std::pair{"worries", "when_worry"}, std::pair{"places", "when_place"},
                                       std::pair{"modes", "when_mode"}};
constexpr std::array k_programme_lists{"programmes", "at", "to"};
constexpr std::array k_roles{"home", "school", "work", "other"};
constexpr std::array k_modes{"walk", "bicycle", "car", "fetched"};

bool has_any(const Query& fields, std::string_view name) { return !field_of(fields, name).empty(); }

std::vector<std::string> all_texts(const Query& fields, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [field, value] : fields) {
        if (field == name && !value.empty()) {
            values.push_back(value);
        }
    }
    return values;
}

RuleDocument number_or_text(std::string_view text) {
    const auto number = RuleDocument::parse(text, nullptr, false);
    return number.is_number() ? number : RuleDocument(std::string(text));
}

void put(RuleDocument& object, const char* name, RuleDocument value) {
    if (value.empty()) {
        object.erase(name);
    } else {
        object[name] = std::move(value);
    }
}

void put_number(RuleDocument& object, const char* name, std::string_view text) {
    if (text.empty()) {
        object.erase(name);
    } else {
        object[name] = number_or_text(text);
    }
}

std::string in_lines(const std::vector<std::string>& words) {
    std::string lines;
    for (const auto& word : words) {
        lines += (lines.empty() ? "" : "\n") + word;
    }
    return lines;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    const auto last = text.find_last_not_of(" \t\r");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, last - first + 1);
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (const auto line = trimmed(text.substr(0, end)); !line.empty()) {
            lines.emplace_back(line);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// The programme that somebody calls so, else what they wrote.
std::string code_of_programme(const std::string& written, const directory::Reader& reader) {
    const auto& taxonomy = reader.taxonomy();
    if (taxonomy.by_code(written)) {
        return written;
    }
    const std::string key = directory::fold(written);
    const auto is_it = [&](const directory::Programme& programme) {
        const auto& [ja, ja_easy, en] = programme.label;
        return programme.visibility <= reader.audience().sees() &&
               (directory::fold(ja) == key || directory::fold(ja_easy) == key || directory::fold(en) == key);
    };
    const auto found = std::ranges::find_if(taxonomy.programmes(), is_it);
    return found == taxonomy.programmes().end() ? written : found->code;
}

std::string months_in(const RuleDocument& months, bool wants_years) {
    if (!months.is_number_integer()) {
        return {};
    }
    const int value = months.get<int>();
    return std::to_string(wants_years ? value / k_months : value % k_months);
}

/// Years and months of two fields as months; a text where one is no number; nothing where both are empty.
RuleDocument months_from(const Query& fields, const std::string& name) {
    const std::string_view years = field_of(fields, name + "_years");
    const std::string_view months = field_of(fields, name + "_months");
    if (years.empty() && months.empty()) {
        return nullptr;
    }
    const auto whole = years.empty() ? std::optional<std::int64_t>(0) : parse_digits(years);
    const auto rest = months.empty() ? std::optional<std::int64_t>(0) : parse_digits(months);
    if (!whole || !rest || *whole > 99 || *rest >= k_months) {
        return fmt::format("{} / {}", years, months);
    }
    return *whole * k_months + *rest;
}

/// The words of a closed list that stand for themselves in a case's `expects`.
std::string effect_from(std::string_view typed, const Texts& texts) {
    for (const std::string_view word : {"none", "not_asked"}) {
        if (typed == effect_word(word, texts)) {
            return std::string(word);
        }
    }
    return std::string(typed);
}

RuleDocument expected_from(std::string_view typed, MatchRuleKind kind, const directory::Reader& reader,
                           const Texts& texts) {
    const std::string word = effect_from(trimmed(typed), texts);
    if (kind != MatchRuleKind::afterwards || word == "none" || word == "not_asked") {
        return word;
    }
    RuleDocument codes = RuleDocument::array();
    for (const auto& line : lines_of(typed)) {
        codes.push_back(code_of_programme(line, reader));
    }
    return codes;
}

std::string expected_in_field(const RuleDocument& expects, MatchRuleKind kind, const RuleWords& words,
                              const Texts& texts) {
    if (expects.is_array()) {
        std::vector<std::string> lines;
        for (const auto& code : texts_in(expects)) {
            lines.push_back(words.programme(code));
        }
        return in_lines(lines);
    }
    const std::string word = expects.is_string() ? expects.get<std::string>() : expects.dump();
    return effects_of(kind).empty() ? effect_word(word, texts).value_or(word) : word;
}

/// A case of what was filled in below the table.
RuleDocument new_case(const Query& fields, MatchRuleKind kind, const directory::Reader& reader, const Texts& texts) {
    RuleDocument family = RuleDocument::object();
    for (const auto& [member, field] : {std::pair{"need", "new_need"}, std::pair{"person", "new_person"},
                                        std::pair{"stage", "new_stage"}, std::pair{"mode", "new_mode"}}) {
        put(family, member,
            std::string(field_of(fields, field)).empty() ? RuleDocument()
                                                         : RuleDocument(std::string(field_of(fields, field))));
    }
    if (auto age = months_from(fields, "new"); !age.is_null()) {
        family["age_months"] = std::move(age);
    }
    put(family, "worries", all_texts(fields, "new_worry"));
    put(family, "weekdays", all_texts(fields, "new_weekday"));
    RuleDocument service = RuleDocument::object();
    if (has_any(fields, "new_programme")) {
        service["programme"] = code_of_programme(std::string(trimmed(field_of(fields, "new_programme"))), reader);
    }
    if (has_any(fields, "new_also")) {
        service["also_here"] =
            RuleDocument::array({code_of_programme(std::string(trimmed(field_of(fields, "new_also"))), reader)});
    }
    for (const std::string role : k_roles) {
        if (const auto metres = field_of(fields, "new_" + role); !metres.empty()) {
            service["distance_m"][role] = number_or_text(metres);
        }
    }
    if (has_any(fields, "new_comes")) {
        service["comes_home"] = true;
    }
    RuleDocument told = {{"family", std::move(family)}};
    put(told, "service", std::move(service));
    told["expects"] = expected_from(field_of(fields, "new_expects"), kind, reader, texts);
    return told;
}

} // namespace

RuleDocument distances_of(const RuleDocument& told) {
    return told.value("service", RuleDocument::object()).value("distance_m", RuleDocument::object());
}

std::string case_field(std::size_t number, std::string_view part) { return fmt::format("case{}_{}", number, part); }

std::vector<std::string_view> effects_of(MatchRuleKind kind) {
    switch (kind) {
        case MatchRuleKind::only_at:
        case MatchRuleKind::exclude:
        case MatchRuleKind::least_distance_m:
        case MatchRuleKind::most_minutes:
            return {"excluded", "kept", "not_asked"};
        case MatchRuleKind::prefer:
            return {"preferred", "as_others", "not_asked"};
        case MatchRuleKind::near:
            return {"home", "school", "work", "other", "any", "not_asked"};
        case MatchRuleKind::order:
        case MatchRuleKind::afterwards:
            return {};
    }
    return {};
}

Query rule_fields(const RuleDocument& rule, const RuleWords& words, const Texts& texts) {
    Query fields;
    const auto text_of = [&](const char* name) { return rule.value(name, std::string{}); };
    if (!rule.value("off", false)) {
        fields.emplace_back("on", "1");
    }
    const auto label = rule.value("label", RuleDocument::object());
    for (const std::string language : {"ja", "ja_easy", "en"}) {
        fields.emplace_back("label_" + language, label.value(language, std::string{}));
    }
    fields.emplace_back("source", text_of("source"));
    const auto when = rule.value("when", RuleDocument::object());
    for (const auto& [member, field] : k_condition_lists) {
        for (const auto& word : texts_in(when.value(member, RuleDocument::array()))) {
            fields.emplace_back(field, word);
        }
    }
    for (const auto& [member, field] :
         {std::pair{"age_from_months", "when_from"}, std::pair{"age_under_months", "when_under"}}) {
        const auto months = when.value(member, RuleDocument());
        fields.emplace_back(std::string(field) + "_years", months_in(months, true));
        fields.emplace_back(std::string(field) + "_months", months_in(months, false));
    }
    for (const char* name : k_programme_lists) {
        std::vector<std::string> lines;
        for (const auto& code : texts_in(rule.value(name, RuleDocument::array()))) {
            lines.push_back(words.programme(code));
        }
        fields.emplace_back(name, in_lines(lines));
    }
    std::size_t place = 0;
    for (const auto& role : texts_in(rule.value("places", RuleDocument::array()))) {
        fields.emplace_back(fmt::format("place{}", ++place), role);
        fields.emplace_back("place", role);
    }
    if (rule.contains("metres")) {
        fields.emplace_back("metres", rule["metres"].dump());
    }
    for (const std::string mode : k_modes) {
        const auto minutes = rule.value("minutes", RuleDocument::object());
        fields.emplace_back("minutes_" + mode, minutes.contains(mode) ? minutes[mode].dump() : std::string{});
    }
    const auto kind = directory::parse_match_rule_kind(text_of("kind")).value_or(MatchRuleKind::exclude);
    const auto cases = rule.value("cases", RuleDocument::array());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        fields.emplace_back(case_field(i, "expects"),
                            expected_in_field(cases[i].value("expects", RuleDocument("")), kind, words, texts));
        const auto distances = distances_of(cases[i]);
        for (const auto& [role, metres] : distances.items()) {
            fields.emplace_back(case_field(i, role), metres.dump());
        }
    }
    return fields;
}

std::vector<std::size_t> rows_kept(const RuleDocument& rule, const Query& fields) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < rule.value("cases", RuleDocument::array()).size(); ++i) {
        if (!has_any(fields, case_field(i, "gone"))) {
            rows.push_back(i);
        }
    }
    if (has_any(fields, "new_expects")) {
        rows.push_back(k_new_case);
    }
    return rows;
}

RuleDocument rule_from(const RuleDocument& base, const Query& fields, const RuleWords& words,
                       const directory::Reader& reader, const Texts& texts) {
    RuleDocument rule = base;
    if (has_any(fields, "on")) {
        rule.erase("off");
    } else {
        rule["off"] = true;
    }
    for (const std::string language : {"ja", "ja_easy", "en"}) {
        const auto text = std::string(field_of(fields, "label_" + language));
        // Where a language is left empty, the Japanese stands for it.
        rule["label"][language] = text.empty() ? std::string(field_of(fields, "label_ja")) : text;
    }
    rule["source"] = std::string(field_of(fields, "source"));
    RuleDocument when = rule.value("when", RuleDocument::object());
    for (const auto& [member, field] : k_condition_lists) {
        put(when, member, all_texts(fields, field));
    }
    for (const auto& [member, field] :
         {std::pair{"age_from_months", "when_from"}, std::pair{"age_under_months", "when_under"}}) {
        auto months = months_from(fields, field);
        if (months.is_null()) {
            when.erase(member);
        } else {
            when[member] = std::move(months);
        }
    }
    put(rule, "when", std::move(when));

    const auto written = rule_fields(base, words, texts);
    for (const char* name : k_programme_lists) {
        const auto lines = lines_of(field_of(fields, name));
        if (lines == lines_of(field_of(written, name))) {
            continue; // as it was, whatever two programmes are called alike
        }
        RuleDocument codes = RuleDocument::array();
        for (const auto& line : lines) {
            codes.push_back(code_of_programme(line, reader));
        }
        put(rule, name, std::move(codes));
    }
    const auto kind = directory::parse_match_rule_kind(rule.value("kind", std::string{}));
    if (kind == MatchRuleKind::least_distance_m) {
        rule["places"] = all_texts(fields, "place");
        put_number(rule, "metres", field_of(fields, "metres"));
    } else if (kind == MatchRuleKind::near) {
        std::vector<std::string> places;
        for (std::size_t i = 1; i <= k_roles.size(); ++i) {
            std::string role{field_of(fields, fmt::format("place{}", i))};
            if (!role.empty() && std::ranges::find(places, role) == places.end()) {
                places.push_back(std::move(role));
            }
        }
        rule["places"] = places;
    } else if (kind == MatchRuleKind::most_minutes) {
        RuleDocument minutes = RuleDocument::object();
        for (const std::string mode : k_modes) {
            if (const auto text = field_of(fields, "minutes_" + mode); !text.empty()) {
                minutes[mode] = number_or_text(text);
            }
        }
        rule["minutes"] = std::move(minutes);
    }

    RuleDocument cases = RuleDocument::array();
    for (const auto row : rows_kept(base, fields)) {
        if (row == k_new_case) {
            cases.push_back(new_case(fields, kind.value_or(MatchRuleKind::exclude), reader, texts));
            continue;
        }
        RuleDocument told = base["cases"][row];
        const auto expects = field_of(fields, case_field(row, "expects"));
        if (expects != field_of(written, case_field(row, "expects"))) {
            told["expects"] = expected_from(expects, kind.value_or(MatchRuleKind::exclude), reader, texts);
        }
        for (const std::string role : k_roles) {
            const auto metres = field_of(fields, case_field(row, role));
            if (!metres.empty()) {
                told["service"]["distance_m"][role] = number_or_text(metres);
            }
        }
        cases.push_back(std::move(told));
    }
    rule["cases"] = std::move(cases);
    return rule;
}

std::string field_of_rule(std::string_view pointer, const std::vector<std::size_t>& rows) {
    constexpr std::string_view k_cases = "/cases/";
    if (pointer.starts_with(k_cases)) {
        const auto rest = pointer.substr(k_cases.size());
        const auto number = parse_digits(rest.substr(0, rest.find('/')));
        const auto place = number ? static_cast<std::size_t>(*number) : rows.size();
        return place < rows.size() && rows[place] != k_new_case ? case_field(rows[place], "expects") : "new_expects";
    }
    constexpr std::array k_fields{std::pair{"/label", "label_ja"},
                                  std::pair{"/source", "source"},
                                  std::pair{"/when/age_from", "when_from_years"},
                                  std::pair{"/when/age_under", "when_under_years"},
                                  std::pair{"/programmes", "programmes"},
                                  std::pair{"/at", "at"},
                                  std::pair{"/to", "to"},
                                  std::pair{"/metres", "metres"},
                                  std::pair{"/minutes", "minutes_walk"},
                                  std::pair{"/places", "places"}};
    for (const auto& [of, field] : k_fields) {
        if (pointer.starts_with(of)) {
            return field;
        }
    }
    return "rule-form";
}

} // namespace shirube::server
