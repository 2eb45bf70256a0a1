#include "server/net/request_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

namespace {

namespace http = beast::http;

std::string_view view_of(boost::beast::string_view text) noexcept { return {text.data(), text.size()}; }

std::string text_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(http::verb verb) noexcept {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        default:
            return Method::other;
    }
}

/// Whether gzip is taken: named, and not with a weight of 0.
bool takes_gzip(std::string_view accept_encoding) noexcept {
    const auto at = accept_encoding.find("gzip");
    if (at == std::string_view::npos) {
        return false;
    }
    const auto rest = accept_encoding.substr(at + 4);
    const auto entry = rest.substr(0, rest.find(','));
    const auto weight = entry.find("q=0");
    return weight == std::string_view::npos || entry.find_first_of("123456789", weight) != std::string_view::npos;
}

std::vector<std::string_view> lines_of(const RequestMessage& message, std::string_view name) {
    std::vector<std::string_view> lines;
    const auto [first, last] = message.equal_range(boost::beast::string_view{name.data(), name.size()});
    for (auto line = first; line != last; ++line) {
        lines.push_back(view_of(line->value()));
    }
    return lines;
}

} // namespace

void limit(RequestParser& parser, const Settings& settings) {
    parser.header_limit(static_cast<std::uint32_t>(settings.most_header_bytes));
    parser.body_limit(settings.most_body_bytes);
}

void let_files_pass(RequestParser& parser, const Settings& settings) {
    parser.body_limit(std::max(settings.most_body_bytes, settings.most_upload_bytes));
}

boost::system::error_code settle_body(RequestParser& parser, std::size_t most) {
    if (announced_length(parser) > most) {
        return http::error::body_limit;
    }
    parser.body_limit(most);
    return {};
}

std::uint64_t announced_length(const RequestParser& parser) { return parser.content_length().value_or(0); }

Fed feed(RequestParser& parser, beast::flat_buffer& received, boost::system::error_code& error) {
    error = {};
    const std::string_view bytes{static_cast<const char*>(received.data().data()), received.size()};
    // Beast 1.74 asks for more after the first three bytes of an empty body's only chunk, and asserts that the last two
    // come together: a client that sent them one by one would stop the server. So these are held until all are there.
    constexpr std::string_view k_only_chunk = "0\r\n\r\n";
    const bool is_begun = parser.is_header_done() && parser.chunked() && bytes.size() < k_only_chunk.size() &&
                          k_only_chunk.starts_with(bytes);
    if (bytes.empty() || is_begun) {
        return Fed::needs_more;
    }
    const auto taken = parser.put(received.data(), error);
    received.consume(taken);
    if (error == http::error::need_more) {
        error = {};
        return Fed::needs_more;
    }
    return Fed::some;
}

std::expected<Request, Problem> request_of(const RequestMessage& message) {
    auto target = parse_target(view_of(message.target()));
    if (!target) {
        return std::unexpected(
            Problem{"bad_request", target.error(),
                    "The address is malformed: a % needs two hexadecimal digits, and the text must be UTF-8."});
    }
    if (message.version() >= 11 && message.count(http::field::host) != 1) {
        return std::unexpected(
            Problem{"bad_request", "", "A request of HTTP/1.1 names its host once (RFC 9112, 3.2)."});
    }
    Request request;
    request.method = method_of(message.method());
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.accept = text_of(message[http::field::accept]);
    request.accept_language = text_of(message[http::field::accept_language]);
    request.if_none_match = text_of(message[http::field::if_none_match]);
    request.cookie = text_of(message[http::field::cookie]);
    request.content_type = text_of(message[http::field::content_type]);
    request.body = message.body();
    request.host = text_of(message[http::field::host]);
    request.origin = text_of(message[http::field::origin]);
    request.fetch_site = text_of(message["Sec-Fetch-Site"]);
    request.csrf = text_of(message["X-CSRF-Token"]);
    request.accepts_gzip = takes_gzip(view_of(message[http::field::accept_encoding]));
    return request;
}

Request asker_of(const RequestMessage& message, const Settings& settings) {
    const auto target = view_of(message.target());
    Request request;
    request.method = method_of(message.method());
    if (auto parsed =
            target.size() > settings.most_target_bytes ? std::unexpected(std::string{}) : parse_target(target)) {
        request.path = std::move(parsed->path);
        request.query = std::move(parsed->query);
    } else {
        request.path = target.substr(0, target.find('?'));
    }
    request.accept = text_of(message[http::field::accept]);
    request.accept_language = text_of(message[http::field::accept_language]);
    request.cookie = text_of(message[http::field::cookie]);
    return request;
}

ForwardingHeaders forwarding_headers(const RequestMessage& message) {
    return {lines_of(message, "X-Forwarded-For"), lines_of(message, "X-Forwarded-Proto"),
            lines_of(message, "Forwarded")};
}

bool waits_for_continue(const RequestMessage& message) {
    return message.version() >= 11 && beast::iequals(message[http::field::expect], "100-continue");
}

std::string_view problem_of(const boost::system::error_code& error, bool has_target) noexcept {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return has_target ? "header_too_large" : "uri_too_long";
    }
    if (error == http::error::body_limit) {
        return "body_too_large";
    }
    if (error == http::error::end_of_stream || error == http::error::partial_message) {
        return {};
    }
    if (error.category() == http::make_error_code(http::error::bad_method).category()) {
        return "bad_request";
    }
    return {};
}

Problem limit_passed(std::string_view code, const Settings& settings) {
    std::string detail = "This is no HTTP request.";
    if (code == "uri_too_long") {
        detail = fmt::format("An address may have {} bytes.", settings.most_target_bytes);
    } else if (code == "header_too_large") {
        detail = fmt::format("A request's header may have {} bytes.", settings.most_header_bytes);
    } else if (code == "body_too_large") {
        detail = fmt::format("A request's body may have {} bytes.", settings.most_body_bytes);
    } else if (code == "file_too_large") {
        detail = fmt::format("A file may have {} bytes.", settings.most_upload_bytes);
    } else if (code == "form_stale") {
        detail = "Open the page with the form again, then send the file.";
    } else if (code == "request_timeout") {
        detail = fmt::format("A request must arrive within {} ms.", settings.request_time.count());
    }
    return {code, "", std::move(detail)};
}

} // namespace shirube::server
