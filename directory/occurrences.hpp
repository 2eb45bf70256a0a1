// What a service's schedules come to on the days of a calendar: which days it is surely open and at which times, on
// which it may be, on which it is not. Nothing is decided here that open_on() does not decide.
#pragma once

#include "directory/reader.hpp"
#include "directory/schedule.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// One time of one day.
struct Session {
    std::uint32_t schedule = 0;     ///< the first of those that say so, by its place
    bool sure = false;              ///< false: it may happen, and nobody knows or promises it
    std::optional<int> from_minute; ///< since midnight; empty: nobody says
    std::optional<int> to_minute;   ///< may exceed 1440; later than the beginning where both are known
    friend bool operator==(const Session&, const Session&) = default;
};

struct CalendarDay {
    Day day{};
    Openness open = Openness::no;
    Holidays::Answer holiday = Holidays::Answer::unknown;
    std::vector<Session> sessions; ///< sure ones first, then by their times
};

/// Which schedules speak of one place: sessions of others are kept apart though their times are the same.
using VenueOf = std::span<const std::uint32_t>;

/// The days [from, from + days).
/// \param venues by rule, a number that is the same where the venue is; empty: all happen at one
/// \pre venues is empty or as long as the rules
std::vector<CalendarDay> calendar_of(std::span<const ScheduleRule> rules, VenueOf venues, Day from, int days,
                                     const Holidays& holidays);

/// The same of a service, by the days on which it stands: before it begins, after it has ended and while it pauses it
/// is not open, whatever its schedules say. Sessions name its schedules by their place.
std::vector<CalendarDay> calendar_of(const Reader& reader, std::uint32_t service, Day from, int days);

/// Whether the calendar tells anything: some day is surely open, or some day surely not.
bool tells_days(std::span<const CalendarDay> calendar) noexcept;

} // namespace shirube::directory
