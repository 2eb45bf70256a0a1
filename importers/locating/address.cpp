#include "importers/locating/address.hpp"

#include "directory/fold.hpp"
#include "directory/town_name.hpp"
#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace shirube::importers {

namespace {

using Points = std::u32string_view;

constexpr std::array<Points, 47> k_prefectures{
    U"北海道", U"青森県", U"岩手県", U"宮城県",   U"秋田県", U"山形県",   U"福島県", U"茨城県", U"栃木県", U"群馬県",
    U"埼玉県", U"千葉県", U"東京都", U"神奈川県", U"新潟県", U"富山県",   U"石川県", U"福井県", U"山梨県", U"長野県",
    U"岐阜県", U"静岡県", U"愛知県", U"三重県",   U"滋賀県", U"京都府",   U"大阪府", U"兵庫県", U"奈良県", U"和歌山県",
    U"鳥取県", U"島根県", U"岡山県", U"広島県",   U"山口県", U"徳島県",   U"香川県", U"愛媛県", U"高知県", U"福岡県",
    U"佐賀県", U"長崎県", U"熊本県", U"大分県",   U"宮崎県", U"鹿児島県", U"沖縄県"};

bool is_kanji(char32_t c) { return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || c == U'々'; }

/// Where a unit (市, 区, 町, 村) that is not part of a longer name ends the municipality; 0 for none. The shortest name
/// of two letters or more: 町田市, 大町市 and 村山市 hold units within.
std::size_t municipality_length(Points text) {
    // 市 and 区 before 町 and 村: "町田市" is no 町.
    for (const Points units : {Points(U"市"), Points(U"区"), Points(U"町村")}) {
        constexpr std::size_t longest = 7;
        for (std::size_t i = 1; i < std::min(text.size(), longest); ++i) {
            if (is_digit(text[i]) || text[i] == U' ') {
                break;
            }
            const bool unit = units.find(text[i]) != Points::npos;
            const bool doubled = i + 1 < text.size() && units.find(text[i + 1]) != Points::npos; // 四日市市, 余市町
            if (unit && !doubled) {
                return i + 1;
            }
        }
    }
    return 0;
}

/// The postal code an address begins with is no part of it: "〒123-4567", and seven digits of that form without the
/// mark.
Points without_postal_code(Points text) {
    while (!text.empty() && text.front() == U' ') {
        text.remove_prefix(1);
    }
    const bool marked = take(text, U"〒");
    while (marked && !text.empty() && text.front() == U' ') {
        text.remove_prefix(1);
    }
    constexpr std::size_t area = 3;
    constexpr std::size_t all = 7;
    std::size_t digits = 0;
    std::size_t length = 0;
    bool dash = false;
    while (length < text.size() && digits < all) {
        if (is_digit(text[length])) {
            ++digits;
        } else if (text[length] == U'-' && digits == area && !dash) {
            dash = true;
        } else {
            break;
        }
        ++length;
    }
    const bool more = length < text.size() && (is_digit(text[length]) || text[length] == U'-');
    if (digits == all && !more && (marked || dash)) {
        text.remove_prefix(length);
    }
    while (!text.empty() && text.front() == U' ') {
        text.remove_prefix(1);
    }
    return text;
}

/// A remark in brackets before the address itself is no part of it.
Points without_leading_remark(Points text) {
    constexpr Points opening = U"(「【[";
    constexpr Points closing = U")」】]";
    while (!text.empty() && text.front() == U' ') {
        text.remove_prefix(1);
    }
    const std::size_t kind = text.empty() ? Points::npos : opening.find(text.front());
    if (kind == Points::npos) {
        return text;
    }
    const std::size_t end = text.find(closing[kind]);
    const Points behind = end == Points::npos ? Points{} : text.substr(end + 1);
    return behind.empty() ? text : behind;
}

constexpr std::string_view k_cho = "丁";

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// Cuts what stands behind the numbers: "2-18-13 ﾊｰﾌﾃﾞｨ", "2-5-21（ウェルカムセンター原）".
Points without_building(Points text) {
    bool number_seen = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        number_seen = number_seen || is_digit(c);
        const bool bracket = c == U'(' || c == U'「' || c == U'※' || c == U'【' || c == U'[';
        // A blank between numbers ("3丁目 4-1") or before the first ends nothing.
        const bool blank =
            c == U' ' && number_seen && i + 1 < text.size() && !is_digit(text[i + 1]) && text[i + 1] != U'-';
        if (bracket || blank) {
            return text.substr(0, i);
        }
    }
    return text;
}

} // namespace

