// A policy is read from its JSON document strictly: a word that is not understood would be a condition that is not
// held.
#include "directory/minutes.hpp"
#include "directory/policy.hpp"
#include "directory/policy/document_reader.hpp"
#include "directory/policy/policy_words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace shirube::directory {

namespace {

using nlohmann::json;

constexpr std::size_t k_most_programmes = 64;
constexpr std::size_t k_most_functions = 8;
constexpr std::size_t k_most_local = 16;
constexpr std::size_t k_most_districts = 2000;

Label label_in(const DocumentReader& document, const char* name) {
    const auto label =
        document.object(name, {"It must have ja, ja_easy and en.", "ja、ja_easy、en の三つが要ります。"});
    label.refuse_others({"ja", "ja_easy", "en"});
    return {label.text("ja"), label.text("ja_easy"), label.text("en")};
}

std::vector<ProgrammeIndex> programmes_in(const DocumentReader& document, const Taxonomy& taxonomy) {
    std::vector<ProgrammeIndex> programmes;
    document.each("any_of", 1, k_most_programmes,
                  {"\"any_of\" must list at least one programme code.", "事業を一つ以上選んでください（any_of）。"},
                  [&](const DocumentReader& entry) {
                      const auto code = entry.maybe_text();
                      const auto programme = code ? taxonomy.by_code(*code) : std::nullopt;
                      if (!programme) {
                          entry.fail({"The taxonomy has no programme of this code; see /api/v1/taxonomy.",
                                      "この記号の事業はありません。/api/v1/taxonomy の一覧から選んでください。"});
                      }
                      programmes.push_back(*programme);
                  });
    return programmes;
}

AgeBand ages_in(const DocumentReader& ages, int from, int to) {
    ages.refuse_others({"from_years", "to_years"});
    const AgeBand band{ages.whole("from_years", from, 0, 39), ages.whole("to_years", to, 1, 40)};
    if (band.to_years <= band.from_years) {
        ages.fail_at("to_years", {"to_years is exclusive and must be greater than from_years.",
                                  "終わりの年齢は、始まりより大きくしてください（その年齢は含みません）。"});
    }
    return band;
}

/// The years in which children can be in a stage of school or before it, as a policy may name it. A pupil of the third
/// year of junior high school is 14 on 1 April and turns 15 before the next.
std::optional<AgeBand> ages_of_stage(std::string_view stage) {
    if (stage == "infant") {
        return AgeBand{0, 3};
    }
    if (stage == "preschool") {
        return AgeBand{0, 6};
    }
    if (stage == "elementary") {
        return AgeBand{6, 12};
    }
    if (stage == "junior_high") {
        return AgeBand{12, 15};
    }
    if (stage == "high") {
        return AgeBand{15, 18};
    }
    return std::nullopt;
}

std::optional<AgeBand> whom(const DocumentReader& document) {
    if (const auto ages = document.maybe_object(
            "ages", {"It must have from_years and to_years.", "from_years と to_years が要ります。"})) {
        return ages_in(*ages, 0, 18);
    }
    return std::nullopt;
}

/// \param most the last hour that may be written: 25:30 is half past one of the next day
int minute_in(const DocumentReader& window, const char* name, int otherwise, int most) {
    if (!window.has(name)) {
        return otherwise;
    }
    const std::string text = window.text(name);
    const bool shaped = text.size() == 5 && text[2] == ':' && std::ranges::all_of(text, [&](const char& character) {
                            return &character == &text[2] || (character >= '0' && character <= '9');
                        });
    const int minute =
        shaped ? ((text[0] - '0') * 10 + (text[1] - '0')) * 60 + (text[3] - '0') * 10 + (text[4] - '0') : -1;
    if (!shaped || text[3] > '5' || minute > most) {
        const std::string last = fmt::format("{:02}:{:02}", most / 60, most % 60);
        window.fail_at(name, {fmt::format("A time is written HH:MM, up to {}.", last),
                              fmt::format("時刻は HH:MM の形で、{} までで書いてください。", last)});
    }
    return minute;
}

TimeWindow window_in(const DocumentReader& document) {
    document.refuse_others({"weekdays", "from", "to"});
    TimeWindow window;
    if (document.has("weekdays")) {
        window.weekdays = 0;
        document.each(
            "weekdays", 1, k_weekdays.size(),
            {"\"weekdays\" lists mon, tue, wed, thu, fri, sat, sun.",
             "曜日（weekdays）は mon、tue、wed、thu、fri、sat、sun の並びで書いてください。"},
            [&](const DocumentReader& entry) {
                const auto word = entry.maybe_text();
                const auto found = word ? std::ranges::find(k_weekdays, std::string_view{*word}) : k_weekdays.end();
                if (found == k_weekdays.end()) {
                    entry.fail({"A weekday is one of mon, tue, wed, thu, fri, sat, sun.",
                                "曜日は mon、tue、wed、thu、fri、sat、sun のどれかです。"});
                }
                window.weekdays =
                    static_cast<WeekdayMask>(window.weekdays | 1U << static_cast<unsigned>(found - k_weekdays.begin()));
            });
    }
    window.from_minute = minute_in(document, "from", 0, k_minutes_a_day - 1);
    window.to_minute = minute_in(document, "to", k_minutes_a_day, 2 * k_minutes_a_day - 1);
    if (window.to_minute == window.from_minute) {
        document.fail_at("to", {"\"to\" must not be \"from\"; a whole day is 00:00 to 24:00.",
                                "終わりの時刻が始まりと同じです。一日中は 00:00 から 24:00 と書いてください。"});
    }
    if (window.to_minute < window.from_minute) {
        window.to_minute += k_minutes_a_day; // 20:00 to 08:00 ends on the next day
    }
    if (window.to_minute - window.from_minute > k_minutes_a_day ||
        (window.to_minute - window.from_minute == k_minutes_a_day && window.from_minute != 0)) {
        document.fail_at("to", {"A window is shorter than a day; a whole day is 00:00 to 24:00.",
                                "一日より短い時間帯を書いてください。一日中は 00:00 から 24:00 と書きます。"});
    }
    return window;
}

Travel travel_in_document(const DocumentReader& document, Travel otherwise) {
    if (document.has("mode")) {
        otherwise.mode = document.text("mode");
        if (std::ranges::find(k_modes, std::string_view{otherwise.mode}) == k_modes.end()) {
            document.fail_at("mode", {"A mode is one of walk, stroller, bicycle, car.",
                                      "行き方は walk、stroller、bicycle、car のどれかです。"});
        }
    }
    otherwise.minutes = document.number("minutes", otherwise.minutes, 1, 120);
    otherwise.m_per_minute = document.number("m_per_minute", otherwise.m_per_minute, 10, 1500);
    otherwise.detour = document.number("detour", otherwise.detour, 1, 3);
    return otherwise;
}

Supply supply_in(const DocumentReader& document) {
    document.refuse_others({"decay", "sigma_m", "reach_m", "unknown_capacity", "capacity", "unit"});
    Supply supply;
    const std::string decay = document.text("decay");
    if (decay != "step" && decay != "gaussian") {
        document.fail_at("decay", {"\"decay\" is step or gaussian.", "decay は step か gaussian です。"});
    }
    supply.is_gaussian = decay == "gaussian";
    if (!supply.is_gaussian && document.has("sigma_m")) {
        document.fail_at("sigma_m",
                         {"Only a gaussian decay has \"sigma_m\".", "sigma_m を書けるのは gaussian のときだけです。"});
    }
    supply.sigma_m = document.number("sigma_m", supply.sigma_m, 10, 50'000);
    supply.reach_m = document.number("reach_m", supply.reach_m, 50, 100'000);
    if (document.has("unknown_capacity")) {
        const std::string word = document.text("unknown_capacity");
        const auto* const found = std::ranges::find(k_capacities, std::string_view{word}, &CapacityWord::code);
        if (found == k_capacities.end()) {
            document.fail_at("unknown_capacity", {"\"unknown_capacity\" is unknown, median or fixed.",
                                                  "unknown_capacity は unknown、median、fixed のどれかです。"});
        }
        supply.unknown = found->rule;
    }
    if (supply.unknown != UnknownCapacity::fixed && document.has("capacity")) {
        document.fail_at("capacity", {"\"capacity\" stands only beside unknown_capacity: fixed.",
                                      "capacity を書けるのは unknown_capacity が fixed のときだけです。"});
    }
    if (supply.unknown == UnknownCapacity::fixed) {
        if (!document.has("capacity")) {
            document.fail_at("capacity", {"\"capacity\" says what a service of unknown capacity is taken to hold.",
                                          "定員のわからない所を何人とみなすか、capacity に書いてください。"});
        }
        supply.capacity = document.number("capacity", 0, 0, 100'000);
    }
    if (document.has("unit")) {
        const std::string unit = document.text("unit");
        if (unit != "places" && unit != "nights") {
            document.fail_at("unit", {"\"unit\" is places or nights.", "unit は places か nights です。"});
        }
        supply.in_nights = unit == "nights";
    }
    return supply;
}

void read_what_counts(const DocumentReader& document, const Taxonomy& taxonomy, Policy& policy) {
    policy.count_planned = document.flag("count_planned");
    policy.count_unconfirmed = document.flag("count_unconfirmed");
    if (document.has("entry")) {
        document.each(
            "entry", 1, 5, {"\"entry\" lists ways in.", "利用の始め方（entry）は記号の並びで書いてください。"},
            [&](const DocumentReader& entry) {
                const auto word = entry.maybe_text();
                const auto code = word ? parse_code<Entry>(*word) : std::nullopt;
                if (!code || *code == Entry::unknown) {
                    entry.fail(
                        {"A way in is one of drop_in, register, apply, referral, municipal_decision.",
                         "利用の始め方は drop_in、register、apply、referral、municipal_decision のどれかです。"});
                }
                policy.entry.push_back(*code);
            });
    }
    policy.residents_only = document.flag("residents_only");
    if (document.has("stage")) {
        if (document.has("ages")) {
            document.fail_at("stage", {"A policy has a stage or ages, not both.",
                                       "stage と ages は、どちらか一方だけを書いてください。"});
        }
        policy.ages = ages_of_stage(document.text("stage"));
        if (!policy.ages) {
            document.fail_at("stage", {"A stage is one of infant, preschool, elementary, junior_high, high.",
                                       "stage は infant、preschool、elementary、junior_high、high のどれかです。"});
        }
    } else {
        policy.ages = whom(document);
    }
    if (const auto when =
            document.maybe_object("when", {"It may have weekdays, from and to.", "weekdays、from、to を書けます。"})) {
        policy.when = window_in(*when);
    }
    policy.outreach_per_month = document.whole("outreach_per_month", 1, 1, 31);
    policy.list_valid_months = document.whole("list_valid_months", 24, 1, 240);
    if (const auto each = document.maybe_object("outreach_in_each",
                                                {"It must have layer and any_of.", "layer と any_of が要ります。"})) {
        each->refuse_others({"layer", "any_of"});
        policy.outreach_in_each = OutreachInEach{each->text("layer"), programmes_in(*each, taxonomy)};
    }
}

void read_weight(const DocumentReader& document, Policy& policy) {
    const auto weight = document.maybe_object("weight", {"It must have \"children\".", "children が要ります。"});
    if (!weight) {
        return;
    }
    weight->refuse_others({"children", "cells", "need"});
    const auto ages = ages_in(
        weight->object("children", {"It must have from_years and to_years.", "from_years と to_years が要ります。"}), 0,
        15);
    policy.children_from_years = ages.from_years;
    policy.children_to_years = ages.to_years;
    if (weight->has("cells")) {
        const std::string cells = weight->text("cells");
        if (cells != "area" && cells != "centre") {
            weight->fail_at("cells", {"\"cells\" is area or centre.", "cells は area か centre です。"});
        }
        policy.cells_by_centre = cells == "centre";
    }
    if (const auto need =
            weight->maybe_object("need", {"It must have an indicator.", "指標の名前（indicator）が要ります。"})) {
        need->refuse_others({"indicator", "unit"});
        policy.need = NeedWeight{need->text("indicator"), need->has("unit") ? need->text("unit") : std::string{}};
        if (!policy.need->unit.empty() && !parse_code<Unit>(policy.need->unit)) {
            need->fail_at("unit", {"The unit is not known; see /api/v1/needs.",
                                   "この単位はありません。/api/v1/needs にあるものを書いてください。"});
        }
    }
}

void read_ways(const DocumentReader& document, Policy& policy) {
    if (const auto walk = document.maybe_object("walk", {"It may have mode, minutes, m_per_minute and detour.",
                                                         "mode、minutes、m_per_minute、detour を書けます。"})) {
        walk->refuse_others({"mode", "minutes", "m_per_minute", "detour"});
        policy.travel = travel_in_document(*walk, {});
    }
    if (document.has("walk_in")) {
        document.each(
            "walk_in", 1, k_most_local,
            {"\"walk_in\" lists districts and how one gets there.",
             "walk_in には、区域とそこでの行き方を並べてください。"},
            [&](const DocumentReader& entry) {
                entry.refuse_others({"districts", "mode", "minutes", "m_per_minute", "detour"});
                LocalTravel local;
                entry.each("districts", 1, k_most_districts,
                           {"\"districts\" lists codes of the layer.", "districts には、区域の記号を並べてください。"},
                           [&](const DocumentReader& district) {
                               const auto code = district.maybe_text();
                               if (!code || code->empty()) {
                                   district.fail({"A district is named by its code.", "区域は記号で書いてください。"});
                               }
                               local.districts.push_back(*code);
                           });
                local.travel = travel_in_document(entry, policy.travel);
                policy.local_travel.push_back(std::move(local));
            });
    }
    if (document.has("reach_share")) {
        policy.reach_share = document.number("reach_share", 0.8, 0.01, 1);
    }
    if (const auto supply = document.maybe_object("supply", {"It must have decay.", "decay が要ります。"})) {
        policy.supply = supply_in(*supply);
    }
}

/// What a reading cannot do without, and what no other may have.
void check_reading(const DocumentReader& document, const Policy& policy) {
    if (policy.reading == ReadingKind::reach && !policy.reach_share) {
        document.fail_at("reach_share",
                         {"A reach reading says which share of the children must be within reach.",
                          "「行ける」で読む基準には、行けるべき子どもの割合（reach_share）が要ります。"});
    }
    if (policy.reading == ReadingKind::supply && !policy.supply) {
        document.fail_at("supply", {"A supply reading says how far capacity reaches.",
                                    "「足りる」で読む基準には、定員がどこまで届くか（supply）が要ります。"});
    }
    if (policy.reading == ReadingKind::supply && !policy.local_travel.empty()) {
        document.fail_at(
            "walk_in", {"Capacity reaches as far as \"supply\" says, in every district.",
                        "「足りる」で読む基準では、定員の届く範囲は supply だけで決まります。walk_in は書けません。"});
    }
    if (policy.reading != ReadingKind::supply && policy.supply) {
        document.fail_at("supply", {"Only a supply reading has \"supply\".",
                                    "supply を書けるのは、「足りる」（supply）で読む基準だけです。"});
    }
}

Policy read_policy(const json& written, const Taxonomy& taxonomy) {
    const DocumentReader document(written, "");
    if (!written.is_object()) {
        document.fail({"A policy is a JSON object.", "判定基準は JSON のオブジェクトで書いてください。"});
    }
    document.refuse_others({"id",
                            "version",
                            "name",
                            "description",
                            "source",
                            "layer",
                            "reading",
                            "any_of",
                            "functions",
                            "outreach_in_each",
                            "count_planned",
                            "count_unconfirmed",
                            "entry",
                            "residents_only",
                            "ages",
                            "stage",
                            "when",
                            "weight",
                            "walk",
                            "walk_in",
                            "reach_share",
                            "supply",
                            "outreach_per_month",
                            "list_valid_months"});
    Policy policy;
    policy.id = document.text("id");
    policy.version = document.whole("version", 1, 1, 1'000'000);
    policy.name = label_in(document, "name");
    policy.description = label_in(document, "description");
    policy.source = document.text("source");
    policy.layer = document.text("layer");
    const std::string reading = document.text("reading");
    const auto* const word = std::ranges::find(k_readings, std::string_view{reading}, &ReadingWord::code);
    if (word == k_readings.end()) {
        document.fail_at(
            "reading",
            {fmt::format("The reading \"{}\" is not known; presence, function, reach and supply are.", reading),
             fmt::format("読み方「{}」はありません。presence、function、reach、supply のどれかです。", reading)});
    }
    policy.reading = word->kind;
    if (policy.reading == ReadingKind::function) {
        if (document.has("any_of")) {
            document.fail_at("any_of",
                             {"A function reading names its programmes in \"functions\".",
                              "「そろっている」で読む基準は、事業を functions に書きます。any_of は書けません。"});
        }
        document.each("functions", 2, k_most_functions,
                      {"\"functions\" must list at least two.", "functions には、二つ以上の働きを並べてください。"},
                      [&](const DocumentReader& entry) {
                          entry.refuse_others({"name", "any_of"});
                          policy.functions.push_back({label_in(entry, "name"), programmes_in(entry, taxonomy)});
                          const auto& of = policy.functions.back().any_of;
                          policy.any_of.insert(policy.any_of.end(), of.begin(), of.end());
                      });
    } else {
        if (document.has("functions")) {
            document.fail_at("functions", {"Only a function reading has \"functions\".",
                                           "functions を書けるのは、「そろっている」（function）で読む基準だけです。"});
        }
        policy.any_of = programmes_in(document, taxonomy);
    }
    read_what_counts(document, taxonomy, policy);
    read_weight(document, policy);
    read_ways(document, policy);
    check_reading(document, policy);
    return policy;
}

} // namespace

std::expected<Policy, PolicyProblem> parse_policy(const json& document, const Taxonomy& taxonomy) {
    try {
        return read_policy(document, taxonomy);
    } catch (const DocumentReader::Found& found) {
        return std::unexpected(found.problem);
    }
}

} // namespace shirube::directory
