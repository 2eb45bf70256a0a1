// The policies that an edition offers: those that come with the program and those that municipalities keep.
#pragma once

#include "directory/audience.hpp"
#include "directory/policy.hpp"
#include "directory/state.hpp"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

struct OfferedPolicy {
    Policy policy;
    std::string municipality{};          ///< whose staff keep it; empty: it comes with the program
    std::optional<int> public_version{}; ///< of a kept one: which everybody has

    [[nodiscard]] bool is_shipped() const noexcept { return municipality.empty(); }
};

/// The shipped ones by id, then the kept ones by id: those whose programmes the audience may see. What of the kept ones
/// this program does not understand, because a newer one wrote it, is left out.
std::vector<OfferedPolicy> offered_policies(std::span<const PolicyRow> kept, const Taxonomy& taxonomy,
                                            const Audience& audience);

/// A kept document as a policy: its id and version are those it is kept under.
std::expected<Policy, PolicyProblem> parse_kept_policy(const PolicyRow& row, const Taxonomy& taxonomy);

} // namespace shirube::directory
