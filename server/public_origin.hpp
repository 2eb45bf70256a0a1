// Where people find this server: what an address begins with that leaves the page it stands on (a QR code, a sheet of
// paper).
#pragma once

#include "server/http.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// "https://town.example.jp", without a slash at its end: the operator's word (`serve --public-url`), else the host as
/// the client itself named it; empty where it named none that is one. An answer that shows it says so in its
/// `etag_basis`: two names of one server are two answers.
std::string public_origin(const Request& request);

/// Nothing where it is no http:// or https:// with a host, a port perhaps, and nothing behind but a slash, which goes.
std::optional<std::string> parse_origin(std::string_view text);

/// Whether it leads to no other machine than the one it is read on.
bool is_loopback_origin(std::string_view origin) noexcept;

} // namespace shirube::server
