// One thread's share of the server: an io_context, an acceptor, its sessions, its view of the edition in force.
#pragma once

#include "server/editions.hpp"
#include "server/net/asio.hpp"
#include "server/respond.hpp"
#include "server/settings.hpp"

#include <atomic>
#include <list>
#include <memory>

namespace shirube::server {

class Session;

class Worker {
  public:
    /// \param connections all workers' count
    Worker(const Settings& settings, const Editions& editions, const tcp::endpoint& endpoint,
           std::atomic<std::size_t>& connections);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    /// Runs until stop() and its sessions' ends. Call from the worker's own thread.
    void run();

    /// Takes no more connections, lets requests under way end. Safe from any thread.
    void stop();

    [[nodiscard]] const Settings& settings() const noexcept { return settings_; }

    /// The edition in force, by this thread's own pointer: the shared count is touched only when a new one has come.
    [[nodiscard]] const std::shared_ptr<const Loaded>& edition();

  private:
    asio::awaitable<void> accept();
    asio::awaitable<void> tick();
    void start_session(tcp::socket socket);

    const Settings& settings_;
    const Editions& editions_;
    std::atomic<std::size_t>& connections_;
    asio::io_context io_{1};
    tcp::acceptor acceptor_;
    asio::steady_timer timer_;
    std::list<std::shared_ptr<Session>> sessions_;
    std::shared_ptr<const Loaded> loaded_;
    std::uint64_t generation_ = 0;
    bool stopping_ = false;
    std::chrono::steady_clock::time_point stop_by_{};
};

} // namespace shirube::server
