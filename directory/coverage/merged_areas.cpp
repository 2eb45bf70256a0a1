#include "directory/coverage/merged_areas.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

struct Found {
    bool standing = false;
    bool perhaps = false;
    double sessions_a_month = 0;
};

/// What counts in each district of the constituents' layer, by place within it.
std::vector<Found> found_in(const Reader& reader, const Policy& policy, const Layer& constituents, Day day) {
    // The same conditions, over the programmes that the constituents may have.
    Policy in_each = policy;
    const auto& more = policy.outreach_in_each->any_of;
    in_each.any_of.insert(in_each.any_of.end(), more.begin(), more.end());
    const Candidates candidates(reader, in_each);
    const auto counted_as = counted_on(candidates, day);
    std::vector<Found> found(constituents.count);
    const auto note = [&](std::uint32_t service, Counted counted) {
        if (counted == Counted::out) {
            return;
        }
        for (const auto& membership : districts_in_layer(reader, service, constituents)) {
            const auto& district = reader.districts()[constituents.first + membership.district];
            if (!candidates.is_for_residents_of(service, district.municipality)) {
                continue;
            }
            Found& of = found[membership.district];
            if (!membership.sure || counted == Counted::possible || counted == Counted::planned) {
                of.perhaps = true;
            } else if (counted == Counted::standing) {
                of.standing = true;
            } else {
                const Rhythm rhythm = rhythm_of(reader.rules(service));
                of.sessions_a_month += rhythm.sessions_a_month;
                of.perhaps = of.perhaps || rhythm.more_perhaps;
            }
        }
    };
    for (std::size_t i = 0; i < counted_as.size(); ++i) {
        note(candidates.all()[i].service, counted_as[i]);
    }
    return found;
}

} // namespace

std::vector<MissingConstituent> missing_constituents(const Reader& reader, const Policy& policy, const Layer& layer,
                                                     const Layer& constituents, Day day) {
    std::vector<std::vector<std::uint32_t>> of_area(layer.count);
    for (std::uint32_t i = 0; i < constituents.count; ++i) {
        const auto inside = reader.label_point(constituents.first + i);
        if (!inside) {
            continue;
        }
        for (const auto area : reader.districts_at(layer, *inside)) {
            of_area[area - layer.first].push_back(i);
        }
    }
    const auto found = found_in(reader, policy, constituents, day);
    std::vector<MissingConstituent> missing;
    for (std::uint32_t area = 0; area < layer.count; ++area) {
        if (of_area[area].size() < 2) {
            continue;
        }
        for (const auto constituent : of_area[area]) {
            const Found& of = found[constituent];
            if (!of.standing && of.sessions_a_month < policy.outreach_per_month) {
                missing.push_back({area, constituents.first + constituent, of.perhaps});
            }
        }
    }
    return missing;
}

} // namespace shirube::directory
