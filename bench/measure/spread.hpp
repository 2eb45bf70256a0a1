// How times are spread: not each run is as long as the other.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace shirube::bench {

/// Runs from when it is made.
class Clock {
  public:
    [[nodiscard]] double ms() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_).count();
    }

  private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
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
