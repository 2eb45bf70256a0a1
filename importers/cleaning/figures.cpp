#include "importers/cleaning/figures.hpp"

#include "importers/cleaning/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace shirube::importers {

namespace {

constexpr std::int64_t k_most_people = 100'000'000;
constexpr double k_most = 1e12;
constexpr std::size_t k_longest = 64; ///< bytes of a cell that can hold a number

bool is_mark(std::string_view text) {
    static constexpr std::array<std::string_view, 7> k_marks{"*", "X", "x", "χ", "秘匿", "非公表", "***"};
    return std::ranges::find(k_marks, text) != k_marks.end();
}

/// Dashes of any kind, alone or several; plain() has made '-' of most.
bool is_dash(std::string_view text) {
    static constexpr std::array<std::string_view, 5> k_dashes{"-", "--", "---", "ー", "―"};
    return std::ranges::find(k_dashes, text) != k_dashes.end();
}

/// Takes the unit off and answers it.
std::string_view take_unit(std::string_view& text) {
    for (const std::string_view unit : {"人日", "人", "世帯", "件", "回", "泊", "時間", "%", "名"}) {
        if (text.ends_with(unit) && text.size() > unit.size()) {
            text.remove_suffix(unit.size());
            return unit;
        }
    }
    return {};
}

} // namespace

Cell<Figure<std::int64_t>> parse_people(std::string_view cell) {
    const auto number = one_number(cell.substr(0, k_longest + 1));
    if (!number) {
        return std::unexpected(CellProblem{"count_unreadable"});
    }
    const std::string& text = *number;
    if (text.empty()) {
        return std::nullopt;
    }
    if (is_mark(text)) {
        return Figure<std::int64_t>{.suppressed = true};
    }
    if (is_dash(text)) {
        return Figure<std::int64_t>{.value = 0};
    }
    std::string_view digits = text;
    take_unit(digits);
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (cell.size() > k_longest || fault != std::errc{} || end != digits.data() + digits.size() || value < 0 ||
        value > k_most_people) {
        return std::unexpected(CellProblem{"count_unreadable"});
    }
    return Figure<std::int64_t>{.value = value};
}

Cell<Figure<double>> parse_figure(std::string_view cell) {
    const auto number = one_number(cell.substr(0, k_longest + 1));
    if (!number) {
        return std::unexpected(CellProblem{"figure_unreadable"});
    }
    const std::string& text = *number;
    if (text.empty()) {
        return std::nullopt;
    }
    if (is_mark(text) || is_dash(text)) {
        return Figure<double>{.suppressed = true};
    }
    std::string_view digits = text;
    const std::string_view unit = take_unit(digits);
    double value = 0;
    const auto [end, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    // Digits first: from_chars would also read "inf" and "nan".
    if (cell.size() > k_longest || digits.empty() || digits.front() < '0' || digits.front() > '9' ||
        fault != std::errc{} || end != digits.data() + digits.size() || !(value >= 0) || value > k_most) {
        return std::unexpected(CellProblem{"figure_unreadable"});
    }
    return Figure<double>{.value = value, .unit = std::string(unit)};
}

} // namespace shirube::importers
