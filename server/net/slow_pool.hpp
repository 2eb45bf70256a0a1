// A few threads for what takes long, so that nothing that is quick waits behind it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace shirube::server {

class SlowPool {
  public:
    using Job = std::function<void()>; ///< throws nothing

    SlowPool(unsigned threads, std::size_t most_waiting);
    ~SlowPool();
    SlowPool(const SlowPool&) = delete;
    SlowPool& operator=(const SlowPool&) = delete;

    /// False where too many wait already. Safe from any thread.
    [[nodiscard]] bool submit(Job job);

    /// Waits for jobs under way; those that wait are dropped, and none is taken any more.
    void stop();

  private:
    void work(const std::stop_token& stop);

    std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable_any awake_;
    std::deque<Job> waiting_;
    bool stopped_ = false;
    std::size_t resting_; ///< threads without a job
    std::vector<std::jthread> threads_;
};

} // namespace shirube::server
