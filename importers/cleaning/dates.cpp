#include "importers/cleaning/dates.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <array>

namespace shirube::importers {

namespace {

using directory::Day;
using Points = std::u32string_view;
using std::chrono::year_month_day;

/// An era by its kanji, its sign and its letter, and the first and last day that were dated in it.
struct Era {
    Points kanji;
    Points short_kanji;
    char32_t letter;
    int year_before_first;
    std::string_view first;
    std::string_view last;
};

// 元号法; the Meiji calendar before 1873 was lunar and is not read.
constexpr std::array<Era, 5> k_eras{{{U"令和", U"令", U'R', 2018, "2019-05-01", "9999-12-31"},
                                     {U"平成", U"平", U'H', 1988, "1989-01-08", "2019-04-30"},
                                     {U"昭和", U"昭", U'S', 1925, "1926-12-25", "1989-01-07"},
                                     {U"大正", U"大", U'T', 1911, "1912-07-30", "1926-12-24"},
                                     {U"明治", U"明", U'M', 1867, "1873-01-01", "1912-07-29"}}};

/// Plans run on in an era that has ended: 平成35年度 stands in plans of 平成30年.
constexpr int k_years_after_the_end = 12;

const Era* take_era(Points& text) {
    for (const Era& era : k_eras) {
        if (take(text, era.kanji)) {
            return &era;
        }
        const char32_t small = era.letter - U'A' + U'a';
        const bool letter = !text.empty() && (text.front() == era.letter || text.front() == small);
        if (letter || (text.starts_with(era.short_kanji) && text.size() > 1 && is_digit(text[1]))) {
            text.remove_prefix(1);
            take(text, U".");
            return &era;
        }
    }
    return nullptr;
}

bool take_separator(Points& text, Points kanji) {
    return take_any(text, {kanji, Points(U"-"), Points(U"/"), Points(U".")});
}

std::optional<Day> day_of(int year, int month, int day) {
    const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() && month <= 12 && day <= 31 ? std::optional(Day{date}) : std::nullopt;
}

Day last_of_month(int year, int month) {
    return Day{
        year_month_day{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} / std::chrono::last}};
}

std::optional<DateSpan> span(std::optional<Day> first, std::optional<Day> last) {
    return first && last ? std::optional(DateSpan{.first = *first, .last = *last}) : std::nullopt;
}

/// Why a text is no date.
enum class Fault : std::uint8_t { unreadable, impossible };
using Read = std::expected<DateSpan, Fault>;

Read or_impossible(std::optional<DateSpan> read) { return read ? Read(*read) : std::unexpected(Fault::impossible); }

Read read_fiscal_year(int year, Points& text) {
    if (take_any(text, {U"前半", U"上半期", U"上期"})) {
        return or_impossible(span(day_of(year, 4, 1), day_of(year, 9, 30)));
    }
    if (take_any(text, {U"後半", U"下半期", U"下期"})) {
        return or_impossible(span(day_of(year, 10, 1), day_of(year + 1, 3, 31)));
    }
    if (take_any(text, {U"末"})) {
        return or_impossible(span(day_of(year + 1, 3, 31), day_of(year + 1, 3, 31)));
    }
    take(text, U"中");
    return or_impossible(span(day_of(year, 4, 1), day_of(year + 1, 3, 31)));
}

Read read_year(int year, Points& text) {
    if (take_any(text, {U"前半", U"上半期"})) {
        return or_impossible(span(day_of(year, 1, 1), day_of(year, 6, 30)));
    }
    if (take_any(text, {U"後半", U"下半期"})) {
        return or_impossible(span(day_of(year, 7, 1), day_of(year, 12, 31)));
    }
    if (take_any(text, {U"末"})) {
        return or_impossible(span(day_of(year, 12, 31), day_of(year, 12, 31)));
    }
    take(text, U"中");
    return or_impossible(span(day_of(year, 1, 1), day_of(year, 12, 31)));
}

Read read_month(int year, int month, Points& text) {
    if (!day_of(year, month, 1)) {
        return std::unexpected(Fault::impossible);
    }
    const Day end = last_of_month(year, month);
    if (take_any(text, {U"上旬", U"初旬"})) {
        return or_impossible(span(day_of(year, month, 1), day_of(year, month, 10)));
    }
    if (take(text, U"中旬")) {
        return or_impossible(span(day_of(year, month, 11), day_of(year, month, 20)));
    }
    if (take(text, U"下旬")) {
        return or_impossible(span(day_of(year, month, 21), end));
    }
    if (take(text, U"前半")) {
        return or_impossible(span(day_of(year, month, 1), day_of(year, month, 15)));
    }
    if (take(text, U"後半")) {
        return or_impossible(span(day_of(year, month, 16), end));
    }
    if (take(text, U"末")) {
        return or_impossible(span(end, end));
    }
    take(text, U"中");
    return or_impossible(span(day_of(year, month, 1), end));
}

Read read_day(int year, int month, int day) {
    return or_impossible(span(day_of(year, month, day), day_of(year, month, day)));
}

/// "20260401", "202604", "2026"; in an era "070401": years, months and days run together.
std::optional<Read> read_run_of_digits(Points& text, const Era* era) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) {
        ++digits;
    }
    const auto number = [&](std::size_t from, std::size_t count) {
        int value = 0;
        for (std::size_t i = from; i < from + count; ++i) {
            value = value * 10 + static_cast<int>(text[i] - U'0');
        }
        return value;
    };
    if (era != nullptr && digits == 6) {
        const Read read = read_day(number(0, 2) + era->year_before_first, number(2, 2), number(4, 2));
        text.remove_prefix(digits);
        return read;
    }
    if (era != nullptr || digits < 5 || digits > 8) {
        return std::nullopt;
    }
    if (digits == 8) {
        const Read read = number(0, 4) < 1000 ? Read(std::unexpected(Fault::unreadable))
                                              : read_day(number(0, 4), number(4, 2), number(6, 2));
        text.remove_prefix(digits);
        return read;
    }
    if (digits == 6) {
        const int year = number(0, 4);
        const int month = number(4, 2);
        text.remove_prefix(digits);
        return year >= 1900 && year < 2100 ? read_month(year, month, text) : Read(std::unexpected(Fault::unreadable));
    }
    // A workbook's day number of the years 1982 to 2064.
    const int serial = number(0, digits);
    if (digits != 5 || serial < 30'000 || serial >= 60'000) {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    if (take(text, U".")) { // the time of day
        while (!text.empty() && is_digit(text.front())) {
            text.remove_prefix(1);
        }
    }
    const Day day = *directory::parse_day("1899-12-30") + std::chrono::days{serial};
    return Read(DateSpan{.first = day, .last = day});
}

