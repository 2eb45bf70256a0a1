// Rules of matching are read from their JSON document strictly: a word that is not understood would be a condition that
// is not held.
#include "directory/match/match_rules.hpp"
#include "directory/match/rule_effects.hpp"
#include "directory/policy/document_reader.hpp"
#include "directory/policy/policy_words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace shirube::directory {

namespace {

using nlohmann::json;

constexpr std::size_t k_most_programmes = 64;
constexpr std::size_t k_most_needs = 64;
constexpr std::size_t k_most_rules = 100;
constexpr std::size_t k_most_cases = 50;
constexpr int k_most_months = 40 * 12;

Label label_in(const DocumentReader& document, const char* name) {
    const auto label =
        document.object(name, {"It must have ja, ja_easy and en.", "ja、ja_easy、en の三つが要ります。"});
    label.refuse_others({"ja", "ja_easy", "en"});
    return {label.text("ja"), label.text("ja_easy"), label.text("en")};
}

/// A code by which the answer and the log of a conversation can name a need or a rule.
std::string code_in(const DocumentReader& document, const char* name) {
    std::string code = document.text(name);
    const bool is_code = code.size() <= 60 && std::ranges::all_of(code, [](char c) {
                             return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
                         });
    if (!is_code) {
        document.fail_at(name, {"A code has small letters, digits, - and _ alone, 60 at most.",
                                "記号は英小文字、数字、-、_ だけで、60字までです。"});
    }
    return code;
}

/// One of a closed list of words.
template <class Parse>
auto word_of(const DocumentReader& entry, Parse parse, const Fault& otherwise) {
    const auto word = entry.maybe_text();
    const auto value = word ? parse(*word) : decltype(parse(std::string_view{})){};
    if (!value) {
        entry.fail(otherwise);
    }
    return *value;
}

const Fault k_role_fault{"A place is home, school, work or other.", "場所は home、school、work、other のどれかです。"};
const Fault k_stage_fault{"A stage is infant, preschool, elementary, junior_high, high, youth or young_adult.",
                          "段階は infant、preschool、elementary、junior_high、high、youth、young_adult のどれかです。"};
const Fault k_mode_fault{"A way is walk, bicycle, car or fetched.",
                         "行き方は walk、bicycle、car、fetched のどれかです。"};
const Fault k_kind_fault{"A person is child, parent or expecting.", "人は child、parent、expecting のどれかです。"};
const Fault k_worry_fault{"A worry is neighbours.", "気がかりに書けるのは neighbours です。"};
const Fault k_day_fault{"A weekday is one of mon, tue, wed, thu, fri, sat, sun.",
                        "曜日は mon、tue、wed、thu、fri、sat、sun のどれかです。"};

std::optional<int> parse_weekday(std::string_view word) {
    const auto* const found = std::ranges::find(k_weekdays, word);
    return found == k_weekdays.end() ? std::nullopt : std::optional(static_cast<int>(found - k_weekdays.begin()));
}

/// The bits of a list of words; 0 where the member is not there.
template <class Parse>
std::uint8_t bits_in(const DocumentReader& document, const char* name, Parse parse, const Fault& fault) {
    unsigned bits = 0;
    if (document.has(name)) {
        document.each(name, 1, 8, fault, [&](const DocumentReader& entry) {
            bits |= 1U << static_cast<unsigned>(word_of(entry, parse, fault));
        });
    }
    return static_cast<std::uint8_t>(bits);
}

class Rules {
  public:
    Rules(const json& document, const Taxonomy& taxonomy) : document_(document, ""), taxonomy_(taxonomy) {}

    MatchRules read() {
        document_.refuse_others(
            {"id", "version", "name", "description", "source", "vacancy_fresh_days", "comes_home", "needs", "rules"});
        rules_.id = code_in(document_, "id");
        rules_.version = document_.whole("version", 1, 1, 1'000'000);
        rules_.name = label_in(document_, "name");
        rules_.description = label_in(document_, "description");
        rules_.source = document_.text("source");
        rules_.vacancy_fresh_days = document_.whole("vacancy_fresh_days", rules_.vacancy_fresh_days, 1, 366);
        rules_.comes_home = document_.has("comes_home") ? set_of(programmes_in(document_, "comes_home")) : set_of({});
        document_.each("needs", 1, k_most_needs,
                       {"\"needs\" lists what can be hard.", "困りごと（needs）を一つ以上書いてください。"},
                       [&](const DocumentReader& entry) { rules_.needs.push_back(need_in(entry)); });
        document_.each("rules", 0, k_most_rules, {"\"rules\" is a list.", "決まり（rules）を並びで書いてください。"},
                       [&](const DocumentReader& entry) { rules_.rules.push_back(rule_in(entry)); });
        return std::move(rules_);
    }

