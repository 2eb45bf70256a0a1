// The body of a caseworker's search, read into a family. Nothing of it goes anywhere else: a problem says where in the
// body something is wrong and never what stood there.
#pragma once

#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"
#include "server/context.hpp"
#include "server/problem.hpp"

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

inline constexpr std::size_t k_most_match_bytes = 64 * 1024;

/// How well an address of the question was found.
struct FoundPlace {
    directory::PositionQuality quality = directory::PositionQuality::exact;
    double accuracy_m = 0;
};

struct MatchQuestion {
    directory::Family family;
    std::vector<FoundPlace> found; ///< by place
    std::shared_ptr<const directory::MatchRules> rules;
    directory::Instant at;
};

std::expected<MatchQuestion, Problem> read_match_question(std::string_view body, const Context& context);

} // namespace shirube::server
