// The six schedule columns of a row (開催頻度 開催曜日 開催日 開催開始時間 開催終了時間 開催日時特記事項) as schedules.
//
// No schedule claims more than its row. Dated needs an ordinal, a 毎週, a 月～金 in prose or a day of the month that
// nothing takes back; 開催頻度 is never evidence of a date (its codes contradict the prose of the same rows), a bare
// weekday is dated only where the layout says that it means every week. Doubt makes recurring of dated (または,
// 休止中), or a rule that nobody promises (原則, 変更の場合あり: `usually`), and empties of times. Where some of a
// row's days are sure and others are not, each is what it is.
#pragma once

#include "directory/schedule.hpp"
#include "importers/cleaning/cell_problem.hpp"
#include "importers/cleaning/schedule_prose.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// What a weekday alone means in a layout.
enum class BareWeekdays : std::uint8_t { some_of_them, every_week };

struct ScheduleCells {
    std::string_view frequency{};                                      ///< 開催頻度
    std::string_view weekdays{};                                       ///< 開催曜日
    std::string_view days{};                                           ///< 開催日
    std::string_view from{};                                           ///< 開催開始時間
    std::string_view to{};                                             ///< 開催終了時間
    std::string_view remark{};                                         ///< 開催日時特記事項
    directory::HolidayRule holidays = directory::HolidayRule::unknown; ///< where the layout has a column for it
    BareWeekdays bare_weekdays = BareWeekdays::some_of_them;
    ProseSubject subject = ProseSubject::anything;
};

/// Which of the cells a problem is about.
enum class ScheduleCell : std::uint8_t { weekdays, from, to };

struct ScheduleReading {
    std::vector<directory::Schedule> schedules;                 ///< none where the row says nothing about it
    std::vector<std::pair<ScheduleCell, CellProblem>> problems; ///< weekdays_unreadable, time_unreadable, time_order
};

ScheduleReading read_schedules(const ScheduleCells& cells);

} // namespace shirube::importers
