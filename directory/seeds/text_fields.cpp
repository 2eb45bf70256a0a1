#include "directory/seeds/text_fields.hpp"

#include "directory/reports.hpp"
#include "directory/seeds/seed_lists.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace shirube::directory {

namespace {

constexpr double k_metres_a_km = 1000;

/// With the digits, commas and full stops of Japanese keyboards made those of ASCII; nothing else changes, so that what
/// is no number becomes none.
std::string in_half_width(std::string_view text) {
    constexpr std::string_view k_lead = "\xEF\xBC"; // of U+FF00 to U+FF3F, which stand as ASCII does
    constexpr unsigned char k_first = 0x80;
    std::string narrow;
    while (!text.empty()) {
        if (text.starts_with(k_lead) && text.size() > k_lead.size()) {
            const char c = static_cast<char>(static_cast<unsigned char>(text[k_lead.size()]) - k_first + ' ');
            if ((c >= '0' && c <= '9') || c == ',' || c == '.') {
                narrow += c;
                text.remove_prefix(k_lead.size() + 1);
                continue;
            }
        }
        narrow += text.front();
        text.remove_prefix(1);
    }
    return narrow;
}

/// Without its commas, where they group it in threes; as it is elsewhere: "5,6" are two numbers.
std::string ungrouped(std::string digits) {
    constexpr std::size_t k_group = 4; // with its comma
    const auto first = digits.find(',');
    if (first == std::string::npos || first == 0 || first >= k_group) {
        return digits;
    }
    for (std::size_t i = first; i < digits.size(); ++i) {
        if ((digits[i] == ',') != ((i - first) % k_group == 0)) {
            return digits;
        }
    }
    if ((digits.size() - first) % k_group == 0) {
        std::erase(digits, ',');
    }
    return digits;
}

} // namespace

std::string on_one_line(std::string_view text) {
    std::string line = clean_report_text(text);
    std::ranges::replace(line, '\n', ' ');
    std::ranges::replace(line, '\t', ' ');
    return line;
}

std::string_view TextFields::raw(std::string_view field) const {
    const auto found = texts_.find(field);
    return found == texts_.end() ? std::string_view{} : std::string_view{found->second};
}

void TextFields::wrong(std::string_view field, std::string_view code, std::string_view value) {
    problems_.push_back({std::string(field), std::string(code), std::string(value)});
}

std::string TextFields::line(std::string_view field) {
    return bounded(field, on_one_line(raw(field)), k_longest_seed_line);
}

std::string TextFields::words(std::string_view field) {
    return bounded(field, clean_report_text(raw(field)), k_longest_seed_words);
}

std::string TextFields::needed_line(std::string_view field) {
    std::string text = line(field);
    if (text.empty() && !is_wrong(field)) {
        wrong(field, "missing");
    }
    return text;
}

std::vector<std::string> TextFields::list(std::string_view field) {
    auto parts = seed_list_of(clean_report_text(raw(field)));
    if (parts.size() > k_most_seed_parts) {
        wrong(field, "many");
        parts.clear();
    }
    return parts;
}

std::optional<std::int64_t> TextFields::number(std::string_view field, std::int64_t most, std::string_view unit) {
    std::string digits = in_half_width(on_one_line(raw(field)));
    if (!unit.empty() && digits.size() > unit.size() && digits.ends_with(unit)) {
        digits.erase(digits.size() - unit.size());
        digits.erase(digits.find_last_not_of(' ') + 1);
    }
    digits = ungrouped(std::move(digits));
    if (digits.empty()) {
        return std::nullopt;
    }
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
        wrong(field, "no_number");
        return std::nullopt;
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{} || value > most) {
        wrong(field, "too_large");
        return std::nullopt;
    }
    return value;
}

std::optional<std::int64_t> TextFields::kilometres(std::string_view field) {
    const std::string text = in_half_width(on_one_line(raw(field)));
    if (text.empty()) {
        return std::nullopt;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0) {
        wrong(field, "no_number");
        return std::nullopt;
    }
    if (value * k_metres_a_km > static_cast<double>(k_farthest_seed_m)) {
        wrong(field, "too_large");
        return std::nullopt;
    }
    return std::llround(value * k_metres_a_km);
}

std::optional<Day> TextFields::day(std::string_view field) {
    const std::string text = on_one_line(raw(field));
    const auto day = parse_day(text);
    if (!text.empty() && !day) {
        wrong(field, "no_date");
    }
    return day;
}

bool TextFields::is_wrong(std::string_view field) const {
    return std::ranges::find(problems_, field, &SeedProblem::field) != problems_.end();
}

std::string TextFields::bounded(std::string_view field, std::string text, std::size_t most) {
    if (characters_in(text) > most) {
        wrong(field, "long");
        text.clear();
    }
    return text;
}

} // namespace shirube::directory
