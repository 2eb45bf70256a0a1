#include "importers/cleaning/cadence.hpp"

#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace shirube::importers {

namespace {

constexpr double k_most = 366;

bool contains_any(std::string_view text, const auto& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// A number off the front: digits or kanji.
std::optional<int> take_number(std::u32string_view& text) {
    constexpr std::size_t k_digits = 3;
    std::size_t digits = 0;
    int number = 0;
    while (digits < text.size() && digits < k_digits && text[digits] >= U'0' && text[digits] <= U'9') {
        number = number * 10 + static_cast<int>(text[digits++] - U'0');
    }
    if (digits > 0) {
        text.remove_prefix(digits);
        return number;
    }
    return take_kanji_number(text);
}

/// "年4回": the number between `head` and 回, where one stands there and no range does.
std::optional<double> counted(std::u32string_view text, std::u32string_view head) {
    const auto at = text.find(head);
    if (at == std::u32string_view::npos) {
        return std::nullopt;
    }
    text.remove_prefix(at + head.size());
    for (const std::u32string_view word : {U"に", U"間", U"約", U"各"}) {
        if (text.starts_with(word)) {
            text.remove_prefix(word.size());
        }
    }
    const auto number = take_number(text);
    return number && *number > 0 && text.starts_with(U"回") ? std::optional<double>(*number) : std::nullopt;
}

/// "2か月に1回", "3か月ごと": months between.
std::optional<double> every_months(std::u32string_view text) {
    for (const std::u32string_view unit : {U"か月", U"ヶ月", U"カ月", U"ヵ月", U"ケ月", U"箇月"}) {
        const auto at = text.find(unit);
        if (at == std::u32string_view::npos || at == 0) {
            continue;
        }
        std::size_t from = at;
        while (from > 0 &&
               ((text[from - 1] >= U'0' && text[from - 1] <= U'9') ||
                std::u32string_view(U"一二三四五六七八九十").find(text[from - 1]) != std::u32string_view::npos)) {
            --from;
        }
        std::u32string_view number_text = text.substr(from, at - from);
        const auto months = take_number(number_text);
        const auto behind = text.substr(at + unit.size());
        const bool once = behind.starts_with(U"に1回") || behind.starts_with(U"に一回") ||
                          behind.starts_with(U"ごと") || behind.starts_with(U"毎");
        if (months && *months > 0 && once) {
            return 12.0 / *months;
        }
    }
    return std::nullopt;
}

/// How many weeks of a month "第2・4火曜" names; one where it names none.
int weeks_named(std::u32string_view text) {
    const auto at = text.find(U'第');
    if (at == std::u32string_view::npos) {
        return 1;
    }
    int weeks = 0;
    for (const char32_t c : text.substr(at)) {
        if (c >= U'1' && c <= U'5') {
            ++weeks;
        } else if (std::u32string_view(U"一二三四五").find(c) != std::u32string_view::npos) {
            ++weeks;
        } else if (std::u32string_view(U"第・,、.と").find(c) == std::u32string_view::npos) {
            break;
        }
    }
    return std::max(weeks, 1);
}

} // namespace

std::optional<double> times_per_year(std::string_view cadence) {
    constexpr std::array<std::string_view, 7> k_untold{"~", "随時", "必要に応じ", "程度", "以上", "不定期", "適宜"};
    const std::string words = replaced(plain(cadence), " ", "");
    if (words.empty() || contains_any(words, k_untold)) {
        return std::nullopt;
    }
    const std::u32string points = plain_points(words);
    const std::u32string_view text = points;
    const auto begins = [&](std::u32string_view word) { return text.starts_with(word); };
    const auto sane = [](double times) { return times <= k_most ? std::optional(times) : std::nullopt; };
    if (const auto times = every_months(text)) {
        return times;
    }
    if (begins(U"隔月")) {
        return 6 * weeks_named(text);
    }
    if (begins(U"隔週")) {
        return 26;
    }
    if (begins(U"四半期") || begins(U"4半期")) {
        return 4;
    }
    if (begins(U"半年") || begins(U"半期")) {
        return 2;
    }
    constexpr std::array<std::pair<std::u32string_view, double>, 3> k_units{{{U"年", 1}, {U"月", 12}, {U"週", 52}}};
    for (const auto& [unit, a_year] : k_units) {
        const bool is_every = begins(U"毎") && text.substr(1).starts_with(unit);
        if (begins(unit) || is_every) {
            if (const auto times = counted(text, unit)) {
                return sane(*times * a_year);
            }
            if (is_every) {
                return unit == U"月" ? sane(a_year * weeks_named(text)) : std::optional(a_year);
            }
        }
    }
    if (begins(U"第") && text.find(U"曜") != std::u32string_view::npos) {
        return 12 * weeks_named(text);
    }
    return std::nullopt;
}

} // namespace shirube::importers
