// The name of an edition: what caches compare, and what tells two states apart.
#pragma once

#include "directory/state.hpp"

#include <span>
#include <string>

namespace shirube::directory {

/// Everything an answer could show of a state; what moved and what ended lead from ids of the past, and are not.
struct EditionRows {
    /// Refers to the rows, which may change hands meanwhile.
    explicit EditionRows(const State& state);

    Audience audience;
    std::span<const ListRow> lists;
    std::span<const OrganizationRow> organizations;
    std::span<const SiteRow> sites;
    std::span<const ServiceRow> services;
    std::span<const DistrictRow> districts;
    std::span<const CellRow> cells;
    std::span<const AgeProfile> age_profiles;
    std::span<const NeedRow> needs;
    std::span<const HolidayRow> holidays;
    std::span<const TownReading> towns;
    std::span<const LandmarkRow> landmarks;
    std::span<const RelationRow> relations;
    std::span<const ForumRow> forums;
    std::span<const HelperCountRow> helper_counts;
    std::span<const PolicyRow> policies;
    std::span<const PolicyRow> match_rules;
};

/// 16 hexadecimal digits that name all of it (BLAKE2b, in the state's own order). The same state has the same name on
/// every machine, however it is kept.
std::string edition_name(const EditionRows& rows);

} // namespace shirube::directory
