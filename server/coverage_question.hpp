// What is asked of coverage: a rule, a layer, an instant, and where one asks about an hour of the week or an age, that
// in place of the rule's own.
#pragma once

#include "directory/coverage.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/problem.hpp"

#include <array>
#include <expected>
#include <optional>
#include <string_view>

namespace shirube::server {

/// As a parameter names a day of the week, Monday first.
inline constexpr std::array<std::string_view, 7> k_weekday_codes{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// The ages that may be asked for, and that a policy may name, are 0 to this.
inline constexpr int k_oldest_age = 39;

struct CoverageQuestion {
    directory::Policy policy; ///< as it is held against the districts
    const directory::Layer* layer = nullptr;
    directory::Instant at;
    std::optional<int> weekday; ///< Monday 0; asked for in place of the policy's own hours
    std::optional<int> hour;    ///< 0..23
    std::optional<int> age;     ///< years; in place of its ages

    /// The parameters that ask the same, the policy's id among them.
    [[nodiscard]] Query query() const;
};

/// A policy that this reader is offered; null for any other id.
const directory::Policy* find_open_policy(std::string_view id, const Context& context);

/// Reads layer, at, weekday, hour and age.
std::expected<CoverageQuestion, Problem> read_coverage_question(const Request& request, const Context& context,
                                                                const directory::Policy& policy);

} // namespace shirube::server
