#include "importers/locating/address_block.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/locating/address.hpp"

#include <algorithm>
#include <array>

namespace shirube::importers {

namespace {

using Points = std::u32string_view;

bool is_numeral(char32_t c) {
    constexpr Points kanji = U"〇一二三四五六七八九十百";
    return is_digit(c) || kanji.find(c) != Points::npos;
}

/// What stands before the first number that a 番 counts, and behind that 番; nothing where no 番 counts anything
/// (一番町 is a town).
struct Counted {
    Points before;
    Points behind;
};
std::optional<Counted> first_counted(Points text) {
    for (std::size_t at = text.find(U'番'); at != Points::npos; at = text.find(U'番', at + 1)) {
        const Points behind = text.substr(at + 1);
        constexpr Points goes_on = U"地号の-~ ()";
        const bool ends = behind.empty() || is_numeral(behind.front()) || goes_on.find(behind.front()) != Points::npos;
        std::size_t begin = at;
        while (begin > 0 && is_numeral(text[begin - 1])) {
            --begin;
        }
        if (ends && begin < at) {
            return Counted{.before = text.substr(0, begin), .behind = behind};
        }
    }
    return std::nullopt;
}

/// "港町2丁目3号" tells a house, not its block.
bool names_house_alone(Points text) {
    constexpr Points parts_of_house = U"室棟館車線";
    for (std::size_t at = text.find(U'号'); at != Points::npos; at = text.find(U'号', at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && is_digit(text[begin - 1])) {
            --begin;
        }
        const bool part = at + 1 < text.size() && parts_of_house.find(text[at + 1]) != Points::npos;
        constexpr Points joins = U"-の番地";
        const bool joined = begin > 0 && joins.find(text[begin - 1]) != Points::npos;
        if (begin < at && !part) {
            return !joined;
        }
    }
    return false;
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view key, std::size_t at) {
    std::size_t end = at;
    while (end < key.size() && is_ascii_digit(key[end])) {
        ++end;
    }
    return end - at;
}

} // namespace

BlockHint block_hint(std::string_view address) {
    const std::u32string points = plain_points(address);
    const Points text = points;
    BlockHint hint;
    constexpr std::array<Points, 9> near{U"周辺", U"付近", U"近辺",   U"近く", U"地先",
                                         U"地内", U"辺り", U"あたり", U"隣"};
    hint.is_near = std::ranges::any_of(near, [&](Points word) { return text.find(word) != Points::npos; });
    const auto counted = first_counted(text);
    if (!counted) {
        hint.is_near = hint.is_near || names_house_alone(text);
        return hint;
    }
    const bool numbered_before =
        std::ranges::any_of(counted->before, is_digit) || counted->before.find(U'丁') != Points::npos;
    hint.begins_with_block = !numbered_before;
    if (counted->behind.starts_with(U"地")) {
        hint.form = BlockForm::lot;
    } else if (counted->behind.find(U'号') != Points::npos) {
        hint.form = BlockForm::shown;
    }
    return hint;
}

std::vector<std::string> leading_blocks(std::string_view rest_of_key) {
    while (rest_of_key.starts_with('-')) {
        rest_of_key.remove_prefix(1);
    }
    std::size_t end = lot_letter_bytes(rest_of_key);
    constexpr std::size_t most_digits = 6;
    constexpr std::size_t most_numbers = 3;
    std::vector<std::string> numbers;
    while (numbers.size() < most_numbers) {
        const std::size_t digits = digits_at(rest_of_key, end);
        if (digits == 0 || digits > most_digits) {
            break;
        }
        end += digits;
        numbers.emplace_back(rest_of_key.substr(0, end));
        if (end >= rest_of_key.size() || rest_of_key[end] != '-') {
            break;
        }
        ++end;
    }
    constexpr std::array<std::string_view, 13> counts_else{"階", "f",  "室", "棟", "号", "区", "条",
                                                           "線", "丁", "級", "年", "月", "歳"};
    const std::string_view behind = rest_of_key.substr(std::min(end, rest_of_key.size()));
    const bool other =
        std::ranges::any_of(counts_else, [&](std::string_view word) { return behind.starts_with(word); });
    if (other && !numbers.empty()) {
        numbers.pop_back();
    }
    std::ranges::reverse(numbers);
    return numbers;
}

} // namespace shirube::importers
