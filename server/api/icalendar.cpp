#include "server/api/icalendar.hpp"

#include "directory/minutes.hpp"
#include "server/api/answers.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/service/calendar_part.hpp"
#include "server/pages/words.hpp"
#include "server/public_origin.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

namespace {

using directory::CalendarDay;
using directory::Day;
using directory::Session;

constexpr std::size_t k_longest_line = 75; ///< octets, without CRLF

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// "20261128"
std::string date_value(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

/// "20261128T100000"; minutes past midnight are of the days that follow.
std::string time_value(Day day, int minute) {
    const int of_day = minute % directory::k_minutes_a_day;
    return fmt::format("{}T{:02}{:02}00", date_value(day + std::chrono::days{minute / directory::k_minutes_a_day}),
                       of_day / 60, of_day % 60);
}

/// Japan has had no summer time since 1951: one offset, for ever as far as anybody knows.
constexpr std::string_view k_tokyo =
    "BEGIN:VTIMEZONE\r\n"
    "TZID:Asia/Tokyo\r\n"
    "BEGIN:STANDARD\r\n"
    "DTSTART:19520101T000000\r\n"
    "TZOFFSETFROM:+0900\r\n"
    "TZOFFSETTO:+0900\r\n"
    "TZNAME:JST\r\n"
    "END:STANDARD\r\n"
    "END:VTIMEZONE\r\n";

class File {
  public:
    File(const Context& context, std::uint32_t service, std::string_view origin)
        : reader_(context.reader()),
          texts_(Texts::in(context.language)),
          service_(reader_.services()[service]),
          name_(service_name(reader_, service_, texts_.language())),
          // DTSTAMP is an instant in UTC: the midnight of Tokyo with which the first day began.
          stamp_(date_value(context.now.day - std::chrono::days{1}) + "T150000Z") {
        if (!origin.empty()) {
            address_ = fmt::format("{}/services/{}", origin, percent_encode(service_.id));
        }
        describe();
    }

    std::string of(std::span<const CalendarDay> calendar) {
        line("BEGIN", "VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//Shirube//Shirube//JA");
        line("CALSCALE", "GREGORIAN");
        line("METHOD", "PUBLISH");
        line("X-WR-CALNAME", calendar_text(name_));
        line("X-WR-TIMEZONE", "Asia/Tokyo");
        line("REFRESH-INTERVAL;VALUE=DURATION", "P1D"); // RFC 7986, 5.7
        out_ += k_tokyo;
        for (const CalendarDay& day : calendar) {
            std::size_t of_day = 0;
            for (const Session& session : day.sessions) {
                if (session.sure) {
                    event(day.day, session, ++of_day);
                }
            }
        }
        line("END", "VCALENDAR");
        return std::move(out_);
    }

  private:
    void line(std::string_view name, std::string_view value) { append_calendar_line(out_, name, value); }

    void describe() {
        const auto& programme = reader_.taxonomy().at(service_.programme);
        const auto add = [this](const std::string& words) {
            if (!words.empty()) {
                description_ += (description_.empty() ? "" : "\n") + words;
            }
        };
        add(programme.label.in(texts_.language()));
        if (programme.about) {
            add(programme.about->in(texts_.language()));
        }
        if (is_unconfirmed()) {
            add(texts_.get("service.unconfirmed"));
        }
        add(entry_in_words(service_.entry, texts_));
        if (service_.list != directory::k_no_index) {
            const auto& list = reader_.lists()[service_.list];
            add(texts_.with("card.source", {{"list", list.name}}) +
                (list.as_of.empty()
                     ? std::string{}
                     : " " + texts_.with("source.as_of", {{"date", as_of_in_words(list.as_of, texts_)}})));
        }
        add(address_);
    }

    [[nodiscard]] bool is_unconfirmed() const { return service_.certainty != directory::Certainty::confirmed; }

    void times(Day day, const Session& session) {
        if (!session.from_minute) {
            line("DTSTART;VALUE=DATE", date_value(day)); // without an end: the whole day (3.6.1)
            return;
        }
        line("DTSTART;TZID=Asia/Tokyo", time_value(day, *session.from_minute));
        if (session.to_minute) {
            line("DTEND;TZID=Asia/Tokyo", time_value(day, *session.to_minute));
        }
    }

    void place(const Session& session) {
        const std::string& venue = service_.schedules[session.schedule].venue;
        if (!venue.empty()) {
            line("LOCATION", calendar_text(venue));
            return;
        }
        if (service_.site == directory::k_no_index) {
            return;
        }
        const auto& site = reader_.sites()[service_.site];
        const std::string where = site.address + (site.building.empty() ? "" : " " + site.building);
        if (!site.address.empty()) {
            line("LOCATION", calendar_text(where));
        }
        if (site.position && site.quality == directory::PositionQuality::exact) {
            line("GEO", fmt::format("{};{}", decimal(site.position->lat, 6), decimal(site.position->lon, 6)));
        }
    }

    /// Whoever takes the file again finds the same event where the service still has that session of that day, though
    /// its times may have changed.
    void event(Day day, const Session& session, std::size_t of_day) {
        line("BEGIN", "VEVENT");
        line("UID", fmt::format("{}-{}{}@shirube", service_.id, date_value(day),
                                of_day == 1 ? std::string{} : fmt::format("-{}", of_day)));
        line("DTSTAMP", stamp_);
        times(day, session);
        line("SUMMARY",
             calendar_text(is_unconfirmed() ? texts_.with("calendar.unconfirmed_event", {{"name", name_}}) : name_));
        place(session);
        line("DESCRIPTION", calendar_text(description_));
        if (!service_.phone.empty()) {
            line("CONTACT", calendar_text(service_.phone));
        }
        if (!address_.empty()) {
            line("URL", address_);
        }
        line("STATUS", is_unconfirmed() ? "TENTATIVE" : "CONFIRMED");
        line("TRANSP", "TRANSPARENT"); // that a centre is open makes nobody busy
        line("END", "VEVENT");
    }

    const directory::Reader& reader_;
    const Texts& texts_;
    const directory::ServiceRow& service_;
    std::string name_;
    std::string stamp_;
    std::string address_;
    std::string description_;
    std::string out_;
};

} // namespace

void append_calendar_line(std::string& out, std::string_view name, std::string_view value) {
    std::string line{name};
    line += ':';
    line += value;
    std::string_view rest = line;
    bool is_first = true;
    while (true) {
        const std::size_t room = k_longest_line - (is_first ? 0 : 1); // the space that begins a further line
        std::size_t taken = std::min(room, rest.size());
        while (taken < rest.size() && taken > 0 && continues_character(rest[taken])) {
            --taken;
        }
        if (taken == 0) { // no UTF-8: cut anywhere
            taken = std::min(room, rest.size());
        }
        out += is_first ? "" : " ";
        out += rest.substr(0, taken);
        out += "\r\n";
        rest.remove_prefix(taken);
        is_first = false;
        if (rest.empty()) {
            return;
        }
    }
}

std::string calendar_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r' || c == '\n') {
            i += c == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 1 : 0;
            out += "\\n";
        } else if (c == '\\' || c == ';' || c == ',') {
            out += '\\';
            out += c;
        } else if (c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != '\x7f')) {
            out += c;
        }
    }
    return out;
}

