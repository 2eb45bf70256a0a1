// iCalendar (RFC 5545): the lines of a calendar file, and the days of a service as one.
#pragma once

#include "directory/occurrences.hpp"
#include "server/context.hpp"
#include "server/http.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

inline constexpr std::string_view k_calendar_type = "text/calendar; charset=utf-8";

/// Adds "name:value" and CRLF, folded so that no line is longer than 75 octets and no character is cut (3.1).
/// \param name with its parameters; what it holds needs no escape
/// \param value as the property's type wants it
void append_calendar_line(std::string& out, std::string_view name, std::string_view value);

/// A value of type TEXT: backslash, semicolon, comma and line ends escaped (3.3.11), other controls left out.
std::string calendar_text(std::string_view text);

/// The sure days of a service as single events in Tokyo's time; what may be is no event. The same for an edition, a
/// day, a language and an address of the server: nothing in it tells when it was asked for.
/// \param calendar of the service, its first day the one asked for
/// \param origin see public_origin(); empty: without addresses
std::string calendar_file(const Context& context, std::uint32_t service,
                          std::span<const directory::CalendarDay> calendar, std::string_view origin);

/// GET "/services/{id}/calendar.ics"
Answer service_calendar(const Request& request, const Context& context, std::string_view id);

} // namespace shirube::server
