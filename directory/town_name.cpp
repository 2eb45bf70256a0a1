#include "directory/town_name.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::directory {

namespace {

/// The kanji numeral a text begins with, in Arabic digits, and its bytes; none where it begins with no such numeral.
std::pair<std::string, std::size_t> leading_kanji_number(std::string_view text) {
    static constexpr std::array<std::string_view, 10> k_digits{"〇", "一", "二", "三", "四",
                                                               "五", "六", "七", "八", "九"};
    constexpr std::size_t letter_bytes = 3;
    constexpr std::size_t most_letters = 5;
    int total = 0;
    int current = -1;
    std::size_t bytes = 0;
    while (bytes < most_letters * letter_bytes) {
        const std::string_view letter = text.substr(bytes, letter_bytes);
        const auto digit = std::ranges::find(k_digits, letter);
        if (digit != k_digits.end()) {
            current = (current < 0 ? 0 : current * 10) + static_cast<int>(digit - k_digits.begin());
        } else if (letter == "十") {
            total += (current < 0 ? 1 : current) * 10;
            current = -1;
        } else {
            break;
        }
        bytes += letter_bytes;
    }
    if (bytes == 0) {
        return {};
    }
    return {std::to_string(total + std::max(current, 0)), bytes};
}

constexpr std::array<std::string_view, 3> k_counters{"条", "線", "地割"};
constexpr std::string_view k_cho = "丁";

bool counts(std::string_view text) {
    return std::ranges::any_of(k_counters, [&](std::string_view counter) { return text.starts_with(counter); }) ||
           (text.starts_with(k_cho) && !text.starts_with("丁目"));
}

} // namespace

std::string with_arabic_counters(std::string_view address) {
    const auto holds = [&](std::string_view counter) { return address.find(counter) != std::string_view::npos; };
    std::string out;
    if (!holds(k_cho) && !std::ranges::any_of(k_counters, holds)) {
        out = address;
        return out;
    }
    out.reserve(address.size());
    while (!address.empty()) {
        const auto [digits, bytes] = leading_kanji_number(address);
        if (bytes == 0) {
            out += address.front();
            address.remove_prefix(1);
            continue;
        }
        out += counts(address.substr(bytes)) ? std::string_view(digits) : address.substr(0, bytes);
        address.remove_prefix(bytes);
    }
    return out;
}

std::string town_name_key(std::string_view town_and_koaza) {
    std::string key = fold_address(with_arabic_counters(town_and_koaza));
    for (const std::string_view prefix : {"大字", "字"}) {
        if (key.starts_with(prefix) && key.size() > prefix.size()) {
            key.erase(0, prefix.size());
            break;
        }
    }
    return key;
}

MunicipalityKey municipality_key(std::string_view name) {
    MunicipalityKey key;
    key.whole = fold(name);
    key.without_county = key.whole;
    // 郡山市 and 小郡市 have none.
    constexpr std::string_view county = "郡";
    const std::size_t at = key.whole.find(county);
    const bool town_or_village = key.whole.ends_with("町") || key.whole.ends_with("村");
    if (town_or_village && at != std::string::npos && at > 0 && at + county.size() < key.whole.size()) {
        key.without_county.erase(0, at + county.size());
    }
    return key;
}

} // namespace shirube::directory
