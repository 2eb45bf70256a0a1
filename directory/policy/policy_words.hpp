// The words of a policy document. Both ways of it read this.
#pragma once

#include "directory/policy.hpp"

#include <array>
#include <string_view>

namespace shirube::directory {

struct ReadingWord {
    ReadingKind kind;
    std::string_view code;
};
inline constexpr std::array k_readings{
    ReadingWord{ReadingKind::presence, "presence"}, ReadingWord{ReadingKind::function, "function"},
    ReadingWord{ReadingKind::reach, "reach"}, ReadingWord{ReadingKind::supply, "supply"}};

inline constexpr std::array<std::string_view, 7> k_weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
inline constexpr std::array<std::string_view, 4> k_modes{"walk", "stroller", "bicycle", "car"};

struct CapacityWord {
    UnknownCapacity rule;
    std::string_view code;
};
inline constexpr std::array k_capacities{CapacityWord{UnknownCapacity::unknown, "unknown"},
                                         CapacityWord{UnknownCapacity::median, "median"},
                                         CapacityWord{UnknownCapacity::fixed, "fixed"}};

} // namespace shirube::directory
