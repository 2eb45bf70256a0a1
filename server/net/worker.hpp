// One thread's share of the server: an io_context, an acceptor, its sessions, its view of the edition in force.
#pragma once

#include "server/net/asio.hpp"
#include "server/net/wire.hpp"

#include <list>
#include <memory>

namespace shirube::server {

class Session;

class Worker {
  public:
    Worker(const Wire& wire, const tcp::endpoint& endpoint);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    /// Runs until stop() and its sessions' ends. Call from the worker's own thread.
    void run();

    /// Takes no more connections, lets requests under way end. Safe from any thread.
    void stop();

    [[nodiscard]] const Wire& wire() const noexcept { return wire_; }
    [[nodiscard]] const Settings& settings() const noexcept { return wire_.settings; }
    [[nodiscard]] asio::io_context& io() noexcept { return io_; }

    /// The edition in force, by this thread's own pointer: the shared count is touched only when a new one has come.
    [[nodiscard]] const std::shared_ptr<const Loaded>& edition();

  private:
    asio::awaitable<void> accept();
    asio::awaitable<void> tick();
    void start_session(tcp::socket socket);
    [[nodiscard]] std::shared_ptr<Session> session_on(tcp::socket socket);

    const Wire& wire_;
    asio::io_context io_{1};
    tcp::acceptor acceptor_;
    asio::steady_timer timer_;
    std::list<std::shared_ptr<Session>> sessions_;
    std::shared_ptr<const Loaded> loaded_;
    std::uint64_t generation_ = 0;
    TlsContext tls_;
    std::uint64_t tls_generation_ = 0;
    bool stopping_ = false;
    std::chrono::steady_clock::time_point stop_by_{};
};

} // namespace shirube::server
