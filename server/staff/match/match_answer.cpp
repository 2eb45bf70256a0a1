#include "server/staff/match/match_answer.hpp"

#include "server/api/answers.hpp"
#include "server/api/feature.hpp"
#include "server/api/use_terms.hpp"
#include "server/staff/match/helpers_answer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

namespace shirube::server {

namespace {

using directory::Criterion;
using directory::MatchAnswer;
using directory::MatchRules;
using nlohmann::ordered_json;

ordered_json label_of(const directory::Label& label) {
    return {{"ja", label.ja}, {"ja_easy", label.ja_easy}, {"en", label.en}};
}

ordered_json rules_of(const MatchRules& rules) {
    return {{"id", rules.id},
            {"version", rules.version},
            {"name", label_of(rules.name)},
            {"municipality", text_or_null(rules.municipality)}};
}

template <class T>
ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

class Writer {
  public:
    Writer(const Context& context, const MatchQuestion& question, const MatchAnswer& answer)
        : reader_(context.reader()), language_(context.language), question_(question), answer_(answer) {}

    [[nodiscard]] ordered_json whole() const {
        return {{"rules", rules_of(*question_.rules)},
                {"edition", reader_.edition()},
                {"at", directory::to_string(question_.at)},
                {"near", places()},
                {"considered", answer_.considered},
                {"needs", needs()},
                {"shortlist", shortlist()},
                {"combinations", combinations()},
                {"excluded", excluded()},
                {"helpers", helpers()},
                {"afterwards", afterwards()}};
    }

  private:
    /// How well each place is known; not where it is.
    [[nodiscard]] ordered_json places() const {
        ordered_json places = ordered_json::array();
        for (const auto& found : question_.found) {
            places.push_back({{"position_quality", directory::code_of(found.quality)},
                              {"accuracy_m", std::round(found.accuracy_m)}});
        }
        return places;
    }

    [[nodiscard]] ordered_json pair(std::size_t number) const {
        const auto& asked = answer_.pairs[number];
        return {{"person", asked.person}, {"need", question_.rules->needs[asked.need].code}};
    }

    [[nodiscard]] ordered_json reason(const directory::Reason& told, std::uint32_t service) const {
        const auto& words = words_of(told.code);
        ordered_json reason{{"code", words.word}, {"verdict", directory::code_of(words.verdict)}};
        if (!words.value.empty()) {
            reason[std::string{words.value}] = or_null(told.value);
        }
        if (!words.limit.empty()) {
            reason[std::string{words.limit}] = or_null(told.limit);
        }
        if (told.on) {
            reason["on"] = directory::to_string(*told.on);
        }
        if (told.from) {
            reason["from"] = code_of(*told.from);
        }
        if (told.terms) {
            reason["terms"] = terms_document(reader_.services()[service].use_terms.at(*told.terms));
        }
        if (told.rule) {
            const auto& rule = question_.rules->rules[*told.rule];
            reason["rule"] = rule.code;
            reason["label"] = rule.label.in(language_);
        }
        return reason;
    }

    [[nodiscard]] ordered_json reasons(const std::vector<directory::PairReasons>& told, std::uint32_t service) const {
        ordered_json all = ordered_json::array();
        for (const auto& of : told) {
            ordered_json entry = pair(of.pair);
            entry["reasons"] = ordered_json::array();
            for (const auto& why : of.reasons) {
                entry["reasons"].push_back(reason(why, service));
            }
            all.push_back(std::move(entry));
        }
        return all;
    }

    /// Why it stands before the next: the criterion that decided, and what each has of it. Null of the last.
    ordered_json because(const directory::RankKey& key, const directory::RankKey* next) const {
        if (next == nullptr) {
            return nullptr;
        }
        const Criterion criterion = deciding(key, *next);
        // What is a place in an order is counted from 1.
        const bool is_place =
            criterion == Criterion::rule || criterion == Criterion::step || criterion == Criterion::place;
        const auto told = [&](const directory::RankKey& of) {
            const auto value = of.value(criterion);
            return value ? ordered_json(*value + int{is_place}) : ordered_json(nullptr);
        };
        ordered_json because{{"criterion", code_of(criterion)}, {"value", told(key)}, {"next", told(*next)}};
        if (criterion == Criterion::rule) {
            because["rule"] = preferred_by(key);
        }
        return because;
    }

    /// The preference of the rules that it meets; null where it meets none.
    [[nodiscard]] ordered_json preferred_by(const directory::RankKey& key) const {
        const auto number = key.value(Criterion::rule);
        if (!number) {
            return nullptr;
        }
        const auto& rule = question_.rules->rules.at(static_cast<std::size_t>(*number));
        return {{"code", rule.code}, {"label", rule.label.in(language_)}};
    }

    static ordered_json way_of(const std::optional<directory::MeasuredWay>& way) {
        if (!way) {
            return nullptr;
        }
        return {{"from", code_of(way->from)},
                {"minutes", way->minutes},
                {"brought", way->brought},
                {"distance_m", static_cast<std::int64_t>(std::llround(way->distance_m))}};
    }

    [[nodiscard]] ordered_json needs() const {
        ordered_json all = ordered_json::array();
        for (std::size_t number = 0; number < answer_.pairs.size(); ++number) {
            ordered_json entry = pair(number);
            entry["choices"] = ordered_json::array();
            const auto& choices = answer_.choices[number];
            for (std::size_t i = 0; i < choices.size(); ++i) {
                entry["choices"].push_back(
                    {{"entry", choices[i].entry},
                     {"farther", choices[i].is_farther},
                     {"preferred_by", preferred_by(choices[i].key)},
                     {"because", because(choices[i].key, i + 1 < choices.size() ? &choices[i + 1].key : nullptr)}});
            }
            all.push_back(std::move(entry));
        }
        return all;
    }

