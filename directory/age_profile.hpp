// How the children of a municipality are spread over single years of age: what parts a band of a census where a policy
// asks for fewer years than the band has.
#pragma once

#include "directory/population.hpp"
#include "directory/state.hpp"

#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// By municipality, from lists that count every year of age from 0 to 17 in all of its towns (地域・年齢別人口, 各歳):
/// of several the newest, then the first by name. Whether the towns are counted themselves does not matter: a profile
/// tells how people are spread, not how many they are.
std::vector<AgeProfile> age_profiles(std::span<const CellCandidate> candidates, std::span<const ListRow> lists);

struct ChildrenOfCell {
    std::int64_t count = 0;
    bool estimated = false; ///< a band was parted by a profile
};

/// Children of an age range (years, end exclusive) in one cell: by the published bands where they make it up; else,
/// where there is a profile, each band that is met in part is parted into whole children a year, in proportion to the
/// profile, so that ranges that make up a band add up to it. Nothing where the bands cannot say even so.
std::optional<ChildrenOfCell> children_by_age(const CellRow& cell, int from_years, int to_years,
                                              const AgeProfile* profile);

} // namespace shirube::directory
