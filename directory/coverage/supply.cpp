#include "directory/coverage/supply.hpp"

#include "directory/coverage/nights.hpp"
#include "geo/catchment.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

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

Holidays holidays_of(const Reader& reader) {
    if (reader.holidays().empty()) {
        return Holidays::shipped();
    }
    std::vector<Day> days;
    for (const auto& row : reader.holidays()) {
        days.push_back(row.day);
    }
    return Holidays::of_days(days);
}

/// What a place holds: sure, and at most.
struct Capacity {
    double surely = 0;
    double at_most = 0;
};

/// The capacity of each provider, empty where nobody knows it; how each is known is counted in the basis.
class Capacities {
  public:
    Capacities(const Reader& reader, const Supply& supply, const std::vector<std::uint32_t>& providers, Day day)
        : reader_(reader),
          supply_(supply),
          median_of_(medians(reader, providers)),
          year_(fiscal_year_of(day)),
          holidays_(holidays_of(reader)) {
        basis_.places = static_cast<std::int64_t>(providers.size());
        basis_.in_nights = supply.in_nights;
    }

    std::optional<Capacity> of(std::uint32_t service) {
        const auto places = places_of(reader_.services()[service]);
        if (!places || !supply_.in_nights) {
            return places ? std::optional(added({*places, *places})) : std::nullopt;
        }
        const auto nights =
            nights_open(reader_.services()[service], reader_.rules(service), holidays_, year_.first, year_.second);
        if (!nights && *places > 0) {
            ++basis_.schedule_unknown;
            return std::nullopt;
        }
        const Nights open = nights.value_or(Nights{});
        return added({*places * open.surely, *places * open.at_most});
    }

    [[nodiscard]] const SupplyBasis& basis() const noexcept { return basis_; }

  private:
    std::optional<double> places_of(const ServiceRow& row) {
        if (row.capacity) {
            ++basis_.capacity_stated;
            return *row.capacity;
        }
        if (supply_.unknown == UnknownCapacity::fixed) {
            ++basis_.capacity_assumed;
            return supply_.capacity;
        }
        const auto median = median_of_.find(row.programme);
        if (supply_.unknown == UnknownCapacity::median && median != median_of_.end()) {
            ++basis_.capacity_assumed;
            return median->second;
        }
        ++basis_.capacity_unknown;
        return std::nullopt;
    }

    Capacity added(Capacity capacity) {
        basis_.capacity += capacity.surely;
        basis_.capacity_at_most += capacity.at_most;
        return capacity;
    }

    const Reader& reader_;
    const Supply& supply_;
    const std::map<ProgrammeIndex, double> median_of_;
    const std::pair<Day, Day> year_;
    const Holidays holidays_;
    SupplyBasis basis_;
};

} // namespace

SupplyOfLayer supply_of_layer(const Groundwork& work, std::span<const Counted> counted, Day day) {
    const Reader& reader = work.reader;
    const LayerChildren& children = *work.children;
    const Supply& supply = *work.policy.supply;
    SupplyOfLayer out;
    out.ratio.resize(work.layer.count);
    out.held.resize(work.layer.count);
    std::vector<std::uint32_t> providers;
    for (std::size_t i = 0; i < work.candidates.located(); ++i) {
        if (counted[i] == Counted::standing) {
            providers.push_back(work.candidates.all()[i].service);
        }
    }
    Capacities known(reader, supply, providers, day);
    std::vector<geo::LonLat> positions;
    std::vector<double> capacities;
    std::vector<bool> is_unknown;
    for (const auto service : providers) {
        const auto capacity = known.of(service);
        positions.push_back(*reader.sites()[reader.services()[service].site].position);
        capacities.push_back(capacity ? capacity->surely : 0);
        is_unknown.push_back(!capacity);
    }
    out.basis = known.basis();

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
            out.held[i] = held;
            out.ratio[i] = held / static_cast<double>(*of);
        }
    }
    return out;
}

} // namespace shirube::directory
