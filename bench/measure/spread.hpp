// How times are spread: not each run is as long as the other.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <vector>

namespace shirube::bench {

/// Runs from when it is made.
class Clock {
  public:
    [[nodiscard]] double ms() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_).count();
    }
    /// Of a processor alone, by this thread: what others do meanwhile weighs less on it.
    [[nodiscard]] double processor_ms() const { return processor_now() - processor_begin_; }

  private:
    static double processor_now() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
    }

    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double processor_begin_ = processor_now();
};

class Spread {
  public:
    void add(double value) { values_.push_back(value); }
    [[nodiscard]] std::size_t count() const noexcept { return values_.size(); }
    /// The value that so large a part of all does not exceed. \pre count() > 0
    [[nodiscard]] double at(double part) {
        const auto place = static_cast<std::size_t>(part * static_cast<double>(values_.size() - 1) + 0.5);
        std::nth_element(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(place), values_.end());
        return values_[place];
    }

  private:
    std::vector<double> values_;
};

} // namespace shirube::bench
