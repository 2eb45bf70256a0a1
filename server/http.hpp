// A request and an answer as handlers see them: no Beast here, so that a handler is a pure function and a test needs no
// socket.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::server {

enum class Method : std::uint8_t { get, head, post, other };

/// Decoded query parameters in the order they came. Names may repeat.
using Query = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::get;
    std::string path; ///< percent-decoded, no query
    Query query;
    std::string accept;
    std::string accept_language;
    std::string if_none_match;
    std::string cookie;
    std::string content_type;
    std::string body;
    bool accepts_gzip = false;
    std::string host;
    std::string public_url; ///< where the operator says this server stands (`serve --public-url`); empty: not said
    std::string origin;     ///< where a form or a script was that sent the request, as a browser says
    std::string fetch_site; ///< Sec-Fetch-Site: same-origin, same-site, cross-site, none
    std::string csrf;       ///< X-CSRF-Token
    std::string client;     ///< address of who asks, as text; for limits, never for a log or an answer
    bool secure = false;    ///< over TLS, or said to be by a proxy that is trusted
    std::stop_token stop;   ///< of a request that takes long: asked for when nobody waits for its answer any more

    /// The first value of a parameter; nothing where it is absent.
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

/// How long an answer may be kept by others.
enum class Caching : std::uint8_t {
    validated, ///< with the ETag: cache, but ask again each time
    immutable, ///< the address changes with the content (assets with a digest)
    none       ///< no-store
};

struct Answer {
    unsigned status = 200;
    std::string_view content_type = "text/plain; charset=utf-8";
    std::string body;
    std::shared_ptr<const std::string> shared_body; ///< instead of `body`, for what is prepared once
    std::string etag_basis;                         ///< what the answer depends on (edition, instant); empty: no ETag
    Caching caching = Caching::validated;
    std::vector<std::pair<std::string_view, std::string>> headers;
    bool compressible = true;

    [[nodiscard]] std::string_view content() const noexcept { return shared_body ? *shared_body : body; }
};

/// 301 to where an id leads now. Nobody keeps it: a link that is cut brings the id back.
Answer moved_to(std::string location);

/// Splits a request target into path and query, percent-decoding both. Errors name what is malformed.
struct Target {
    std::string path;
    Query query;
};
std::expected<Target, std::string> parse_target(std::string_view target);

/// The same for a query alone, or a form's body (application/x-www-form-urlencoded). The error is the parameter's name,
/// empty where that is malformed itself.
std::expected<Query, std::string> parse_query(std::string_view text);

bool is_valid_utf8(std::string_view text) noexcept;

/// A header's part without the blanks that may stand around it (RFC 9110, 5.6.3).
std::string_view without_blanks(std::string_view text) noexcept;

/// Whether an Accept header names text/html and gives JSON no greater weight (RFC 9110, 12.5.1). Everything ("*/*") is
/// what programs ask for.
bool prefers_html(std::string_view accept) noexcept;

/// Percent-encodes for a query value or path segment (RFC 3986 unreserved characters stay).
std::string percent_encode(std::string_view text);

} // namespace shirube::server
