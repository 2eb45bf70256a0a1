// A request that a thread of the slow pool answers while its session waits.
#pragma once

#include "server/net/asio.hpp"
#include "server/net/wire.hpp"
#include "server/respond.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace shirube::server {

/// Held by the session and by the pool: whichever lets go last drops it, so neither waits for the other's end.
class SlowAnswer : public std::enable_shared_from_this<SlowAnswer> {
  public:
    /// \param answer called on a thread of the pool, unless nobody waits any more by then
    SlowAnswer(asio::io_context& io, std::function<Response(const std::stop_token&)> answer)
        : io_(io), done_(io), answer_(std::move(answer)) {
        done_.expires_at(asio::steady_timer::time_point::max());
    }

    /// False where the pool is full.
    [[nodiscard]] bool start(SlowPool& pool);

    /// Until the answer is there, or abandon() was called. Where the work failed, what it threw is thrown.
    asio::awaitable<std::optional<Response>> wait();

    /// Nobody waits any more. Call from the session's thread.
    void abandon();

  private:
    void work();

    asio::io_context& io_;
    asio::steady_timer done_; ///< of the session's thread alone
    std::function<Response(const std::stop_token&)> answer_;
    std::stop_source stop_;
    bool finished_ = false; ///< of the session's thread alone
    std::optional<Response> response_;
    std::exception_ptr failure_;
};

} // namespace shirube::server
