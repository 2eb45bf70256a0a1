#include "directory/schedule.hpp"

#include "directory/minutes.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace shirube::directory {

namespace {

/// How long a session lasts at least where only its beginning is known: a meal, a lesson, an hour of play. Within it
/// the answer is yes, after it nobody knows.
constexpr int k_sure_minutes_after_start = 60;

bool has_weekday(const ScheduleRule& rule, int weekday) {
    return ((rule.weekdays >> static_cast<unsigned>(weekday)) & 1U) != 0;
}

bool has_month(const ScheduleRule& rule, const std::chrono::year_month_day& date) {
    return ((rule.months >> (static_cast<unsigned>(date.month()) - 1U)) & 1U) != 0;
}

bool has_ordinal(const ScheduleRule& rule, Day day) {
    if (rule.ordinals == 0) {
        return true;
    }
    const bool nth = ((rule.ordinals >> static_cast<unsigned>(ordinal_in_month(day) - 1)) & 1U) != 0;
    return nth || ((rule.ordinals & k_last_in_month) != 0 && is_last_of_weekday(day));
}

/// Whether a dated rule falls on the day, holidays aside. Where a source names both a weekday and a day of the month,
/// one of them alone is not enough to be sure.
Openness falls_on(const ScheduleRule& rule, Day day) {
    const std::chrono::year_month_day date{day};
    if (!has_month(rule, date)) {
        return Openness::no;
    }
    const bool by_weekday = has_weekday(rule, weekday_index(day)) && has_ordinal(rule, day);
    const bool by_date = ((rule.days_of_month >> (static_cast<unsigned>(date.day()) - 1U)) & 1U) != 0;
    if (rule.weekdays == 0 && rule.days_of_month == 0) {
        return Openness::maybe; // only months, or nothing: no day can be computed from it
    }
    if (rule.weekdays == 0) {
        return by_date ? Openness::yes : Openness::no;
    }
    if (rule.days_of_month == 0) {
        return by_weekday ? Openness::yes : Openness::no;
    }
    return by_weekday && by_date ? Openness::yes : by_weekday || by_date ? Openness::maybe : Openness::no;
}

/// 29 December to 3 January: days off of public bodies (行政機関の休日に関する法律第1条) and of nearly everybody else.
/// Lists seldom mention them.
bool is_new_year(Day day) {
    const std::chrono::year_month_day date{day};
    const auto of_month = static_cast<unsigned>(date.day());
    return (date.month() == std::chrono::December && of_month >= 29) ||
           (date.month() == std::chrono::January && of_month <= 3);
}

/// What the calendar takes from a rule that falls on the day.
Openness on_holidays(const ScheduleRule& rule, Day day, const Holidays& holidays) {
    if (is_new_year(day)) {
        const bool closed = rule.holidays == HolidayRule::closed && holidays.is_holiday(day) == Holidays::Answer::yes;
        return closed ? Openness::no : Openness::maybe;
    }
    if (rule.holidays == HolidayRule::open) {
        return Openness::yes;
    }
    switch (holidays.is_holiday(day)) {
        case Holidays::Answer::no:
            return Openness::yes;
        case Holidays::Answer::yes:
            return rule.holidays == HolidayRule::closed ? Openness::no : Openness::maybe;
        case Holidays::Answer::unknown:
            break;
    }
    return Openness::maybe;
}

/// What is only the rule is never sure.
Openness most_sure(const ScheduleRule& rule, Openness answer) {
    return rule.usually ? std::min(answer, Openness::maybe) : answer;
}

/// Whether the rule happens on the day, at whatever time.
Openness on_day(const ScheduleRule& rule, Day day, const Holidays& holidays) {
    switch (rule.state) {
        case ScheduleState::dated: {
            const Openness falls = falls_on(rule, day);
            return falls == Openness::no ? falls : std::min(most_sure(rule, falls), on_holidays(rule, day, holidays));
        }
        case ScheduleState::recurring: {
            const bool possible = has_month(rule, std::chrono::year_month_day{day}) &&
                                  (rule.weekdays == 0 || has_weekday(rule, weekday_index(day))) &&
                                  on_holidays(rule, day, holidays) != Openness::no;
            return possible ? Openness::maybe : Openness::no;
        }
        case ScheduleState::text:
            break;
    }
    return Openness::maybe;
}

/// Whether the rule happens on that weekday in an ordinary week.
Openness on_weekday(const ScheduleRule& rule, int weekday) {
    if (rule.state == ScheduleState::text || rule.weekdays == 0) {
        return Openness::maybe; // a day of the month comes to every weekday
    }
    if (!has_weekday(rule, weekday)) {
        return rule.state == ScheduleState::dated && rule.days_of_month != 0 ? Openness::maybe : Openness::no;
    }
    return rule.state == ScheduleState::dated && rule.days_of_month == 0 ? most_sure(rule, Openness::yes)
                                                                         : Openness::maybe;
}

/// Whether `minute` lies within the rule's times on a day on which it happens. Past midnight, `minute` exceeds 1440.
Openness at_minute(const ScheduleRule& rule, int minute) {
    if (rule.state == ScheduleState::text) {
        return Openness::maybe;
    }
    const bool ends = rule.to_minute && (!rule.from_minute || *rule.to_minute > *rule.from_minute);
    if ((rule.from_minute && minute < *rule.from_minute) || (ends && minute >= *rule.to_minute)) {
        return Openness::no; // the closing minute is closed
    }
    if (!rule.from_minute) {
        return Openness::maybe;
    }
    return ends || minute < *rule.from_minute + k_sure_minutes_after_start ? Openness::yes : Openness::maybe;
}

/// Whether the rule's times on a day on which it happens share a moment with [from, to).
Openness meets(const ScheduleRule& rule, int from, int to) {
    if (rule.state == ScheduleState::text || !rule.from_minute) {
        // Where only the end is known, what lies after it is surely out.
        return rule.state != ScheduleState::text && rule.to_minute && from >= *rule.to_minute ? Openness::no
                                                                                              : Openness::maybe;
    }
    const bool ends = rule.to_minute && *rule.to_minute > *rule.from_minute;
    if (*rule.from_minute >= to || (ends && *rule.to_minute <= from)) {
        return Openness::no;
    }
    return ends || from < *rule.from_minute + k_sure_minutes_after_start ? Openness::yes : Openness::maybe;
}

bool runs_past_midnight(const ScheduleRule& rule) {
    return rule.from_minute && rule.to_minute && *rule.to_minute > k_minutes_a_day;
}

/// The answer for one rule: today's session and, where the rule runs past midnight, yesterday's.
/// \param day_answer given -1 or 0 days' offset, whether the rule happens then
template <class DayAnswer>
Openness answer(const ScheduleRule& rule, std::optional<int> minute, const DayAnswer& day_answer) {
    const Openness today = day_answer(0);
    if (!minute) {
        return today;
    }
    const Openness now = std::min(today, at_minute(rule, *minute));
    if (!runs_past_midnight(rule) || now == Openness::yes) {
        return now;
    }
    return std::max(now, std::min(day_answer(-1), at_minute(rule, *minute + k_minutes_a_day)));
}

/// How many days of an ordinary month a dated rule falls on; nothing where no day can be computed from it.
std::optional<double> days_a_month(const ScheduleRule& rule) {
    constexpr double k_weeks_a_month = 365.25 / 12 / 7;
    constexpr double k_months_with_a_fifth = k_weeks_a_month - 4; // of a weekday, as a share of all months
    constexpr unsigned k_fifth = 1U << 4U;
    if (rule.state != ScheduleState::dated || (rule.weekdays == 0) == (rule.days_of_month == 0)) {
        return std::nullopt;
    }
    double days = std::popcount(rule.days_of_month);
    if (rule.weekdays != 0) {
        const unsigned always = rule.ordinals & ~k_fifth;
        const double weeks = rule.ordinals == 0
                                 ? k_weeks_a_month
                                 : std::popcount(always) + (rule.ordinals != always ? k_months_with_a_fifth : 0);
        days = std::popcount(rule.weekdays) * weeks;
    }
    return days * std::popcount(rule.months) / 12;
}

template <class RuleAnswer>
Openness best_of(std::span<const ScheduleRule> schedules, const RuleAnswer& rule_answer) {
    if (schedules.empty()) {
        return Openness::maybe;
    }
    Openness best = Openness::no;
    for (const ScheduleRule& rule : schedules) {
        best = std::max(best, rule_answer(rule));
        if (best == Openness::yes) {
            break;
        }
    }
    return best;
}

} // namespace

