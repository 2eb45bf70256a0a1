// How the children of a municipality are spread over single years of age: what parts a band of a census where a policy
// asks for fewer years than the band has.
#pragma once

#include "directory/population.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
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

/// Parts the bands of one cell after the other into whole children a year, in proportion to a profile. What rounding
/// gives a year too much or too little in one cell is made good in the next ones: cells hold few children, and rounded
/// each by itself the years that have a little more in the profile would get nearly all. So a year's children over all
/// cells stay next to its share of them.
class AgeSpread {
  public:
    /// The children of each year of the band; nothing where the profile has nobody of its ages and the band somebody.
    std::optional<std::vector<std::int64_t>> years_of(std::int64_t count, int band_from, int band_to,
                                                      const AgeProfile& profile);

  private:
    /// Of a profile and a band: what each year was given too little so far; they add up to nothing.
    std::map<std::tuple<const AgeProfile*, int, int>, std::vector<double>> owed_;
};

/// Children of an age range (years, end exclusive) in one cell: by the published bands where they make it up; else,
/// where there is a profile, each band that is met in part is parted by `spread`, so that ranges that make up a band
/// add up to it. Nothing where the bands cannot say even so.
/// \param spread the same for all cells, which come in the same order whatever range is asked for
std::optional<ChildrenOfCell> children_by_age(const CellRow& cell, int from_years, int to_years,
                                              const AgeProfile* profile, AgeSpread& spread);

} // namespace shirube::directory
