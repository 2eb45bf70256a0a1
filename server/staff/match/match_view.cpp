#include "server/staff/match/match_view.hpp"

#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"
#include "server/staff/match/combination_choices.hpp"
#include "server/staff/match/helpers_view.hpp"
#include "server/staff/match/match_form.hpp"
#include "server/staff/match/match_words.hpp"
#include "server/staff/match/unmet_count.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::ExcludedEntry;
using directory::MatchAnswer;
using directory::MatchPair;
using directory::Openness;
using directory::PairReasons;
using directory::Reason;
using directory::ShortlistEntry;

/// So many of each need are ticked for the papers at first.
constexpr std::size_t k_ticked_each = 3;

bool is_taken(const Query& fields, const std::string& id) {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == "take" && field.second == id; });
}

/// Which places the answer was reckoned from, and how well they are known.
void fill_understood(View answer, std::span<const UnderstoodPlace> places) {
    if (places.empty()) {
        answer.show("NOWHERE");
        return;
    }
    View list = answer.section("UNDERSTOOD");
    const Texts& texts = answer.texts();
    for (const auto& place : places) {
        View item = list.section("IT");
        item.words("ROLE", texts.get("match.role_" + std::string(code_of(place.role))));
        item.set("NAME", place.name);
        constexpr double k_worth_saying_m = 1;
        if (place.accuracy_m >= k_worth_saying_m) {
            item.section("ABOUT").words("DISTANCE", distance_in_words(place.accuracy_m));
        }
    }
}

/// In which language the family's paper is wanted; at first that of the page.
void fill_sheet_languages(View answer) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> k_names{
        {{"ja", "日本語"}, {"ja-easy", "やさしい日本語"}, {"en", "English"}}};
    for (const auto& [code, name] : k_names) {
        View option = answer.section("SHEET_LANGUAGE");
        option.set("CODE", code);
        option.set("NAME", name);
        option.show_if(answer.texts().language() == code, "CHOSEN");
    }
}

class AnswerView {
  public:
    AnswerView(const Matched& matched, const Texts& texts)
        : reader_(matched.context.reader()), matched_(matched), texts_(texts) {}

    [[nodiscard]] std::string pair_in_words(const MatchPair& pair) const {
        return texts_.with(
            "match.pair", {{"person", person_in_words(matched_.family.people.at(pair.person), pair.person + 1, texts_)},
                           {"need", need_in_words(pair)}});
    }
    [[nodiscard]] std::string need_in_words(const MatchPair& pair) const {
        return matched_.rules.needs.at(pair.need).label.in(texts_.language());
    }

    void fill_service(View item, std::uint32_t index, const Links& links) const {
        const auto& service = reader_.services()[index];
        item.set("NAME", service_name(reader_, service, texts_.language()));
        item.set("ID", service.id);
        item.set("HREF", links.service(service.id));
        item.words("PROGRAMME", reader_.taxonomy().at(service.programme).label.in(texts_.language()));
        item.words("ENTRY", entry_in_words(service.entry, texts_));
        item.set_if_any("PHONE", service.phone);
        item.words_if_any("WHOM", for_whom_in_words(service, texts_));
        item.set_if_any("WHOM_TEXT", whom_in_own_words(service, texts_));
        item.show_if(for_whom_in_words(service, texts_).empty() && !service.for_whom_text.empty(), "WHOM_ALONE");
        fill_badges(item, matched_.context, index, "BADGE");
    }

    void fill_reasons(View item, std::uint32_t service, const std::vector<Reason>& reasons) const {
        for (const auto& reason : reasons) {
            if (reason.code == directory::ReasonCode::none) {
                continue;
            }
            View line = item.section("REASON");
            line.set("VERDICT", code_of(reason.verdict()));
            line.icon("ICON", icon_of(reason.verdict()));
            line.words("WORDS", reason_in_words(reason, matched_.rules, reader_.services()[service], texts_));
        }
    }

