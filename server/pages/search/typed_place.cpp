#include "server/pages/search/typed_place.hpp"

#include "directory/fold.hpp"
#include "directory/romaji.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/search/filter_words.hpp"
#include "server/pages/service/station_access.hpp"
#include "server/search_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace shirube::server {

namespace {

using directory::LandmarkKind;
using directory::Suggestion;

constexpr std::size_t k_most_choices = 12;

/// As addresses write them (JIS X 0401, in its order).
constexpr std::array<std::string_view, 47> k_prefectures{
    "北海道", "青森県", "岩手県", "宮城県",   "秋田県", "山形県",   "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",   "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県",   "滋賀県", "京都府",   "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県",   "山口県", "徳島県",   "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県",   "宮崎県", "鹿児島県", "沖縄県"};

Choice::Kind kind_of(LandmarkKind kind) {
    switch (kind) {
        case LandmarkKind::station:
            return Choice::Kind::station;
        case LandmarkKind::school:
            return Choice::Kind::school;
        case LandmarkKind::facility:
            return Choice::Kind::facility;
        case LandmarkKind::postal_code:
            break;
    }
    return Choice::Kind::postal_code;
}

std::string shown_name(const directory::LandmarkReading& landmark) {
    return landmark.kind == LandmarkKind::station ? station_name(landmark) : landmark.name;
}

bool is_postal_code(std::string_view folded) {
    constexpr std::size_t k_digits = 7;
    return folded.size() == k_digits && std::ranges::all_of(folded, [](char c) { return c >= '0' && c <= '9'; });
}

/// Landmarks of that name, each place once; nothing where none has a position.
std::vector<Choice> landmarks(std::string_view typed, const Context& context, const Links& links, const Query& search) {
    std::vector<Choice> out;
    std::set<std::pair<std::string, std::string>> seen;
    for (const std::uint32_t row : context.reader().landmarks_called(typed)) {
        const auto& landmark = context.reader().landmarks()[row].reading;
        if (!landmark.position) {
            continue;
        }
        const bool is_code = landmark.kind == LandmarkKind::postal_code;
        Choice choice{kind_of(landmark.kind), shown_name(landmark),
                      is_code ? landmark.municipality_name + landmark.detail : landmark.municipality_name,
                      near_address(links, search, *landmark.position)};
        if (out.size() < k_most_choices && seen.emplace(choice.name, choice.detail).second) {
            out.push_back(std::move(choice));
        }
    }
    return out;
}

/// A kind of help that is called so, or that is what people call so.
std::vector<Choice> programmes_called(std::string_view typed, const Context& context, const Links& links,
                                      const Query& search) {
    const auto& taxonomy = context.reader().taxonomy();
    const auto facts = facts_of(context.reader(), context.now.day);
    const std::string key = directory::fold(typed);
    const std::string kana = directory::kana_of_romaji(typed);
    const auto is_it = [&](const std::string& name) {
        const std::string folded = directory::fold(name);
        return folded == key || (!kana.empty() && folded == kana);
    };
    std::vector<Choice> out;
    for (std::size_t i = 0; i < taxonomy.programmes().size(); ++i) {
        const auto& programme = taxonomy.programmes()[i];
        if (facts->offered.at(i) &&
            (is_it(programme.label.ja) || is_it(programme.label.en) || std::ranges::any_of(programme.words, is_it))) {
            out.push_back({Choice::Kind::programme,
                           programme.public_label.in(context.language),
                           {},
                           links.to("/search", with(search, "programme", programme.code))});
        }
    }
    return out;
}

/// Whether it is a kind of help that exists, though no list here has any.
bool is_known_help(std::string_view typed, const Context& context) {
    const std::string key = directory::fold(typed);
    const std::string kana = directory::kana_of_romaji(typed);
    const auto is_it = [&](const std::string& name) {
        const std::string folded = directory::fold(name);
        return folded == key || (!kana.empty() && folded == kana);
    };
    return std::ranges::any_of(context.reader().taxonomy().programmes(), [&](const directory::Programme& programme) {
        return programme.visibility == directory::Visibility::everyone &&
               (is_it(programme.label.ja) || std::ranges::any_of(programme.words, is_it));
    });
}

/// All of the programmes, asked for at once: a word that names several kinds of help means any of them.
std::string any_of(const std::vector<Choice>& programmes, const Context& context, const Links& links,
                   const Query& search) {
    std::string codes;
    const auto& taxonomy = context.reader().taxonomy();
    for (const auto& programme : taxonomy.programmes()) {
        const bool is_meant = std::ranges::any_of(programmes, [&](const Choice& choice) {
            return choice.address == links.to("/search", with(search, "programme", programme.code));
        });
        if (is_meant) {
            codes += codes.empty() ? "" : ",";
            codes += programme.code;
        }
    }
    return links.to("/search", with(search, "programme", codes));
}

std::vector<Choice> towns(std::string_view typed, const Context& context, const Links& links, const Query& search) {
    std::vector<Choice> out;
    for (const auto& town : context.loaded.locator->candidates(typed, k_most_choices)) {
        const bool is_whole = town.matched.empty(); // the municipality itself
        out.push_back({Choice::Kind::town, is_whole ? town.municipality_name : town.matched,
                       is_whole ? "" : town.municipality_name, near_address(links, search, town.position)});
    }
    return out;
}

std::optional<Choice> choice_of(const Suggestion& suggestion, const Context& context, const Links& links,
                                const Query& search) {
    using Kind = Suggestion::Kind;
    const Query elsewhere = without(without(search, "near"), "within");
    const auto place = [&](Choice::Kind kind) -> std::optional<Choice> {
        return suggestion.position ? std::optional(Choice{kind, suggestion.label, suggestion.detail,
                                                          near_address(links, elsewhere, *suggestion.position)})
                                   : std::nullopt;
    };
    switch (suggestion.kind) {
        case Kind::service:
            return Choice{Choice::Kind::service, suggestion.label, suggestion.detail, links.service(suggestion.id)};
        case Kind::programme: {
            const auto index = context.reader().taxonomy().by_code(suggestion.id);
            const auto facts = facts_of(context.reader(), context.now.day);
            if (!index || !facts->offered.at(*index)) {
                return std::nullopt;
            }
            return Choice{Choice::Kind::programme,
                          context.reader().taxonomy().at(*index).public_label.in(context.language),
                          {},
                          links.to("/search", with(search, "programme", suggestion.id))};
        }
        case Kind::district:
            return Choice{Choice::Kind::district, suggestion.label, suggestion.detail,
                          links.to("/search", with(elsewhere, "within", suggestion.id))};
        case Kind::town:
            return place(Choice::Kind::town);
        case Kind::landmark: {
            const auto kind = directory::parse_code<LandmarkKind>(suggestion.id).value_or(LandmarkKind::facility);
            auto choice = place(kind_of(kind));
            if (choice && kind == LandmarkKind::station && !choice->name.ends_with("駅")) {
                choice->name += "駅";
            }
            return choice;
        }
    }
    return std::nullopt;
}

std::size_t found_by_words(const std::string& words, const Query& search, const Context& context) {
    auto asked = read_search_query(with(search, "q", words), context.reader(), context.now);
    if (!asked) {
        return 0;
    }
    asked->limit = 1;
    const auto found = context.reader().search(*asked);
    return found.number_matched + found.without_position_matched;
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

/// Whether what was typed names a prefecture or a city that is none of this directory's. What only holds a letter of
/// one (中央市場, 南中学校区) does not.
bool names_another_place(std::string_view typed, const Context& context) {
    const auto& towns = context.reader().towns();
    const auto is_served = [&](std::string_view prefecture) {
        return std::ranges::any_of(towns, [&](const auto& town) { return town.prefecture == prefecture; });
    };
    std::string_view rest = typed;
    const auto named =
        std::ranges::find_if(k_prefectures, [&](auto prefecture) { return typed.starts_with(prefecture); });
    if (named != k_prefectures.end()) {
        if (!is_served(*named)) {
            return true;
        }
        rest.remove_prefix(named->size());
    }
    constexpr std::string_view k_city = "市";
    constexpr std::size_t k_shortest = 6; // bytes: two letters
    constexpr std::size_t k_longest = 24;
    const auto at = rest.find(k_city);
    if (at == std::string_view::npos || at < k_shortest || at > k_longest) {
        return false;
    }
    const auto behind = rest.substr(at + k_city.size());
    if (begins_with_any(behind, {"場", "民", "役所", "立", "営", "内"})) {
        return false;
    }
    const auto city = rest.substr(0, at + k_city.size());
    const auto& served = facts_of(context.reader(), context.now.day)->municipalities;
    return std::ranges::none_of(served, [&](const auto& one) { return one.second.ends_with(city); }) &&
           std::ranges::none_of(towns, [&](const auto& town) { return town.municipality_name.ends_with(city); });
}

/// A place and a word for help, apart by a blank or の: "北山 学習支援". Nothing where the halves are not these.
std::optional<std::string> place_and_word(std::string_view typed, const Context& context, const Links& links,
                                          const Query& search) {
    for (const std::string_view between : {" ", "\u3000", "の"}) {
        for (auto at = typed.find(between); at != std::string_view::npos; at = typed.find(between, at + 1)) {
            const std::string_view front = typed.substr(0, at);
            const std::string_view back = typed.substr(at + between.size());
            if (front.empty() || back.empty()) {
                continue;
            }
            const auto programmes = programmes_called(back, context, links, search);
            const auto places = programmes.empty() ? std::vector<TypedPlace>{} : places_typed(front, context);
            if (!places.empty()) {
                const Query there =
                    with(search, "near",
                         fmt::format("{:.3f},{:.3f}", places.front().position.lon, places.front().position.lat));
                return any_of(programmes_called(back, context, links, there), context, links, there);
            }
        }
    }
    return std::nullopt;
}

/// Who types this needs somebody to talk to now, not a place on a map.
bool is_urgent(std::string_view key) {
    constexpr std::array<std::string_view, 12> k_words{"死にたい", "しにたい", "消えたい", "きえたい",
                                                       "自殺",     "じさつ",   "虐待",     "ぎゃくたい",
                                                       "殴られ",   "なぐられ", "暴力",     "189"};
    return key == "dv" || std::ranges::any_of(
                              k_words, [&](std::string_view word) { return key.find(word) != std::string_view::npos; });
}

void append(std::vector<Choice>& all, std::vector<Choice> more) {
    for (auto& choice : more) {
        const bool is_known = std::ranges::any_of(all, [&](const Choice& known) {
            return known.address == choice.address || (known.name == choice.name && known.detail == choice.detail);
        });
        if (!is_known && all.size() < k_most_choices) {
            all.push_back(std::move(choice));
        }
    }
}

/// What somebody may mean who has typed this much, best first.
std::vector<Choice> choices_for(std::string_view typed, const Context& context, const Links& links,
                                const Query& search) {
    std::vector<Choice> out;
    for (const auto& suggestion : context.reader().suggest(typed, k_most_choices)) {
        if (auto choice = choice_of(suggestion, context, links, search)) {
            append(out, {std::move(*choice)});
        }
    }
    return out;
}

} // namespace

std::string near_address(const Links& links, const Query& search, geo::LonLat point) {
    return links.to("/search", with(search, "near", fmt::format("{:.3f},{:.3f}", point.lon, point.lat)));
}

std::vector<std::string> served_municipalities(const Context& context, std::size_t most) {
    std::vector<std::string> names;
    for (const auto& [code, name] : facts_of(context.reader(), context.now.day)->municipalities) {
        if (names.size() < most) {
            names.push_back(name);
        }
    }
    return names;
}

std::vector<TypedPlace> places_typed(std::string_view typed, const Context& context, std::string_view municipality) {
    using directory::PositionQuality;
    std::vector<TypedPlace> places;
    const auto add = [&](TypedPlace place) {
        const bool is_known = std::ranges::any_of(
            places, [&](const TypedPlace& known) { return known.name == place.name && known.detail == place.detail; });
        if (!is_known && places.size() < k_most_choices) {
            places.push_back(std::move(place));
        }
    };
    for (const std::uint32_t row : context.reader().landmarks_called(typed)) {
        const auto& landmark = context.reader().landmarks()[row].reading;
        if (landmark.position) {
            // A station of two lines is one place; of a code the town tells which.
            const bool is_code = landmark.kind == LandmarkKind::postal_code;
            add({shown_name(landmark), landmark.municipality_name + (is_code ? landmark.detail : std::string{}),
                 *landmark.position, landmark.accuracy_m > 0 ? PositionQuality::town : PositionQuality::exact,
                 landmark.accuracy_m});
        }
    }
    const auto add_located = [&](const importers::Location& of) {
        add({of.matched.empty() ? of.municipality_name : of.matched,
             of.matched.empty() ? std::string{} : of.municipality_name, of.position, of.quality, of.accuracy_m});
    };
    const auto located = context.loaded.locator->locate(typed, municipality);
    if (located && (places.empty() || directory::fold(located->matched) == directory::fold(typed))) {
        add_located(*located);
    }
    if (places.empty()) {
        for (const auto& town : context.loaded.locator->candidates(typed, k_most_choices)) {
            add_located(town);
        }
    }
    return places;
}

Understood understand(std::string_view typed, const Context& context, const Links& links, const Query& search) {
    // A new place takes the place of the one that was asked about; a word is looked for around it.
    const Query elsewhere = without(without(search, "near"), "within");
    const bool has_place = std::ranges::find(search, "near", &Query::value_type::first) != search.end();
    // Words that were looked for until now are not part of the new question.
    const Query around = without(has_place ? search : without(search, "radius"), "q");
    const std::string key = directory::fold(typed);
    if (key.empty()) {
        return Unknown::nowhere;
    }
    if (is_urgent(key)) {
        return Unknown::urgent;
    }
    if (const auto words = filter_words_in(typed); !words.filters.empty()) {
        const auto filtered = [&](Query of) {
            for (const auto& [name, value] : words.filters) {
                of = with(of, name, value);
            }
            return of;
        };
        return words.rest.empty() ? Understood{links.to("/search", filtered(around))}
                                  : understand(words.rest, context, links, filtered(search));
    }
    auto choices = landmarks(typed, context, links, elsewhere);
    if (is_postal_code(key) && choices.empty()) {
        return Unknown::outside;
    }
    // A word for a kind of help, before places: "ひろば" is a street somewhere.
    if (const auto programmes = programmes_called(typed, context, links, around); !programmes.empty()) {
        return any_of(programmes, context, links, around);
    }
    const auto located = context.loaded.locator->locate(typed, {});
    if (located && (choices.empty() || directory::fold(located->matched) == key)) {
        append(choices, {{Choice::Kind::town, located->matched, located->municipality_name,
                          near_address(links, elsewhere, located->position)}});
    }
    if (choices.empty()) {
        if (auto both = place_and_word(typed, context, links, without(elsewhere, "q"))) {
            return *std::move(both);
        }
        append(choices, towns(typed, context, links, elsewhere));
        append(choices, choices_for(typed, context, links, search));
    }
    if (choices.size() == 1) {
        return std::move(choices.front().address);
    }
    if (!choices.empty()) {
        return choices;
    }
    // A number may be a house's, and words that are looked for stand in an address: what may tell where somebody lives
    // does not go on.
    const bool may_tell_a_house = std::ranges::any_of(key, [](char c) { return c >= '0' && c <= '9'; });
    for (const std::string& words : {std::string(typed), directory::kana_of_romaji(typed)}) {
        if (!may_tell_a_house && !words.empty() && found_by_words(words, around, context) > 0) {
            return links.to("/search", with(around, "q", words));
        }
    }
    if (names_another_place(typed, context)) {
        return Unknown::outside;
    }
    return is_known_help(typed, context) ? Unknown::not_listed : Unknown::nowhere;
}

} // namespace shirube::server
