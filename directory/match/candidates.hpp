// Which services a question is asked of at all: those of the programmes that may help, as far away as somebody could
// still question why they were left out, and those that lie nowhere but serve where the family lives.
#pragma once

#include "directory/match/suitability.hpp"

#include <cstdint>
#include <vector>

namespace shirube::directory {

/// Beyond how far one can go, this much farther is still told of, with its reason.
inline constexpr double k_questioned = 1.5;
/// Helpers who come to a family are looked for in this circle where their rows lie at an office.
inline constexpr double k_helpers_m = 20'000;

/// How far, in a straight line, services of a need are looked for.
double looked_for_m(const Asked& asked, const AskedPair& pair);

/// By index: standing on the day (suspended ones too), each once.
std::vector<std::uint32_t> candidates_of(const Asked& asked);

} // namespace shirube::directory
