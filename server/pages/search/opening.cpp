#include "server/pages/search/opening.hpp"

#include "directory/minutes.hpp"
#include "directory/occurrences.hpp"
#include "server/pages/service/calendar_part.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace shirube::server {

namespace {

using directory::Session;

/// Every other month, over the New Year.
constexpr int k_days_ahead = 100;

std::string clock(int minute) { return fmt::format("{:02}:{:02}", minute / 60 % 24, minute % 60); }

/// \param minute of the session's own day; past midnight of the day before it is more than a day
bool is_on(const Session& session, int minute) {
    return session.sure && session.from_minute && session.to_minute && *session.from_minute <= minute &&
           minute < *session.to_minute;
}

/// Whether it is still to come on its day. Of one that has no end nobody knows that it is over; one of no times is of
/// the whole day.
bool is_to_come(const Session& session, int minute) {
    const bool begins_later = session.from_minute && *session.from_minute > minute;
    const bool is_of_the_day = !session.from_minute && (!session.to_minute || *session.to_minute > minute);
    return session.sure && (begins_later || is_of_the_day);
}

/// It has begun, and nobody says how long it lasts.
bool may_be_on(const Session& session, int minute) {
    return session.sure && session.from_minute && !session.to_minute && *session.from_minute <= minute && minute >= 0;
}

std::string on_day(directory::Day day, directory::Day today, const Session& session, const Texts& texts) {
    const std::string times = times_in_words(session, texts);
    const auto days = (day - today).count();
    const std::string_view key = days == 0 ? "opening.today" : days == 1 ? "opening.tomorrow" : "opening.on";
    std::string words = texts.with(key, {{"date", short_date(day, texts)}});
    if (!times.empty()) {
        words += " " + times;
    }
    return words;
}

} // namespace

std::string short_date(directory::Day day, const Texts& texts) {
    const std::chrono::year_month_day date{day};
    const auto weekday = static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1;
    return texts.with("date.short", {{"month", texts.get(fmt::format("month.{}", static_cast<unsigned>(date.month())))},
                                     {"day", std::to_string(static_cast<unsigned>(date.day()))},
                                     {"weekday", weekday_in_words(weekday, texts)}});
}

Opening next_opening(const Context& context, std::uint32_t service, const Texts& texts) {
    const auto [today, minute] = context.now;
    // Yesterday too: what began last night may not have ended.
    const auto calendar =
        directory::calendar_of(context.reader(), service, today - std::chrono::days{1}, k_days_ahead + 1);
    bool may = false;
    bool may_today = false;
    for (const auto& day : calendar) {
        const bool is_yesterday = day.day < today;
        const int now = is_yesterday ? minute + directory::k_minutes_a_day : day.day == today ? minute : -1;
        const auto running = std::ranges::find_if(day.sessions, [&](const Session& each) { return is_on(each, now); });
        if (now >= 0 && running != day.sessions.end()) {
            return {"yes", texts.with("opening.now", {{"time", clock(*running->to_minute)}})};
        }
        if (is_yesterday) {
            continue;
        }
        const auto begun =
            std::ranges::find_if(day.sessions, [&](const Session& each) { return may_be_on(each, now); });
        if (begun != day.sessions.end()) {
            return {"maybe", texts.with("opening.begun", {{"time", clock(*begun->from_minute)}})};
        }
        const auto coming =
            std::ranges::find_if(day.sessions, [&](const Session& each) { return is_to_come(each, now); });
        if (coming != day.sessions.end()) {
            std::string words = on_day(day.day, today, *coming, texts);
            if (may_today) {
                words = texts.with("opening.maybe_today", {{"next", words}});
            }
            return {may_today ? "maybe" : "next", words};
        }
        may = may || day.open == directory::Openness::maybe;
        may_today = may_today || (day.day == today && day.open == directory::Openness::maybe);
    }
    return may ? Opening{"maybe", texts.get("opening.ask")} : Opening{"no", texts.get("opening.none")};
}

} // namespace shirube::server