    /// Of a service what a line of a list needs.
    [[nodiscard]] ordered_json brief(std::uint32_t service) const {
        const auto& row = reader_.services()[service];
        const auto& site = reader_.sites()[row.site];
        return {{"id", row.id},
                {"name", site.name},
                {"programme", reader_.taxonomy().at(row.programme).code},
                {"address", text_or_null(site.address)},
                {"municipality", text_or_null(site.municipality)}};
    }

    [[nodiscard]] ordered_json feature(std::uint32_t service) const {
        std::string text;
        append_feature(text, reader_, {service, -1, directory::Openness::maybe}, question_.at.day, TimeAsked::no);
        auto feature = ordered_json::parse(text);
        const auto& row = reader_.services()[service];
        // Whose residents may use it, whatever else is asked.
        feature["properties"]["usable_by"] = row.usable_by;
        feature["properties"]["usable_by_terms"] = terms_documents(row.use_terms);
        feature["properties"]["serves"] = row.serves;
        return feature;
    }

    [[nodiscard]] ordered_json shortlist() const {
        ordered_json all = ordered_json::array();
        const auto& entries = answer_.shortlist;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto& entry = entries[i];
            const auto step = entry.key.value(Criterion::step);
            all.push_back({{"rank", i + 1},
                           {"because", because(entry.key, i + 1 < entries.size() ? &entries[i + 1].key : nullptr)},
                           {"preferred_by", preferred_by(entry.key)},
                           {"covers", entry.fits.size()},
                           {"open", entry.key.open},
                           {"step", step ? ordered_json(*step + 1) : ordered_json(nullptr)},
                           {"comes_home", entry.comes_home},
                           {"way", way_of(entry.way)},
                           {"fits", reasons(entry.fits, entry.service)},
                           {"fits_not", reasons(entry.fits_not, entry.service)},
                           {"service", feature(entry.service)}});
        }
        return all;
    }

    [[nodiscard]] ordered_json combinations() const {
        ordered_json items = ordered_json::array();
        for (const auto& combination : answer_.combinations) {
            ordered_json covers = ordered_json::array();
            for (std::size_t number = 0; number < answer_.pairs.size(); ++number) {
                if (combination.covers[number]) {
                    covers.push_back(pair(number));
                }
            }
            items.push_back({{"entries", combination.parts},
                             {"places", combination.places},
                             {"minutes", combination.minutes},
                             {"open", combination.open},
                             {"covers", std::move(covers)}});
        }
        return {{"cover_all", answer_.combinations_cover_all}, {"items", std::move(items)}};
    }

    [[nodiscard]] ordered_json excluded() const {
        ordered_json services = ordered_json::array();
        for (const auto& entry : answer_.excluded) {
            services.push_back({{"service", brief(entry.service)},
                                {"distance_m", entry.distance_m ? ordered_json(static_cast<std::int64_t>(
                                                                      std::llround(*entry.distance_m)))
                                                                : ordered_json(nullptr)},
                                {"reasons", reasons(entry.reasons, entry.service)}});
        }
        std::size_t total = 0;
        ordered_json by_reason = ordered_json::object();
        for (const auto& [code, count] : answer_.excluded_by_reason) {
            by_reason[std::string{words_of(code).word}] = count;
            total += count;
        }
        return {{"total", total}, {"by_reason", std::move(by_reason)}, {"services", std::move(services)}};
    }

    [[nodiscard]] ordered_json helpers() const {
        return helpers_documents(reader_, who_could_come(reader_, *question_.rules, question_.family, question_.at),
                                 [this](std::size_t number) { return pair(number); });
    }

    [[nodiscard]] ordered_json afterwards() const {
        ordered_json steps = ordered_json::array();
        for (const auto& step : answer_.afterwards) {
            const auto& to = reader_.taxonomy().at(step.to);
            if (to.visibility > reader_.audience().sees()) {
                continue;
            }
            steps.push_back({{"from", reader_.taxonomy().at(step.from).code},
                             {"to", to.code},
                             {"label", to.label.in(language_)},
                             {"service", step.service ? brief(*step.service) : ordered_json(nullptr)},
                             {"way", way_of(step.way)}});
        }
        return steps;
    }

    const directory::Reader& reader_;
    std::string_view language_;
    const MatchQuestion& question_;
    const MatchAnswer& answer_;
};

} // namespace

ordered_json match_answer_of(const Context& context, const MatchQuestion& question, const MatchAnswer& answer) {
    return Writer(context, question, answer).whole();
}

ordered_json match_needs_of(const Context& context, const MatchRules& rules) {
    const auto& reader = context.reader();
    ordered_json offered = ordered_json::array();
    for (const auto& other : reader.match_rules()) {
        offered.push_back(rules_of(*other));
    }
    ordered_json needs = ordered_json::array();
    for (const auto& need : rules.needs) {
        ordered_json programmes = ordered_json::array();
        for (const auto programme : need.any_of) {
            if (reader.taxonomy().at(programme).visibility <= reader.audience().sees()) {
                programmes.push_back(reader.taxonomy().at(programme).code);
            }
        }
        needs.push_back({{"code", need.code},
                         {"label", label_of(need.label)},
                         {"source", need.source},
                         {"programmes", std::move(programmes)}});
    }
    ordered_json listed = ordered_json::array();
    for (const auto& rule : rules.rules) {
        listed.push_back({{"code", rule.code},
                          {"kind", code_of(rule.kind)},
                          {"label", label_of(rule.label)},
                          {"source", rule.source}});
    }
    return {{"edition", reader.edition()},
            {"rules", rules_of(rules)},
            {"offered", std::move(offered)},
            {"needs", std::move(needs)},
            {"list", std::move(listed)}};
}

} // namespace shirube::server
