#include "server/pages/service/calendar_part.hpp"

#include "directory/minutes.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

namespace {

using directory::CalendarDay;
using directory::Openness;
using directory::Session;

std::string clock(int minute, const Texts& texts) {
    const auto plain = [](int of_day) { return fmt::format("{}:{:02}", of_day / 60, of_day % 60); };
    // 24:00 is how lists write the end of a day.
    return minute <= directory::k_minutes_a_day
               ? plain(minute)
               : texts.with("calendar.next_day", {{"time", plain(minute - directory::k_minutes_a_day)}});
}

/// "11/28" where a month begins to be told, else "28".
std::string date_in_cell(directory::Day day, bool is_first) {
    const std::chrono::year_month_day date{day};
    const auto of_month = static_cast<unsigned>(date.day());
    return is_first || of_month == 1 ? fmt::format("{}/{}", static_cast<unsigned>(date.month()), of_month)
                                     : std::to_string(of_month);
}

/// Places other than the service's own, in the order in which they are met; a cell has room for a number alone.
class Venues {
  public:
    explicit Venues(const directory::ServiceRow& service) : service_(service) {}

    /// Empty where it is the service's own place.
    std::string mark_of(const Session& session) {
        const std::string& venue = service_.schedules[session.schedule].venue;
        if (venue.empty()) {
            return {};
        }
        auto found = std::ranges::find(met_, venue);
        if (found == met_.end()) {
            found = met_.insert(met_.end(), venue);
        }
        return mark(static_cast<std::size_t>(found - met_.begin()));
    }

    void fill(View calendar) const {
        for (std::size_t i = 0; i < met_.size(); ++i) {
            View line = calendar.section("VENUE_LINE");
            line.set("MARK", mark(i));
            line.set("VENUE", met_[i]);
        }
    }

  private:
    static std::string mark(std::size_t place) { return fmt::format("[{}]", place + 1); }

    const directory::ServiceRow& service_;
    std::vector<std::string> met_;
};

std::string_view class_of(Openness open) {
    return open == Openness::yes ? "yes" : open == Openness::no ? "no" : "maybe";
}

void fill_day(View cell, const CalendarDay& day, bool is_first, bool is_today, Venues& venues) {
    cell.set("OPEN", class_of(day.open));
    cell.set("DATE", date_in_cell(day.day, is_first));
    cell.show_if(is_today, "TODAY");
    cell.show_if(day.holiday == directory::Holidays::Answer::yes, "HOLIDAY");
    cell.show_if(day.open == Openness::no, "SHUT");
    cell.show_if(day.open == Openness::maybe, "MAYBE");
    for (const Session& session : day.sessions) {
        // Beside a sure time a doubtful one without any would only puzzle.
        const std::string times = times_in_words(session, cell.texts());
        const std::string mark = venues.mark_of(session);
        if (day.open == Openness::yes && !session.sure && times.empty()) {
            continue;
        }
        if (times.empty() && mark.empty() && day.open == Openness::maybe) {
            continue; // the mark of the day says it all
        }
        View line = cell.section("SESSION");
        line.set_if_any("TIMES", times);
        line.show_if(times.empty() && session.sure, "WITHOUT_TIMES");
        line.show_if(day.open == Openness::yes && !session.sure, "DOUBTFUL");
        line.set_if_any("MARK", mark);
    }
}

} // namespace

std::string times_in_words(const Session& session, const Texts& texts) {
    if (!session.from_minute && !session.to_minute) {
        return {};
    }
    return (session.from_minute ? clock(*session.from_minute, texts) : std::string{}) + "–" +
           (session.to_minute ? clock(*session.to_minute, texts) : std::string{});
}

std::vector<CalendarDay> fill_calendar(View body, const Context& context, std::uint32_t service) {
    using directory::Status;
    const auto& reader = context.reader();
    const auto today = context.now.day;
    const auto status = reader.status_on(service, today);
    if (status == Status::closed || status == Status::suspended) {
        return {};
    }
    auto calendar = calendar_of(reader, service, today, k_calendar_days);
    const bool begins_later = status == Status::planned && std::ranges::all_of(calendar, [](const CalendarDay& day) {
                                  return day.open == Openness::no;
                              });
    if (begins_later || !directory::tells_days(calendar)) {
        body.show("NO_CALENDAR");
        return calendar;
    }
    View view = body.section("CALENDAR");
    const Texts& texts = view.texts();
    view.words("FROM", date_in_words(today, texts));
    view.words("TO", date_in_words(calendar.back().day, texts));
    for (int weekday = 0; weekday < 7; ++weekday) {
        View head = view.section("WEEKDAY");
        head.words("SHORT", texts.get(fmt::format("calendar.weekday_{}", weekday)));
        head.set("LONG", weekday_in_words(weekday, texts));
    }
    Venues venues(reader.services()[service]);
    const int before = directory::weekday_index(today);
    const int rows = (before + k_calendar_days + 6) / 7;
    for (int row = 0; row < rows; ++row) {
        View week = view.section("WEEK");
        for (int weekday = 0; weekday < 7; ++weekday) {
            const int place = row * 7 + weekday - before;
            View cell = week.section("CELL");
            if (place < 0 || place >= k_calendar_days) {
                cell.show("OUTSIDE");
                continue;
            }
            fill_day(cell.section("DAY"), calendar[static_cast<std::size_t>(place)], place == 0, place == 0, venues);
        }
    }
    venues.fill(view);
    const auto some = [&](auto is) { return std::ranges::any_of(calendar, is); };
    view.show_if(some([](const CalendarDay& day) { return day.open == Openness::maybe; }), "HAS_MAYBE");
    view.show_if(some([](const CalendarDay& day) { return day.open == Openness::no; }), "HAS_SHUT");
    view.show_if(some([](const CalendarDay& day) { return day.holiday == directory::Holidays::Answer::yes; }),
                 "HAS_HOLIDAY");
    view.show_if(reader.services()[service].certainty != directory::Certainty::confirmed, "CALENDAR_UNCONFIRMED");
    return calendar;
}

bool has_sure_sessions(const std::vector<CalendarDay>& calendar) {
    return std::ranges::any_of(calendar, [](const CalendarDay& day) { return day.open == Openness::yes; });
}

} // namespace shirube::server
