#include "directory/network/period.hpp"

#include "directory/fold.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::string_view k_year = "年";
constexpr std::string_view k_first = "元";

struct Era {
    std::string_view name; ///< folded
    int before = 0;        ///< the year before its first
};
constexpr std::array<Era, 4> k_eras{Era{"令和", 2018}, Era{"r", 2018}, Era{"平成", 1988}, Era{"h", 1988}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) {
        return false;
    }
    text.remove_prefix(word.size());
    return true;
}

/// The digits in front; none or more than `most` of them are no number.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t length = 0;
    int number = 0;
    while (length < text.size() && is_digit(text[length])) {
        if (++length > most) {
            return std::nullopt;
        }
        number = number * 10 + (text[length - 1] - '0');
    }
    if (length < least) {
        return std::nullopt;
    }
    text.remove_prefix(length);
    return number;
}

/// The year in front of folded text, taken off with what counts it; `text` then begins with 年.
std::optional<int> take_year(std::string_view& text) {
    constexpr std::size_t k_era_digits = 2;
    constexpr std::size_t k_digits = 4;
    std::string_view rest = text;
    std::optional<int> year;
    for (const auto& era : k_eras) {
        if (take(rest, era.name)) {
            const auto number = take(rest, k_first) ? std::optional(1) : take_number(rest, 1, k_era_digits);
            year = number ? std::optional(era.before + *number) : std::nullopt;
            break;
        }
    }
    if (!year && rest.size() == text.size()) {
        year = take_number(rest, k_digits, k_digits);
    }
    if (!year || !rest.starts_with(k_year)) {
        return std::nullopt;
    }
    text = rest;
    return year;
}

/// Single digits get a nought before them, so that the tenth month is behind the ninth.
std::string with_noughts(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_alone =
            is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1])) && (i + 1 == text.size() || !is_digit(text[i + 1]));
        out += is_alone ? "0" : "";
        out += text[i];
    }
    return out;
}

} // namespace

std::string period_key(std::string_view period) {
    const std::string folded = fold(period);
    std::string_view rest = folded;
    if (const auto year = take_year(rest)) {
        return fmt::format("{:04}{}", *year, with_noughts(rest));
    }
    // A blank, which nothing folded begins with, is before every digit.
    return folded.empty() ? std::string{} : " " + folded;
}

} // namespace shirube::directory
