#include "importers/cleaning/schedule_days.hpp"

#include "importers/cleaning/cursor.hpp"
#include "importers/cleaning/schedule_months.hpp"
#include "importers/cleaning/schedule_phrases.hpp"
#include "importers/cleaning/weekdays.hpp"

#include <bit>
#include <utility>

namespace shirube::importers {

namespace {

using directory::WeekdayMask;
using Points = std::u32string_view;

constexpr WeekdayMask k_working_days = 0x1f;
constexpr WeekdayMask k_weekend = 0x60;
constexpr std::uint16_t k_every_month = directory::ScheduleRule{}.months;
constexpr std::uint16_t k_odd_months = 0x0555;
constexpr std::uint16_t k_even_months = 0x0aaa;

bool begins_frequency(Points text) { return take_frequency(text).has_value(); }

/// The 土 of "月～金17:00～19:00、土12:00～13:00": a letter between punctuation and a time.
std::optional<WeekdayMask> take_letter_before_time(Points& text, bool begins) {
    const auto weekday = weekday_of(text.front());
    Points rest = text.substr(1);
    skip_blanks(rest);
    if (!weekday || !begins || !take_time(rest)) {
        return std::nullopt;
    }
    text.remove_prefix(1);
    return weekday_run(*weekday, *weekday);
}

/// "第1水曜日から金曜日": that Friday may be the second. Whether such a range stood there.
bool take_range_of_ordinals(Points& text, ProseDays& days) {
    Points range = text;
    const auto end = days.weekdays != 0 && take_any(range, {U"~", U"-", U"から"})
                         ? take_weekdays(range, BareWeekday::counts)
                         : std::nullopt;
    if (!end) {
        return false;
    }
    const int first = std::countr_zero(static_cast<unsigned>(days.weekdays));
    const int last = std::countr_zero(static_cast<unsigned>(*end));
    days.weekdays = static_cast<WeekdayMask>(days.weekdays | *end | weekday_run(first, last));
    text = range;
    return true;
}

/// Days within the month, or bare weekdays. \param begins whether a single letter may be a weekday here
std::optional<TakenDays> take_days_in_month(Points& text, bool begins) {
    TakenDays taken{.days = ProseDays{}};
    ProseDays& days = *taken.days;
    days.ordinals = take_ordinals(text);
    if (days.ordinals != 0) {
        skip_blanks(text);
        days.weekdays = take_weekdays_of_ordinals(text);
        taken.is_uncertain = take_range_of_ordinals(text, days);
        return taken;
    }
    if (take(text, U"平日")) {
        days.weekdays = k_working_days;
        return taken;
    }
    if (take_any(text, {U"土日", U"週末"})) {
        days.weekdays = k_weekend;
        take(text, U"曜日");
        return taken;
    }
    if (text.empty()) {
        return std::nullopt;
    }
    const Points before = text;
    if (const auto weekdays = take_weekdays(text, BareWeekday::counts_not)) {
        days.weekdays = *weekdays;
        const Points words = before.substr(0, before.size() - text.size());
        days.is_run =
            std::popcount(static_cast<unsigned>(*weekdays)) >= 3 && words.find_first_of(U"~-ら") != Points::npos;
        return taken;
    }
    if (const auto weekday = take_letter_before_time(text, begins)) {
        days.weekdays = *weekday;
        return taken;
    }
    days.days_of_month = take_days_of_month(text);
    return days.days_of_month != 0 ? std::optional(taken) : std::nullopt;
}

/// 年中無休, 毎日, 毎週土曜日.
std::optional<TakenDays> take_every_week(Points& text) {
    TakenDays taken{.days = ProseDays{.every_week = true}};
    WeekdayMask& weekdays = taken.days->weekdays;
    if (take(text, U"年中無休")) {
        weekdays = directory::k_every_weekday;
        taken.on_holidays = true;
        return taken;
    }
    if (take_any(text, {U"毎日", U"全日"})) {
        weekdays = directory::k_every_weekday;
        return taken;
    }
    Points rest = text;
    if (begins_frequency(text) || !take(rest, U"毎週")) {
        return std::nullopt;
    }
    text = rest;
    take(text, U"の");
    skip_blanks(text);
    weekdays = take_weekdays(text, BareWeekday::counts).value_or(0);
    return taken;
}

} // namespace

std::optional<TakenDays> take_days(Points& text, char32_t behind) {
    const Points all = text;
    const std::uint16_t months = take_months(text);
    const bool has_months = months != k_every_month;
    bool of_these_alone = false;
    if (has_months) {
        // "8月は第4土曜日": and in the other months?
        of_these_alone = take(text, U"は") && months != k_even_months && months != k_odd_months;
        take_any(text, {U"の", U"、"});
        skip_blanks(text);
        if (Points rest = text; take_time(rest)) { // "7月～9月は15:00～18:00": other times, the same days
            return TakenDays{.of_other_times = true};
        }
    }
    auto taken = take_every_week(text);
    if (!taken) {
        const bool monthly = !begins_frequency(text) && take(text, U"毎月");
        if (monthly) {
            skip_blanks(text);
        }
        const char32_t before = text.size() == all.size() ? behind : all[all.size() - text.size() - 1];
        taken = take_days_in_month(text, before == U'\0' || Points(U" 、,・(").find(before) != Points::npos);
        if (!taken) {
            // A bare 毎月 is a rhythm; months without days are a season, and times may hold for it alone.
            return monthly || has_months
                       ? std::optional(
                             TakenDays{.is_uncertain = of_these_alone, .is_season = has_months, .is_rhythm = monthly})
                       : std::nullopt;
        }
    }
    taken->days->months = months;
    // "4月10日": of which year?
    taken->is_uncertain = taken->is_uncertain || of_these_alone || (has_months && taken->days->days_of_month != 0);
    return taken;
}

} // namespace shirube::importers
