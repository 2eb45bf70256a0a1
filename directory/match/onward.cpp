#include "directory/match/onward.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

constexpr int k_minutes = 30;

/// The nearest located service of a programme or of what is below it, within half an hour of any place.
OnwardStep nearest(const Asked& asked, ProgrammeIndex from, ProgrammeIndex to) {
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
                if (is_nearer && asked.reader.status_on(service, asked.at.day) != Status::closed &&
                    asked.reader.status_on(service, asked.at.day) != Status::planned) {
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
        std::vector<ProgrammeIndex> to;
        for (const auto& fits : entry.fits) {
            for (const auto next : asked.pairs[fits.pair].rules.afterwards(programme)) {
                if (std::ranges::find(to, next) == to.end()) {
                    to.push_back(next);
                }
            }
        }
        for (const auto next : to) {
            const auto known = std::ranges::find(steps, next, &OnwardStep::to);
            steps.push_back(known == steps.end() ? nearest(asked, programme, next)
                                                 : OnwardStep{programme, next, known->service, known->way});
        }
    }
    return steps;
}

} // namespace shirube::directory
