#include "importers/cleaning/numbers.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace shirube::importers {

namespace {

constexpr int k_most = 1'000'000;

void drop_front(std::string_view& text, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        if (text.starts_with(word)) {
            text.remove_prefix(word.size());
            return;
        }
    }
}

void drop_back(std::string_view& text, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        if (text.ends_with(word)) {
            text.remove_suffix(word.size());
        }
    }
}

/// Whether a blank parts two numbers ("5 6"), or a raised one is a footnote's ("5²"): run together they would be
/// another number.
bool holds_two_numbers(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == ' ' && digit(text[i - 1]) && digit(text[i + 1])) {
            return true;
        }
    }
    return false;
}

bool holds_raised_digit(std::string_view cell) {
    constexpr std::array<std::string_view, 10> k_raised{"¹", "²", "³", "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    return std::ranges::any_of(k_raised, [&](std::string_view raised) { return cell.find(raised) != cell.npos; });
}

} // namespace

std::string without_thousands(std::string_view text) {
    const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool parts_thousands =
            text[i] == ',' && i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4);
        if (!parts_thousands) {
            out += text[i];
        }
    }
    return out;
}

std::optional<std::string> one_number(std::string_view cell) {
    std::string text = plain(clean_text(cell).text);
    if (holds_two_numbers(text) || holds_raised_digit(cell)) {
        return std::nullopt;
    }
    std::erase(text, ' ');
    return without_thousands(text);
}

namespace {

/// "(先着順)" at the end, where no number stands in it.
void drop_remark(std::string_view& text) {
    const std::size_t open = text.find('(');
    if (open != std::string_view::npos && open > 0 && text.ends_with(')') &&
        text.find_first_of("0123456789", open) == std::string_view::npos) {
        text = text.substr(0, open);
    }
}

std::optional<int> kanji_digit(char32_t c) {
    constexpr std::u32string_view k_digits = U"〇一二三四五六七八九";
    const std::size_t at = k_digits.find(c);
    return at == std::u32string_view::npos ? std::nullopt : std::optional(static_cast<int>(at));
}

/// All of `text` as a number, in Arabic or in kanji.
std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault == std::errc{}) {
        const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
        return rest.empty() || rest == ".0" ? std::optional(value) : std::nullopt;
    }
    const std::u32string points = plain_points(text);
    std::u32string_view kanji = points;
    const auto number = take_kanji_number(kanji);
    return number && kanji.empty() ? number : std::nullopt;
}

} // namespace

std::optional<int> take_kanji_number(std::u32string_view& text) {
    std::u32string_view rest = text;
    int value = 0;
    int digits = -1; // read since the last unit, none yet
    int unit_before = 10'000;
    bool positional = false; // 二〇: digits in a row, without units
    while (!rest.empty()) {
        const char32_t c = rest.front();
        if (const auto digit = kanji_digit(c)) {
            if (digits >= 0 && (value > 0 || digits > 999)) {
                return std::nullopt;
            }
            positional = positional || digits >= 0;
            digits = digits < 0 ? *digit : digits * 10 + *digit;
        } else {
            const int unit = c == U'十' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : 0;
            if (unit == 0) {
                break;
            }
            if (unit >= unit_before || positional || digits == 0) {
                return std::nullopt;
            }
            value += (digits < 0 ? 1 : digits) * unit;
            unit_before = unit;
            digits = -1;
        }
        rest.remove_prefix(1);
    }
    if (rest.size() == text.size()) {
        return std::nullopt;
    }
    text = rest;
    return value + std::max(digits, 0);
}

namespace {

Cell<int> parse_count_from(int least, std::string_view cell) {
    const auto digits = one_number(cell);
    if (!digits) {
        return std::unexpected(CellProblem{"number_unreadable"});
    }
    if (digits->empty() || says_nothing(*digits)) {
        return std::nullopt;
    }
    std::string_view text = *digits;
    drop_remark(text);
    drop_front(text, {"最大", "定員", "先着", "合計", "計"});
    drop_front(text, {"約", "概ね", "おおむね", "およそ", "各日", "各回", "1日", "1回"});
    drop_back(text, {"まで", "程度", "くらい", "ぐらい", "前後", "以内", "以上", "以下"});
    drop_back(text, {"食分", "食", "組", "世帯", "席", "名様", "名", "人", "家族", "か所", "箇所", "ヶ所", "室", "床"});
    drop_back(text, {"程度", "約"});
    const auto value = whole_number(text);
    if (!value || *value < least || *value > k_most) {
        return std::unexpected(CellProblem{"number_unreadable"});
    }
    return *value;
}

} // namespace

Cell<int> parse_count(std::string_view cell) { return parse_count_from(1, cell); }
Cell<int> parse_vacancy(std::string_view cell) { return parse_count_from(0, cell); }

} // namespace shirube::importers
