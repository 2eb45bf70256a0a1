// A service's days as iCalendar, read by a small reader that knows RFC 5545 and nothing of the writer.
#include "server/api/icalendar.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "server/pages/service/calendar_part.hpp"
#include "server/respond.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;

namespace {

struct Property {
    std::string name;
    std::string parameters; ///< with its semicolon
    std::string value;
};
struct Component {
    std::string name;
    std::vector<Property> properties;
    std::vector<Component> inside;

    [[nodiscard]] std::vector<std::string> all(std::string_view wanted) const {
        std::vector<std::string> values;
        for (const auto& property : properties) {
            if (property.name == wanted) {
                values.push_back(property.value);
            }
        }
        return values;
    }
    [[nodiscard]] std::string one(std::string_view wanted) const {
        const auto values = all(wanted);
        return values.size() == 1 ? values[0] : "(" + std::to_string(values.size()) + " of them)";
    }
};

/// Content lines, unfolded (3.1). Refuses bare line ends, lines that are too long, and cut characters.
std::vector<std::string> unfolded(std::string_view file) {
    std::vector<std::string> lines;
    while (!file.empty()) {
        const auto end = file.find("\r\n");
        if (end == std::string_view::npos) {
            throw std::runtime_error("the last line has no end");
        }
        const auto line = file.substr(0, end);
        file.remove_prefix(end + 2);
        if (line.size() > 75) {
            throw std::runtime_error("a line of " + std::to_string(line.size()) + " octets");
        }
        if (line.empty() || line.find_first_of("\r\n") != std::string_view::npos || !is_valid_utf8(line)) {
            throw std::runtime_error("an empty, broken or cut line");
        }
        if (line.front() == ' ' || line.front() == '\t') {
            lines.back() += line.substr(1);
        } else {
            lines.emplace_back(line);
        }
    }
    return lines;
}

std::string text_of(std::string_view value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\') {
            if (value[i] == ',' || value[i] == ';') {
                throw std::runtime_error("a separator in a text");
            }
            out += value[i];
            continue;
        }
        const char next = value.at(++i);
        out += next == 'n' || next == 'N' ? '\n' : next;
    }
    return out;
}

Component read(std::string_view file) {
    std::vector<Component> open{{}};
    for (const auto& line : unfolded(file)) {
        const auto end = line.find(':');
        const auto name_end = line.find_first_of(";:");
        if (end == std::string::npos) {
            throw std::runtime_error("no value: " + line);
        }
        const Property property{line.substr(0, name_end), line.substr(name_end, end - name_end), line.substr(end + 1)};
        if (property.name == "BEGIN") {
            open.push_back({property.value, {}, {}});
        } else if (property.name == "END") {
            if (open.size() < 2 || open.back().name != property.value) {
                throw std::runtime_error("END of what was not begun");
            }
            auto done = std::move(open.back());
            open.pop_back();
            open.back().inside.push_back(std::move(done));
        } else {
            open.back().properties.push_back(property);
        }
    }
    if (open.size() != 1 || open[0].inside.size() != 1 || !open[0].properties.empty()) {
        throw std::runtime_error("not one component");
    }
    return open[0].inside[0];
}

std::vector<Component> events_of(const Component& calendar) {
    std::vector<Component> events;
    for (const auto& component : calendar.inside) {
        if (component.name == "VEVENT") {
            events.push_back(component);
        }
    }
    return events;
}

Component calendar_at(const SmallTown& town, const std::string& target) {
    const auto answer = town.get(target, "*/*");
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type == "text/calendar; charset=utf-8");
    return read(answer.content());
}

directory::Schedule weekly(unsigned weekday, int from, int to) {
    directory::Schedule schedule;
    schedule.rule.state = directory::ScheduleState::dated;
    schedule.rule.weekdays = static_cast<directory::WeekdayMask>(1U << weekday);
    schedule.rule.from_minute = static_cast<std::int16_t>(from);
    schedule.rule.to_minute = static_cast<std::int16_t>(to);
    schedule.rule.holidays = directory::HolidayRule::closed;
    return schedule;
}

/// The town with these schedules at its cafeteria.
SmallTown with_schedules(std::vector<directory::Schedule> schedules) {
    auto state = small_state();
    state.services[25].schedules = std::move(schedules);
    return SmallTown(std::move(state));
}

} // namespace

