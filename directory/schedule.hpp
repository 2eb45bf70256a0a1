// When a service happens. A schedule claims no more than its source says: dated, recurring or text only.
#pragma once

#include "directory/calendar.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

enum class ScheduleState : std::uint8_t {
    dated,     ///< the days can be computed: weekly, nth weekday, day of month, dates
    recurring, ///< the rhythm is known ("monthly, some Thursday"), the date is not
    text       ///< only words
};

/// What happens on a public holiday.
enum class HolidayRule : std::uint8_t { unknown, closed, open };

/// Answer to "is it open then?".
enum class Openness : std::uint8_t { no, maybe, yes };

/// One bit a weekday, Monday the lowest.
using WeekdayMask = std::uint8_t;
inline constexpr WeekdayMask k_every_weekday = 0x7f;

/// Bits of `ordinals`: 1..5 at bits 0..4, "last" at bit 5; 0 means every week.
inline constexpr std::uint8_t k_last_in_month = 1U << 5U;

/// The part of a schedule that can be computed with: no text, so that the snapshot keeps them side by side.
struct ScheduleRule {
    ScheduleState state = ScheduleState::text;
    WeekdayMask weekdays = 0;                ///< 0: no weekday is stated
    std::uint8_t ordinals = 0;               ///< which of these weekdays in a month; 0: every one
    std::uint16_t months = 0x0fff;           ///< January the lowest bit
    std::uint32_t days_of_month = 0;         ///< 毎月12日: bit 11
    std::optional<std::int16_t> from_minute; ///< since midnight
    std::optional<std::int16_t> to_minute;   ///< may exceed 1440 for a service past midnight
    HolidayRule holidays = HolidayRule::unknown;
    bool usually = false; ///< 原則, 変更の場合あり: these days are the rule, and nobody promises any one of them

    friend bool operator==(const ScheduleRule&, const ScheduleRule&) = default;
};

struct Schedule {
    ScheduleRule rule;
    std::string venue; ///< where, if not at the service's own site
    std::string text;  ///< as the source wrote it

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Whether any of `schedules` is open on `day`; with a minute, at that time of it. No schedule at all answers maybe:
/// silence is not closure. What is only the rule (`usually`) never answers yes.
Openness open_on(std::span<const ScheduleRule> schedules, Day day, std::optional<int> minute, const Holidays& holidays);

/// Whether any of `schedules` happens on that weekday (Monday 0) in an ordinary week of the year after `from`: a
/// weekly one says yes, an "nth Saturday" says yes for Saturday, a recurring or text one maybe.
Openness open_on_weekday(std::span<const ScheduleRule> schedules, int weekday, std::optional<int> minute);

/// Hours of the days of a week: "weekdays from 17:00 to 20:00", "every night from 20:00 to 8:00".
struct TimeWindow {
    WeekdayMask weekdays = k_every_weekday; ///< on which it begins
    int from_minute = 0;                    ///< of that day: under 1440
    int to_minute = 24 * 60;                ///< exclusive; over 1440 it is of the next day. A window is a day at most

    friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

/// Whether any of `schedules` is open at some moment of the window in an ordinary week.
Openness open_in_window(std::span<const ScheduleRule> schedules, const TimeWindow& window);

/// How often something happens in an ordinary month of the year, holidays aside.
struct Rhythm {
    double sessions_a_month = 0; ///< those whose days can be computed and are promised
    bool more_perhaps =
        false; ///< something recurs on days nobody knows or promises, or nothing is said: there may be more
};

Rhythm rhythm_of(std::span<const ScheduleRule> schedules);

std::string_view code_of(ScheduleState) noexcept;
std::string_view code_of(HolidayRule) noexcept;
std::string_view code_of(Openness) noexcept;
std::optional<ScheduleState> parse_schedule_state(std::string_view) noexcept;
std::optional<HolidayRule> parse_holiday_rule(std::string_view) noexcept;

/// A schedule in words: "毎週土曜日 10:00–17:00", "第2・4水曜日 15:00–19:00", the text itself where nothing more is
/// known. `language` is ja, ja-easy or en.
std::string in_words(const Schedule& schedule, std::string_view language);

} // namespace shirube::directory
