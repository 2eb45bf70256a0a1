// The calendar of a service: the next eight weeks, a row a week, a column a weekday.
#pragma once

#include "directory/occurrences.hpp"
#include "server/context.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shirube::server {

inline constexpr int k_calendar_days = 56;

/// "10:00–12:00", "10:00–", "–12:00"; empty where nobody says. Past midnight the next day's clock is shown as such.
std::string times_in_words(const directory::Session& session, const Texts& texts);

/// Fills the section CALENDAR, or says in NO_CALENDAR that no day is known. Neither where the service has ended or
/// pauses.
/// \returns the days that were told, today first
std::vector<directory::CalendarDay> fill_calendar(View body, const Context& context, std::uint32_t service);

/// Whether some session is sure: what goes into a calendar file.
bool has_sure_sessions(const std::vector<directory::CalendarDay>& calendar);

} // namespace shirube::server
