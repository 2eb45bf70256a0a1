// Capacity shared by the children who can reach it, added up by district.
#pragma once

#include "directory/coverage/counting.hpp"
#include "directory/coverage/groundwork.hpp"
#include "directory/coverage/supply_basis.hpp"

#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

struct SupplyOfLayer {
    std::vector<std::optional<double>> ratio; ///< by district: capacity a child; empty where it is not known
    std::vector<std::optional<double>> held;  ///< by district: what falls to its children
    SupplyBasis basis;
};

/// \param counted how each candidate counts \param day in whose fiscal year nights are counted
/// \pre work.policy.supply
SupplyOfLayer supply_of_layer(const Groundwork& work, std::span<const Counted> counted, Day day);

} // namespace shirube::directory
