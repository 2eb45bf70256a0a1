#include "server/respond.hpp"

#include "server/compress.hpp"

#include <fmt/chrono.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>

namespace shirube::server {

namespace {

constexpr std::size_t k_least_to_compress = 600;

struct Reason {
    unsigned status;
    std::string_view phrase;
};

constexpr std::array k_reasons{
    Reason{200, "OK"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{301, "Moved Permanently"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{503, "Service Unavailable"},
};

std::string_view phrase_of(unsigned status) noexcept {
    for (const auto& reason : k_reasons) {
        if (reason.status == status) {
            return reason.phrase;
        }
    }
    return "Unknown";
}

/// FNV-1a: a name for a content, not a secret.
class NameHash {
  public:
    void add(std::string_view part) noexcept {
        for (const char character : part) {
            step(static_cast<unsigned char>(character));
        }
        step(0xff); // no part holds it: keeps parts apart
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

  private:
    void step(unsigned char byte) noexcept {
        value_ ^= byte;
        value_ *= 0x100000001b3ULL;
    }
    std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

/// A newer program may say the same edition in other words, so its version is part of the name.
std::string etag_of(const Answer& answer, std::string_view coding) {
    NameHash hash;
    hash.add(answer.etag_basis);
    hash.add(answer.content_type);
    hash.add(coding);
    hash.add(SHIRUBE_VERSION);
    return fmt::format("\"{:016x}\"", hash.value());
}

/// Whether a list of entity tags names this one. Weak ones name it too: RFC 9110, 13.1.2.
bool names(std::string_view if_none_match, std::string_view etag) noexcept {
    return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

std::string_view cache_control_of(Caching caching) noexcept {
    switch (caching) {
        case Caching::validated:
            return "no-cache";
        case Caching::immutable:
            return "public, max-age=31536000, immutable";
        case Caching::none:
            return "no-store";
    }
    return "no-store";
}

bool is_page(std::string_view content_type) noexcept { return content_type.starts_with("text/html"); }

/// Whom an answer is for, which decides what others may do with it.
enum class Place : std::uint8_t {
    open_api, ///< for everybody's programs: pages of others may read it
    site,     ///< pages and what they are made of
    staff     ///< for accounts alone: nothing of it is kept or told on, not even its address
};

bool is_under(std::string_view path, std::string_view folder) noexcept {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

Place place_of(std::string_view path) noexcept {
    if (is_under(path, "/staff") || is_under(path, "/api/v1/staff")) {
        return Place::staff;
    }
    return path.starts_with("/api/v1/") || path.starts_with("/tiles/") ? Place::open_api : Place::site;
}

// Everything a page needs is served by ourselves; nothing is inline.
constexpr std::string_view k_page_policy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

// No page uses any of these: a script that got in could not either. Where the family stands is asked for by one button.
constexpr std::string_view k_page_features = "Permissions-Policy: geolocation=(self), ";
constexpr std::string_view k_staff_features = "Permissions-Policy: geolocation=(), ";
constexpr std::string_view k_closed_features =
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), gyroscope=(), hid=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), "
    "serial=(), usb=(), xr-spatial-tracking=()\r\n";

// A year, this name alone: what other names of the domain speak is not ours to decide (RFC 6797).
constexpr std::string_view k_only_encrypted = "Strict-Transport-Security: max-age=31536000\r\n";

void add_safety_headers(std::string& head, const Request& request, Place place, bool page) {
    head += "X-Content-Type-Options: nosniff\r\n";
    head += place == Place::staff ? "Referrer-Policy: no-referrer\r\n" : "Referrer-Policy: same-origin\r\n";
    if (page) {
        head += k_page_policy;
        head += place == Place::staff ? k_staff_features : k_page_features;
        head += k_closed_features;
    }
    head += place == Place::open_api ? "Access-Control-Allow-Origin: *\r\n"
                                     : "Cross-Origin-Resource-Policy: same-origin\r\n";
    if (request.secure) {
        head += k_only_encrypted;
    }
}

bool should_compress(const Request& request, const Answer& answer) noexcept {
    return request.accepts_gzip && answer.compressible && answer.status == 200 &&
           answer.content().size() >= k_least_to_compress;
}

bool sets_encoding(const Answer& answer) noexcept {
    for (const auto& [name, value] : answer.headers) {
        if (name == "Content-Encoding") {
            return true;
        }
    }
    return false;
}

/// A header's value up to its first control character: none may end the line and begin a header of its own.
std::string_view one_line(std::string_view value) noexcept {
    const auto end = std::ranges::find_if(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return {value.begin(), end};
}

} // namespace

std::string_view http_date() {
    thread_local std::time_t second = 0;
    thread_local std::string text;
    const auto now = std::time(nullptr);
    if (now != second) {
        second = now;
        text = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(now));
    }
    return text;
}

Response respond(const Request& request, Answer answer, Connection connection, std::string_view date) {
    const bool compress = should_compress(request, answer) && !sets_encoding(answer);
    const Place place = place_of(request.path);
    Response response;
    std::string etag;
    if (place == Place::staff) {
        answer.caching = Caching::none;
    } else if (!answer.etag_basis.empty() && answer.status == 200) {
        etag = etag_of(answer, compress ? "gzip" : "");
        if (names(request.if_none_match, etag)) {
            answer.status = 304;
        }
    }
    response.status = answer.status;
    const bool has_content = answer.status != 304 && answer.status != 204;
    if (has_content && compress) {
        response.body = gzip(answer.content());
    } else if (has_content) {
        response.body = std::move(answer.body);
        response.shared_body = std::move(answer.shared_body);
    }
    const std::size_t length = response.content().size();
    response.with_body = has_content && request.method != Method::head;

    auto out = std::back_inserter(response.head);
    response.head.reserve(is_page(answer.content_type) ? 1'500 : 700);
    fmt::format_to(out, FMT_COMPILE("HTTP/1.1 {} {}\r\nDate: {}\r\nCache-Control: {}\r\n"), answer.status,
                   phrase_of(answer.status), date, cache_control_of(answer.caching));
    if (has_content) {
        fmt::format_to(out, FMT_COMPILE("Content-Type: {}\r\nContent-Length: {}\r\n"), answer.content_type, length);
        if (compress) {
            response.head += "Content-Encoding: gzip\r\n";
        }
    }
    if (!etag.empty()) {
        fmt::format_to(out, FMT_COMPILE("ETag: {}\r\n"), etag);
    }
    response.head += is_page(answer.content_type) ? "Vary: Accept-Encoding, Accept-Language, Cookie\r\n"
                                                  : "Vary: Accept-Encoding\r\n";
    for (const auto& [name, value] : answer.headers) {
        fmt::format_to(out, FMT_COMPILE("{}: {}\r\n"), name, one_line(value));
    }
    add_safety_headers(response.head, request, place, is_page(answer.content_type));
    response.head += connection == Connection::close ? "Connection: close\r\n\r\n" : "\r\n";
    return response;
}

} // namespace shirube::server