std::string calendar_file(const Context& context, std::uint32_t service, std::span<const CalendarDay> calendar,
                          std::string_view origin) {
    return File(context, service, origin).of(calendar);
}

Answer service_calendar(const Request& request, const Context& context, std::string_view id) {
    const auto& reader = context.reader();
    const auto index = reader.find_service(id);
    if (!index) {
        if (const auto* moved = reader.find_moved(id)) {
            return moved_to(
                address("/services/" + percent_encode(moved->to) + "/calendar.ics",
                        request.parameter("lang") ? Query{{"lang", std::string{context.language}}} : Query{}));
        }
        return error_page(request, &context, reader.find_ended(id) != nullptr ? 410 : 404, {});
    }
    if (const auto problem = unknown_parameter(request, {})) {
        return to_answer(*problem, context.language);
    }
    // Programs that fetch calendars say nothing of languages: what is not asked for in the address is Japanese.
    Context spoken = context;
    spoken.language = request.parameter("lang") ? context.language : std::string_view{"ja"};
    const std::string origin = public_origin(request);
    const auto calendar = directory::calendar_of(reader, *index, context.now.day, k_calendar_days);
    Answer answer;
    answer.content_type = k_calendar_type;
    answer.body = calendar_file(spoken, *index, calendar, origin);
    answer.etag_basis = etag_basis(context, {context.now.day, 0}) + "|" + std::string{spoken.language} + "|" + origin;
    return answer;
}

} // namespace shirube::server
