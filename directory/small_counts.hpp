// Figures that count private homes, such as foster families (里親): the public is told how many there are by district,
// but never so few that somebody could be found.
#pragma once

#include "directory/state.hpp"

#include <string_view>
#include <vector>

namespace shirube::directory {

/// Below it a count of private homes is not told to the public.
inline constexpr std::int64_t k_least_told = 5;

/// Whether an indicator counts private homes that take in children, by its name: 里親世帯数, 登録養育家庭数 and the
/// like.
bool counts_private_homes(std::string_view indicator);

/// Withholds small counts of private homes, and those beside them that would give them away, from whoever is not staff
/// of the municipality they are of (see geo/suppression.hpp). Of each municipality only one layer is told, its
/// middle-school districts where it has figures of them: two layers could be taken from each other. Cells of a mesh are
/// never told. What is held over from an earlier period is left out of the later one.
/// \param lists of the same state: of two lists with the same figures the newest is told
void withhold_small_counts(std::vector<NeedRow>& needs, const std::vector<ListRow>& lists, const Audience& audience);

} // namespace shirube::directory
