#include "importers/cleaning/address_ranges.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace shirube::importers {

namespace {

using Points = std::u32string_view;
using directory::AddressRule;
using directory::NumberRange;
using directory::Parity;

constexpr std::size_t k_most_rules = 2000; // of one cell; a school's district has some dozens
constexpr int k_most_chome = 50;           // the largest in Japan is below that

/// Kanji before 丁目 as digits: "三丁目" → "3丁目", "二十一丁目" → "21丁目".
std::u32string with_chome_digits(Points text) {
    constexpr Points digits = U"〇一二三四五六七八九";
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int total = 0;
        int current = -1;
        std::size_t end = i;
        for (; end < text.size() && end < i + 4; ++end) {
            if (const auto digit = digits.find(text[end]); digit != Points::npos) {
                current = current < 0 ? static_cast<int>(digit) : current * 10 + static_cast<int>(digit);
            } else if (text[end] == U'十') {
                total += (current < 0 ? 1 : current) * 10;
                current = -1;
            } else {
                break;
            }
        }
        // A run of 丁目 numbers ("一・二丁目") is read number by number.
        const Points rest = text.substr(end);
        const bool counted = rest.starts_with(U"丁目") || rest.starts_with(U"・") || rest.starts_with(U"~");
        if (end > i && counted) {
            for (const char c : std::to_string(total + std::max(current, 0))) {
                out += static_cast<char32_t>(c);
            }
            i = end - 1;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// Splits where a list goes on, outside brackets. A blank before a letter parts towns; before a digit it is nothing.
std::vector<std::u32string> parts_of(Points text) {
    std::vector<std::u32string> parts(1);
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        depth += c == U'(' ? 1 : 0;
        depth -= c == U')' && depth > 0 ? 1 : 0;
        const bool blank = c == U' ' || c == U'\n' || c == U'\t';
        const bool parting_blank = blank && i + 1 < text.size() && !is_digit(text[i + 1]) && text[i + 1] != U'(';
        if (depth == 0 && (c == U'、' || c == U',' || c == U';' || c == U'。' || parting_blank)) {
            parts.emplace_back();
        } else if (!blank) {
            parts.back() += c;
        }
    }
    std::erase_if(parts, [](const std::u32string& part) { return part.empty(); });
    return parts;
}

bool take_out(std::u32string& text, Points word) {
    const auto at = text.find(word);
    if (at == std::u32string::npos) {
        return false;
    }
    text.erase(at, word.size());
    return true;
}

bool take_out_any(std::u32string& text, std::initializer_list<Points> words) {
    bool any = false;
    for (const Points word : words) {
        any = take_out(text, word) || any;
    }
    return any;
}

/// What numbers a text names.
struct Numbers {
    std::vector<NumberRange> ranges;
    bool all_but = false;
    bool understood = true;
};

void skip_counter(Points& text) { take_any(text, {U"番地の", U"番地", U"番", U"街区"}); }

/// One number or a run of them: "3番", "1番~10番", "5番以降", "7番まで".
std::optional<NumberRange> take_range(Points& text, Parity parity) {
    const auto from = take_number(text, 5);
    if (!from) {
        return std::nullopt;
    }
    skip_counter(text);
    NumberRange range{*from, *from, parity};
    if (take_any(text, {U"~", U"から", U"-"})) {
        if (const auto to = take_number(text, 5)) {
            range.to = *to;
            skip_counter(text);
            take(text, U"まで");
        } else {
            range.to.reset(); // "5番~"
        }
        if (range.to && *range.to < range.from) {
            return std::nullopt;
        }
    } else if (take_any(text, {U"以降", U"以上"})) {
        range.to.reset();
    } else if (take_any(text, {U"以下", U"まで"})) {
        if (range.from == 0) {
            return std::nullopt; // "0番まで"
        }
        range.from = 1;
    }
    return range;
}

/// "3-2" means a number within a block as well as a run of blocks; which of them, only its writer knows.
bool has_subnumbers(Points text) {
    return text.find(U'号') != Points::npos || (text.find(U'-') != Points::npos && text.find(U'番') == Points::npos);
}

Numbers numbers_of(Points written) {
    std::u32string text(written);
    Numbers numbers;
    numbers.all_but = take_out_any(text, {U"を除く", U"は除く", U"以外", U"除く", U"を除いた"});
    take_out_any(text,
                 {U"の全域", U"全域", U"の全部", U"全部", U"一円", U"すべて", U"全て", U"のみ", U"ただし", U"但し"});
    Parity parity = Parity::any;
    if (take_out_any(text, {U"偶数番地", U"偶数番", U"偶数"})) {
        parity = Parity::even;
    } else if (take_out_any(text, {U"奇数番地", U"奇数番", U"奇数"})) {
        parity = Parity::odd;
    }
    std::erase_if(text, [](char32_t c) { return c == U'(' || c == U')'; });
    if (has_subnumbers(text)) {
        numbers.understood = false;
        return numbers;
    }
    Points rest = text;
    take(rest, U"の");
    while (!rest.empty()) {
        const auto range = take_range(rest, parity);
        if (!range) {
            numbers.understood = false;
            return numbers;
        }
        numbers.ranges.push_back(*range);
        take_any(rest, {U"・", U"、", U",", U"及び", U"および", U"と", U"の"});
    }
    if (numbers.ranges.empty() && parity != Parity::any) {
        numbers.ranges.push_back({1, std::nullopt, parity});
    }
    // "All but" with nothing named leaves out what nobody knows.
    numbers.understood = !(numbers.all_but && numbers.ranges.empty());
    return numbers;
}

/// The 丁目 a part names: "1丁目", "1・2丁目", "1~3丁目". Empty where none is named.
std::vector<int> take_chomes(Points& text) {
    Points rest = text;
    std::vector<int> chomes;
    while (const auto number = take_number(rest, 2)) {
        if (*number == 0) {
            return {};
        }
        take(rest, U"丁目");
        if (take(rest, U"~")) {
            const auto to = take_number(rest, 2);
            if (!to || *to < *number || *to > k_most_chome) {
                return {};
            }
            for (int chome = *number; chome <= *to; ++chome) {
                chomes.push_back(chome);
            }
            take(rest, U"丁目");
        } else {
            chomes.push_back(*number);
        }
        if (!rest.starts_with(U"・") || rest.size() < 2 || !is_digit(rest[1])) {
            break;
        }
        rest.remove_prefix(1);
    }
    // Only where 丁目 closes the run is it one of 丁目 and not of numbers.
    const auto taken = text.substr(0, text.size() - rest.size());
    if (chomes.empty() || !taken.ends_with(U"丁目")) {
        return {};
    }
    text = rest;
    return chomes;
}

/// The letters a part begins with, up to its first digit, bracket or a word that is no name.
Points take_name(Points& text) {
    std::size_t end = 0;
    while (end < text.size() && !is_digit(text[end]) && text[end] != U'(') {
        const Points rest = text.substr(end);
        const bool word = rest.starts_with(U"全域") || rest.starts_with(U"の全") || rest.starts_with(U"全部") ||
                          rest.starts_with(U"一円") || rest.starts_with(U"のうち") || rest.starts_with(U"の一部") ||
                          rest.starts_with(U"偶数") || rest.starts_with(U"奇数");
        if (end > 0 && word) {
            break;
        }
        ++end;
    }
    const Points name = text.substr(0, end);
    text.remove_prefix(end);
    return name;
}

void doubt_last(std::vector<AddressRule>& rules) {
    if (!rules.empty()) {
        rules.back().understood = false;
    }
}

} // namespace

std::vector<AddressRule> parse_address_rules(std::string_view cell, std::string_view municipality) {
    std::vector<AddressRule> rules;
    const std::u32string text = with_chome_digits(plain_points(cell));
    std::u32string name;
    std::vector<int> chomes;
    for (const std::u32string& part : parts_of(text)) {
        Points rest = part;
        const bool but = take_any(rest, {U"ただし", U"但し"});
        if (rest.empty() && but) {
            doubt_last(rules);
            continue;
        }
        if (const Points own = take_name(rest); !own.empty()) {
            name = own;
            chomes.clear();
        }
        const std::string town = directory::town_key(utf8(name)).name;
        if (town.empty()) { // 大字 alone names none
            continue;
        }
        take(rest, U"の");
        bool carries_on = is_digit(part.front());
        if (auto own = take_chomes(rest); !own.empty()) {
            chomes = std::move(own);
            carries_on = false;
        }
        Numbers numbers = numbers_of(rest);
        // "1番、3番を除く": whether the first is left out too, the text does not say.
        if (but || (carries_on && numbers.all_but)) {
            doubt_last(rules);
            numbers.understood = false;
        }
        const std::size_t times = std::max<std::size_t>(1, chomes.size());
        for (std::size_t i = 0; i < times; ++i) {
            AddressRule rule;
            rule.municipality = municipality;
            rule.town = town;
            if (!chomes.empty()) {
                rule.chome = chomes[i];
            }
            rule.numbers = numbers.ranges;
            rule.all_but = numbers.all_but && !numbers.ranges.empty();
            rule.understood = numbers.understood;
            rule.text = utf8(part);
            if (rules.size() == k_most_rules) {
                return rules;
            }
            rules.push_back(std::move(rule));
        }
    }
    return rules;
}

std::vector<AddressRule> parse_town_rules(std::string_view town, std::string_view numbers,
                                          std::string_view municipality) {
    std::vector<AddressRule> rules;
    const std::string written = clean_text(numbers).text;
    const Numbers of_cell = numbers_of(plain_points(replaced(written, " ", "")));
    const auto key = directory::town_key(clean_text(town).text);
    if (key.name.empty()) {
        return rules;
    }
    // A cell of towns may name several 丁目; one that names numbers as well says so itself.
    rules = parse_address_rules(town, municipality);
    if (key.chome && rules.size() == 1 && !rules.front().chome) {
        rules.front() = {std::string(municipality), key.name, key.chome, {}, false, true, clean_text(town).text};
    }
    if (written.empty()) {
        return rules;
    }
    for (AddressRule& rule : rules) {
        rule.numbers = of_cell.ranges;
        rule.all_but = of_cell.all_but && !of_cell.ranges.empty();
        rule.understood = rule.understood && of_cell.understood;
        rule.text += " " + written;
    }
    return rules;
}

} // namespace shirube::importers
