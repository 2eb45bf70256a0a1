// One connection: reads a request, asks the router, writes the answer, as long as the client keeps on. A coroutine of
// its worker's thread.
#pragma once

#include "server/net/asio.hpp"
#include "server/net/worker.hpp"
#include "server/problem.hpp"

#include <chrono>
#include <list>
#include <memory>

namespace shirube::server {

class Session {
  public:
    using Clock = std::chrono::steady_clock;

    Session(Worker& worker, tcp::socket socket);

    /// Says that there are too many connections, and ends.
    asio::awaitable<void> turn_away();

    /// Runs to the connection's end.
    asio::awaitable<void> run();

    /// Cancels what the session waits for where its time is over. Called by the worker now and then.
    void end_if_late(Clock::time_point now);

    /// Ends the session if it only waits for another request; lets one under way be answered.
    void stop();

  private:
    using Parser = beast::http::request_parser<beast::http::string_body>;

    asio::awaitable<bool> read(Parser& parser);
    /// \param problem a name of the caller's, never a temporary: g++ 12 destroys those of a co_await twice.
    asio::awaitable<void> refuse(const Problem& problem);
    asio::awaitable<bool> write(const Response& response);
    Request request_of(const Parser& parser, const Target& target) const;
    void set_deadline(std::chrono::milliseconds time) {
        late_ = false;
        deadline_ = Clock::now() + time;
    }

    Worker& worker_;
    tcp::socket socket_;
    beast::flat_buffer buffer_;
    Clock::time_point deadline_;
    bool idle_ = true;  ///< waits for the first byte of a request
    bool late_ = false; ///< its time was over
    bool stopping_ = false;
};

} // namespace shirube::server
