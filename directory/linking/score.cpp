#include "directory/linking/score.hpp"

#include "directory/designated_city.hpp"
#include "geo/distance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace shirube::directory {

namespace {

// Weights are evidence in steps of about a factor of three; they were set on the labelled pairs of the tests.
constexpr double k_name_equal = 6;
constexpr double k_name_generic = 4; ///< 児童館 alone is the name of many
constexpr double k_name_most = 5;
constexpr double k_name_from = 0.6;
constexpr double k_name_slope = 15;
constexpr double k_name_least = -4;
constexpr double k_same_stem = 0.93;

constexpr double k_near_m = 60;
constexpr double k_close_m = 200;
constexpr double k_apart_m = 500;
constexpr double k_far_m = 1'000;

double weight_of(AddressMatch match) {
    switch (match) {
        case AddressMatch::unknown:
            return 0;
        case AddressMatch::equal:
            return 4;
        case AddressMatch::shortened:
            return 2;
        case AddressMatch::same_town:
            return 1;
        case AddressMatch::other_numbers:
        case AddressMatch::other_town:
            return -3;
    }
    return 0;
}

double weight_of_distance(double distance_m) {
    if (distance_m <= k_near_m) {
        return 2;
    }
    if (distance_m <= k_close_m) {
        return 1;
    }
    if (distance_m <= k_apart_m) {
        return 0;
    }
    return distance_m <= k_far_m ? -2 : -4;
}

/// Without what one hand writes and another leaves out: long vowels, の, small letters; and the few words that are
/// written two ways.
std::u32string loosely(std::u32string_view text) {
    constexpr std::u32string_view small = U"ぁぃぅぇぉっゃゅょゎ";
    constexpr std::u32string_view large = U"あいうえおつやゆよわ";
    std::u32string out;
    for (const char32_t c : text) {
        if (c == U'ー' || c == U'の') {
            continue;
        }
        const auto at = small.find(c);
        out += at == std::u32string_view::npos ? c : large[at];
    }
    constexpr std::pair<std::u32string_view, std::u32string_view> k_two_ways[] = {
        {U"広場", U"ひろば"}, {U"集い", U"つどい"}, {U"子そだて", U"子育て"}, {U"附属", U"付属"},
        {U"づ", U"ず"},       {U"ぢ", U"じ"},       {U"ゐ", U"い"},           {U"ゑ", U"え"}};
    for (const auto& [one, other] : k_two_ways) {
        for (auto at = out.find(one); at != std::u32string::npos; at = out.find(one, at + other.size())) {
            out.replace(at, one.size(), other);
        }
    }
    return out;
}

bool share_any(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::any_of(a, [&](const auto& value) { return std::ranges::binary_search(b, value); });
}

bool share_list(const StatedPlace& a, const StatedPlace& b) {
    return std::ranges::any_of(a.lists, [&](auto list) { return std::ranges::binary_search(b.lists, list); });
}

bool is_care(PlaceKind kind) {
    return kind == PlaceKind::nursery || kind == PlaceKind::kindergarten || kind == PlaceKind::childrens_centre;
}

/// A city and a ward of it may be one place's municipality in two lists; two wards may not.
bool in_other_municipalities(const StatedPlace& a, const StatedPlace& b) {
    if (a.municipality.empty() || b.municipality.empty() || a.municipality == b.municipality) {
        return false;
    }
    return designated_city_of(a.municipality) != b.municipality && designated_city_of(b.municipality) != a.municipality;
}

struct Compared {
    bool core_equal = false;
    bool stem_equal = false; ///< loosely
};

Objection objection_of(const StatedPlace& a, const StatedPlace& b, const Compared& names, const Score& score) {
    if (in_other_municipalities(a, b)) {
        return Objection::other_municipality;
    }
    if (a.name.ordinals != b.name.ordinals && !a.name.ordinals.empty() && !b.name.ordinals.empty()) {
        return Objection::ordinals;
    }
    if (a.name.is_branch != b.name.is_branch) {
        return Objection::branch;
    }
    const bool by_direction = differ_by_direction(a.name, b.name);
    if (by_direction && a.name.core.size() == b.name.core.size()) {
        return Objection::direction;
    }
    const bool kinds_known = a.name.kind != PlaceKind::unknown && b.name.kind != PlaceKind::unknown;
    const bool kinds_differ = a.name.kind != b.name.kind;
    if (kinds_known && kinds_differ && !(is_care(a.name.kind) && is_care(b.name.kind))) {
        return Objection::kind;
    }
    const bool same_but_for_place = names.core_equal && score.phone.value_or(false);
    if (score.address == AddressMatch::other_numbers && !same_but_for_place) {
        return Objection::house_numbers;
    }
    const bool same_address = score.address == AddressMatch::equal || score.address == AddressMatch::shortened;
    if (share_list(a, b) && !(names.core_equal && same_address)) {
        return Objection::same_list;
    }
    if (a.name.ordinals != b.name.ordinals) {
        return Objection::one_ordinal;
    }
    if (by_direction) {
        return Objection::one_direction;
    }
    if (a.name.is_main != b.name.is_main) {
        return Objection::main;
    }
    if (kinds_known && kinds_differ) {
        return Objection::converted;
    }
    if (kinds_differ) {
        return Objection::one_kind;
    }
    if (!names.stem_equal) {
        return Objection::other_words;
    }
    if (score.distance_m && *score.distance_m > k_far_m) {
        return Objection::far;
    }
    if (score.address == AddressMatch::other_numbers || score.address == AddressMatch::other_town) {
        return Objection::moved;
    }
    return Objection::none;
}

double weight_of_name(const StatedPlace& a, const Compared& names, double likeness) {
    if (names.core_equal) {
        return a.name.stem.empty() ? k_name_generic : k_name_equal;
    }
    return std::clamp((likeness - k_name_from) * k_name_slope, k_name_least, k_name_most);
}

/// The two by the names they have here, whatever else they are called.
Score compare_named(const StatedPlace& a, const StatedPlace& b) {
    const Compared names{.core_equal = a.name.core == b.name.core,
                         .stem_equal = loosely(a.name.stem) == loosely(b.name.stem)};
    Score score;
    score.name = name_likeness(a.name, b.name);
    if (names.stem_equal && !a.name.stem.empty() && a.name.kind == b.name.kind) {
        score.name = std::max(score.name, k_same_stem);
    }
    score.address = match_addresses(a.address, b.address);
    if (!a.phones.empty() && !b.phones.empty()) {
        score.phone = share_any(a.phones, b.phones);
    }
    if (a.position && b.position) {
        score.distance_m = geo::distance_m(*a.position, *b.position);
    }
    score.total = weight_of_name(a, names, score.name) + weight_of(score.address);
    if (score.phone) {
        score.total += *score.phone ? 2 : -1;
    }
    if (score.distance_m) {
        score.total += weight_of_distance(*score.distance_m);
    }
    score.objection = objection_of(a, b, names, score);
    if (is_surely_apart(score.objection) || score.total < k_doubt_total) {
        score.verdict = Verdict::apart;
    } else if (score.objection != Objection::none || score.total < k_link_total) {
        score.verdict = Verdict::doubt;
    } else {
        score.verdict = Verdict::link;
    }
    return score;
}

bool is_one_proper_name(const PlaceName& a, const PlaceName& b) { return !a.stem.empty() && a.core == b.core; }

StatedPlace by_public_name(const StatedPlace& place) {
    StatedPlace named = place;
    named.name = *place.public_name;
    return named;
}

} // namespace

