#include "directory/calendar.hpp"

#include "directory/embedded_file.hpp"
#include "directory/minutes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <memory>
#include <span>
#include <stdexcept>

namespace shirube::directory {

namespace {

constexpr int k_tokyo_offset_minutes = 9 * 60;

/// Reads exactly `width` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
    int value = 0;
    if (text.size() < width || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(width),
                                            [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    const std::span<const char> digits(text.begin(), width);
    std::from_chars(std::to_address(digits.begin()), std::to_address(digits.end()), value);
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char expected) {
    if (!text.starts_with(expected)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<Day> take_day(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) {
        return std::nullopt;
    }
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) {
        return std::nullopt;
    }
    const auto day = take_digits(text, 2);
    if (!day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    return Day{date};
}

/// Minutes since midnight; seconds and their fraction are read and dropped.
std::optional<int> take_time(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) {
        return std::nullopt;
    }
    const auto minute = take_digits(text, 2);
    if (!minute || *minute > 59) {
        return std::nullopt;
    }
    if (take(text, ':')) {
        const auto second = take_digits(text, 2);
        if (!second || *second > 60) { // 60: a leap second
            return std::nullopt;
        }
        if (take(text, '.')) {
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            if (digits == 0) {
                return std::nullopt;
            }
            text.remove_prefix(digits);
        }
    }
    return *hour * 60 + *minute;
}

/// Minutes east of Greenwich; where nothing is written, Tokyo is meant.
std::optional<int> take_offset(std::string_view& text) {
    if (text.empty()) {
        return k_tokyo_offset_minutes;
    }
    if (take(text, 'Z') || take(text, 'z')) {
        return 0;
    }
    // A "+" that a form or a shell left unescaped in a query arrives as a space.
    const bool east = take(text, '+') || take(text, ' ');
    if (!east && !take(text, '-')) {
        return std::nullopt;
    }
    const auto hours = take_digits(text, 2);
    take(text, ':');
    const auto minutes = take_digits(text, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) {
        return std::nullopt;
    }
    return (east ? 1 : -1) * (*hours * 60 + *minutes);
}

Instant moved(Day day, int minutes) {
    const int days = minutes >= 0 ? minutes / k_minutes_a_day : -((k_minutes_a_day - 1 - minutes) / k_minutes_a_day);
    return {.day = day + std::chrono::days{days}, .minute = minutes - days * k_minutes_a_day};
}

std::int32_t day_number(Day day) { return static_cast<std::int32_t>(day.time_since_epoch().count()); }

Day day_in_file(const nlohmann::json& object, const char* member) {
    const auto text = object.at(member).get<std::string>();
    const auto day = parse_day(text);
    if (!day) {
        throw std::runtime_error(fmt::format("holidays: \"{}\" is no date: {}", member, text));
    }
    return *day;
}

} // namespace

Instant now_in_tokyo() {
    const auto now = std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now()) +
                     std::chrono::minutes{k_tokyo_offset_minutes};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    return {.day = day, .minute = static_cast<int>((now - day).count())};
}

std::optional<Day> parse_day(std::string_view text) {
    const auto day = take_day(text);
    return text.empty() ? day : std::nullopt;
}

std::optional<Day> first_day_of(std::string_view as_of) {
    return parse_day(std::string(as_of) + (as_of.size() == 4 ? "-01-01" : as_of.size() == 7 ? "-01" : ""));
}

std::optional<Day> last_day_of(std::string_view as_of) {
    using namespace std::chrono;
    const auto first = first_day_of(as_of);
    if (!first) {
        return std::nullopt;
    }
    const year_month_day day{*first};
    if (as_of.size() == 4) {
        return Day{day.year() / December / 31};
    }
    return as_of.size() == 7 ? Day{day.year() / day.month() / last} : *first;
}

std::optional<Instant> parse_instant(std::string_view text) {
    const auto day = take_day(text);
    if (!day) {
        return std::nullopt;
    }
    if (text.empty()) {
        return Instant{.day = *day, .minute = 0};
    }
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) {
        return std::nullopt;
    }
    const auto minute = take_time(text);
    if (!minute) {
        return std::nullopt;
    }
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) {
        return std::nullopt;
    }
    return moved(*day, *minute - *offset + k_tokyo_offset_minutes);
}

std::string to_string(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string to_string(const Instant& instant) {
    return fmt::format("{}T{:02}:{:02}+09:00", to_string(instant.day), instant.minute / 60, instant.minute % 60);
}

int weekday_index(Day day) noexcept { return static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1; }

int ordinal_in_month(Day day) noexcept {
    const std::chrono::year_month_day date{day};
    return (static_cast<int>(static_cast<unsigned>(date.day())) - 1) / 7 + 1;
}

bool is_last_of_weekday(Day day) noexcept {
    const std::chrono::year_month_day date{day};
    return std::chrono::year_month_day{day + std::chrono::weeks{1}}.month() != date.month();
}

Holidays Holidays::from_json(std::string_view json) {
    Holidays holidays;
    try {
        const auto document = nlohmann::json::parse(json);
        holidays.from_ = day_in_file(document, "from");
        holidays.to_ = day_in_file(document, "to");
        for (const auto& entry : document.at("days")) {
            const Day day = day_in_file(entry, "date");
            if (day < holidays.from_ || day > holidays.to_) {
                throw std::runtime_error(
                    fmt::format("holidays: {} lies outside what the file says it covers", to_string(day)));
            }
            holidays.days_.insert(day_number(day));
        }
    } catch (const nlohmann::json::exception& fault) {
        throw std::runtime_error(fmt::format("holidays: {}", fault.what()));
    }
    return holidays;
}

const Holidays& Holidays::shipped() {
    static const Holidays holidays = [] {
        const auto files = embedded_data();
        const auto file = std::ranges::find(files, "holidays.json", &EmbeddedFile::path);
        if (file == files.end()) {
            throw std::runtime_error("holidays.json was not built into the program");
        }
        return from_json(file->content);
    }();
    return holidays;
}

Holidays Holidays::of_days(std::span<const Day> days) {
    assert(!days.empty());
    const auto [first, last] = std::ranges::minmax(days);
    Holidays holidays;
    holidays.from_ = Day{std::chrono::year_month_day{first}.year() / std::chrono::January / 1};
    holidays.to_ = Day{std::chrono::year_month_day{last}.year() / std::chrono::December / 31};
    for (const Day day : days) {
        holidays.days_.insert(day_number(day));
    }
    return holidays;
}

Holidays::Answer Holidays::is_holiday(Day day) const {
    if (day < from_ || day > to_) {
        return Answer::unknown;
    }
    return days_.contains(day_number(day)) ? Answer::yes : Answer::no;
}

} // namespace shirube::directory