  private:
    ProgrammeIndex programme_of(const DocumentReader& entry) const {
        return word_of(entry, [&](std::string_view code) { return taxonomy_.by_code(code); },
                       {"The taxonomy has no programme of this code; see /api/v1/taxonomy.",
                        "この記号の事業はありません。/api/v1/taxonomy の一覧から選んでください。"});
    }

    std::vector<ProgrammeIndex> programmes_in(const DocumentReader& document, const char* name) const {
        std::vector<ProgrammeIndex> programmes;
        document.each(name, 1, k_most_programmes,
                      {fmt::format("\"{}\" must list at least one programme code.", name),
                       fmt::format("「{}」に事業を一つ以上書いてください。", name)},
                      [&](const DocumentReader& entry) { programmes.push_back(programme_of(entry)); });
        return programmes;
    }

    ProgrammeSet set_of(const std::vector<ProgrammeIndex>& programmes) const {
        ProgrammeSet set(taxonomy_.programmes().size());
        for (const auto programme : programmes) {
            for (const auto below : taxonomy_.with_descendants(programme)) {
                set[below] = true;
            }
        }
        return set;
    }

    std::size_t need_of(const DocumentReader& entry) const {
        return word_of(entry, [&](std::string_view code) { return rules_.find_need(code); },
                       {"\"needs\" has no entry of this code.", "この記号の困りごとは needs にありません。"});
    }

    MatchNeed need_in(const DocumentReader& entry) const {
        entry.refuse_others({"code", "label", "source", "any_of"});
        MatchNeed need;
        need.code = code_in(entry, "code");
        if (rules_.find_need(need.code)) {
            entry.fail_at("code", {"Two needs have this code.", "同じ記号の困りごとが二つあります。"});
        }
        need.label = label_in(entry, "label");
        need.source = entry.text("source");
        need.any_of = programmes_in(entry, "any_of");
        const auto set = set_of(need.any_of);
        for (std::size_t i = 0; i < set.size(); ++i) {
            if (set[i]) {
                need.programmes.push_back(static_cast<ProgrammeIndex>(i));
            }
        }
        return need;
    }

    MatchCondition condition_in(const DocumentReader& when) const {
        when.refuse_others({"needs", "people", "age_from_months", "age_under_months", "stages", "weekdays", "worries",
                            "places", "modes"});
        MatchCondition condition;
        if (when.has("needs")) {
            when.each("needs", 1, k_most_needs, {"\"needs\" lists codes.", "needs は記号の並びです。"},
                      [&](const DocumentReader& entry) { condition.needs.push_back(need_of(entry)); });
        }
        condition.kinds = bits_in(when, "people", parse_person_kind, k_kind_fault);
        if (when.has("age_from_months")) {
            condition.age_from_months = when.whole("age_from_months", 0, 0, k_most_months);
        }
        if (when.has("age_under_months")) {
            condition.age_under_months = when.whole("age_under_months", 1, 1, k_most_months);
        }
        if (condition.age_under_months && *condition.age_under_months <= condition.age_from_months.value_or(0)) {
            when.fail_at("age_under_months",
                         {"It is exclusive and must be greater than age_from_months.",
                          "終わりの月齢は、始まりより大きくしてください（その月齢は含みません）。"});
        }
        if (when.has("stages")) {
            when.each("stages", 1, k_life_stages, k_stage_fault, [&](const DocumentReader& entry) {
                condition.stages.push_back(word_of(entry, parse_life_stage, k_stage_fault));
            });
        }
        condition.weekdays = bits_in(when, "weekdays", parse_weekday, k_day_fault);
        condition.worries = bits_in(when, "worries", parse_worry, k_worry_fault);
        condition.places = bits_in(when, "places", parse_place_role, k_role_fault);
        condition.modes = bits_in(when, "modes", parse_travel_mode, k_mode_fault);
        return condition;
    }

