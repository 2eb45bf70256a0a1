// Which handler answers which address. A pure function: the whole server without a socket.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

#include <string_view>

namespace shirube::server {

class ReportBox;
class StaffDesk;

/// \param loaded the edition in force; null while none is loaded (only /healthz and assets answer then)
/// \param desk what staff pages stand on; null: there are none
/// \param reports where reports of the public go; null: none are taken
Answer route(const Request& request, const Loaded* loaded, directory::Instant now, StaffDesk* desk = nullptr,
             ReportBox* reports = nullptr);

/// Whether an answer may take long: accounts are read, passwords hashed, editions built, reports written. Not for a
/// worker's thread.
bool takes_long(const Request& request) noexcept;

/// The pattern of the route that answers, as /services/*; empty where none does. It holds nothing that came with the
/// request.
std::string_view route_pattern(const Request& request) noexcept;

/// ja, ja-easy or en: ?lang=, else the cookie `lang`, else the first of Accept-Language that is known, else ja.
std::string_view language_of(const Request& request) noexcept;

/// Whether who asks is a browser that shows pages: Accept names text/html and likes no JSON better, and the address is
/// one of pages.
bool wants_page(const Request& request) noexcept;

} // namespace shirube::server
