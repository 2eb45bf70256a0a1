#include "server/net/slow_pool.hpp"

#include <algorithm>
#include <utility>

namespace shirube::server {

SlowPool::SlowPool(unsigned threads, std::size_t most_waiting)
    : most_waiting_(most_waiting), resting_(std::max(1U, threads)) {
    const std::size_t count = resting_;
    threads_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
}

SlowPool::~SlowPool() { stop(); }

void SlowPool::stop() {
    std::deque<Job> dropped;
    {
        const std::scoped_lock lock(mutex_);
        stopped_ = true;
        std::swap(dropped, waiting_);
    }
    for (auto& thread : threads_) {
        thread.request_stop();
    }
    threads_.clear(); // joins
}

bool SlowPool::submit(Job job) {
    {
        const std::scoped_lock lock(mutex_);
        // A job that a resting thread is about to take does not wait.
        if (stopped_ || waiting_.size() >= most_waiting_ + resting_) {
            return false;
        }
        waiting_.push_back(std::move(job));
    }
    awake_.notify_one();
    return true;
}

void SlowPool::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (awake_.wait(lock, stop, [this] { return !waiting_.empty(); }) && !stop.stop_requested()) {
        auto job = std::move(waiting_.front());
        waiting_.pop_front();
        --resting_;
        lock.unlock();
        job();
        job = nullptr; // what it held goes before the thread rests
        lock.lock();
        ++resting_;
    }
}

} // namespace shirube::server
