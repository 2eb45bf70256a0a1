#include "importers/lists/municipality_code.hpp"

#include "importers/files/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace shirube::importers {

namespace {

/// ASCII digits of `text`, full-width ones made narrow; nothing where anything else stands in it.
std::optional<std::string> digits_of(std::string_view text) {
    constexpr std::string_view k_full_width_head = "\xef\xbc";
    std::string digits;
    while (!text.empty()) {
        if (text.front() >= '0' && text.front() <= '9') {
            digits.push_back(text.front());
            text.remove_prefix(1);
        } else if (text.size() >= 3 && text.starts_with(k_full_width_head) && text[2] >= '\x90' && text[2] <= '\x99') {
            digits.push_back(static_cast<char>('0' + (text[2] - '\x90')));
            text.remove_prefix(3);
        } else {
            return std::nullopt;
        }
    }
    return digits;
}

/// Local government codes' check digit: weights 6 to 2, modulo 11 (自治省「全国地方公共団体コード」仕様).
bool check_digit_fits(std::string_view six_digits) {
    int sum = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        sum += (six_digits[i] - '0') * (6 - static_cast<int>(i));
    }
    return (11 - sum % 11) % 10 == six_digits[5] - '0';
}

bool names_a_prefecture(std::string_view code) {
    const int prefecture = (code[0] - '0') * 10 + (code[1] - '0');
    return (prefecture >= 1 && prefecture <= 47) || prefecture == 99;
}

/// JIS X 0401 in its order; the code is the place, from 1.
constexpr std::array<std::string_view, 47> k_prefectures{
    "北海道", "青森県", "岩手県", "宮城県",   "秋田県", "山形県",   "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",   "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県",   "滋賀県", "京都府",   "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県",   "山口県", "徳島県",   "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県",   "宮崎県", "鹿児島県", "沖縄県"};
constexpr std::string_view k_invented = "標県"; // 99

} // namespace

std::optional<std::string> parse_municipality_code(std::string_view text) {
    auto digits = digits_of(trimmed(text));
    if (!digits || digits->size() < 4 || digits->size() > 6) {
        return std::nullopt;
    }
    // Five digits are taken as a code without check digit first: that is the more common way to write one.
    std::string code = digits->size() == 4 ? "0" + *digits : *digits;
    if (code.size() == 5 && names_a_prefecture(code)) {
        return code;
    }
    if (code.size() == 5) {
        code = "0" + code;
    }
    if (names_a_prefecture(code) && check_digit_fits(code)) {
        return code.substr(0, 5);
    }
    return std::nullopt;
}

std::optional<std::string> parse_prefecture_code(std::string_view text) {
    // A prefecture's own code as a local government is its two digits and three zeros.
    const auto code = parse_municipality_code(std::string{text} + "000");
    return text.size() == 2 && code ? std::optional(code->substr(0, 2)) : std::nullopt;
}

std::optional<std::string> prefecture_code_of(std::string_view name) {
    if (name == k_invented) {
        return "99";
    }
    const auto found = std::ranges::find(k_prefectures, name);
    if (found == k_prefectures.end()) {
        return std::nullopt;
    }
    return fmt::format("{:02}", found - k_prefectures.begin() + 1);
}

std::string_view prefecture_of_code(std::string_view code) {
    if (code == "99") {
        return k_invented;
    }
    for (std::size_t i = 0; i < k_prefectures.size(); ++i) {
        if (fmt::format("{:02}", i + 1) == code) {
            return k_prefectures[i];
        }
    }
    return {};
}

} // namespace shirube::importers