Openness open_on(std::span<const ScheduleRule> schedules, Day day, std::optional<int> minute,
                 const Holidays& holidays) {
    return best_of(schedules, [&](const ScheduleRule& rule) {
        return answer(rule, minute,
                      [&](int offset) { return on_day(rule, day + std::chrono::days{offset}, holidays); });
    });
}

Openness open_on_weekday(std::span<const ScheduleRule> schedules, int weekday, std::optional<int> minute) {
    return best_of(schedules, [&](const ScheduleRule& rule) {
        return answer(rule, minute, [&](int offset) { return on_weekday(rule, (weekday + 7 + offset) % 7); });
    });
}

Openness open_in_window(std::span<const ScheduleRule> schedules, const TimeWindow& window) {
    return best_of(schedules, [&](const ScheduleRule& rule) {
        Openness best = Openness::no;
        for (int weekday = 0; weekday < 7; ++weekday) {
            if (((window.weekdays >> static_cast<unsigned>(weekday)) & 1U) == 0) {
                continue;
            }
            // A session that began the day before may run past midnight into the window, and a window that does has
            // the sessions of the next day.
            for (const int offset : {0, -1, 1}) {
                if ((offset == -1 && !runs_past_midnight(rule)) ||
                    (offset == 1 && window.to_minute <= k_minutes_a_day)) {
                    continue;
                }
                const Openness happens = on_weekday(rule, (weekday + 7 + offset) % 7);
                const int from = window.from_minute - offset * k_minutes_a_day;
                const int to = window.to_minute - offset * k_minutes_a_day;
                // Unless it runs on, a session is over by its day's end, whatever it says of its hours.
                const int last = runs_past_midnight(rule) ? to : std::min(to, k_minutes_a_day);
                best = std::max(best, std::min(happens, meets(rule, std::max(from, 0), last)));
            }
        }
        return best;
    });
}

