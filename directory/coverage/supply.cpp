#include "directory/coverage/supply.hpp"

#include "geo/catchment.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace shirube::directory {

namespace {

/// Of each programme, the median of the capacities that are stated.
std::map<ProgrammeIndex, double> medians(const Reader& reader, const std::vector<std::uint32_t>& services) {
    std::map<ProgrammeIndex, std::vector<int>> stated;
    for (const auto service : services) {
        const ServiceRow& row = reader.services()[service];
        if (row.capacity) {
            stated[row.programme].push_back(*row.capacity);
        }
    }
    std::map<ProgrammeIndex, double> out;
    for (auto& [programme, capacities] : stated) {
        std::ranges::sort(capacities);
        const std::size_t half = capacities.size() / 2;
        out[programme] =
            capacities.size() % 2 == 1 ? capacities[half] : (capacities[half - 1] + capacities[half]) / 2.0;
    }
    return out;
}

/// Where a cell's children are residents: the district most of them live in decides.
std::vector<std::uint32_t> home_districts(const LayerChildren& children) {
    std::vector<std::uint32_t> out;
    out.reserve(children.centres.size());
    for (std::size_t cell = 0; cell + 1 < children.first.size(); ++cell) {
        const auto first = children.parts.begin() + children.first[cell];
        const auto last = children.parts.begin() + children.first[cell + 1];
        out.push_back(
            std::max_element(first, last, [](const auto& a, const auto& b) { return a.children < b.children; })->area);
    }
    return out;
}

} // namespace

SupplyOfLayer supply_of_layer(const Reader& reader, const Policy& policy, const Layer& layer,
                              const LayerChildren& children, const Counting& counting) {
    const Supply& supply = *policy.supply;
    SupplyOfLayer out;
    out.ratio.resize(layer.count);
    std::vector<std::uint32_t> providers;
    for (const auto service : counting.located()) {
        if (counting.of(service) == Counted::standing) {
            providers.push_back(service);
        }
    }
    const auto median_of = medians(reader, providers);
    std::vector<geo::LonLat> positions;
    std::vector<double> capacities;
    std::vector<bool> is_unknown;
    for (const auto service : providers) {
        const ServiceRow& row = reader.services()[service];
        positions.push_back(*reader.sites()[row.site].position);
        std::optional<double> capacity = row.capacity ? std::optional<double>(*row.capacity) : std::nullopt;
        if (capacity) {
            ++out.basis.capacity_stated;
        } else if (supply.unknown == UnknownCapacity::fixed) {
            capacity = supply.capacity;
            ++out.basis.capacity_assumed;
        } else if (const auto median = median_of.find(row.programme);
                   supply.unknown == UnknownCapacity::median && median != median_of.end()) {
            capacity = median->second;
            ++out.basis.capacity_assumed;
        } else {
            ++out.basis.capacity_unknown;
        }
        capacities.push_back(capacity.value_or(0));
        is_unknown.push_back(!capacity);
        out.basis.capacity += capacity.value_or(0);
    }
    out.basis.places = static_cast<std::int64_t>(providers.size());

    const geo::Decay decay{supply.is_gaussian ? supply.sigma_m : 0, supply.reach_m};
    std::vector<double> people(children.centres.size(), 0);
    for (std::size_t cell = 0; cell < people.size(); ++cell) {
        for (std::size_t i = children.first[cell]; i < children.first[cell + 1]; ++i) {
            people[cell] += children.parts[i].children;
        }
    }
    geo::MayUse may_use;
    if (std::ranges::any_of(providers, [&](std::uint32_t service) { return counting.is_restricted(service); })) {
        may_use = [&, homes = home_districts(children)](std::uint32_t place, std::uint32_t provider) {
            const auto& municipality = reader.districts()[layer.first + homes[place]].municipality;
            return counting.is_for_residents_of(providers[provider], municipality);
        };
    }
    const auto shared = geo::share_supply(children.centres, people, {positions, capacities, &is_unknown}, decay,
                                          policy.travel.detour, may_use);
    out.basis.unused = shared.unused;

    std::vector<double> held(layer.count, 0);
    std::vector<bool> unknown(layer.count);
    for (std::size_t cell = 0; cell < people.size(); ++cell) {
        for (std::size_t i = children.first[cell]; i < children.first[cell + 1]; ++i) {
            const auto& part = children.parts[i];
            held[part.area] += part.children * shared.access[cell];
            // Whoever can reach a place whose capacity nobody knows may have more than is counted.
            unknown[part.area] = unknown[part.area] || shared.may_have_more[cell] != 0;
        }
    }
    for (std::uint32_t i = 0; i < layer.count; ++i) {
        const auto of = children.districts[i].children;
        if (of && *of > 0 && !unknown[i]) {
            out.ratio[i] = held[i] / static_cast<double>(*of);
        }
    }
    return out;
}

} // namespace shirube::directory
