// The server on the network: a thread a core, each with its own acceptor, its own sessions and no lock.
#pragma once

#include "server/net/wire.hpp"

#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace shirube::server {

class Worker;

/// Files that the settings name; each null where none is named.
struct ServerFiles {
    std::unique_ptr<Certificates> certificates;
    std::unique_ptr<AccessLog> log;
};

/// \throws TlsError, std::system_error of the access log
ServerFiles open_files(const Settings& settings);

class Server {
  public:
    /// Listens; nothing is answered before start(). What is referred to outlives the server.
    /// \param limiter knows k_client_limit
    /// \throws std::runtime_error where the address cannot be listened on
    Server(const Settings& settings, const Editions& editions, const Handling& handling, RateLimiter& limiter,
           ServerFiles files);
    ~Server(); ///< stops and waits
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;

    void start();

    /// Takes no more connections; requests under way are finished.
    void stop();

    /// Until everything that was under way at stop() is finished.
    void wait();

    /// Takes certificate and key anew and opens the access log anew. One thread at a time, as look().
    void reload();

    /// Takes certificate and key anew where their files have changed.
    void look();

  private:
    [[nodiscard]] std::vector<std::unique_ptr<Worker>> make_workers() const;

    const Settings& settings_;
    ServerFiles files_;
    std::atomic<std::size_t> connections_ = 0;
    SlowPool slow_;
    Wire wire_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::jthread> threads_;
};

} // namespace shirube::server