Rhythm rhythm_of(std::span<const ScheduleRule> schedules) {
    Rhythm rhythm;
    rhythm.more_perhaps = schedules.empty();
    for (const ScheduleRule& rule : schedules) {
        const auto days = rule.usually ? std::nullopt : days_a_month(rule);
        rhythm.sessions_a_month += days.value_or(0);
        rhythm.more_perhaps = rhythm.more_perhaps || !days;
    }
    return rhythm;
}

std::string_view code_of(ScheduleState state) noexcept {
    switch (state) {
        case ScheduleState::dated:
            return "dated";
        case ScheduleState::recurring:
            return "recurring";
        case ScheduleState::text:
            break;
    }
    return "text";
}

std::string_view code_of(HolidayRule rule) noexcept {
    switch (rule) {
        case HolidayRule::closed:
            return "closed";
        case HolidayRule::open:
            return "open";
        case HolidayRule::unknown:
            break;
    }
    return "unknown";
}

std::string_view code_of(Openness openness) noexcept {
    switch (openness) {
        case Openness::no:
            return "no";
        case Openness::yes:
            return "yes";
        case Openness::maybe:
            break;
    }
    return "maybe";
}

std::optional<ScheduleState> parse_schedule_state(std::string_view code) noexcept {
    for (const auto state : {ScheduleState::dated, ScheduleState::recurring, ScheduleState::text}) {
        if (code == code_of(state)) {
            return state;
        }
    }
    return std::nullopt;
}

std::optional<HolidayRule> parse_holiday_rule(std::string_view code) noexcept {
    for (const auto rule : {HolidayRule::unknown, HolidayRule::closed, HolidayRule::open}) {
        if (code == code_of(rule)) {
            return rule;
        }
    }
    return std::nullopt;
}

} // namespace shirube::directory
