// Random numbers that are the same on every machine: the standard fixes the generator, but not its distributions.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace shirube::bench {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : bits_(seed) {}

    /// In [0, 1).
    double share() { return static_cast<double>(bits_() >> 11U) * 0x1p-53; }

    double between(double low, double high) { return low + (high - low) * share(); }

    /// In [0, count).
    std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(share() * count); }

    /// Normal with mean 0 and deviation 1 (Box and Muller).
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - share())); // drawn before the angle
        return radius * std::cos(2 * std::numbers::pi * share());
    }

  private:
    std::mt19937_64 bits_;
};

} // namespace shirube::bench
