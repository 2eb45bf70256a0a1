// A server in this process, whose answers a test makes up.
#pragma once

#include "server/net/server.hpp"

#include <string>

namespace shirube::tests {

/// Any free port and no limit of requests.
server::Settings quiet_settings();

class Listening {
  public:
    /// Serves over the demonstration town until its end. `handling` need not name all: what is missing is the router's.
    explicit Listening(server::Settings settings, server::Handling handling = {});

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] server::Server& server() noexcept { return server_; }

  private:
    server::Settings settings_;
    server::Handling handling_;
    server::RateLimiter limiter_;
    server::Server server_;
};

} // namespace shirube::tests
