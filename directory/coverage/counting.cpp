#include "directory/coverage/counting.hpp"

#include "directory/designated_city.hpp"

#include <algorithm>
#include <set>

namespace shirube::directory {

Counting::Counting(const Reader& reader, const Policy& policy, Day day) : reader_(reader), policy_(policy), day_(day) {
    const auto programmes = with_all_below(policy.any_of, reader.taxonomy());
    for (const auto programme : programmes) {
        const auto services = reader.located_services_of(programme);
        located_.insert(located_.end(), services.begin(), services.end());
    }
    for (const auto service : reader.unlocated_services()) {
        if (std::ranges::binary_search(programmes, reader.services()[service].programme)) {
            unlocated_.push_back(service);
        }
    }
}

Openness Counting::fits(std::uint32_t service) const {
    const ServiceRow& row = reader_.services()[service];
    Openness fits = policy_.ages ? takes_in(row, *policy_.ages) : Openness::yes;
    if (!policy_.entry.empty() && std::ranges::find(policy_.entry, row.entry) == policy_.entry.end()) {
        fits = std::min(fits, row.entry == Entry::unknown ? Openness::maybe : Openness::no);
    }
    if (policy_.when && fits != Openness::no) {
        fits = std::min(fits, open_in_window(reader_.rules(service), *policy_.when));
    }
    return fits;
}

Counted Counting::of(std::uint32_t service) const {
    const ServiceRow& row = reader_.services()[service];
    const Status status = reader_.status_on(service, day_);
    if (status == Status::closed || status == Status::suspended) {
        return Counted::out;
    }
    const Openness fits = this->fits(service);
    if (fits == Openness::no) {
        return Counted::out;
    }
    if (status == Status::planned && !policy_.count_planned) {
        return Counted::planned;
    }
    if (fits == Openness::maybe || (!policy_.count_unconfirmed && row.certainty != Certainty::confirmed)) {
        return Counted::possible;
    }
    return reader_.taxonomy().at(row.programme).outreach ? Counted::outreach : Counted::standing;
}

bool Counting::is_restricted(std::uint32_t service) const {
    return policy_.residents_only && !reader_.services()[service].usable_by.empty();
}

bool Counting::is_for_residents_of(std::uint32_t service, const std::string& municipality) const {
    if (!is_restricted(service)) {
        return true;
    }
    const auto& usable_by = reader_.services()[service].usable_by;
    return std::ranges::any_of(usable_by, [&](const std::string& area) { return lies_in(municipality, area); });
}

std::vector<Membership> districts_in_layer(const Reader& reader, std::uint32_t service, const Layer& layer) {
    std::vector<Membership> found;
    const auto of_layer = [&](std::uint32_t index) {
        return index >= layer.first && index < layer.first + layer.count;
    };
    for (const auto index : reader.serves(service)) {
        if (of_layer(index)) {
            found.push_back({index - layer.first, true});
        }
    }
    if (!found.empty()) {
        return found;
    }
    for (const auto& membership : reader.memberships(service)) {
        if (of_layer(membership.district)) {
            found.push_back({membership.district - layer.first, membership.sure});
        }
    }
    return found;
}

std::vector<ProgrammeIndex> with_all_below(const std::vector<ProgrammeIndex>& programmes, const Taxonomy& taxonomy) {
    std::set<ProgrammeIndex> all;
    for (const auto programme : programmes) {
        for (const auto below : taxonomy.with_descendants(programme)) {
            all.insert(below);
        }
    }
    return {all.begin(), all.end()};
}

Openness takes_in(const ServiceRow& service, const AgeBand& ages) {
    constexpr int k_months_a_year = 12;
    if (!service.from_age_months && !service.to_age_months) {
        return Openness::maybe;
    }
    const bool begins_after = service.from_age_months && *service.from_age_months >= ages.to_years * k_months_a_year;
    const bool ends_before = service.to_age_months && *service.to_age_months <= ages.from_years * k_months_a_year;
    return begins_after || ends_before ? Openness::no : Openness::yes;
}

} // namespace shirube::directory
