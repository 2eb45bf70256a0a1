#include "directory/coverage/groundwork.hpp"

#include <algorithm>

namespace shirube::directory {

Groundwork::Groundwork(const Reader& reader_in, const Policy& policy_in, const Layer& layer_in)
    : reader(reader_in),
      policy(policy_in),
      layer(layer_in),
      candidates(reader, policy),
      municipalities(reader, layer),
      children(reader.children_of(layer, policy.counted_children())) {
    first_.reserve(candidates.all().size() + 1);
    first_.push_back(0);
    for (const auto& candidate : candidates.all()) {
        const auto before = static_cast<std::ptrdiff_t>(memberships_.size());
        add_districts_in_layer(reader, candidate.service, layer, memberships_);
        if (candidates.is_restricted(candidate.service)) {
            const auto kept =
                std::remove_if(memberships_.begin() + before, memberships_.end(), [&](const Membership& membership) {
                    return !candidates.is_for_residents_of(candidate.service,
                                                           district(membership.district).municipality);
                });
            memberships_.erase(kept, memberships_.end());
        }
        first_.push_back(static_cast<std::uint32_t>(memberships_.size()));
    }
}

} // namespace shirube::directory
