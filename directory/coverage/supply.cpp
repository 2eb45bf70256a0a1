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

/// Where a cell's children are residents, as a municipality of the layer: the district most of them live in decides.
std::vector<std::uint32_t> home_municipalities(const Groundwork& work) {
    std::vector<std::uint32_t> out(work.children->centres.size());
    std::vector<std::int32_t> most(out.size(), 0);
    for (std::uint32_t district = 0; district < work.layer.count; ++district) {
        for (const auto& of : work.children->living_in(district)) {
            if (of.children > most[of.cell]) {
                most[of.cell] = of.children;
                out[of.cell] = work.municipalities.of(district);
            }
        }
    }
    return out;
}

} // namespace

SupplyOfLayer supply_of_layer(const Groundwork& work, std::span<const Counted> counted) {
    const Reader& reader = work.reader;
    const LayerChildren& children = *work.children;
    const Supply& supply = *work.policy.supply;
    SupplyOfLayer out;
    out.ratio.resize(work.layer.count);
    std::vector<std::uint32_t> providers;
    for (std::size_t i = 0; i < work.candidates.located(); ++i) {
        if (counted[i] == Counted::standing) {
            providers.push_back(work.candidates.all()[i].service);
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
    geo::MayUse may_use;
    if (std::ranges::any_of(providers, [&](std::uint32_t service) { return work.candidates.is_restricted(service); })) {
        may_use = [&, homes = home_municipalities(work)](std::uint32_t place, std::uint32_t provider) {
            return work.candidates.is_for_residents_of(providers[provider], work.municipalities.code(homes[place]));
        };
    }
    const auto shared = geo::share_supply(children.centres, children.people, {positions, capacities, &is_unknown},
                                          decay, work.policy.travel.detour, may_use);
    out.basis.unused = shared.unused;

    for (std::uint32_t i = 0; i < work.layer.count; ++i) {
        const auto of = children.districts[i].children;
        if (!of || *of == 0) {
            continue;
        }
        double held = 0;
        bool is_known = true;
        for (const auto& living : children.living_in(i)) {
            held += living.children * shared.access[living.cell];
            // Whoever can reach a place whose capacity nobody knows may have more than is counted.
            is_known = is_known && shared.may_have_more[living.cell] == 0;
        }
        if (is_known) {
            out.ratio[i] = held / static_cast<double>(*of);
        }
    }
    return out;
}

} // namespace shirube::directory
