// Times of day as lists write them.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

#include <cstdint>

namespace shirube::importers {

/// Minutes since midnight, 0..1440, of "9:00", "17：00", "17時", "午後5時30分", "正午", "24:00", "17:00:00", "1730",
/// "5:30 PM", "10:00～", or a workbook's fraction of a day (0.708333). Words after the time ("…頃", "又は…") make it
/// unreadable: half of a cell is no answer. 非公開 and 無し say nothing. Problems: time_unreadable.
Cell<std::int16_t> parse_time_of_day(std::string_view cell);

/// When a session ends: as above, and on after midnight, up to 2160: "25:30", "26時", "翌2時", "翌日10:00", 1.0833 of a
/// day. Problems: time_unreadable.
Cell<std::int16_t> parse_end_of_session(std::string_view cell);

/// A session's beginning and end, minutes since midnight.
struct Session {
    std::optional<std::int16_t> from;
    std::optional<std::int16_t> to; ///< may exceed 1440: a night that ends in the early morning
};

/// Beginning and end in one cell: "10:00～12:00", "17時から19時まで"; nothing for any other cell.
std::optional<Session> parse_session_cell(std::string_view cell);

/// Puts beginning and end together. An end before the beginning is a night where it begins after 18:00 and ends before
/// 6:00, else neither can be believed; nor can an end more than a day after it. Problems: time_order.
std::expected<Session, CellProblem> session_of(std::optional<std::int16_t> from, std::optional<std::int16_t> to);

/// Reads one time off the front of `text` (as plain() writes it, code points) and moves past it; nothing, and nothing
/// moved, where none stands there. A bare number is none.
std::optional<std::int16_t> take_time(std::u32string_view& text);

/// The same for the end of a session, which may lie after midnight (see parse_end_of_session()).
std::optional<std::int16_t> take_end_time(std::u32string_view& text);

} // namespace shirube::importers
