#include "server/staff/times.hpp"

#include "directory/calendar.hpp"
#include "server/numbers.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace shirube::server {

std::string in_tokyo(std::int64_t unix_seconds) {
    constexpr std::int64_t k_offset = 9 * 3600;
    const auto time = static_cast<std::time_t>(unix_seconds + k_offset);
    return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(time));
}

std::string in_tokyo(std::string_view utc) {
    constexpr std::string_view k_shape = "0000-00-00T00:00:00Z";
    const auto day = utc.size() == k_shape.size() ? directory::parse_day(utc.substr(0, 10)) : std::nullopt;
    const auto hour = day ? parse_digits(utc.substr(11, 2)) : std::nullopt;
    const auto minute = day ? parse_digits(utc.substr(14, 2)) : std::nullopt;
    if (!hour || !minute) {
        return std::string{utc};
    }
    return in_tokyo(std::chrono::sys_seconds{*day}.time_since_epoch().count() + *hour * 3600 + *minute * 60);
}

} // namespace shirube::server
