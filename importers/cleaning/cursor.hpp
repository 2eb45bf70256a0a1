// Walking over the code points of a cell: take a word off the front, or a number.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

namespace shirube::importers {

/// Takes `word` off the front of `text` where it stands there.
inline bool take(std::u32string_view& text, std::u32string_view word) {
    if (!text.starts_with(word)) {
        return false;
    }
    text.remove_prefix(word.size());
    return true;
}

/// Takes the first of `words` that stands there: longer words before their beginnings.
inline bool take_any(std::u32string_view& text, std::initializer_list<std::u32string_view> words) {
    for (const std::u32string_view word : words) {
        if (take(text, word)) {
            return true;
        }
    }
    return false;
}

inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// A run of one to `most_digits` ASCII digits; nothing taken where there is none or more.
inline std::optional<int> take_number(std::u32string_view& text, std::size_t most_digits) {
    std::size_t digits = 0;
    int value = 0;
    while (digits < text.size() && is_digit(text[digits])) {
        if (++digits > most_digits) {
            return std::nullopt;
        }
        value = value * 10 + static_cast<int>(text[digits - 1] - U'0');
    }
    if (digits == 0) {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    return value;
}

} // namespace shirube::importers
