#include "server/net/session.hpp"

#include "server/net/request_reader.hpp"
#include "server/net/slow_answer.hpp"
#include "server/net/worker.hpp"
#include "server/pages/refusal_pages.hpp"
#include "server/respond.hpp"
#include "server/router.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>

#include <array>
#include <type_traits>

namespace shirube::server {

namespace {

namespace http = beast::http;

using TlsStream = asio::ssl::stream<tcp::socket>;

constexpr std::chrono::milliseconds k_time_to_part{2'000};

/// Over TLS head and body go out as one record where they are short: each record has bytes and a computation of its
/// own.
constexpr std::size_t k_most_to_join = 16 * 1024;

Address address_of(const tcp::socket& socket) {
    boost::system::error_code error;
    const auto address = socket.remote_endpoint(error).address();
    if (error) {
        return {}; // it has gone already
    }
    const auto v6 = address.is_v6() ? address.to_v6() : asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4());
    return Address{v6.to_bytes()};
}

/// Whether the client has closed its end. One that only half closed it counts as gone, as with other servers: browsers
/// never do that.
bool has_gone(tcp::socket& socket) noexcept {
    pollfd peer{socket.native_handle(), POLLRDHUP, 0};
    return ::poll(&peer, 1, 0) > 0 && (peer.revents & (POLLRDHUP | POLLERR | POLLHUP)) != 0;
}

/// The problem of a body that is longer than it may be.
std::string_view code_of(LongBody body) noexcept {
    return body == LongBody::file ? "file_too_large" : body == LongBody::unasked ? "form_stale" : "body_too_large";
}

bool is_plain_http(const boost::system::error_code& error) noexcept {
    return error.category() == asio::error::get_ssl_category() &&
           ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
}

/// \param Stream a tcp::socket, or TLS over one
template <class Stream>
class SessionOver final : public Session {
  public:
    template <class... Tls>
    SessionOver(Worker& worker, tcp::socket socket, Tls&... tls)
        : worker_(worker),
          stream_(std::move(socket), tls...),
          buffer_(worker.settings().most_header_bytes + worker.settings().most_body_bytes),
          peer_(address_of(this->socket())),
          peer_text_(peer_.text()),
          client_(peer_) {
        set_deadline(worker.settings().request_time);
    }

    asio::awaitable<void> turn_away() override;
    asio::awaitable<void> run() override;
    void end_if_late(Clock::time_point now) override;
    void stop() override;

  private:
    static constexpr bool k_is_tls = std::is_same_v<Stream, TlsStream>;

