// Dates as lists write them, as precisely as they do.
#pragma once

#include "directory/calendar.hpp"
#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// The days that a date may mean: one, a month's, a year's.
struct DateSpan {
    directory::Day first;
    directory::Day last;   ///< inclusive
    bool is_rough = false; ///< 頃, 予定: it may as well lie outside

    [[nodiscard]] bool is_day() const { return first == last; }

    friend bool operator==(const DateSpan&, const DateSpan&) = default;
};

/// Days: "2026-04-01", "2026/4/1", "2026年4月1日（水）", "20260401", "令和7年4月1日", "R7.4.1", with a time of day
/// after it ignored; a workbook's day number (45748; days since 1899-12-30). Months: "2025-04", "令和7年4月",
/// "4月上旬", "4月前半". Years: "2025年", "令和7年前半"; "令和6年度" runs from 1 April to 31 March, "令和6年度末" is
/// its last day. An era's last year is read on past its end (平成31年5月 is 令和元年5月, 平成32年度 is 令和2年度):
/// lists were written before the new one had a name. Problems: date_impossible (2月30日, an era's year before its
/// first, or long after its end), date_unreadable.
Cell<DateSpan> parse_date_span(std::string_view cell);

/// The same where one day is needed: what means more of them, or is rough, is date_unreadable.
Cell<directory::Day> parse_date(std::string_view cell);

} // namespace shirube::importers
