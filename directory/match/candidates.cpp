#include "directory/match/candidates.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "directory/designated_city.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

/// Where no rule says how far is too far: an hour.
constexpr int k_otherwise_minutes = 60;

bool is_standing(const Asked& asked, std::uint32_t service) {
    const Status status = asked.reader.status_on(service, asked.at.day);
    return status != Status::closed && status != Status::planned;
}

/// Whether what lies nowhere is for people who live in the municipality.
bool is_for_residents(const Asked& asked, std::uint32_t service) {
    const std::string& home = asked.municipality.empty() ? asked.looked_at : asked.municipality;
    if (home.empty()) {
        return false;
    }
    const auto is_home = [&](const std::string& code) { return designated_city_of(code) == home; };
    const ServiceRow& row = asked.reader.services()[service];
    const auto districts = asked.reader.districts();
    return is_home(asked.reader.sites()[row.site].municipality) || std::ranges::any_of(row.usable_by, is_home) ||
           std::ranges::any_of(row.serves, is_home) ||
           std::ranges::any_of(asked.reader.serves(service),
                               [&](std::uint32_t district) { return is_home(districts[district].municipality); });
}

/// Where nobody knows from where it is far: all of the municipality, each with its way unknown.
void add_all_of(const Asked& asked, const std::vector<double>& radius_m, std::vector<std::uint32_t>& services) {
    if (asked.looked_at.empty()) {
        return;
    }
    const auto& index = asked.reader.municipal_index();
    const Municipality* const found = index.find(asked.looked_at);
    if (found == nullptr) {
        return;
    }
    for (const auto& of : index.services_of(index.place_of(*found))) {
        const ServiceRow& row = asked.reader.services()[of.service];
        if (radius_m[row.programme] >= 0 && asked.reader.sites()[row.site].position) {
            services.push_back(of.service);
        }
    }
}

} // namespace

double looked_for_m(const Asked& asked, const AskedPair& pair) {
    const int minutes = pair.most_minutes.value_or(k_otherwise_minutes);
    // Who is brought can come from as far as a car does.
    return std::max(k_questioned * reach_m(minutes, asked.family.mode), reach_m(minutes, TravelMode::fetched));
}

std::vector<std::uint32_t> candidates_of(const Asked& asked) {
    const std::size_t count = asked.reader.taxonomy().programmes().size();
    std::vector<double> radius_m(count, -1);
    for (const auto& pair : asked.pairs) {
        const double pair_m = looked_for_m(asked, pair);
        for (const auto programme : asked.rules.needs[pair.need].programmes) {
            const double this_m = asked.rules.comes_home[programme] ? std::max(pair_m, k_helpers_m) : pair_m;
            radius_m[programme] = std::max(radius_m[programme], this_m);
        }
    }
    std::vector<NearService> near;
    std::vector<ProgrammeIndex> wanted;
    for (std::size_t i = 0; i < count; ++i) {
        if (radius_m[i] < 0) {
            continue;
        }
        wanted.push_back(static_cast<ProgrammeIndex>(i));
        for (const auto& place : asked.family.places) {
            asked.reader.add_services_within(wanted.back(), place.position, radius_m[i], near);
        }
    }
    std::vector<std::uint32_t> services;
    services.reserve(near.size());
    for (const auto& [service, distance_m] : near) {
        services.push_back(service);
    }
    for (const auto service : asked.reader.unlocated_services_of(wanted)) {
        if (is_for_residents(asked, service)) {
            services.push_back(service);
        }
    }
    add_all_of(asked, radius_m, services);
    std::ranges::sort(services);
    const auto [first, last] = std::ranges::unique(services);
    services.erase(first, last);
    std::erase_if(services, [&](std::uint32_t service) { return !is_standing(asked, service); });
    return services;
}

} // namespace shirube::directory
