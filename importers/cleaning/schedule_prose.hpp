// Schedules in prose: "第2・4水曜日 15時～19時", "毎月最終土曜日", "偶数月の第３土曜日", "月2回不定期".
//
// The reader says what it understood and, apart from that, what it did not: who uses it decides how much may be
// claimed.
#pragma once

#include "directory/schedule.hpp"
#include "importers/cleaning/schedule_days.hpp"

#include <string_view>
#include <vector>

namespace shirube::importers {

struct Prose {
    std::vector<ProseDays> days;
    std::vector<Session> loose_sessions; ///< times that stand before any day
    directory::HolidayRule holidays = directory::HolidayRule::unknown;
    directory::WeekdayMask closed_weekdays = 0; ///< 日曜・祝日は休み
    bool names_a_rhythm = false;                ///< 月1回, 隔週, 年10回: how often, not when
    int times_a_month = 0;                      ///< of 月1回; 0 where no such rhythm, or a vague one, is named
    int times_a_week = 0;                       ///< of 週5日; 0 likewise
    bool counts_apart = false;                  ///< how often is said of single days: "月1回日曜日と毎週木曜日"
    bool is_irregular = false;                  ///< 不定期, 随時, 不定
    bool has_alternatives = false;              ///< もしくは, または
    bool may_differ = false;                    ///< 程度, 休止中, 都合により: nobody knows what remains of the days
    bool may_fail = false;         ///< 要問合せ, 中止の場合あり: the days are the rule, one of them may fail
    bool days_may_differ = false;  ///< 原則, 変動, 変更: the same, but of a bare weekday nothing remains
    bool has_others = false;       ///< 他, など: what is said holds, and there is more
    bool has_other_days = false;   ///< the same, right behind days: 火曜日、その他
    bool times_may_differ = false; ///< 夏季, 休憩: the times are not all that there is to say
    bool times_are_rough = false;  ///< 頃
    bool has_more_words = false;   ///< words the reader does not know

    /// Nothing takes back or blurs what the days say, as the rule at least (see is_usual()). "月1回" beside one ordinal
    /// says the same twice.
    [[nodiscard]] bool is_certain() const;

    /// No word takes the days back; how often is left aside.
    [[nodiscard]] bool is_unhedged() const;

    /// What is said of the days is the rule, and none of them is promised.
    [[nodiscard]] bool is_usual() const { return may_fail || days_may_differ; }

    /// Every weekday that is named, in whatever pattern.
    [[nodiscard]] directory::WeekdayMask weekdays() const;
};

/// Whose schedule is asked for: in a list of cafeterias "学習支援は毎日" is not about the row's service.
enum class ProseSubject : std::uint8_t { anything, cafeteria };

/// Reads 2,000 code points; a longer text may differ behind them (`may_differ`).
Prose read_schedule_prose(std::string_view text, ProseSubject subject = ProseSubject::anything);

} // namespace shirube::importers
