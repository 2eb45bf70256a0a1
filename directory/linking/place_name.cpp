#include "directory/linking/place_name.hpp"

#include "directory/fold.hpp"
#include "directory/linking/code_points.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <utility>

namespace shirube::directory {

namespace {

struct KindWord {
    std::u32string word; ///< folded
    PlaceKind kind;
};

/// Longer words first, so that 学童保育所 is not a 保育所.
const std::vector<KindWord>& kind_words() {
    static const std::vector<KindWord> words = [] {
        using enum PlaceKind;
        constexpr auto written = std::to_array<std::pair<std::string_view, PlaceKind>>({
            {"小学校", elementary_school},
            {"中学校", middle_school},
            {"高等学校", other_school},
            {"高校", other_school},
            {"義務教育学校", other_school},
            {"特別支援学校", other_school},
            {"支援学校", other_school},
            {"幼稚園", kindergarten},
            {"保育所", nursery},
            {"保育園", nursery},
            {"保育室", nursery},
            {"認定こども園", childrens_centre},
            {"こども園", childrens_centre},
            {"学童保育所", after_school_club},
            {"学童保育室", after_school_club},
            {"学童保育クラブ", after_school_club},
            {"学童保育", after_school_club},
            {"学童クラブ", after_school_club},
            {"学童", after_school_club},
            {"放課後児童クラブ", after_school_club},
            {"児童クラブ", after_school_club},
            {"放課後クラブ", after_school_club},
            {"こどもクラブ", after_school_club},
            {"放課後児童室", after_school_club},
            {"放課後こども教室", after_school_club},
            {"留守家庭児童会", after_school_club},
            {"児童会", after_school_club},
            {"児童館", childrens_hall},
            {"児童センター", childrens_hall},
            {"児童会館", childrens_hall},
            {"公民館", community_centre},
            {"市民館", community_centre},
            {"コミュニティセンター", community_centre},
            {"コミュニティーセンター", community_centre},
            {"コミセン", community_centre},
            {"市民センター", community_centre},
            {"交流センター", community_centre},
            {"集会所", community_centre},
            {"自治会館", community_centre},
            {"町内会館", community_centre},
            {"会館", community_centre},
            {"図書館", library},
            {"図書室", library},
            {"こども食堂", cafeteria},
            {"地域食堂", cafeteria},
            {"みんなの食堂", cafeteria},
            {"みんな食堂", cafeteria},
            {"食堂", cafeteria},
            {"フードパントリー", pantry},
            {"パントリー", pantry},
            {"つどいの広場", plaza},
            {"つどいのひろば", plaza},
            {"集いの広場", plaza},
            {"子育て広場", plaza},
            {"子育てひろば", plaza},
            {"広場", plaza},
            {"ひろば", plaza},
            {"子育てサロン", plaza},
            {"サロン", plaza},
            {"地域子育て支援センター", support_centre},
            {"子育て支援センター", support_centre},
            {"支援センター", support_centre},
            {"支援拠点", support_centre},
            {"保健センター", health_centre},
            {"保健福祉センター", health_centre},
            {"保健所", health_centre},
            {"児童養護施設", childrens_home},
            {"乳児院", infant_home},
            {"母子生活支援施設", mothers_home},
            {"児童相談所", consultation},
            {"相談室", consultation},
            {"相談所", consultation},
            {"こども家庭センター", consultation},
            {"児童家庭支援センター", consultation},
            {"里親支援センター", foster_support},
            {"フォスタリング機関", foster_support},
            {"病院", clinic},
            {"医院", clinic},
            {"クリニック", clinic},
            {"診療所", clinic},
            {"病児保育室", sick_child_care},
            {"病後児保育室", sick_child_care},
            {"病児保育", sick_child_care},
        });
        std::vector<KindWord> found;
        found.reserve(written.size());
        for (const auto& [word, kind] : written) {
            found.push_back({code_points_of(fold(word)), kind});
        }
        std::ranges::stable_sort(found, std::ranges::greater{}, [](const KindWord& word) { return word.word.size(); });
        return found;
    }();
    return words;
}

/// As lists write them before or after a name. The brackets must be seen before folding drops them.
constexpr auto k_corporate_forms = std::to_array<std::string_view>({
    "社会福祉法人",
    "特定非営利活動法人",
    "認定特定非営利活動法人",
    "認定NPO法人",
    "NPO法人",
    "ＮＰＯ法人",
    "学校法人",
    "宗教法人",
    "医療法人社団",
    "医療法人財団",
    "医療法人",
    "株式会社",
    "有限会社",
    "合同会社",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "生活協同組合",
    "（社福）",
    "(社福)",
    "社福）",
    "社福)",
    "（福）",
    "(福)",
    "（特非）",
    "(特非)",
    "（NPO）",
    "(NPO)",
    "（学）",
    "(学)",
    "（宗）",
    "(宗)",
    "（医）",
    "(医)",
    "（株）",
    "(株)",
    "㈱",
    "（有）",
    "(有)",
    "㈲",
    "（同）",
    "(同)",
    "（一社）",
    "(一社)",
    "（公社）",
    "(公社)",
    "（一財）",
    "(一財)",
    "（公財）",
    "(公財)",
    "㈳",
    "㈶",
});

constexpr auto k_branches = std::to_array<std::u32string_view>(
    {U"分館", U"分室", U"分園", U"分校", U"分所", U"支所", U"支部", U"支店", U"出張所", U"別館", U"さてらいと"});
constexpr auto k_mains = std::to_array<std::u32string_view>({U"本館", U"本園", U"本校", U"本所", U"本部", U"本室"});

constexpr std::u32string_view k_directions = U"東西南北上中下新旧元前後内外左右大小";

bool is_space(char32_t c) { return c == U' ' || c == U'\u3000' || c == U'\t' || c == U'\n' || c == U'\r'; }

/// The name without its corporate form. Where the form stands first and a gap follows ("社会福祉法人 標会 浜こども園"),
/// what stands before the last gap is the corporation, not the place.
std::string without_corporation(std::string_view name) {
    std::string rest{name};
    bool first = false;
    for (const auto form : k_corporate_forms) {
        for (auto at = rest.find(form); at != std::string::npos; at = rest.find(form)) {
            first = first || at == 0;
            rest.replace(at, form.size(), " ");
        }
    }
    if (!first) {
        return rest;
    }
    const auto points = code_points_of(rest);
    auto begin = std::ranges::find_if_not(points, is_space);
    const auto gap = std::find_if(begin, points.end(), is_space);
    const auto after = std::find_if_not(gap, points.end(), is_space);
    return std::distance(after, points.end()) >= 2 ? utf8_of({after, points.end()}) : rest;
}

/// Without a reading in brackets at the end: 標児童館（しるべじどうかん）.
std::string without_reading(std::string_view name) {
    const auto points = code_points_of(name);
    const auto open = points.find_last_of(U"（(");
    if (open == std::u32string::npos || open == 0 || (points.back() != U'）' && points.back() != U')')) {
        return std::string{name};
    }
    const bool kana = std::ranges::all_of(points.substr(open + 1, points.size() - open - 2), [](char32_t c) {
        return (c >= 0x3041 && c <= 0x30ff) || (c >= 0xff66 && c <= 0xff9f) || is_space(c);
    });
    return kana ? utf8_of(points.substr(0, open)) : std::string{name};
}

void drop_prefix(std::u32string& text, std::u32string_view prefix) {
    if (!prefix.empty() && text.size() > prefix.size() + 1 && text.starts_with(prefix)) {
        text.erase(0, prefix.size());
    }
}

/// 潮見野市立, 市立, 潮見野市: who set it up says nothing that its list does not.
void drop_municipality(std::u32string& core, std::u32string_view municipality) {
    const auto county = municipality.find(U'郡');
    for (const auto name : {municipality, county == std::u32string_view::npos ? std::u32string_view{}
                                                                              : municipality.substr(county + 1)}) {
        if (!name.empty() && core.starts_with(name)) {
            std::u32string rest = core.substr(name.size());
            drop_prefix(rest, U"立");
            if (rest.size() >= 2) {
                core = std::move(rest);
            }
            break;
        }
    }
    for (const std::u32string_view prefix :
         {U"市立", U"町立", U"村立", U"区立", U"県立", U"都立", U"府立", U"道立", U"国立", U"公立", U"私立", U"民間"}) {
        drop_prefix(core, prefix);
    }
}

std::optional<int> kanji_digit(char32_t c) {
    constexpr std::u32string_view digits = U"〇一二三四五六七八九";
    const auto at = digits.find(c);
    return at == std::u32string_view::npos ? std::nullopt : std::optional(static_cast<int>(at));
}

/// Kanji digits at `at` as a number, up to 99, and how many letters they take; 0 letters where there is none.
std::pair<int, std::size_t> kanji_number(std::u32string_view text, std::size_t at) {
    int value = 0;
    std::size_t length = 0;
    int pending = 0;
    bool seen = false;
    while (at + length < text.size()) {
        const char32_t c = text[at + length];
        if (const auto digit = kanji_digit(c)) {
            pending = seen && pending != 0 ? pending * 10 + *digit : *digit;
        } else if (c == U'十') {
            value += (pending == 0 ? 1 : pending) * 10;
            pending = 0;
        } else {
            break;
        }
        seen = true;
        ++length;
    }
    return {value + pending, length};
}

std::u32string digits_of(int value) {
    std::u32string out;
    for (const char c : std::to_string(value)) {
        out += static_cast<char32_t>(c);
    }
    return out;
}

/// 第二 becomes 第2, so that it is 第2 whichever way it was written.
void number_ordinals(std::u32string& core) {
    for (std::size_t at = 0; at < core.size(); ++at) {
        if (core[at] != U'第') {
            continue;
        }
        const auto [value, length] = kanji_number(core, at + 1);
        if (length > 0) {
            core.replace(at + 1, length, digits_of(value));
        }
    }
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_latin(char32_t c) { return c >= U'a' && c <= U'z'; }

/// Digits anywhere, and single Latin letters (クラブA).
std::vector<std::u32string> ordinals_of(std::u32string_view core) {
    std::vector<std::u32string> found;
    for (std::size_t at = 0; at < core.size();) {
        std::size_t end = at;
        while (end < core.size() && is_digit(core[end])) {
            ++end;
        }
        if (end > at) {
            std::size_t begin = at;
            while (begin + 1 < end && core[begin] == U'0') {
                ++begin;
            }
            found.emplace_back(core.substr(begin, end - begin));
            at = end;
            continue;
        }
        while (end < core.size() && is_latin(core[end])) {
            ++end;
        }
        if (end == at + 1) {
            found.emplace_back(core.substr(at, 1));
        }
        at = std::max(end, at + 1);
    }
    return found;
}

/// Where the last kind word stands: [begin, end) in the core, and the kind.
struct KindPlace {
    std::size_t begin = 0;
    std::size_t end = 0;
    PlaceKind kind = PlaceKind::unknown;
};

KindPlace last_kind(std::u32string_view core) {
    KindPlace best;
    for (const auto& [word, kind] : kind_words()) {
        const auto at = core.rfind(word);
        // Longer words come first, so a shorter one that ends at the same letter does not replace them.
        if (at != std::u32string_view::npos && at + word.size() > best.end) {
            best = {at, at + word.size(), kind};
        }
    }
    return best;
}

template <class Words>
bool contains_any(std::u32string_view core, const Words& words) {
    return std::ranges::any_of(words, [&](std::u32string_view word) { return core.find(word) != core.npos; });
}

/// What is left of both between what they begin and end with alike.
std::pair<std::u32string_view, std::u32string_view> differing(std::u32string_view a, std::u32string_view b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    return {a, b};
}

} // namespace

PlaceName read_place_name(std::string_view name, std::string_view municipality_name, std::string_view organization) {
    PlaceName place;
    place.core = code_points_of(fold(without_corporation(without_reading(name))));
    const auto municipality = code_points_of(fold(municipality_name));
    const auto runner = code_points_of(fold(without_corporation(organization)));
    if (runner != municipality && runner.size() >= 2 && place.core.size() >= runner.size() + 3) {
        drop_prefix(place.core, runner);
    }
    drop_municipality(place.core, municipality);
    number_ordinals(place.core);
    place.ordinals = ordinals_of(place.core);
    place.is_branch = contains_any(place.core, k_branches);
    place.is_main = contains_any(place.core, k_mains);
    const KindPlace kind = last_kind(place.core);
    place.kind = kind.kind;
    place.stem = place.core;
    place.stem.erase(kind.begin, kind.end - kind.begin);
    return place;
}

double likeness(std::u32string_view a, std::u32string_view b) {
    const std::size_t longer = std::max(a.size(), b.size());
    if (longer == 0) {
        return 1;
    }
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return 1 - static_cast<double>(row.back()) / static_cast<double>(longer);
}

double name_likeness(const PlaceName& a, const PlaceName& b) {
    if (a.core == b.core) {
        return 1;
    }
    constexpr double k_stem = 0.7;
    return k_stem * likeness(a.stem, b.stem) + (1 - k_stem) * likeness(a.core, b.core);
}

bool is_direction(char32_t letter) noexcept { return k_directions.find(letter) != std::u32string_view::npos; }

bool differ_by_direction(const PlaceName& a, const PlaceName& b) {
    const auto [left, right] = differing(a.core, b.core);
    const auto is_one = [](std::u32string_view text) { return text.size() == 1 && is_direction(text[0]); };
    return (is_one(left) && (right.empty() || is_one(right))) || (left.empty() && is_one(right));
}

} // namespace shirube::directory
