// The policies that come with the program, and what a policy is asked.
#include "directory/embedded_file.hpp"
#include "directory/policy.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace shirube::directory {

namespace {

std::vector<Policy> read_shipped() {
    std::vector<Policy> policies;
    for (const auto& file : embedded_data()) {
        if (!file.path.starts_with("policies/")) {
            continue;
        }
        auto policy = parse_policy(nlohmann::json::parse(file.content), Taxonomy::shipped());
        if (!policy) {
            throw std::runtime_error(fmt::format("The shipped policy {} is wrong at {}: {}", file.path,
                                                 policy.error().pointer, policy.error().message));
        }
        policies.push_back(std::move(*policy));
    }
    std::ranges::sort(policies, {}, &Policy::id);
    return policies;
}

bool is_open(const Taxonomy& taxonomy, const Audience& audience, const std::vector<ProgrammeIndex>& programmes) {
    return std::ranges::all_of(programmes, [&](ProgrammeIndex programme) {
        return std::ranges::all_of(taxonomy.with_descendants(programme), [&](ProgrammeIndex below) {
            return taxonomy.at(below).visibility <= audience.sees();
        });
    });
}

} // namespace

const Travel& Policy::travel_in(std::string_view district) const {
    for (const auto& local : local_travel) {
        if (std::ranges::find(local.districts, district) != local.districts.end()) {
            return local.travel;
        }
    }
    return travel;
}

std::span<const Policy> shipped_policies() {
    static const std::vector<Policy> policies = read_shipped();
    return policies;
}

const Policy* find_policy(std::string_view id) {
    const auto policies = shipped_policies();
    const auto found = std::ranges::find(policies, id, &Policy::id);
    return found == policies.end() ? nullptr : &*found;
}

bool is_open_to(const Policy& policy, const Taxonomy& taxonomy, const Audience& audience) {
    return is_open(taxonomy, audience, policy.any_of) &&
           (!policy.outreach_in_each || is_open(taxonomy, audience, policy.outreach_in_each->any_of));
}

} // namespace shirube::directory