    MatchRule rule_in(const DocumentReader& entry) {
        MatchRule rule;
        rule.code = code_in(entry, "code");
        if (std::ranges::find(rules_.rules, rule.code, &MatchRule::code) != rules_.rules.end()) {
            entry.fail_at("code", {"Two rules have this code.", "同じ記号の決まりが二つあります。"});
        }
        const auto kind = parse_match_rule_kind(entry.text("kind"));
        if (!kind) {
            entry.fail_at("kind",
                          {"A rule is one of only_at, exclude, prefer, near, least_distance_m, most_minutes, "
                           "order, afterwards.",
                           "決まりの種類は only_at、exclude、prefer、near、least_distance_m、most_minutes、order、"
                           "afterwards のどれかです。"});
        }
        rule.kind = *kind;
        rule.label = label_in(entry, "label");
        rule.source = entry.text("source");
        rule.off = entry.flag("off");
        if (const auto when = entry.maybe_object(
                "when", {"\"when\" is an object of conditions.", "when には条件をオブジェクトで書いてください。"})) {
            rule.when = condition_in(*when);
        }
        read_members(entry, rule);
        entry.each("cases", 1, k_most_cases,
                   {"A rule has at least one case: a situation and what the rule must say of it.",
                    "決まりには、試しの例（cases）が一つ以上要ります。"},
                   [&](const DocumentReader& of) { rule.cases.push_back(case_in(of, rule, rule.cases.size())); });
        return rule;
    }

