// What a page about coverage is asked.
#pragma once

#include "server/coverage_question.hpp"

#include <expected>
#include <string_view>

namespace shirube::server {

/// Which is shown where none is asked for.
inline constexpr std::string_view k_first_policy = "base_per_chugakkoku";

/// Without a policy the first question of all, without a layer that exists the first there is; by the day, for coverage
/// changes with openings and closings. The error is the key of a sentence.
std::expected<CoverageQuestion, std::string_view> read_planner_question(const Request& request, const Context& context);

} // namespace shirube::server
