#include "importers/cleaning/times.hpp"

#include "directory/minutes.hpp"
#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <cmath>
#include <cstdlib>
#include <initializer_list>

namespace shirube::importers {

namespace {

constexpr int k_latest_end = 36 * 60; // noon of the next day
constexpr std::int16_t k_evening = 18 * 60;
constexpr std::int16_t k_early_morning = 6 * 60;

/// Minutes after the hour, whose sign (":" or 時) has been taken.
std::optional<int> take_minutes(std::u32string_view& text, bool colon) {
    if (!colon && take(text, U"半")) {
        return 30;
    }
    std::u32string_view rest = text;
    const auto minutes = take_number(rest, 2);
    if (!minutes) {
        return colon ? std::nullopt : std::optional(0);
    }
    if (*minutes > 59 || (!colon && !take(rest, U"分"))) {
        return colon ? std::nullopt : std::optional(0); // "17時5組"
    }
    text = rest;
    return minutes;
}

/// 0.708333 of a day; nothing where the cell is no such fraction, or one of `latest` minutes and more.
std::optional<std::int16_t> fraction_of_day(const std::string& text, int latest) {
    if (text.find('.') == std::string::npos || text.find_first_not_of("0123456789.") != std::string::npos) {
        return std::nullopt;
    }
    char* end = nullptr;
    const double minutes = std::strtod(text.c_str(), &end) * directory::k_minutes_a_day;
    if (*end != '\0' || minutes < 0 || minutes >= latest) {
        return std::nullopt;
    }
    return static_cast<std::int16_t>(std::lround(minutes));
}

/// One time, no later than `latest` minutes.
std::optional<std::int16_t> take_time_until(std::u32string_view& text, int latest) {
    std::u32string_view rest = text;
    if (take(rest, U"正午")) {
        text = rest;
        return static_cast<std::int16_t>(12 * 60);
    }
    const bool afternoon = take(rest, U"午後") || take(rest, U"PM") || take(rest, U"pm");
    const bool morning = !afternoon && (take(rest, U"午前") || take(rest, U"AM") || take(rest, U"am"));
    while (take(rest, U" ")) {
    }
    auto hour = take_number(rest, 2);
    if (!hour || *hour * 60 > latest) {
        return std::nullopt;
    }
    const bool colon = take(rest, U":");
    if (!colon && !take(rest, U"時")) {
        return std::nullopt;
    }
    if (rest.starts_with(U"間")) {
        return std::nullopt; // 2時間: how long, not when
    }
    const auto minutes = take_minutes(rest, colon);
    if (!minutes || (morning && *hour > 12)) {
        return std::nullopt;
    }
    if (afternoon && *hour < 12) {
        *hour += 12;
    }
    const int minute = *hour * 60 + *minutes;
    if (minute > latest || (minute > directory::k_minutes_a_day && (afternoon || morning))) {
        return std::nullopt;
    }
    if (std::u32string_view seconds = rest; colon && take(seconds, U":") && take_number(seconds, 2)) {
        rest = seconds;
    }
    if (std::u32string_view after = rest; !afternoon && !morning) { // "5:30 PM"
        take(after, U" ");
        const bool evening = take_any(after, {U"PM", U"pm"});
        if ((evening || take_any(after, {U"AM", U"am"})) && *hour <= 12) {
            text = after;
            return static_cast<std::int16_t>(minute + (evening && *hour < 12 ? directory::k_minutes_a_day / 2 : 0));
        }
    }
    text = rest;
    return static_cast<std::int16_t>(minute);
}

} // namespace

std::optional<std::int16_t> take_time(std::u32string_view& text) {
    return take_time_until(text, directory::k_minutes_a_day);
}

std::optional<std::int16_t> take_end_time(std::u32string_view& text) {
    std::u32string_view rest = text;
    if (!take_any(rest, {U"翌日の", U"翌日", U"翌朝", U"翌"})) {
        return take_time_until(text, k_latest_end);
    }
    const auto time = take_time(rest);
    if (!time || *time + directory::k_minutes_a_day > k_latest_end) {
        return std::nullopt;
    }
    text = rest;
    return static_cast<std::int16_t>(*time + directory::k_minutes_a_day);
}

namespace {

/// "1730": four digits in a column of times.
std::optional<std::int16_t> four_digits(std::u32string_view text, int latest) {
    const bool digits =
        text.size() == 4 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]);
    if (!digits) {
        return std::nullopt;
    }
    const auto number = *take_number(text, 4);
    const int minute = number / 100 * 60 + number % 100;
    return number % 100 < 60 && minute <= latest ? std::optional(static_cast<std::int16_t>(minute)) : std::nullopt;
}

/// A cell that holds one time, with `before` or `after` it at most.
template <class Take>
Cell<std::int16_t> parse_time(std::string_view cell, int latest, const Take& take_one, std::u32string_view before,
                              std::initializer_list<std::u32string_view> after) {
    const std::string clean = plain(clean_text(cell).text);
    if (clean.empty() || says_nothing(clean) || is_withheld(clean)) {
        return std::nullopt;
    }
    if (const auto fraction = fraction_of_day(clean, latest)) {
        return fraction;
    }
    const std::u32string points = plain_points(clean);
    std::u32string_view text = points;
    if (const auto time = four_digits(text, latest)) {
        return time;
    }
    take(text, before);
    const auto time = take_one(text);
    if (time) {
        take_any(text, after);
    }
    if (!time || !text.empty()) {
        return std::unexpected(CellProblem{"time_unreadable"});
    }
    return time;
}

} // namespace

Cell<std::int16_t> parse_time_of_day(std::string_view cell) {
    return parse_time(cell, directory::k_minutes_a_day, take_time, {}, {U"~", U"から", U"より", U"開始"});
}

Cell<std::int16_t> parse_end_of_session(std::string_view cell) {
    return parse_time(cell, k_latest_end, take_end_time, U"~", {U"まで", U"終了"});
}

std::optional<Session> parse_session_cell(std::string_view cell) {
    const std::u32string points = plain_points(clean_text(cell).text);
    std::u32string_view text = points;
    const auto from = take_time(text);
    while (take(text, U" ")) {
    }
    if (!from || !take_any(text, {U"~", U"から", U"-"})) {
        return std::nullopt;
    }
    while (take(text, U" ")) {
    }
    const auto to = take_end_time(text);
    take(text, U"まで");
    const auto session = session_of(from, to);
    return to && text.empty() && session ? std::optional(*session) : std::nullopt;
}

std::expected<Session, CellProblem> session_of(std::optional<std::int16_t> from, std::optional<std::int16_t> to) {
    if (from && to && *to <= *from) {
        if (*from < k_evening || *to >= k_early_morning) {
            return std::unexpected(CellProblem{"time_order"});
        }
        to = static_cast<std::int16_t>(*to + directory::k_minutes_a_day);
    }
    if (from && to && *to - *from > directory::k_minutes_a_day) {
        return std::unexpected(CellProblem{"time_order"});
    }
    return Session{.from = from, .to = to};
}

} // namespace shirube::importers
