// The Cookie header (RFC 6265, 4.2): the names and values a browser sends back.
#pragma once

#include <string_view>

namespace shirube::server {

/// The value of the first cookie of that name, as it was sent; empty where there is none. A view into `cookies`.
std::string_view cookie_of(std::string_view cookies, std::string_view name) noexcept;

} // namespace shirube::server
