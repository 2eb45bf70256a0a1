#include "server/http.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

int hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return -1;
}

enum class Plus : std::uint8_t { is_plus, is_space };

/// Nothing where a % is not followed by two hexadecimal digits, or a NUL is hidden in it.
std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_space) {
            out += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) {
                return std::nullopt;
            }
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0 || (high == 0 && low == 0)) {
                return std::nullopt;
            }
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// What stands behind scheme and host where a proxy's form of the target was sent (RFC 9112, 3.2.2).
std::string origin_form(std::string_view target) {
    constexpr std::array<std::string_view, 2> schemes{"http://", "https://"};
    for (const auto scheme : schemes) {
        const bool has_scheme = target.size() > scheme.size() &&
                                std::ranges::equal(scheme, target.substr(0, scheme.size()), {}, {},
                                                   [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
        if (!has_scheme) {
            continue;
        }
        const auto rest = target.substr(scheme.size());
        const auto host_end = std::min(rest.find_first_of("/?"), rest.size());
        if (host_end == 0) {
            continue;
        }
        const auto after = rest.substr(host_end);
        return after.starts_with('/') ? std::string{after} : '/' + std::string{after};
    }
    return std::string{target};
}

/// Of ASCII, whatever its case.
bool is_same_word(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// In thousandths; without one, the greatest (RFC 9110, 12.4.2). What is no weight counts as none.
int weight_of(std::string_view entry) noexcept {
    for (auto at = entry.find(';'); at != std::string_view::npos; at = entry.find(';', at + 1)) {
        const auto parameter = without_blanks(entry.substr(at + 1, entry.find(';', at + 1) - at - 1));
        if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) {
            continue;
        }
        int weight = 0;
        int unit = 1000;
        for (const char c : parameter.substr(2)) {
            if (c == '.') {
                continue;
            }
            if (c < '0' || c > '9') {
                return 0;
            }
            weight += (c - '0') * unit;
            unit /= 10;
        }
        return std::min(weight, 1000);
    }
    return 1000;
}

} // namespace

bool is_valid_utf8(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xc2 && lead < 0xe0 ? 2
                                   : lead >= 0xe0 && lead < 0xf0 ? 3
                                   : lead >= 0xf0 && lead < 0xf5 ? 4
                                                                 : 0;
        if (length == 0 || i + length > text.size()) {
            return false;
        }
        std::uint32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
        for (std::size_t j = 1; j < length; ++j) {
            const auto byte = static_cast<unsigned char>(text[i + j]);
            if ((byte & 0xc0U) != 0x80) {
                return false;
            }
            code = code << 6U | (byte & 0x3fU);
        }
        constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
        if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
            return false;
        }
        i += length;
    }
    return true;
}

std::string_view without_blanks(std::string_view text) noexcept {
    constexpr std::string_view k_blanks = " \t";
    text.remove_prefix(std::min(text.find_first_not_of(k_blanks), text.size()));
    return text.substr(0, text.find_last_not_of(k_blanks) + 1); // npos + 1 is 0
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

std::expected<Query, std::string> parse_query(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) {
            continue;
        }
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = percent_decode(pair.substr(0, equals), Plus::is_space);
        auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), Plus::is_space);
        if (!name || !value || !is_valid_utf8(*name) || !is_valid_utf8(*value)) {
            return std::unexpected(std::string{name && is_valid_utf8(*name) ? *name : std::string{}});
        }
        query.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

std::expected<Target, std::string> parse_target(std::string_view whole) {
    const auto target = origin_form(whole);
    const auto question = std::min(target.find('?'), target.size());
    auto path = percent_decode(target.substr(0, question), Plus::is_plus);
    if (!path || !is_valid_utf8(*path) || !path->starts_with('/')) {
        return std::unexpected(std::string{});
    }
    auto query = parse_query(target.substr(std::min(question + 1, target.size())));
    if (!query) {
        return std::unexpected(query.error());
    }
    return Target{std::move(*path), std::move(*query)};
}

bool prefers_html(std::string_view accept) noexcept {
    int html = 0;
    int json = 0;
    while (!accept.empty()) {
        const auto end = std::min(accept.find(','), accept.size());
        const auto entry = accept.substr(0, end);
        accept.remove_prefix(std::min(end + 1, accept.size()));
        const auto type = without_blanks(entry.substr(0, entry.find(';')));
        if (is_same_word(type, "text/html")) {
            html = std::max(html, weight_of(entry));
        } else if (is_same_word(type, "application/json") || is_same_word(type, "application/problem+json")) {
            json = std::max(json, weight_of(entry));
        }
    }
    return html > 0 && html >= json;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        const bool is_unreserved = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                                   (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' ||
                                   byte == '~';
        if (is_unreserved) {
            out += character;
        } else {
            out += '%';
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        }
    }
    return out;
}

Answer moved_to(std::string location) {
    Answer answer;
    answer.status = 301;
    answer.content_type = "text/plain; charset=utf-8";
    answer.caching = Caching::none;
    answer.headers.emplace_back("Location", std::move(location));
    return answer;
}

} // namespace shirube::server