    tcp::socket& socket() noexcept {
        if constexpr (k_is_tls) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    asio::awaitable<bool> shake_hands();
    enum class Part : std::uint8_t { header, whole };

    asio::awaitable<bool> read(RequestParser& parser);
    asio::awaitable<boost::system::error_code> advance(RequestParser& parser, Part part);
    boost::system::error_code settle_length(RequestParser& parser);
    asio::awaitable<bool> answer(Request& request, Connection connection);
    asio::awaitable<bool> answer_slowly(Request& request, Connection connection);
    /// Tells and ends the connection. \param asker what is known of the request
    /// \param problem a name of the caller's, as `asker`, never a temporary: g++ 12 destroys those of a co_await twice.
    asio::awaitable<void> part(const Problem& problem, const Request& asker);
    asio::awaitable<void> refuse_in_the_clear();
    asio::awaitable<bool> write(Response& response);
    asio::awaitable<void> say_goodbye();
    asio::awaitable<void> drain(std::size_t most_megabytes);

    void name_client(Request& request, const RequestMessage& message);
    [[nodiscard]] Request nobodys_request() const;
    [[nodiscard]] Request asker_with(const RequestMessage& head) const;
    [[nodiscard]] std::optional<Problem> over_the_limit() const;
    void log(const Request* request, const Response& response) const;

    void set_deadline(std::chrono::milliseconds time) {
        late_ = false;
        deadline_ = Clock::now() + time;
    }

    Worker& worker_;
    Stream stream_;
    beast::flat_buffer buffer_;
    Address peer_;
    std::string peer_text_;
    Address client_; ///< of the request under way
    Clock::time_point deadline_;
    Clock::time_point arrived_{}; ///< when the request under way was whole
    std::shared_ptr<SlowAnswer> slow_;
    bool idle_ = true;  ///< waits for the first byte of a request
    bool late_ = false; ///< its time was over
    bool stopping_ = false;
};

template <class Stream>
void SessionOver<Stream>::end_if_late(Clock::time_point now) {
    const bool is_late = now >= deadline_;
    if (slow_ && (is_late || has_gone(socket()))) {
        late_ = is_late;
        slow_->abandon();
        return;
    }
    if (!is_late) {
        return;
    }
    // Again at every tick until the session moves on: what had just ended when it was cancelled may wait anew.
    late_ = true;
    boost::system::error_code ignored;
    socket().cancel(ignored);
}

template <class Stream>
void SessionOver<Stream>::stop() {
    stopping_ = true;
    if (!idle_) {
        return;
    }
    boost::system::error_code ignored;
    socket().cancel(ignored);
}

template <class Stream>
asio::awaitable<void> SessionOver<Stream>::turn_away() {
    if constexpr (k_is_tls) {
        if (!co_await shake_hands()) {
            co_return;
        }
    }
    const Problem problem{"too_busy", "", "There are too many connections."};
    const Request nobody = nobodys_request();
    co_await part(problem, nobody);
}

template <class Stream>
asio::awaitable<void> SessionOver<Stream>::run() {
    if constexpr (k_is_tls) {
        if (!co_await shake_hands()) {
            co_return;
        }
    }
    while (!stopping_) {
        RequestParser parser;
        limit(parser, worker_.settings());
        let_files_pass(parser, worker_.settings());
        if (!co_await read(parser)) {
            co_return;
        }
        arrived_ = Clock::now();
        auto request = request_of(parser.get());
        if (!request) {
            const Problem problem = request.error();
            const Request nobody = nobodys_request();
            co_await part(problem, nobody);
            co_return;
        }
        name_client(*request, parser.get());
        // HTTP/1.0 would need a header of its own to be kept open; a client that waited for one would wait in vain.
        const bool keep = parser.get().version() >= 11 && parser.get().keep_alive() && !stopping_;
        if (!co_await answer(*request, keep ? Connection::keep : Connection::close)) {
            co_return;
        }
        if (!keep) {
            break;
        }
        set_deadline(worker_.settings().idle_time);
    }
    co_await say_goodbye();
}

/// Where TLS is spoken; the deadline is that of a request.
template <class Stream>
asio::awaitable<bool> SessionOver<Stream>::shake_hands() {
    if constexpr (k_is_tls) {
        idle_ = false; // a stop lets it end, and its deadline is near
        boost::system::error_code error;
        co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                         asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            if (is_plain_http(error)) {
                co_await refuse_in_the_clear();
            }
            co_return false;
        }
        set_deadline(worker_.settings().request_time);
    }
    co_return true;
}

template <class Stream>
asio::awaitable<bool> SessionOver<Stream>::read(RequestParser& parser) {
    boost::system::error_code error;
    // The first byte may take as long as an idle connection may last; from then on the request has its own time.
    if (buffer_.size() == 0) {
        idle_ = true;
        const auto room = buffer_.prepare(std::min<std::size_t>(4096, buffer_.max_size()));
        const auto count = co_await stream_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            co_return false;
        }
        buffer_.commit(count);
    }
    idle_ = false;
    set_deadline(worker_.settings().request_time);
    arrived_ = Clock::now();
    client_ = peer_;
    error = co_await advance(parser, Part::header);
    if (!error && parser.get().target().size() > worker_.settings().most_target_bytes) {
        const auto problem = limit_passed("uri_too_long", worker_.settings());
        const Request asker = asker_with(parser.get());
        co_await part(problem, asker);
        co_return false;
    }
    if (!error && !parser.is_done()) {
        error = settle_length(parser);
    }
    if (!error && !parser.is_done() && waits_for_continue(parser.get())) {
        // What is too large was refused by its header already.
        constexpr std::string_view k_go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream_, asio::buffer(k_go_on.data(), k_go_on.size()),
                                   asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error && !parser.is_done()) {
        error = co_await advance(parser, Part::whole);
    }
    if (!error) {
        co_return true;
    }
    std::string_view code = late_ ? "request_timeout" : problem_of(error, !parser.get().target().empty());
    if (!code.empty()) {
        // Beast looks at the length that a body will have before it calls the head done.
        const bool is_head_whole = parser.is_header_done() || error == http::error::body_limit;
        const Request asker = is_head_whole ? asker_with(parser.get()) : nobodys_request();
        if (code == "body_too_large") {
            code = code_of(worker_.wire().handling.long_body(asker));
        }
        const auto problem = limit_passed(code, worker_.settings());
        co_await part(problem, asker);
    }
    co_return false;
}

/// How long the body may be, now that its head is known; a file has its own time too.
template <class Stream>
boost::system::error_code SessionOver<Stream>::settle_length(RequestParser& parser) {
    const auto& settings = worker_.settings();
    if (announced_length(parser) <= settings.most_body_bytes ||
        worker_.wire().handling.long_body(asker_with(parser.get())) != LongBody::file) {
        return settle_body(parser, settings.most_body_bytes);
    }
    set_deadline(settings.upload_time);
    return settle_body(parser, settings.most_upload_bytes);
}

/// Receives until the parser has that part of a request.
template <class Stream>
asio::awaitable<boost::system::error_code> SessionOver<Stream>::advance(RequestParser& parser, Part part) {
    constexpr std::size_t k_at_a_time = 16 * 1024;
    boost::system::error_code error;
    parser.eager(part == Part::whole);
    while (!error && !(part == Part::whole ? parser.is_done() : parser.is_header_done())) {
        if (feed(parser, buffer_, error) == Fed::some || error) {
            continue;
        }
        const std::size_t room_left = buffer_.max_size() - buffer_.size();
        if (room_left == 0) {
            co_return http::error::buffer_overflow;
        }
        const auto room = buffer_.prepare(std::min(room_left, k_at_a_time));
        const auto count = co_await stream_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
        buffer_.commit(count);
    }
    co_return error;
}

/// False where the connection is at its end.
template <class Stream>
asio::awaitable<bool> SessionOver<Stream>::answer(Request& request, Connection connection) {
    const auto& handling = worker_.wire().handling;
    const auto problem = over_the_limit();
    if (!problem && handling.takes_long(request)) {
        co_return co_await answer_slowly(request, connection);
    }
    const auto edition = worker_.edition(); // held to the answer's end, whatever comes into force meanwhile
    auto said = problem ? refuse(*problem, request) : handling.route(request, edition.get(), directory::now_in_tokyo());
    auto response = respond(request, std::move(said), connection, http_date());
    set_deadline(worker_.settings().write_time);
    const bool written = co_await write(response);
    log(&request, response);
    co_return written;
}

template <class Stream>
asio::awaitable<bool> SessionOver<Stream>::answer_slowly(Request& request, Connection connection) {
    set_deadline(worker_.settings().slow_time);
    // By value: should the session end before, the pool has all it needs.
    auto work = [&route = worker_.wire().handling.route, edition = worker_.edition(), asked = request,
                 connection](const std::stop_token& stop) mutable {
        asked.stop = stop;
        auto said = route(asked, edition.get(), directory::now_in_tokyo());
        return respond(asked, std::move(said), connection, http_date());
    };
    const auto slow = std::make_shared<SlowAnswer>(worker_.io(), std::move(work));
    std::optional<Response> response;
    if (slow->start(worker_.wire().slow)) {
        slow_ = slow;
        response = co_await slow->wait();
        slow_ = nullptr;
        if (!response && !late_) {
            co_return false; // the client has gone
        }
        if (!response) {
            const Problem problem{
                "took_too_long", "",
                fmt::format("An answer that takes long may take {} ms.", worker_.settings().slow_time.count())};
            co_await part(problem, request);
            co_return false;
        }
    } else {
        const Problem problem{"too_busy", "", "Too many requests that take long are waiting."};
        response = respond(request, refuse(problem, request), connection, http_date());
    }
    set_deadline(worker_.settings().write_time);
    const bool written = co_await write(*response);
    log(&request, *response);
    co_return written;
}

template <class Stream>
asio::awaitable<void> SessionOver<Stream>::part(const Problem& problem, const Request& asker) {
    set_deadline(k_time_to_part);
    auto response = respond(asker, refuse(problem, asker), Connection::close, http_date());
    const bool written = co_await write(response);
    log(nullptr, response);
    if (!written) {
        co_return;
    }
    co_await say_goodbye();
    // A browser shows the answer only once its file is sent: a connection that is reset before is all it would tell.
    const bool is_file = problem.code == "file_too_large" || problem.code == "form_stale";
    if (is_file) {
        set_deadline(worker_.settings().request_time);
    }
    constexpr std::size_t k_usual = 4;
    constexpr std::size_t k_of_file = 128;
    co_await drain(is_file ? k_of_file : k_usual);
}

/// Who speaks plain HTTP where TLS is spoken is told so in its own language.
template <class Stream>
asio::awaitable<void> SessionOver<Stream>::refuse_in_the_clear() {
    set_deadline(k_time_to_part);
    const Problem problem{"bad_request", "", "This port speaks TLS: the address begins with https://."};
    const auto response = respond({}, to_answer(problem, "ja"), Connection::close, http_date());
    const std::string text = response.head + std::string{response.content()};
    boost::system::error_code error;
    co_await asio::async_write(socket(), asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
    log(nullptr, response);
    if (!error) {
        socket().shutdown(tcp::socket::shutdown_send, error);
        co_await drain(1);
    }
}

template <class Stream>
asio::awaitable<bool> SessionOver<Stream>::write(Response& response) {
    boost::system::error_code error;
    auto content = response.content();
    if constexpr (k_is_tls) {
        if (response.head.size() + content.size() <= k_most_to_join) {
            response.head += content;
            content = {};
        }
    }
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(response.head),
                                                    asio::buffer(content.data(), content.size())};
    co_await asio::async_write(stream_, buffers, asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
}

/// Says that nothing more will come, over TLS so that the client knows that nobody cut it short.
template <class Stream>
asio::awaitable<void> SessionOver<Stream>::say_goodbye() {
    boost::system::error_code error;
    if constexpr (k_is_tls) {
        idle_ = false;
        set_deadline(k_time_to_part);
        co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
    }
    socket().shutdown(tcp::socket::shutdown_send, error);
    co_return;
}

/// What the client is still sending is read and dropped for a while, else the kernel would reset the connection and the
/// client might never see why.
template <class Stream>
asio::awaitable<void> SessionOver<Stream>::drain(std::size_t most_megabytes) {
    boost::system::error_code error;
    std::array<char, 16 * 1024> dropped{};
    for (std::size_t total = 0; !error && total < most_megabytes * 1024 * 1024;) {
        total +=
            co_await socket().async_read_some(asio::buffer(dropped), asio::redirect_error(asio::use_awaitable, error));
    }
}

template <class Stream>
void SessionOver<Stream>::name_client(Request& request, const RequestMessage& message) {
    request.secure = k_is_tls;
    request.public_url = worker_.settings().public_url;
    request.client = peer_text_;
    const auto& trusted = worker_.settings().trusted_proxies;
    if (!holds(trusted, peer_)) {
        return;
    }
    const auto origin = origin_of(forwarding_headers(message), peer_, k_is_tls, trusted);
    client_ = origin.client;
    request.client = client_.text();
    request.secure = origin.secure;
}

/// Stands for what could not be read.
template <class Stream>
Request SessionOver<Stream>::nobodys_request() const {
    Request request;
    request.secure = k_is_tls;
    return request;
}

/// \param head whole
template <class Stream>
Request SessionOver<Stream>::asker_with(const RequestMessage& head) const {
    Request request = asker_of(head, worker_.settings());
    request.secure = k_is_tls;
    return request;
}

template <class Stream>
std::optional<Problem> SessionOver<Stream>::over_the_limit() const {
    const auto verdict = worker_.wire().limiter.take(k_client_limit, client_.key(), 1, arrived_);
    if (verdict.allowed) {
        return std::nullopt;
    }
    const auto& settings = worker_.settings();
    Problem problem{"too_many_requests", "",
                    fmt::format("One client may ask {} requests a second, and {} at once.", settings.rate_per_client,
                                settings.burst_per_client)};
    problem.retry_after_s = static_cast<unsigned>(verdict.retry_after.count());
    return problem;
}

template <class Stream>
void SessionOver<Stream>::log(const Request* request, const Response& response) const {
    auto* const log = worker_.wire().log;
    if (log == nullptr) {
        return;
    }
    AccessEntry entry;
    entry.time = std::chrono::system_clock::now();
    if (request != nullptr) {
        entry.method = request->method;
        entry.pattern = worker_.wire().handling.pattern(*request);
    }
    entry.status = response.status;
    entry.bytes = response.content().size();
    entry.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - arrived_);
    if (worker_.settings().access_log_clients) {
        entry.client = client_.text();
    }
    log->add(std::move(entry));
}

} // namespace

std::shared_ptr<Session> plain_session(Worker& worker, tcp::socket socket) {
    return std::make_shared<SessionOver<tcp::socket>>(worker, std::move(socket));
}

std::shared_ptr<Session> tls_session(Worker& worker, tcp::socket socket, asio::ssl::context& context) {
    return std::make_shared<SessionOver<TlsStream>>(worker, std::move(socket), context);
}

} // namespace shirube::server
