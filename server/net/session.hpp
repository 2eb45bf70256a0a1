// One connection: reads a request, asks the router, writes the answer, as long as the client keeps on. A coroutine of
// its worker's thread.
#pragma once

#include "server/net/asio.hpp"
#include "server/net/tls.hpp"

#include <chrono>
#include <memory>

namespace shirube::server {

class Worker;

/// What the worker knows of a connection. One code serves plain and encrypted ones, see session.cpp.
class Session {
  public:
    using Clock = std::chrono::steady_clock;

    Session() = default;
    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Says that there are too many connections, and ends.
    virtual asio::awaitable<void> turn_away() = 0;

    /// Runs to the connection's end.
    virtual asio::awaitable<void> run() = 0;

    /// Cancels what the session waits for where its time is over, or where nobody waits for its answer any more. Called
    /// by the worker now and then.
    virtual void end_if_late(Clock::time_point now) = 0;

    /// Ends the session if it only waits for another request; lets one under way be answered.
    virtual void stop() = 0;
};

std::shared_ptr<Session> plain_session(Worker& worker, tcp::socket socket);
std::shared_ptr<Session> tls_session(Worker& worker, tcp::socket socket, asio::ssl::context& context);

} // namespace shirube::server