Read read_date(Points& text, const Era* era) {
    if (const auto run = read_run_of_digits(text, era)) {
        return *run;
    }
    int year = 1;
    if (era == nullptr || !take(text, U"元")) {
        const auto number = take_number(text, 4);
        if (!number || (era == nullptr && (*number < 1000 || *number > 9990)) ||
            (era != nullptr && (*number < 1 || *number > 99))) {
            return std::unexpected(Fault::unreadable); // two digits: which century?
        }
        year = *number;
    }
    year += era != nullptr ? era->year_before_first : 0;
    if (take(text, U"年度")) {
        return read_fiscal_year(year, text);
    }
    const bool kanji = text.starts_with(U"年");
    if (!take_separator(text, U"年")) {
        return text.empty() ? read_year(year, text) : Read(std::unexpected(Fault::unreadable));
    }
    const auto month = take_number(text, 2);
    if (!month) {
        return kanji ? read_year(year, text) : Read(std::unexpected(Fault::unreadable));
    }
    if (!take_separator(text, U"月") || text.empty() || !is_digit(text.front())) {
        return read_month(year, *month, text);
    }
    const auto day = take_number(text, 2);
    if (!day) {
        return std::unexpected(Fault::unreadable);
    }
    take(text, U"日");
    return read_day(year, *month, *day);
}

/// "(水)", "現在", "まで", "T00:00" behind a date say nothing more; 頃 and 予定 take its exactness.
bool take_rest(Points& text, DateSpan& read) {
    Points rest = text;
    if (take(rest, U"(") && !rest.empty() && Points(U"月火水木金土日").find(rest.front()) != Points::npos) {
        rest.remove_prefix(1);
        take_any(rest, {U"曜日", U"曜"});
        text = take(rest, U")") ? rest : text;
    }
    while (!text.empty()) {
        if (take_any(text, {U"頃", U"ごろ", U"ころ", U"予定", U"見込み"})) {
            read.is_rough = true;
        } else if (!take_any(text, {U"現在", U"時点", U"付け", U"付", U"まで", U"から", U"より", U"~", U"に", U"開始",
                                    U"開設", U"終了"})) {
            return text.starts_with(U"T");
        }
    }
    return true;
}

/// Whether an era's day lies within it, or so soon after its end that people went on counting; a fiscal year may begin
/// before it.
bool is_of_era(const Era& era, const DateSpan& read) {
    return read.last >= *directory::parse_day(era.first) &&
           read.first <= *directory::parse_day(era.last) + std::chrono::days{366 * k_years_after_the_end};
}

} // namespace

Cell<DateSpan> parse_date_span(std::string_view cell) {
    const std::string clean = plain(clean_text(cell).text);
    if (clean.empty() || says_nothing(clean)) {
        return std::nullopt;
    }
    // A time of day behind the date ("2026/4/1 9:00") says nothing here.
    const std::size_t colon = clean.find(':');
    const std::size_t blank = colon == std::string::npos ? colon : clean.rfind(' ', colon);
    const std::u32string points = plain_points(replaced(clean.substr(0, blank), " ", ""));
    Points text = points;
    take(text, U"西暦");
    take_any(text, {U"FY"});
    const bool fiscal = text.size() < points.size() && points.starts_with(U"FY");
    const Era* era = take_era(text);
    Read read = fiscal ? std::unexpected(Fault::unreadable) : read_date(text, era);
    if (fiscal) {
        const auto year = take_number(text, 4);
        read = year && *year >= 1000 ? read_fiscal_year(*year, text) : Read(std::unexpected(Fault::unreadable));
    }
    if (!read && read.error() == Fault::impossible) {
        return std::unexpected(CellProblem{"date_impossible"});
    }
    if (!read || !take_rest(text, *read)) {
        return std::unexpected(CellProblem{"date_unreadable"});
    }
    if (era != nullptr && !is_of_era(*era, *read)) {
        return std::unexpected(CellProblem{"date_impossible"});
    }
    return *read;
}

Cell<Day> parse_date(std::string_view cell) {
    const auto read = parse_date_span(cell);
    if (!read) {
        return std::unexpected(read.error());
    }
    if (!*read) {
        return std::nullopt;
    }
    if (!(*read)->is_day() || (*read)->is_rough) {
        return std::unexpected(CellProblem{"date_unreadable"});
    }
    return (*read)->first;
}

} // namespace shirube::importers
