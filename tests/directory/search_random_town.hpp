// A town thrown with dice: districts in two layers that overlap, places of every quality, services of every kind.
#pragma once

#include "directory/state.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace shirube::directory::test {

/// The same throws on every machine: the standard's distributions differ between libraries, its engines do not.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    /// 0 … sides - 1
    std::size_t below(std::size_t sides) { return static_cast<std::size_t>(engine_() % sides); }
    bool one_in(std::size_t sides) { return below(sides) == 0; }
    double between(double from, double to) {
        return from +
               (to - from) * static_cast<double>(engine_() >> 11U) / static_cast<double>(std::uint64_t{1} << 53U);
    }
    template <class T>
    const T& of(const std::vector<T>& values) {
        return values[below(values.size())];
    }

  private:
    std::mt19937_64 engine_;
};

/// The land of the random town.
inline constexpr geo::Box k_land{139.60, 35.60, 139.90, 35.80};

/// About 3,000 services, two municipalities, two layers; sorted as a state must be. No place lies so near to a border
/// that rounding decides on which side.
State random_town(std::uint64_t seed);

/// What the town's names are made of; words to search for.
const std::vector<std::string>& words_of_random_town();

} // namespace shirube::directory::test