    void fill_way(View item, const ShortlistEntry& entry) const {
        if (entry.comes_home) {
            item.show("COMES_HOME");
        } else if (entry.way) {
            View way = item.section("WAY");
            way.set("MINUTES", entry.way->minutes);
            way.words("FROM", texts_.get("match.role_" + std::string(code_of(entry.way->from))));
            way.words("DISTANCE", distance_in_words(entry.way->distance_m));
            const bool is_brought = std::ranges::any_of(entry.fits, [](const PairReasons& fit) {
                return std::ranges::find(fit.reasons, directory::ReasonCode::brought, &Reason::code) !=
                       fit.reasons.end();
            });
            way.show(is_brought ? "BROUGHT" : "ALONE");
        }
    }

    void fill_pairs(View answer, const Links& links, const Asked& asked) const {
        const Query& fields = asked.fields;
        const MatchAnswer& found = matched_.answer;
        const bool is_ticked_before = std::ranges::find(fields, "take", &Query::value_type::first) != fields.end();
        for (std::size_t pair = 0; pair < found.pairs.size(); ++pair) {
            View part = answer.section("PAIR");
            part.words("HEADING", pair_in_words(found.pairs[pair]));
            part.show_if(found.choices[pair].empty(), found.excluded.empty() ? "NOTHING_KNOWN" : "NO_CHOICE");
            part.set("PART", pair + 1);
            const auto& choices = found.choices[pair];
            for (std::size_t i = 0; i < choices.size(); ++i) {
                const auto& choice = choices[i];
                const ShortlistEntry& entry = found.shortlist[choice.entry];
                View item = part.section("CHOICE");
                item.set("NUMBER", i + 1);
                item.show_if(
                    is_ticked_before ? is_taken(fields, reader_.services()[entry.service].id) : i < k_ticked_each,
                    "TICKED");
                item.show_if(choice.is_farther, "FARTHER");
                item.words_if_any("RANK",
                                  rank_in_words(choice.key, i + 1 < choices.size() ? &choices[i + 1].key : nullptr,
                                                matched_.rules, texts_));
                if (const auto rule = preference_in_words(choice.key, matched_.rules, texts_); !rule.empty()) {
                    item.section("PREFERRED").words("RULE", rule);
                }
                fill_service(item, entry.service, links);
                fill_way(item, entry);
                for (const PairReasons& fit : entry.fits) {
                    if (fit.pair == pair) {
                        fill_reasons(item, entry.service, fit.reasons);
                    }
                }
                fill_others(item, entry, pair);
            }
            fill_count(part, pair, asked);
        }
    }

    /// Whether anything suitable was found the caseworker says, and whether it is counted.
    void fill_count(View part, std::size_t number, const Asked& asked) const {
        const MatchPair& pair = matched_.answer.pairs[number];
        const auto key = unmet_key_of(matched_.context, matched_.family, matched_.rules, pair);
        const std::string value = unmet_field(pair, matched_.rules);
        const bool is_counted = std::ranges::any_of(
            asked.fields, [&](const auto& field) { return field.first == "counted" && field.second == value; });
        View count = part.section(is_counted ? "COUNTED" : "COUNT_IT");
        if (asked.pressed == value) {
            count.show_if(asked.counting == Counting::already, "ALREADY");
            count.show_if(asked.counting == Counting::stale, "STALE");
            count.show_if(asked.counting == Counting::busy, "BUSY");
        }
        count.show_if(is_counted && (asked.pressed != value || asked.counting != Counting::already), "KEPT");
        count.set("NUMBER", number + 1);
        count.set("VALUE", value);
        const auto need = matched_.rules.needs.at(pair.need).label.in(texts_.language());
        count.words("WORDS", unmet_in_words(key, matched_.context, need, texts_));
    }

    /// What else of the family's needs the same service meets.
    void fill_others(View item, const ShortlistEntry& entry, std::size_t pair) const {
        for (const PairReasons& fit : entry.fits) {
            if (fit.pair != pair) {
                item.section("ALSO").words("WORDS", pair_in_words(matched_.answer.pairs[fit.pair]));
            }
        }
    }

