// Schedules in prose: "第2・4水曜日 15時～19時", "毎月最終土曜日", "偶数月の第３土曜日", "月2回不定期".
//
// The reader says what it understood and, apart from that, what it did not: who uses it decides how much may be
// claimed.
#pragma once

#include "directory/schedule.hpp"
#include "importers/cleaning/times.hpp"

#include <string_view>
#include <vector>

namespace shirube::importers {

/// One pattern of days the prose names.
struct ProseDays {
    directory::WeekdayMask weekdays = 0; ///< 0: only an ordinal or "every week" is said, another cell has the weekday
    std::uint8_t ordinals = 0;           ///< as in ScheduleRule
    std::uint16_t months = 0x0fff;
    std::uint32_t days_of_month = 0;
    bool every_week = false; ///< 毎週, 毎日: said, not guessed from a bare weekday
    std::vector<Session> sessions;

    /// Whether the days can be computed from what is said.
    [[nodiscard]] bool says_when() const { return every_week || ordinals != 0 || days_of_month != 0; }
};

struct Prose {
    std::vector<ProseDays> days;
    std::vector<Session> loose_sessions; ///< times that stand before any day
    directory::HolidayRule holidays = directory::HolidayRule::unknown;
    directory::WeekdayMask closed_weekdays = 0; ///< 日曜・祝日は休み
    bool names_a_rhythm = false;                ///< 月1回, 隔週, 年10回: how often, not when
    int times_a_month = 0;                      ///< of 月1回; 0 where no such rhythm, or a vague one, is named
    bool is_irregular = false;                  ///< 不定期, 随時, 不定
    bool has_alternatives = false;              ///< もしくは, または
    bool may_differ = false;                    ///< 要問合せ, 程度, 可能性, …
    bool days_may_differ = false;               ///< 原則, 変動, 変更: not even the weekday is certain
    bool has_others = false;                    ///< 他, など: what is said holds, and there is more
    bool times_may_differ = false;              ///< 夏季, 休憩: the times are not all that there is to say
    bool times_are_rough = false;               ///< 頃
    bool has_more_words = false;                ///< words the reader does not know

    /// Nothing takes back or blurs what the days say. "月1回" beside one ordinal says the same twice.
    [[nodiscard]] bool is_certain() const;
};

Prose read_schedule_prose(std::string_view text);

} // namespace shirube::importers
