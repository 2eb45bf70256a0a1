#include "server/net/slow_answer.hpp"

#include <exception>
#include <utility>

namespace shirube::server {

bool SlowAnswer::start(SlowPool& pool) {
    return pool.submit([self = shared_from_this()] { self->work(); });
}

asio::awaitable<std::optional<Response>> SlowAnswer::wait() {
    while (!finished_ && !stop_.stop_requested()) {
        boost::system::error_code ignored;
        co_await done_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    if (!finished_) {
        co_return std::nullopt;
    }
    if (failure_) {
        std::rethrow_exception(failure_);
    }
    co_return std::move(response_);
}

void SlowAnswer::abandon() {
    stop_.request_stop();
    done_.cancel();
}

void SlowAnswer::work() {
    if (stop_.stop_requested()) {
        return; // while it waited, its client went
    }
    try {
        response_ = answer_(stop_.get_token());
    } catch (...) {
        failure_ = std::current_exception();
    }
    asio::post(io_, [self = shared_from_this()] {
        self->finished_ = true;
        self->done_.cancel();
    });
}

} // namespace shirube::server
