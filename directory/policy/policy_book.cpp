#include "directory/policy/policy_book.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace shirube::directory {

std::expected<Policy, PolicyProblem> parse_kept_policy(const PolicyRow& row, const Taxonomy& taxonomy) {
    auto document = nlohmann::json::parse(row.document, nullptr, false);
    if (document.is_object()) {
        document["id"] = row.id;
        document["version"] = row.version;
    }
    return parse_policy(document, taxonomy);
}

std::vector<OfferedPolicy> offered_policies(std::span<const PolicyRow> kept, const Taxonomy& taxonomy,
                                            const Audience& audience) {
    std::vector<OfferedPolicy> offered;
    for (const auto& policy : shipped_policies()) {
        if (is_open_to(policy, taxonomy, audience)) {
            offered.push_back({policy});
        }
    }
    for (const auto& row : kept) {
        auto policy = parse_kept_policy(row, taxonomy);
        if (policy && is_open_to(*policy, taxonomy, audience)) {
            offered.push_back({*std::move(policy), row.municipality, row.public_version});
        }
    }
    return offered;
}

} // namespace shirube::directory