    void fill_combinations(View answer, const Links& links) const {
        const MatchAnswer& found = matched_.answer;
        if (found.combinations.empty()) {
            return;
        }
        View list = answer.section("COMBINATIONS");
        list.show_if(!found.combinations_cover_all, "NOT_ALL");
        for (std::size_t pair = 0; pair < found.pairs.size(); ++pair) {
            if (found.choices[pair].empty()) {
                list.section("LEFT_OUT").words("WORDS", pair_in_words(found.pairs[pair]));
            }
        }
        for (const auto& choice : choices_in(found.combinations)) {
            View item = list.section("COMBINATION");
            item.set("PLACES", choice.places);
            for (const auto part : choice.together) {
                fill_part(item.section("PART"), found.shortlist[part], links);
            }
            if (!choice.one_of.empty()) {
                View alternatives = item.section("ONE_OF");
                for (const auto part : choice.one_of) {
                    fill_part(alternatives.section("ALTERNATIVE"), found.shortlist[part], links);
                }
            }
        }
    }

    void fill_part(View line, const ShortlistEntry& entry, const Links& links) const {
        fill_service(line, entry.service, links);
        for (const PairReasons& fit : entry.fits) {
            line.section("FOR").words("WORDS", pair_in_words(matched_.answer.pairs[fit.pair]));
        }
    }

    void fill_excluded(View answer, const Links& links) const {
        const MatchAnswer& found = matched_.answer;
        if (found.excluded.empty()) {
            return;
        }
        View list = answer.section("EXCLUDED");
        for (const ExcludedEntry& entry : found.excluded) {
            View item = list.section("ITEM");
            fill_service(item, entry.service, links);
            if (entry.distance_m) {
                item.words_if_any("DISTANCE", distance_in_words(*entry.distance_m));
            }
            std::vector<Reason> objections;
            for (const PairReasons& pair : entry.reasons) {
                for (const Reason& reason : pair.reasons) {
                    if (reason.verdict() == Openness::no && std::ranges::find(objections, reason) == objections.end()) {
                        objections.push_back(reason);
                    }
                }
            }
            fill_reasons(item, entry.service, objections);
        }
        for (const auto& [code, count] : found.excluded_by_reason) {
            View line = list.section("COUNT");
            line.set("N", grouped(static_cast<std::int64_t>(count)));
            line.words("WORDS", texts_.get("match.because_" + std::string(words_of(code).word)));
        }
    }

    void fill_afterwards(View answer, const Links& links) const {
        if (matched_.answer.afterwards.empty()) {
            return;
        }
        View list = answer.section("AFTERWARDS");
        const auto& taxonomy = reader_.taxonomy();
        for (const auto& step : matched_.answer.afterwards) {
            View item = list.section("STEP");
            item.words("FROM", taxonomy.at(step.from).label.in(texts_.language()));
            item.words("TO", taxonomy.at(step.to).label.in(texts_.language()));
            if (step.service) {
                fill_service(item.section("SERVICE"), *step.service, links);
            }
        }
    }

  private:
    const directory::Reader& reader_;
    const Matched& matched_;
    const Texts& texts_;
};

} // namespace

void fill_match_answer(View body, const Matched& matched, const Links& links, const Asked& asked) {
    View answer = body.section("ANSWER");
    answer.set("RULES_HREF", links.to("/staff/match/rules/" + percent_encode(matched.rules.id)));
    const AnswerView view(matched, body.texts());
    for (const auto& [name, value] : asked.fields) {
        if (is_match_field(name) && !value.empty()) {
            View again = answer.section("AGAIN");
            again.set("NAME", name);
            again.set("VALUE", value);
        }
    }
    answer.set("RULES", matched.rules.name.in(body.texts().language()));
    answer.set("VERSION", matched.rules.version);
    fill_understood(answer, asked.places);
    fill_sheet_languages(answer);
    view.fill_combinations(answer, links);
    view.fill_pairs(answer, links, asked);
    view.fill_excluded(answer, links);
    view.fill_afterwards(answer, links);
    fill_helpers(answer, matched.context,
                 who_could_come(matched.context.reader(), matched.rules, matched.family, matched.context.now));
}

} // namespace shirube::server
