#include "directory/occurrences.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <tuple>

namespace shirube::directory {

namespace {

/// What cannot be said of a time is said last.
constexpr int k_no_time = std::numeric_limits<int>::max();

auto order_of(const Session& session) {
    return std::tuple(!session.sure, session.from_minute.value_or(k_no_time), session.to_minute.value_or(k_no_time),
                      session.schedule);
}

Session session_of(const ScheduleRule& rule, std::uint32_t schedule, bool sure) {
    Session session{.schedule = schedule, .sure = sure, .from_minute = {}, .to_minute = {}};
    if (rule.state == ScheduleState::text) {
        return session; // whatever the numbers are, only the words count
    }
    if (rule.from_minute) {
        session.from_minute = *rule.from_minute;
    }
    // An end that is not later than the beginning says nothing.
    if (rule.to_minute && (!rule.from_minute || *rule.to_minute > *rule.from_minute)) {
        session.to_minute = *rule.to_minute;
    }
    return session;
}

/// Two lists may say the same, and a doubtful session adds nothing to a sure one of the same times.
void add(std::vector<Session>& sessions, const Session& added, VenueOf venues) {
    const auto venue = [&](const Session& session) { return venues.empty() ? 0 : venues[session.schedule]; };
    const auto same = std::ranges::find_if(sessions, [&](const Session& other) {
        return other.from_minute == added.from_minute && other.to_minute == added.to_minute &&
               venue(other) == venue(added);
    });
    if (same == sessions.end()) {
        sessions.push_back(added);
    } else if (added.sure && !same->sure) {
        *same = added;
    }
}

} // namespace

std::vector<CalendarDay> calendar_of(std::span<const ScheduleRule> rules, VenueOf venues, Day from, int days,
                                     const Holidays& holidays) {
    assert(venues.empty() || venues.size() == rules.size());
    std::vector<CalendarDay> calendar;
    calendar.reserve(static_cast<std::size_t>(std::max(days, 0)));
    for (int i = 0; i < days; ++i) {
        const Day day = from + std::chrono::days{i};
        CalendarDay& told = calendar.emplace_back();
        told.day = day;
        told.open = open_on(rules, day, std::nullopt, holidays);
        told.holiday = holidays.is_holiday(day);
        for (std::uint32_t place = 0; place < rules.size(); ++place) {
            const Openness happens = open_on(rules.subspan(place, 1), day, std::nullopt, holidays);
            if (happens != Openness::no) {
                add(told.sessions, session_of(rules[place], place, happens == Openness::yes), venues);
            }
        }
        std::ranges::sort(told.sessions, {}, order_of);
    }
    return calendar;
}

std::vector<CalendarDay> calendar_of(const Reader& reader, std::uint32_t service, Day from, int days) {
    const auto& schedules = reader.services()[service].schedules;
    std::vector<std::uint32_t> venues;
    for (std::uint32_t i = 0; i < schedules.size(); ++i) {
        const auto first = std::ranges::find(schedules, schedules[i].venue, &Schedule::venue);
        venues.push_back(static_cast<std::uint32_t>(first - schedules.begin()));
    }
    auto calendar = calendar_of(reader.rules(service), venues, from, days, reader.calendar());
    for (CalendarDay& day : calendar) {
        const Status status = reader.status_on(service, day.day);
        if (status != Status::active && status != Status::pilot) {
            day.open = Openness::no;
            day.sessions.clear();
        }
    }
    return calendar;
}

bool tells_days(std::span<const CalendarDay> calendar) noexcept {
    return std::ranges::any_of(calendar, [](const CalendarDay& day) { return day.open != Openness::maybe; });
}

} // namespace shirube::directory