    /// Those that the kind has.
    void read_members(const DocumentReader& entry, MatchRule& rule) const {
        const auto known = [&](std::initializer_list<std::string_view> own) {
            std::vector<std::string_view> all{"code", "kind", "label", "source", "off", "when", "cases"};
            all.insert(all.end(), own.begin(), own.end());
            entry.refuse_all_but(all);
        };
        switch (rule.kind) {
            case MatchRuleKind::only_at:
                known({"programmes", "at"});
                rule.programmes = set_of(programmes_in(entry, "programmes"));
                rule.at = set_of(programmes_in(entry, "at"));
                return;
            case MatchRuleKind::exclude:
            case MatchRuleKind::prefer:
                known({"programmes", "at"});
                rule.programmes = set_of(programmes_in(entry, "programmes"));
                if (entry.has("at")) {
                    rule.at = set_of(programmes_in(entry, "at"));
                }
                return;
            case MatchRuleKind::near:
            case MatchRuleKind::least_distance_m:
                known(rule.kind == MatchRuleKind::near ? std::initializer_list<std::string_view>{"places"}
                                                       : std::initializer_list<std::string_view>{"places", "metres"});
                entry.each("places", 1, k_place_roles, k_role_fault, [&](const DocumentReader& of) {
                    rule.roles.push_back(word_of(of, parse_place_role, k_role_fault));
                });
                rule.metres = rule.kind == MatchRuleKind::near ? 0 : entry.number("metres", 0, 1, 20'000);
                return;
            case MatchRuleKind::most_minutes:
                known({"minutes"});
                read_minutes(entry.object("minutes", {"\"minutes\" has a number for each way.",
                                                      "minutes には、行き方ごとの分を書いてください。"}),
                             rule);
                return;
            case MatchRuleKind::order:
                known({"programmes"});
                for (const auto programme : programmes_in(entry, "programmes")) {
                    rule.steps.push_back(set_of({programme}));
                }
                rule.step_of.resize(taxonomy_.programmes().size(), -1);
                for (std::size_t i = 0; i < rule.step_of.size(); ++i) {
                    const auto step = std::ranges::find_if(rule.steps, [&](const ProgrammeSet& of) { return of[i]; });
                    rule.step_of[i] = step == rule.steps.end() ? -1 : static_cast<int>(step - rule.steps.begin());
                }
                return;
            case MatchRuleKind::afterwards:
                known({"programmes", "to"});
                rule.programmes = set_of(programmes_in(entry, "programmes"));
                rule.to = programmes_in(entry, "to");
                return;
        }
    }

    static void read_minutes(const DocumentReader& minutes, MatchRule& rule) {
        minutes.refuse_others({"walk", "bicycle", "car", "fetched"});
        for (const auto& words : k_travel_words) {
            const std::string word(words.code);
            if (minutes.has(word.c_str())) {
                rule.minutes_by[static_cast<std::size_t>(words.mode)] = minutes.whole(word.c_str(), 30, 1, 120);
            }
        }
    }

    MatchCase case_in(const DocumentReader& entry, const MatchRule& rule, std::size_t number) const {
        entry.refuse_others({"family", "service", "expects"});
        MatchCase told;
        told.pointer = fmt::format("/rules/{}/cases/{}", rules_.rules.size(), number);
        const auto family = entry.object("family", {"\"family\" is an object: need, person, age_months, …",
                                                    "family には、困りごとや月齢などを書いてください。"});
        family.refuse_others({"need", "person", "age_months", "stage", "weekdays", "worries", "mode", "places"});
        auto& situation = told.situation;
        situation.need = family.has("need")        ? need_of(family.member("need"))
                         : rule.when.needs.empty() ? 0
                                                   : rule.when.needs.front();
        situation.kind = family.has("person") ? word_of(family.member("person"), parse_person_kind, k_kind_fault)
                                              : PersonKind::child;
        if (family.has("age_months")) {
            situation.age_months = family.whole("age_months", 0, 0, k_most_months);
        }
        if (family.has("stage")) {
            situation.stage = word_of(family.member("stage"), parse_life_stage, k_stage_fault);
        }
        situation.weekdays = bits_in(family, "weekdays", parse_weekday, k_day_fault);
        situation.worries = bits_in(family, "worries", parse_worry, k_worry_fault);
        situation.places = bits_in(family, "places", parse_place_role, k_role_fault);
        if (family.has("mode")) {
            situation.mode = word_of(family.member("mode"), parse_travel_mode, k_mode_fault);
        }
        if (const auto service = entry.maybe_object("service", {"\"service\" is an object: programme, also_here, "
                                                                "distance_m, comes_home.",
                                                                "service には、事業や距離などを書いてください。"})) {
            read_offer(*service, told);
        }
        read_expected(entry, told);
        return told;
    }

    void read_offer(const DocumentReader& service, MatchCase& told) const {
        service.refuse_others({"programme", "also_here", "distance_m", "comes_home"});
        if (service.has("programme")) {
            told.offer.programme = programme_of(service.member("programme"));
            told.offer.also_here.push_back(told.offer.programme);
        }
        if (service.has("also_here")) {
            const auto more = programmes_in(service, "also_here");
            told.offer.also_here.insert(told.offer.also_here.end(), more.begin(), more.end());
        }
        told.offer.comes_home = service.flag("comes_home");
        if (const auto distances = service.maybe_object(
                "distance_m",
                {"\"distance_m\" has metres by place.", "distance_m には、場所ごとの距離（m）を書いてください。"})) {
            distances->refuse_others({"home", "school", "work", "other"});
            for (std::size_t role = 0; role < k_place_roles; ++role) {
                const std::string word(code_of(static_cast<PlaceRole>(role)));
                if (distances->has(word.c_str())) {
                    told.offer.distance_m[role] = distances->number(word.c_str(), 0, 0, 500'000);
                    told.situation.places =
                        static_cast<std::uint8_t>(told.situation.places | bit_of(static_cast<PlaceRole>(role)));
                }
            }
        }
    }

    void read_expected(const DocumentReader& entry, MatchCase& told) const {
        if (entry.has("expects") && !entry.member("expects").maybe_text()) {
            // Programmes that one can go on to.
            for (const auto programme : programmes_in(entry, "expects")) {
                told.expects += (told.expects.empty() ? "" : " ") + taxonomy_.at(programme).code;
            }
            return;
        }
        told.expects = entry.text("expects");
    }

    DocumentReader document_;
    const Taxonomy& taxonomy_;
    MatchRules rules_;
};

} // namespace

std::expected<MatchRules, PolicyProblem> read_match_rules(const json& document, const Taxonomy& taxonomy) {
    try {
        return Rules(document, taxonomy).read();
    } catch (const DocumentReader::Found& found) {
        return std::unexpected(found.problem);
    }
}

std::expected<MatchRules, PolicyProblem> parse_match_rules(const json& document, const Taxonomy& taxonomy) {
    auto rules = read_match_rules(document, taxonomy);
    if (!rules) {
        return rules;
    }
    if (const auto failing = failing_cases(*rules, taxonomy); !failing.empty()) {
        const auto& first = failing.front();
        return std::unexpected(PolicyProblem{
            first.pointer,
            fmt::format("The rule {} says \"{}\" of this case and not \"{}\".", first.rule, first.says, first.expects),
            fmt::format("決まり {} は、この例では「{}」ではなく「{}」になります。", first.rule, first.expects,
                        first.says)});
    }
    return rules;
}

} // namespace shirube::directory
