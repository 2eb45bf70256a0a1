// The phrases schedules in prose are made of, each taken off the front of plain text (see plain_points()).
#pragma once

#include "directory/schedule.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace shirube::importers {

/// ・, 、, と and the like between two things of one kind.
bool take_separator(std::u32string_view& text);

void skip_blanks(std::u32string_view& text);

/// "第2・4", "第1、第3", "第1～3", "第1第3", "最終", "第2・最終", "末の" before a weekday, with 週(の) behind; bits as
/// in ScheduleRule, 0 for none.
std::uint8_t take_ordinals(std::u32string_view& text);

/// Whether a single letter (月 for 月曜日) is a weekday in the place where it stands.
enum class BareWeekday : std::uint8_t { counts, counts_not };

/// "土曜日", "月曜・木曜", "火～土曜日", "月、水、金曜日". Without a 曜 or a ～ anywhere, only where a bare one counts,
/// or where three or more stand in the week's order with nothing but punctuation behind them (月水金).
std::optional<directory::WeekdayMask> take_weekdays(std::u32string_view& text, BareWeekday bare);

/// The weekdays that belong to ordinals before them: "土曜日", "(土)", "土・日曜日". Behind a 曜 only ・ goes on:
/// in "第1・3土曜日、日曜日" nobody knows which Sunday is meant.
directory::WeekdayMask take_weekdays_of_ordinals(std::u32string_view& text);

/// How often, without when.
struct Frequency {
    int times_a_month = 0; ///< 0: vague, or counted otherwise
    int times_a_week = 0;  ///< of 週5日; 0 likewise
};

/// "月1回", "月1～2回", "月に一度", "年10回", "週2回", "毎週3回", "週5日", "2ヶ月に1回", "隔月", "隔週".
std::optional<Frequency> take_frequency(std::u32string_view& text);

/// "は休み", "を除く", behind weekdays, weeks or months.
struct ClosedDays {
    bool holidays_too = false; ///< "・祝日は休み"
};
std::optional<ClosedDays> take_closed_days(std::u32string_view& text);

} // namespace shirube::importers