AddressHead split_prefecture(std::string_view address) {
    const std::u32string points = plain_points(clean_text(address).text);
    Points text = without_postal_code(points);
    for (const Points prefecture : k_prefectures) {
        if (take(text, prefecture)) {
            return {.prefecture = utf8(prefecture), .rest = utf8(text)};
        }
    }
    for (const std::size_t length : {std::size_t{2}, std::size_t{3}, std::size_t{4}}) {
        if (text.size() > length && text[length - 1] == U'県' &&
            std::ranges::all_of(text.substr(0, length), is_kanji)) {
            return {.prefecture = utf8(text.substr(0, length)), .rest = utf8(text.substr(length))};
        }
    }
    return {.prefecture = {}, .rest = utf8(text)};
}

std::string leading_municipality(std::string_view address_without_prefecture) {
    const std::u32string points = plain_points(address_without_prefecture);
    const Points text = points;
    std::size_t length = 0;
    const std::size_t district = text.substr(0, 6).find(U'郡');
    if (district != Points::npos && district >= 1) {
        length = municipality_length(text.substr(district + 1));
        return length == 0 ? std::string{} : utf8(text.substr(0, district + 1 + length));
    }
    length = municipality_length(text);
    if (length != 0 && text[length - 1] == U'市') {
        // A designated city's ward belongs to the name; a 区 further on does not.
        for (std::size_t i = length + 1; i < std::min(text.size(), length + 5); ++i) {
            if (text[i] == U'区' && std::ranges::all_of(text.substr(length, i - length), is_kanji)) {
                return utf8(text.substr(0, i + 1));
            }
        }
    }
    return utf8(text.substr(0, length));
}

std::string address_key(std::string_view address) {
    const std::u32string points = plain_points(clean_text(address).text);
    // A line break within a number ("４－\n８４７") became a blank behind the dash.
    std::u32string joined;
    const Points text = without_leading_remark(without_postal_code(points));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        const bool behind_dash = c == U' ' && !joined.empty() && joined.back() == U'-';
        // "1ノ2", "1之2" beside "1の2", which folding knows.
        const bool joins = (c == U'ノ' || c == U'之') && i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() &&
                           is_digit(text[i + 1]);
        if (!behind_dash) {
            joined += joins ? U'-' : c;
        }
    }
    return directory::fold_address(
        directory::with_arabic_counters(replaced(utf8(without_building(joined)), "町目", "丁目")));
}

std::string_view behind_street_names(std::string_view key) {
    constexpr std::array<std::string_view, 8> k_turns{"上る",   "下る",   "上がる", "下がる",
                                                      "東入る", "西入る", "東入",   "西入"};
    std::size_t end = 0;
    for (const std::string_view turn : k_turns) {
        const std::size_t at = key.rfind(turn);
        if (at != std::string_view::npos && at > 0) {
            end = std::max(end, at + turn.size());
        }
    }
    return end == 0 ? std::string_view{} : key.substr(end);
}

std::optional<LeadingNumber> leading_number(std::string_view key) {
    LeadingNumber number;
    while (number.bytes < key.size() && key[number.bytes] >= '0' && key[number.bytes] <= '9' && number.bytes < 6) {
        number.value = number.value * 10 + (key[number.bytes] - '0');
        ++number.bytes;
    }
    if (number.bytes == 0) {
        return std::nullopt;
    }
    constexpr std::string_view chome = "丁目";
    if (key.substr(number.bytes).starts_with(chome)) {
        number.is_chome = true;
        number.bytes += chome.size();
    } else if (key.substr(number.bytes).starts_with(k_cho)) {
        number.is_chome = true; // Sakai's towns count 丁
        number.bytes += k_cho.size();
    }
    return number;
}

std::size_t lot_letter_bytes(std::string_view key) {
    // Keys hold hiragana.
    constexpr std::array<std::string_view, 17> k_letters{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "い",
                                                         "ろ", "は", "に", "ほ", "へ", "と", "ち", "り"};
    const auto* const letter = std::ranges::find_if(k_letters, [&](std::string_view each) {
        return key.starts_with(each) && key.size() > each.size() && is_ascii_digit(key[each.size()]);
    });
    return letter == k_letters.end() ? 0 : letter->size();
}

bool may_follow_town(std::string_view rest_of_key) {
    if (rest_of_key.empty() || (rest_of_key.front() >= '0' && rest_of_key.front() <= '9') ||
        rest_of_key.front() == '-') {
        return true;
    }
    if (lot_letter_bytes(rest_of_key) > 0) {
        return true;
    }
    constexpr std::array<std::string_view, 14> k_words{"字",   "大字", "小字", "番地", "無番地", "地内", "地先",
                                                       "周辺", "付近", "近辺", "近く", "他",     "内",   "以下"};
    return std::ranges::any_of(k_words, [&](std::string_view word) { return rest_of_key.starts_with(word); });
}

} // namespace shirube::importers