TEST_CASE("A calendar file has what RFC 5545 asks of a calendar, a zone and an event") {
    const auto calendar = calendar_at(the_small_town(), "/services/v26/calendar.ics");
    CHECK(calendar.name == "VCALENDAR");
    CHECK(calendar.one("VERSION") == "2.0");
    CHECK_FALSE(calendar.one("PRODID").empty());
    REQUIRE(calendar.inside.front().name == "VTIMEZONE");
    const auto& zone = calendar.inside.front();
    CHECK(zone.one("TZID") == "Asia/Tokyo");
    REQUIRE(zone.inside.size() == 1);
    CHECK(zone.inside[0].name == "STANDARD");
    CHECK(zone.inside[0].one("TZOFFSETFROM") == "+0900");
    CHECK(zone.inside[0].one("TZOFFSETTO") == "+0900");
    CHECK(zone.inside[0].all("DTSTART").size() == 1);
    const auto events = events_of(calendar);
    REQUIRE_FALSE(events.empty());
    std::set<std::string> uids;
    for (const auto& event : events) {
        CHECK(event.one("DTSTAMP") == "20261120T150000Z"); // the midnight of Tokyo that began the day
        CHECK(event.all("DTSTART").size() == 1);
        CHECK(event.all("SUMMARY").size() == 1);
        CHECK(event.one("STATUS") == "CONFIRMED");
        uids.insert(event.one("UID"));
    }
    CHECK(uids.size() == events.size());
    CHECK(uids.contains("v26-20261121@shirube"));
}

TEST_CASE("Its events are the Saturdays of eight weeks, today's among them, New Year's not") {
    const auto events = events_of(calendar_at(the_small_town(), "/services/v26/calendar.ics"));
    std::vector<std::string> starts;
    for (const auto& event : events) {
        for (const auto& property : event.properties) {
            if (property.name == "DTSTART") {
                CHECK(property.parameters == ";TZID=Asia/Tokyo");
                starts.push_back(property.value);
            }
        }
    }
    CHECK(starts == std::vector<std::string>{"20261121T100000", "20261128T100000", "20261205T100000", "20261212T100000",
                                             "20261219T100000", "20261226T100000", "20270109T100000"});
    CHECK(events[0].one("DTEND") == "20261121T140000");
    CHECK(text_of(events[0].one("LOCATION")) == "潮見野市港町1-1");
    CHECK(events[0].one("GEO") == "33.010500;137.010500");
    CHECK(text_of(events[0].one("SUMMARY")) == "みなと<食堂> \"ごはん\" \\ ");
}

TEST_CASE("Past midnight an event ends on the next day; without an end it has none; without a time it is a day") {
    auto late = weekly(4, 18 * 60, 25 * 60 + 30);
    auto open_end = weekly(1, 9 * 60, 0);
    open_end.rule.to_minute.reset();
    auto whole_day = weekly(2, 0, 0);
    whole_day.rule.from_minute.reset();
    whole_day.rule.to_minute.reset();
    auto perhaps = weekly(3, 9 * 60, 10 * 60);
    perhaps.rule.usually = true;
    const auto events =
        events_of(calendar_at(with_schedules({late, open_end, whole_day, perhaps}), "/services/v26/calendar.ics"));
    std::map<std::string, std::string> ends;
    std::set<std::string> days;
    for (const auto& event : events) {
        ends[event.one("DTSTART")] = event.all("DTEND").empty() ? "none" : event.one("DTEND");
        for (const auto& property : event.properties) {
            if (property.name == "DTSTART" && property.parameters == ";VALUE=DATE") {
                days.insert(property.value);
            }
        }
    }
    CHECK(ends["20261127T180000"] == "20261128T013000");
    CHECK(ends["20261124T090000"] == "none");
    CHECK(days.contains("20261125"));
    CHECK_FALSE(ends.contains("20261126T090000")); // a Thursday that nobody promises
    CHECK(ends.size() == 8 + 8 + 8 - 3);           // 29 and 30 December, 1 January
}

TEST_CASE("Two sessions of a day are two events, and stay the same when their times change") {
    const auto uids_of = [](const SmallTown& town) {
        std::set<std::string> uids;
        for (const auto& event : events_of(calendar_at(town, "/services/v26/calendar.ics"))) {
            uids.insert(event.one("UID"));
        }
        return uids;
    };
    const auto before = uids_of(with_schedules({weekly(5, 600, 720), weekly(5, 800, 900)}));
    const auto after = uids_of(with_schedules({weekly(5, 630, 700), weekly(5, 810, 920)}));
    CHECK(before == after);
    CHECK(before.contains("v26-20261128@shirube"));
    CHECK(before.contains("v26-20261128-2@shirube"));
}

