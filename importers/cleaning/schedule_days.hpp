// One pattern of days in prose, taken off the front of plain text (see plain_points()): "第2・4水曜日",
// "毎月最終土曜日", "偶数月の第３土曜日", "月～金", "毎日", "5・20日".
#pragma once

#include "directory/schedule.hpp"
#include "importers/cleaning/times.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// One pattern of days the prose names.
struct ProseDays {
    directory::WeekdayMask weekdays = 0; ///< 0: only an ordinal or "every week" is said, another cell has the weekday
    std::uint8_t ordinals = 0;           ///< as in ScheduleRule
    std::uint16_t months = 0x0fff;
    std::uint32_t days_of_month = 0;
    bool every_week = false; ///< 毎週, 毎日, 月～金: said, not guessed from a bare weekday; not on the weeks that
                             ///< `ordinals` leaves out, where it names any (毎週土曜日、第3土曜日は休み)
    bool is_run = false;     ///< 月～金: three days or more in a row
    std::vector<Session> sessions{};

    /// Whether the days can be computed from what is said.
    [[nodiscard]] bool says_when() const { return every_week || ordinals != 0 || days_of_month != 0; }
};

/// What stood there: a pattern of days, or words that begin like one and are none.
struct TakenDays {
    std::optional<ProseDays> days{};
    bool is_uncertain = false;   ///< "8月は第4土曜日", "4月10日", "第1水曜日から金曜日": may not hold, or not always
    bool of_other_times = false; ///< "7月～9月は15:00～18:00": a season's times
    bool is_season = false;      ///< months alone: of what, nobody says
    bool is_rhythm = false;      ///< a bare 毎月
    bool on_holidays = false;    ///< 年中無休
};

/// \param behind the letter before `text`; 0 at the beginning
std::optional<TakenDays> take_days(std::u32string_view& text, char32_t behind);

} // namespace shirube::importers
