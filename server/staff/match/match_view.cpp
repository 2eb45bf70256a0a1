#include "server/staff/match/match_view.hpp"

#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"
#include "server/staff/match/combination_choices.hpp"
#include "server/staff/match/helpers_view.hpp"
#include "server/staff/match/match_form.hpp"
#include "server/staff/match/match_words.hpp"
#include "server/staff/match/unmet_count.hpp"
#include "server/staff/match/way_range.hpp"

#include <algorithm>
#include <array>
#include <optional>
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

/// So many of each need stand open on the page, and are ticked for the papers at first: nothing is ticked unseen.
constexpr std::size_t k_open_each = 3;
/// Of combinations one, for its parts stand under their needs too.
constexpr std::size_t k_open_together = 1;

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
        // It stands before a telephone's number: a bare "not known" would be read as the number's.
        item.words("ENTRY", service.entry == directory::Entry::unknown ? texts_.get("match.entry_unknown")
                                                                       : entry_in_words(service.entry, texts_));
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
            const auto range = reason.from ? rough_way(service, reason.from) : std::nullopt;
            View line = item.section("REASON");
            line.set("VERDICT", code_of(reason.verdict()));
            line.icon("ICON", icon_of(reason.verdict()));
            line.words("WORDS",
                       reason_in_words(reason, matched_.rules, reader_.services()[service], texts_,
                                       range ? minutes_in_words(*range, matched_.family.mode, texts_) : std::string{}));
        }
    }

    void fill_way(View item, const ShortlistEntry& entry) const {
        if (entry.comes_home) {
            item.show("COMES_HOME");
        } else if (entry.way) {
            View way = item.section("WAY");
            way.words("FROM", texts_.get("match.role_" + std::string(code_of(entry.way->from))));
            const auto range = rough_way(entry.service, entry.way->from);
            const auto mode = entry.way->brought ? directory::TravelMode::fetched : matched_.family.mode;
            way.set("MINUTES", range ? minutes_in_words(*range, mode, texts_) : std::to_string(entry.way->minutes));
            way.words("DISTANCE", range ? distance_in_words(*range, texts_) : distance_in_words(entry.way->distance_m));
            const bool is_brought = std::ranges::any_of(entry.fits, [](const PairReasons& fit) {
                return std::ranges::find(fit.reasons, directory::ReasonCode::brought, &Reason::code) !=
                       fit.reasons.end();
            });
            way.show(is_brought ? "BROUGHT" : "ALONE");
        }
    }

    /// What there is in a few lines, each leading to its part of the page: on a phone the whole is many screens.
    void fill_found(View answer, std::size_t helpers) const {
        const MatchAnswer& found = matched_.answer;
        View list = answer.section("FOUND");
        const auto count = [&list](std::string_view section, std::size_t n) {
            if (n > 0) {
                list.section(section).set("N", grouped(static_cast<std::int64_t>(n)));
            }
        };
        count("FOUND_TOGETHER", choices_in(found.combinations).size());
        for (std::size_t pair = 0; pair < found.pairs.size(); ++pair) {
            View need = list.section("FOUND_NEED");
            need.set("PART", pair + 1);
            need.words("HEADING", pair_in_words(found.pairs[pair]));
            const auto& choices = found.choices[pair];
            if (choices.empty()) {
                need.show("FOUND_NONE");
                continue;
            }
            View some = need.section("FOUND_SOME");
            some.set("N", choices.size());
            some.set("NAMES", names_of(choices));
        }
        count("FOUND_HELPERS", helpers);
        count("FOUND_AFTERWARDS", found.afterwards.size());
        std::size_t excluded = 0;
        for (const auto& [code, of_reason] : found.excluded_by_reason) {
            excluded += of_reason;
        }
        count("FOUND_EXCLUDED", found.excluded.empty() ? 0 : excluded);
    }

    void fill_pairs(View answer, const Links& links, const Asked& asked) const {
        const MatchAnswer& found = matched_.answer;
        for (std::size_t pair = 0; pair < found.pairs.size(); ++pair) {
            View part = answer.section("PAIR");
            part.words("HEADING", pair_in_words(found.pairs[pair]));
            part.show_if(found.choices[pair].empty(), found.excluded.empty() ? "NOTHING_KNOWN" : "NO_CHOICE");
            part.set("PART", pair + 1);
            const std::size_t count = found.choices[pair].size();
            const std::size_t open = std::min(count, k_open_each);
            for (std::size_t i = 0; i < open; ++i) {
                fill_choice(part, pair, i, links, asked.fields);
            }
            if (open < count) {
                View more = part.section("MORE_CHOICES");
                more.set("N", count - open);
                more.set("START", open + 1);
                bool is_any_ticked = false;
                for (std::size_t i = open; i < count; ++i) {
                    fill_choice(more, pair, i, links, asked.fields);
                    is_any_ticked = is_any_ticked || is_ticked(pair, i, asked.fields);
                }
                more.show_if(is_any_ticked, "OPENED");
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
        const auto choices = choices_in(found.combinations);
        const std::size_t open = std::min(choices.size(), k_open_together);
        for (std::size_t i = 0; i < open; ++i) {
            fill_combination(list, choices[i], links);
        }
        if (open < choices.size()) {
            View more = list.section("MORE_TOGETHER");
            more.set("N", choices.size() - open);
            more.set("START", open + 1);
            for (std::size_t i = open; i < choices.size(); ++i) {
                fill_combination(more, choices[i], links);
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
                const auto range = rough_way(entry.service, std::nullopt);
                item.words_if_any("DISTANCE",
                                  range ? distance_in_words(*range, texts_) : distance_in_words(*entry.distance_m));
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
    /// How far it may be from a role's places, of the nearest role where none is given; nothing where it is sure.
    [[nodiscard]] std::optional<WayRange> rough_way(std::uint32_t service,
                                                    std::optional<directory::PlaceRole> from) const {
        const auto site = reader_.services()[service].site;
        return site == directory::k_no_index ? std::nullopt
                                             : server::rough_way(matched_.family, from, reader_.sites()[site]);
    }

    [[nodiscard]] bool is_way_rough(const ShortlistEntry& entry) const {
        return entry.way && rough_way(entry.service, entry.way->from);
    }

    [[nodiscard]] std::string names_of(const std::vector<directory::PairChoice>& choices) const {
        std::string names;
        for (const auto& choice : choices) {
            const auto& service = reader_.services()[matched_.answer.shortlist[choice.entry].service];
            names += (names.empty() ? "" : texts_.get("match.found_join")) +
                     service_name(reader_, service, texts_.language());
        }
        return names;
    }

    /// Whether it is to stand on the papers: what was ticked before, at first the first of each need.
    [[nodiscard]] bool is_ticked(std::size_t pair, std::size_t place, const Query& fields) const {
        const bool is_ticked_before = std::ranges::find(fields, "take", &Query::value_type::first) != fields.end();
        const auto& choice = matched_.answer.choices[pair][place];
        return is_ticked_before
                   ? is_taken(fields, reader_.services()[matched_.answer.shortlist[choice.entry].service].id)
                   : place < k_open_each;
    }

    /// \param place in the choices of the pair
    void fill_choice(View list, std::size_t pair, std::size_t place, const Links& links, const Query& fields) const {
        const auto& choices = matched_.answer.choices[pair];
        const auto& choice = choices[place];
        const ShortlistEntry& entry = matched_.answer.shortlist[choice.entry];
        View item = list.include("CHOICE", "staff-match-choice.html");
        item.set("NUMBER", place + 1);
        item.show_if(is_ticked(pair, place, fields), "TICKED");
        item.show_if(choice.is_farther, "FARTHER");
        const auto* next = place + 1 < choices.size() ? &choices[place + 1] : nullptr;
        const bool is_rough =
            is_way_rough(entry) || (next != nullptr && is_way_rough(matched_.answer.shortlist[next->entry]));
        item.words_if_any("RANK", rank_in_words(choice.key, next != nullptr ? &next->key : nullptr, matched_.rules,
                                                texts_, is_rough));
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

    void fill_combination(View list, const CombinationChoice& choice, const Links& links) const {
        const auto& shortlist = matched_.answer.shortlist;
        View item = list.include("COMBINATION", "staff-match-combination.html");
        item.set("PLACES", choice.places);
        for (const auto part : choice.together) {
            fill_part(item.section("PART"), shortlist[part], links);
        }
        if (!choice.one_of.empty()) {
            View alternatives = item.section("ONE_OF");
            for (const auto part : choice.one_of) {
                fill_part(alternatives.section("ALTERNATIVE"), shortlist[part], links);
            }
        }
    }

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
    const auto helpers = who_could_come(matched.context.reader(), matched.rules, matched.family, matched.context.now);
    view.fill_found(answer, helpers.size());
    view.fill_combinations(answer, links);
    view.fill_pairs(answer, links, asked);
    view.fill_excluded(answer, links);
    view.fill_afterwards(answer, links);
    fill_helpers(answer, matched.context, helpers);
}

} // namespace shirube::server
