#include "server/net/worker.hpp"

#include "server/net/session.hpp"

#include <spdlog/spdlog.h>

namespace shirube::server {

namespace {

/// How often deadlines are looked at. A limit holds to within this.
constexpr std::chrono::milliseconds k_tick{200};

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

tcp::acceptor listen_on(asio::io_context& io, const tcp::endpoint& endpoint) {
    tcp::acceptor acceptor(io);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.set_option(ReusePort(true)); // every worker has its own queue of connections
    acceptor.bind(endpoint);
    acceptor.listen(1024);
    return acceptor;
}

} // namespace

Worker::Worker(const Wire& wire, const tcp::endpoint& endpoint)
    : wire_(wire), acceptor_(listen_on(io_, endpoint)), timer_(io_) {}

Worker::~Worker() = default;

const std::shared_ptr<const Loaded>& Worker::edition() {
    if (const auto now = wire_.editions.generation(); now != generation_) {
        generation_ = now;
        loaded_ = wire_.editions.current();
    }
    return loaded_;
}

void Worker::run() {
    asio::co_spawn(io_, accept(), asio::detached);
    asio::co_spawn(io_, tick(), asio::detached);
    io_.run();
}

void Worker::stop() {
    asio::post(io_, [this] {
        stopping_ = true;
        stop_by_ = std::chrono::steady_clock::now() + settings().stop_time;
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        for (const auto& session : sessions_) {
            session->stop();
        }
    });
}

asio::awaitable<void> Worker::accept() {
    while (!stopping_) {
        boost::system::error_code error;
        tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (stopping_) {
            break;
        }
        if (error) {
            // Out of file handles, most likely: those in use must end before another can be taken.
            spdlog::warn("A connection could not be taken: {}", error.message());
            asio::steady_timer pause(io_, std::chrono::milliseconds{100});
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        start_session(std::move(socket));
    }
}

void Worker::start_session(tcp::socket socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto session = session_on(std::move(socket));
    sessions_.push_back(session);
    const auto place = std::prev(sessions_.end());
    const bool too_many = wire_.connections.fetch_add(1, std::memory_order_relaxed) >= settings().most_connections;
    asio::co_spawn(
        io_, [session, too_many]() { return too_many ? session->turn_away() : session->run(); },
        [this, place](const std::exception_ptr& failure) {
            wire_.connections.fetch_sub(1, std::memory_order_relaxed);
            sessions_.erase(place);
            if (!failure) {
                return;
            }
            try {
                std::rethrow_exception(failure);
            } catch (const std::exception& error) {
                spdlog::error("A session failed: {}", error.what());
            }
        });
}

std::shared_ptr<Session> Worker::session_on(tcp::socket socket) {
    if (wire_.certificates == nullptr) {
        return plain_session(*this, std::move(socket));
    }
    if (const auto now = wire_.certificates->generation(); now != tls_generation_) {
        tls_generation_ = now;
        tls_ = wire_.certificates->current();
    }
    return tls_session(*this, std::move(socket), *tls_); // the session keeps what it needs of the context
}

asio::awaitable<void> Worker::tick() {
    while (!stopping_ || !sessions_.empty()) {
        boost::system::error_code error;
        timer_.expires_after(k_tick);
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        const auto now = std::chrono::steady_clock::now();
        for (const auto& session : sessions_) {
            session->end_if_late(now);
        }
        if (stopping_ && now >= stop_by_) {
            break;
        }
    }
    io_.stop();
}

} // namespace shirube::server
