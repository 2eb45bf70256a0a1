#pragma once

#include <string_view>

namespace shirube::server {

/// Whether a list's address may be a link: nothing but the web is one.
constexpr bool is_web_address(std::string_view url) noexcept {
    return url.starts_with("https://") || url.starts_with("http://");
}

} // namespace shirube::server