TEST_CASE("A session elsewhere has its own place and no point; what is unconfirmed says so in its name") {
    auto elsewhere = weekly(5, 600, 720);
    elsewhere.venue = "北浜公民館, 2階; 和室";
    auto state = small_state();
    state.services[25].schedules = {elsewhere};
    state.services[25].certainty = directory::Certainty::stale;
    const auto events = events_of(calendar_at(SmallTown(std::move(state)), "/services/v26/calendar.ics"));
    REQUIRE_FALSE(events.empty());
    CHECK(text_of(events[0].one("LOCATION")) == "北浜公民館, 2階; 和室");
    CHECK(events[0].all("GEO").empty());
    CHECK(events[0].one("STATUS") == "TENTATIVE");
    CHECK(text_of(events[0].one("SUMMARY")).ends_with("（未確認）"));
}

TEST_CASE("A point that is only a town's middle is no GEO, and a service whose days nobody knows has no events") {
    auto state = small_state();
    state.sites[25].quality = directory::PositionQuality::town;
    const SmallTown town(std::move(state));
    CHECK(events_of(calendar_at(town, "/services/v26/calendar.ics"))[0].all("GEO").empty());
    const auto unknown = calendar_at(town, "/services/v01/calendar.ics");
    CHECK(events_of(unknown).empty());
    CHECK(unknown.inside.size() == 1); // the zone: a calendar holds at least one component (3.6)
}

TEST_CASE("The file is the same for an edition and a day, and another for another day, host or language") {
    const auto at = [](int minute, const char* target, std::string host = "town.example.jp",
                       std::string_view day = "2026-11-21") {
        auto request = request_for(target, "*/*");
        request.host = std::move(host);
        const Context context{the_small_town().loaded(), {directory::parse_day(day).value(), minute}, "ja"};
        auto spoken = context;
        spoken.language = request.parameter("lang").value_or("ja");
        auto answer = service_calendar(request, spoken, "v26");
        return std::pair{answer.body, answer.etag_basis};
    };
    const auto morning = at(10 * 60, "/services/v26/calendar.ics");
    CHECK(morning == at(23 * 60, "/services/v26/calendar.ics"));
    CHECK(morning.first.find("URL:http://town.example.jp/services/v26\r\n") != std::string::npos);
    for (const auto& other :
         {at(600, "/services/v26/calendar.ics", "town.example.jp", "2026-11-22"),
          at(600, "/services/v26/calendar.ics?lang=en"), at(600, "/services/v26/calendar.ics", "other.example.jp")}) {
        CHECK(other.first != morning.first);
        CHECK(other.second != morning.second);
    }
    CHECK(at(600, "/services/v26/calendar.ics", "no host\r\n").first.find("\r\nURL") == std::string::npos);
    auto request = request_for("/services/v26/calendar.ics", "*/*");
    const auto first = respond(request, the_small_town().ask(request), Connection::keep, "(date)");
    const auto etag_at = first.head.find("ETag: ") + 6;
    request.if_none_match = first.head.substr(etag_at, first.head.find("\r\n", etag_at) - etag_at);
    CHECK(respond(request, the_small_town().ask(request), Connection::keep, "(date)").status == 304);
}

TEST_CASE("An unknown id has no calendar, and an unknown parameter is named") {
    CHECK(the_small_town().get("/services/nobody/calendar.ics").status == 404);
    CHECK(the_small_town().get("/services/v26/calendar.ics?from=1").status == 400);
}

TEST_CASE("Any text comes back out of its folded line as it was, controls aside") {
    std::mt19937 random(5545);
    const std::vector<std::string> pieces{"a",  ",", ";", "\\", "\n", "\r\n", "葛",
                                          "𠮷", "é", " ", "\t", ":",  "\x01", "n"};
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        std::string wanted;
        for (auto count = random() % 120; count > 0; --count) {
            const auto& piece = pieces[random() % pieces.size()];
            text += piece;
            wanted += piece == "\r\n" ? "\n" : piece == "\x01" ? "" : piece;
        }
        std::string file;
        append_calendar_line(file, "DESCRIPTION", calendar_text(text));
        const auto lines = unfolded(file);
        REQUIRE(lines.size() == 1);
        CHECK(text_of(lines[0].substr(std::string_view("DESCRIPTION:").size())) == wanted);
    }
}
