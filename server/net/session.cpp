#include "server/net/session.hpp"

#include "server/router.hpp"

#include <fmt/format.h>

#include <array>

namespace shirube::server {

namespace {

namespace http = beast::http;

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

/// Whether the client sends its body only when it is told to (RFC 9110, 10.1.1).
template <class Message>
bool waits_for_continue(const Message& message) {
    return message.version() >= 11 && beast::iequals(message[http::field::expect], "100-continue");
}

/// The problem a failed reading stands for; empty where there is nobody left to tell.
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

/// Which limit it was, so that a client knows what would have been taken.
Problem limit_passed(std::string_view code, const Settings& settings) {
    std::string detail = "This is no HTTP request.";
    if (code == "uri_too_long") {
        detail = fmt::format("An address may have {} bytes.", settings.most_target_bytes);
    } else if (code == "header_too_large") {
        detail = fmt::format("A request's header may have {} bytes.", settings.most_header_bytes);
    } else if (code == "body_too_large") {
        detail = fmt::format("A request's body may have {} bytes.", settings.most_body_bytes);
    } else if (code == "request_timeout") {
        detail = fmt::format("A request must arrive within {} ms.", settings.request_time.count());
    }
    return {code, "", std::move(detail)};
}

} // namespace

Session::Session(Worker& worker, tcp::socket socket)
    : worker_(worker),
      socket_(std::move(socket)),
      buffer_(worker.settings().most_header_bytes + worker.settings().most_body_bytes) {
    set_deadline(worker.settings().request_time);
}

void Session::end_if_late(Clock::time_point now) {
    if (now < deadline_) {
        return;
    }
    // Again at every tick until the session moves on: what had just ended when it was cancelled may wait anew.
    late_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Session::stop() {
    stopping_ = true;
    if (!idle_) {
        return;
    }
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

asio::awaitable<void> Session::turn_away() {
    const Problem problem{"too_busy", "", "There are too many connections."};
    co_await refuse(problem);
}

asio::awaitable<void> Session::run() {
    while (!stopping_) {
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(worker_.settings().most_header_bytes));
        parser.body_limit(worker_.settings().most_body_bytes);
        if (!co_await read(parser)) {
            co_return;
        }

        const auto target = parse_target({parser.get().target().data(), parser.get().target().size()});
        if (!target) {
            const Problem problem{
                "bad_request", target.error(),
                "The address is malformed: a % needs two hexadecimal digits, and the text must be UTF-8."};
            co_await refuse(problem);
            co_return;
        }
        if (parser.get().version() >= 11 && parser.get().count(http::field::host) != 1) {
            const Problem problem{"bad_request", "", "A request of HTTP/1.1 names its host once (RFC 9112, 3.2)."};
            co_await refuse(problem);
            co_return;
        }
        const Request request = request_of(parser, *target);
        // HTTP/1.0 would need a header of its own to be kept open; a client that waited for one would wait in vain.
        const bool keep = parser.get().version() >= 11 && parser.get().keep_alive() && !stopping_;
        const auto edition = worker_.edition(); // held to the answer's end, whatever comes into force meanwhile
        auto answer = route(request, edition.get(), directory::now_in_tokyo());
        const auto response =
            respond(request, std::move(answer), keep ? Connection::keep : Connection::close, http_date());
        set_deadline(worker_.settings().write_time);
        if (!co_await write(response) || !keep) {
            break;
        }
        set_deadline(worker_.settings().idle_time);
    }
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<bool> Session::read(Parser& parser) {
    boost::system::error_code error;
    // The first byte may take as long as an idle connection may last; from then on the request has its own time.
    if (buffer_.size() == 0) {
        idle_ = true;
        const auto room = buffer_.prepare(std::min<std::size_t>(4096, buffer_.max_size()));
        const auto count = co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            co_return false;
        }
        buffer_.commit(count);
    }
    idle_ = false;
    set_deadline(worker_.settings().request_time);
    co_await http::async_read_header(socket_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    if (!error && parser.get().target().size() > worker_.settings().most_target_bytes) {
        const auto problem = limit_passed("uri_too_long", worker_.settings());
        co_await refuse(problem);
        co_return false;
    }
    if (!error && !parser.is_done() && waits_for_continue(parser.get())) {
        // What is too large was refused by its header already.
        constexpr std::string_view k_go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(socket_, asio::buffer(k_go_on.data(), k_go_on.size()),
                                   asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error && !parser.is_done()) {
        co_await http::async_read(socket_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error) {
        co_return true;
    }
    const std::string_view code = late_ ? "request_timeout" : problem_of(error, !parser.get().target().empty());
    if (!code.empty()) {
        const auto problem = limit_passed(code, worker_.settings());
        co_await refuse(problem);
    }
    co_return false;
}

asio::awaitable<void> Session::refuse(const Problem& problem) {
    set_deadline(std::chrono::milliseconds{2'000});
    const auto response = respond({}, to_answer(problem, "ja"), Connection::close, http_date());
    if (!co_await write(response)) {
        co_return;
    }
    // What the client is still sending is read and dropped for a while, else the kernel would reset the connection and
    // the client might never see why.
    boost::system::error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    std::array<char, 16 * 1024> dropped{};
    for (std::size_t total = 0; !error && total < 4 * 1024 * 1024;) {
        total +=
            co_await socket_.async_read_some(asio::buffer(dropped), asio::redirect_error(asio::use_awaitable, error));
    }
}

asio::awaitable<bool> Session::write(const Response& response) {
    boost::system::error_code error;
    const auto content = response.content();
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(response.head),
                                                    asio::buffer(content.data(), content.size())};
    co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
}

Request Session::request_of(const Parser& parser, const Target& target) const {
    const auto& message = parser.get();
    Request request;
    request.method = method_of(message.method());
    request.path = target.path;
    request.query = target.query;
    request.accept = text_of(message[http::field::accept]);
    request.accept_language = text_of(message[http::field::accept_language]);
    request.if_none_match = text_of(message[http::field::if_none_match]);
    request.cookie = text_of(message[http::field::cookie]);
    request.content_type = text_of(message[http::field::content_type]);
    request.body = message.body();
    const auto encodings = message[http::field::accept_encoding];
    request.accepts_gzip = takes_gzip({encodings.data(), encodings.size()});
    return request;
}

} // namespace shirube::server
