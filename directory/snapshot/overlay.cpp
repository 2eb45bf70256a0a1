#include "directory/snapshot/overlay.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <compare>
#include <string>
#include <unordered_map>
#include <utility>

namespace shirube::directory {

Overlay::Overlay(std::shared_ptr<const Part> base, Difference::Taken taken, const Taxonomy& taxonomy,
                 const Ground& ground)
    : part(std::move(taken.rows), std::move(base)), orders(std::move(taken.orders)) {
    part.index_words();
    part.index_places(taxonomy, ground);
    place_names();
}

void Overlay::place_names() {
    const Part& base = *part.below;
    std::vector<std::uint32_t> by_name(base.services.size());
    for (std::uint32_t service = 0; service < by_name.size(); ++service) {
        by_name[base.columns.name_rank[service]] = service;
    }
    std::unordered_map<std::uint32_t, std::string> folded; // all own names are looked for in the same few places first
    const auto name_of = [&](std::uint32_t service) -> const std::string& {
        const auto [found, is_new] = folded.try_emplace(service);
        if (is_new) {
            found->second = fold(base.site_of(service).name);
        }
        return found->second;
    };
    name_places_.reserve(part.services.size());
    for (std::uint32_t own = 0; own < part.services.size(); ++own) {
        const std::string name = fold(part.site_of(own).name);
        const auto behind = std::ranges::partition_point(by_name, [&](std::uint32_t service) {
            const auto order = name_of(service) <=> name;
            return order != 0 ? order < 0 : base.services[service].id < part.services[own].id;
        });
        name_places_.push_back(static_cast<std::uint32_t>(behind - by_name.begin()));
    }
}

} // namespace shirube::directory
