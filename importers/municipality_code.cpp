#include "importers/municipality_code.hpp"

#include "importers/csv.hpp"

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

} // namespace shirube::importers
