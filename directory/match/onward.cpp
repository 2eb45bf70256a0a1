#include "directory/match/onward.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace shirube::directory {

namespace {

constexpr int k_minutes = 30;

/// The nearest located service of a programme or of what is below it, within half an hour of any place, that somebody
/// of those asked for could go on to.
/// \param pairs by their places: of whom rules say so
OnwardStep nearest(const Asked& asked, ProgrammeIndex from, ProgrammeIndex to, const std::vector<std::size_t>& pairs) {
    OnwardStep step{from, to, std::nullopt, std::nullopt};
    const TravelMode mode = asked.family.mode;
    const auto rows = asked.reader.services();
    std::vector<NearService> near;
    for (const auto programme : asked.reader.taxonomy().with_descendants(to)) {
        for (const auto& place : asked.family.places) {
            near.clear();
            asked.reader.add_services_within(programme, place.position, reach_m(k_minutes, mode), near);
            for (const auto& [service, distance_m] : near) {
                const bool is_nearer =
                    !step.way || distance_m < step.way->distance_m ||
                    (distance_m == step.way->distance_m && rows[service].id < rows[*step.service].id);
                const Status status = asked.reader.status_on(service, asked.at.day);
                if (!is_nearer || status == Status::closed || status == Status::planned) {
                    continue;
                }
                const Candidate candidate = candidate_of(asked, service);
                if (std::ranges::any_of(pairs, [&](std::size_t pair) {
                        return may_come_afterwards(asked, asked.pairs[pair], candidate);
                    })) {
                    step.service = service;
                    step.way = MeasuredWay{distance_m, travel_minutes(distance_m, mode), place.role, 0};
                }
            }
        }
    }
    return step;
}

} // namespace

std::vector<OnwardStep> onward(const Asked& asked, const MatchAnswer& answer) {
    std::vector<OnwardStep> steps;
    std::vector<ProgrammeIndex> seen;
    for (const auto& entry : answer.shortlist) {
        const auto programme = asked.reader.services()[entry.service].programme;
        if (std::ranges::find(seen, programme) != seen.end()) {
            continue;
        }
        seen.push_back(programme);
        std::vector<std::pair<ProgrammeIndex, std::vector<std::size_t>>> to; // with whose rules say so
        for (const auto& fits : entry.fits) {
            for (const auto next : asked.pairs[fits.pair].rules.afterwards(programme)) {
                if (asked.refused[next]) {
                    continue;
                }
                auto known = std::ranges::find(to, next, &decltype(to)::value_type::first);
                if (known == to.end()) {
                    known = to.insert(to.end(), {next, {}});
                }
                known->second.push_back(fits.pair);
            }
        }
        for (const auto& [next, pairs] : to) {
            steps.push_back(nearest(asked, programme, next, pairs));
        }
    }
    return steps;
}

} // namespace shirube::directory
