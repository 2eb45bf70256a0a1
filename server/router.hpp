// Which handler answers which address. A pure function: the whole server without a socket.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

#include <string_view>

namespace shirube::server {

/// \param loaded the edition in force; null while none is loaded (only /healthz and assets answer then)
Answer route(const Request& request, const Loaded* loaded, directory::Instant now);

/// ja, ja-easy or en: ?lang=, else the cookie `lang`, else the first of Accept-Language that is known, else ja.
std::string_view language_of(const Request& request) noexcept;

} // namespace shirube::server