Score compare(const StatedPlace& a, const StatedPlace& b) {
    if (a.public_name && is_one_proper_name(*a.public_name, b.name)) {
        return compare_named(by_public_name(a), b);
    }
    if (b.public_name && is_one_proper_name(a.name, *b.public_name)) {
        return compare_named(a, by_public_name(b));
    }
    if (a.public_name && b.public_name && is_one_proper_name(*a.public_name, *b.public_name)) {
        return compare_named(by_public_name(a), by_public_name(b));
    }
    return compare_named(a, b);
}

namespace {

struct Words {
    std::string_view code;
    std::string_view ja;
    std::string_view en;
};

Words words_of(Objection objection) noexcept {
    switch (objection) {
        case Objection::none:
            return {"none", "", ""};
        case Objection::other_municipality:
            return {"other_municipality", "市町村が違う", "in two municipalities"};
        case Objection::ordinals:
            return {"ordinals", "番号が違う", "numbered differently"};
        case Objection::direction:
            return {"direction", "方角などが違う", "told apart by a direction"};
        case Objection::branch:
            return {"branch", "片方は分館など", "one is a branch"};
        case Objection::kind:
            return {"kind", "種類が違う", "of two kinds"};
        case Objection::house_numbers:
            return {"house_numbers", "番地が違う", "contradicting house numbers"};
        case Objection::same_list:
            return {"same_list", "同じ台帳が別に載せている", "one list names both"};
        case Objection::decided:
            return {"decided", "別と判断済み", "decided to be two"};
        case Objection::one_ordinal:
            return {"one_ordinal", "片方だけに番号がある", "only one has a number"};
        case Objection::one_direction:
            return {"one_direction", "片方だけに方角などがある", "only one has a direction"};
        case Objection::main:
            return {"main", "片方だけが本館など", "only one is called main"};
        case Objection::one_kind:
            return {"one_kind", "片方だけに種類がある", "only one names its kind"};
        case Objection::converted:
            return {"converted", "園の種類が違う（移行の可能性）", "another kind of nursery, perhaps converted"};
        case Objection::other_words:
            return {"other_words", "名称の言葉が違う", "the names' own words differ"};
        case Objection::far:
            return {"far", "位置が離れすぎ", "too far apart"};
        case Objection::moved:
            return {"moved", "住所が違う（移転の可能性）", "another address, perhaps moved"};
    }
    return {};
}

Words words_of(AddressMatch match) noexcept {
    switch (match) {
        case AddressMatch::unknown:
            return {"unknown", "住所不明", "address unknown"};
        case AddressMatch::equal:
            return {"equal", "住所一致", "address equal"};
        case AddressMatch::shortened:
            return {"shortened", "住所は途中まで一致", "address equal as far as both go"};
        case AddressMatch::same_town:
            return {"same_town", "町名一致", "same town"};
        case AddressMatch::other_numbers:
            return {"other_numbers", "番地が違う", "other house number"};
        case AddressMatch::other_town:
            return {"other_town", "町名が違う", "other town"};
    }
    return {};
}

/// How alike two names are, for whoever decides: the figure itself says nothing to anybody.
Words words_of_name(double alike) noexcept {
    constexpr double k_same = 0.995;
    constexpr double k_much = 0.8;
    constexpr double k_some = 0.5;
    if (alike >= k_same) {
        return {"same", "名称が同じ", "same name"};
    }
    if (alike >= k_much) {
        return {"much", "名称がよく似ている", "very similar names"};
    }
    return alike >= k_some ? Words{"some", "名称がいくらか似ている", "somewhat similar names"}
                           : Words{"little", "名称はあまり似ていない", "names not much alike"};
}

} // namespace

std::string in_words(const Score& score, std::string_view language) {
    const bool english = language == "en";
    const auto say = [&](const Words& words) { return english ? words.en : words.ja; };
    std::string out =
        fmt::format("{}{}{}", say(words_of_name(score.name)), english ? ", " : "、", say(words_of(score.address)));
    if (score.phone) {
        out += english ? (*score.phone ? ", same phone" : ", other phone")
                       : (*score.phone ? "、電話一致" : "、電話が違う");
    }
    if (score.distance_m) {
        out += fmt::format("{}{:.0f} m", english ? ", " : "、", *score.distance_m);
    }
    if (score.objection != Objection::none) {
        out += fmt::format(fmt::runtime(english ? "; {}" : "。{}"), say(words_of(score.objection)));
    }
    if (score.decided) {
        out += english ? "; decided by a person" : "。担当者の判断";
    }
    return out;
}

std::string_view code_of(Objection objection) noexcept { return words_of(objection).code; }
std::string_view code_of(AddressMatch match) noexcept { return words_of(match).code; }

} // namespace shirube::directory
