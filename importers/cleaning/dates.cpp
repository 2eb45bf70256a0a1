#include "importers/cleaning/dates.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace shirube::importers {

namespace {

using directory::Day;

/// An era by its kanji and its letter, and the first and last day that were dated in it.
struct Era {
    std::string_view kanji;
    std::string_view letter;
    int year_before_first;
    std::string_view first;
    std::string_view last;
};

// 元号法; the Meiji calendar before 1873 was lunar and is not read.
constexpr std::array<Era, 5> k_eras{{{"令和", "R", 2018, "2019-05-01", "9999-12-31"},
                                     {"平成", "H", 1988, "1989-01-08", "2019-04-30"},
                                     {"昭和", "S", 1925, "1926-12-25", "1989-01-07"},
                                     {"大正", "T", 1911, "1912-07-30", "1926-12-24"},
                                     {"明治", "M", 1867, "1873-01-01", "1912-07-29"}}};

std::unexpected<CellProblem> unreadable() { return std::unexpected(CellProblem{"date_unreadable"}); }

std::optional<int> take_number(std::string_view& text) {
    int value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || value < 0) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

const Era* take_era(std::string_view& text) {
    for (const Era& era : k_eras) {
        for (const std::string_view name : {era.kanji, era.letter}) {
            const bool letter = name.size() == 1;
            if (text.starts_with(name) ||
                (letter && !text.empty() && text.front() == static_cast<char>(name.front() - 'A' + 'a'))) {
                text.remove_prefix(name.size());
                return &era;
            }
        }
    }
    return nullptr;
}

bool take_separator(std::string_view& text, std::string_view kanji) {
    for (const std::string_view separator :
         {kanji, std::string_view("-"), std::string_view("/"), std::string_view(".")}) {
        if (text.starts_with(separator)) {
            text.remove_prefix(separator.size());
            return true;
        }
    }
    return false;
}

struct Parts {
    int year = 0;
    int month = 0;
    int day = 0;
    const Era* era = nullptr;
};

std::optional<Parts> take_parts(std::string_view& text) {
    Parts parts;
    parts.era = take_era(text);
    if (parts.era != nullptr && text.starts_with("元")) {
        text.remove_prefix(std::string_view("元").size());
        parts.year = 1;
    } else if (const auto year = take_number(text)) {
        parts.year = *year;
    } else {
        return std::nullopt;
    }
    if (parts.era == nullptr && parts.year >= 10'000'101) { // 20260401
        parts.day = parts.year % 100;
        parts.month = parts.year / 100 % 100;
        parts.year /= 10'000;
        return parts;
    }
    if (!take_separator(text, "年")) {
        return std::nullopt;
    }
    const auto month = take_number(text);
    if (!month || !take_separator(text, "月")) {
        return std::nullopt;
    }
    const auto day = take_number(text);
    if (!day) {
        return std::nullopt;
    }
    parts.month = *month;
    parts.day = *day;
    if (text.starts_with("日")) {
        text.remove_prefix(std::string_view("日").size());
    }
    return parts;
}

} // namespace

Cell<Day> parse_date(std::string_view cell) {
    const std::string clean = plain(clean_text(cell).text);
    if (clean.empty() || says_nothing(clean)) {
        return std::nullopt;
    }
    // A time of day behind the date ("2026/4/1 9:00") says nothing here.
    const std::size_t colon = clean.find(':');
    const std::size_t blank = colon == std::string::npos ? colon : clean.rfind(' ', colon);
    const std::string date_alone = replaced(clean.substr(0, blank), " ", "");
    std::string_view text = date_alone;
    const auto parts = take_parts(text);
    if (!parts || (!text.empty() && !text.starts_with("T"))) {
        return unreadable();
    }
    const int year = parts->era != nullptr ? parts->year + parts->era->year_before_first : parts->year;
    if (year < 1000 || year > 9999) {
        return unreadable(); // two digits: which century?
    }
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(parts->month)},
                                           std::chrono::day{static_cast<unsigned>(parts->day)}};
    const bool in_era = parts->era == nullptr || (date.ok() && Day{date} >= *directory::parse_day(parts->era->first) &&
                                                  Day{date} <= *directory::parse_day(parts->era->last));
    if (!date.ok() || parts->month > 12 || parts->day > 31 || !in_era) {
        return std::unexpected(CellProblem{"date_impossible"});
    }
    return Day{date};
}

} // namespace shirube::importers
