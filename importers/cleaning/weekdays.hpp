// Days of the week in a cell of their own.
#pragma once

#include "directory/schedule.hpp"
#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// What 開催曜日 says.
struct WeekdayCell {
    directory::WeekdayMask weekdays = 0;
    directory::HolidayRule holidays =
        directory::HolidayRule::unknown; ///< 土日祝 opens on holidays, （祝日を除く） closes
};

/// "土", "土曜日", "火木", "月・水・金", "月～金", "金～月", "平日", "毎日", "土日祝", "月～金（祝日を除く）".
/// Problems: weekdays_unreadable, where anything else stands in it.
Cell<WeekdayCell> parse_weekdays(std::string_view cell);

/// Takes a phrase about public holidays off the front of plain text: 祝日を除く and 祝休み close, 祝日も opens, and so
/// does a bare 祝 in a row of days.
std::optional<directory::HolidayRule> take_holidays(std::u32string_view& text);

/// Monday 0 … Sunday 6; nothing for another letter.
std::optional<int> weekday_of(char32_t kanji);

/// The days from `first` to `last`, over the end of the week where `last` comes before `first`.
directory::WeekdayMask weekday_run(int first, int last);

} // namespace shirube::importers
