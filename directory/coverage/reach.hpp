// Children by district, and how many of them live within a walk of a place, wherever that place stands.
#pragma once

#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace shirube::directory {

struct DistrictChildren {
    std::optional<std::int64_t> children; ///< empty: no census cell speaks of the district
    std::optional<std::int64_t> covered;
    std::optional<double> nearest_m_median;
    bool estimated = false; ///< some of them live in a town that was shared among districts
};

struct ChildrenOfLayer {
    std::vector<DistrictChildren> districts; ///< in the layer's order
    std::optional<std::int64_t> outside;     ///< children of the loaded cells in no district of the layer
    std::int64_t unplaced = 0; ///< children of towns that have no position: in no district's figure, and not outside
    std::set<std::string> unplaced_in; ///< the municipalities of those towns
    std::string basis;                 ///< empty where no population is loaded or its bands cannot say
};

/// \param counts whether a service (by index) is a place children can be brought to under the policy
ChildrenOfLayer children_of_layer(const Reader& reader, const Policy& policy, const Layer& layer,
                                  const std::vector<ProgrammeIndex>& programmes,
                                  const std::function<bool(std::uint32_t)>& counts);

} // namespace shirube::directory
