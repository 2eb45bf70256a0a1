#include "directory/coverage/counting.hpp"

#include "directory/coverage/lists_in_force.hpp"
#include "directory/designated_city.hpp"

#include <algorithm>
#include <set>

namespace shirube::directory {

namespace {

Openness fits_policy(const Reader& reader, const Policy& policy, std::uint32_t service) {
    const ServiceRow& row = reader.services()[service];
    Openness fits = policy.ages ? takes_in(row, *policy.ages) : Openness::yes;
    if (!policy.entry.empty() && std::ranges::find(policy.entry, row.entry) == policy.entry.end()) {
        fits = std::min(fits, row.entry == Entry::unknown ? Openness::maybe : Openness::no);
    }
    if (policy.when && fits != Openness::no) {
        fits = std::min(fits, open_in_window(reader.rules(service), *policy.when));
    }
    return fits;
}

Counted counted_as(const Reader& reader, const Policy& policy, const Candidates::Candidate& candidate, Day day) {
    if (candidate.fits == Openness::no) {
        return Counted::out;
    }
    const Status status = reader.status_on(candidate.service, day);
    if (status == Status::closed || status == Status::suspended) {
        return Counted::out;
    }
    if (status == Status::planned && !policy.count_planned) {
        return Counted::planned;
    }
    const ServiceRow& row = reader.services()[candidate.service];
    if (may_have_begun_since(reader, row, day)) {
        return Counted::possible;
    }
    if (candidate.fits == Openness::maybe || (!policy.count_unconfirmed && row.certainty != Certainty::confirmed)) {
        return Counted::possible;
    }
    return reader.taxonomy().at(row.programme).outreach ? Counted::outreach : Counted::standing;
}

} // namespace

Candidates::Candidates(const Reader& reader, const Policy& policy) : reader_(reader), policy_(policy) {
    const auto add = [&](std::uint32_t service) { all_.push_back({service, fits_policy(reader, policy, service)}); };
    const auto programmes = with_all_below(policy.any_of, reader.taxonomy());
    for (const auto programme : programmes) {
        std::ranges::for_each(reader.located_services_of(programme), add);
    }
    located_ = all_.size();
    for (const auto service : reader.unlocated_services()) {
        if (std::ranges::binary_search(programmes, reader.services()[service].programme)) {
            add(service);
        }
    }
}

std::vector<Counted> counted_on(const Candidates& candidates, Day day) {
    std::vector<Counted> out;
    out.reserve(candidates.all().size());
    for (const auto& candidate : candidates.all()) {
        out.push_back(counted_as(candidates.reader(), candidates.policy(), candidate, day));
    }
    return out;
}

bool Candidates::is_restricted(std::uint32_t service) const {
    return policy_.residents_only && !reader_.services()[service].usable_by.empty();
}

bool Candidates::is_for_residents_of(std::uint32_t service, const std::string& municipality) const {
    if (!is_restricted(service)) {
        return true;
    }
    const auto& usable_by = reader_.services()[service].usable_by;
    return std::ranges::any_of(usable_by, [&](const std::string& area) { return lies_in(municipality, area); });
}

void add_districts_in_layer(const Reader& reader, std::uint32_t service, const Layer& layer,
                            std::vector<Membership>& out) {
    const auto of_layer = [&](std::uint32_t index) {
        return index >= layer.first && index < layer.first + layer.count;
    };
    const std::size_t before = out.size();
    for (const auto index : reader.serves(service)) {
        if (of_layer(index)) {
            out.push_back({index - layer.first, true});
        }
    }
    if (out.size() > before) {
        return;
    }
    for (const auto& membership : reader.memberships(service)) {
        if (of_layer(membership.district)) {
            out.push_back({membership.district - layer.first, membership.sure});
        }
    }
}

std::vector<Membership> districts_in_layer(const Reader& reader, std::uint32_t service, const Layer& layer) {
    std::vector<Membership> found;
    add_districts_in_layer(reader, service, layer, found);
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
