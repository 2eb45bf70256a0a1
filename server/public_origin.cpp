#include "server/public_origin.hpp"

#include "server/numbers.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

constexpr std::size_t k_longest_host = 253; ///< of a name (RFC 1035, 2.3.4)

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A name or an IPv4 address; or an IPv6 address in brackets.
bool is_host(std::string_view text) noexcept {
    if (text.starts_with('[') && text.ends_with(']')) {
        const auto inside = text.substr(1, text.size() - 2);
        return inside.size() >= 2 && std::ranges::all_of(inside, [](char c) {
                   return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
                          c == '.';
               });
    }
    return !text.empty() && text.size() <= k_longest_host && is_letter_or_digit(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

bool is_port(std::string_view text) noexcept {
    const auto port = parse_digits(text);
    return port && *port >= 1 && *port <= 65'535;
}

/// "host", "host:80", "[::1]:80"
bool is_authority(std::string_view text) noexcept {
    const auto bracket = text.rfind(']');
    const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    return colon == std::string_view::npos ? is_host(text)
                                           : is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

std::string_view authority_of(std::string_view origin) noexcept {
    const auto scheme = origin.find("://");
    return scheme == std::string_view::npos ? origin : origin.substr(scheme + 3);
}

} // namespace

std::string public_origin(const Request& request) {
    if (!request.public_url.empty()) {
        return request.public_url;
    }
    return is_authority(request.host) ? (request.secure ? "https://" : "http://") + request.host : std::string{};
}

std::optional<std::string> parse_origin(std::string_view text) {
    if (!text.starts_with("https://") && !text.starts_with("http://")) {
        return std::nullopt;
    }
    if (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    return is_authority(authority_of(text)) ? std::optional(std::string(text)) : std::nullopt;
}

bool is_loopback_origin(std::string_view origin) noexcept {
    constexpr std::array<std::string_view, 3> k_own{"localhost", "127.", "[::1]"};
    return std::ranges::any_of(k_own, [&](std::string_view own) { return authority_of(origin).starts_with(own); });
}

} // namespace shirube::server
