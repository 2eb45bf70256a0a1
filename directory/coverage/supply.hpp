// Capacity shared by the children who can reach it, added up by district.
#pragma once

#include "directory/coverage/counting.hpp"
#include "directory/coverage/layer_children.hpp"
#include "directory/coverage/supply_basis.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace shirube::directory {

struct SupplyOfLayer {
    std::vector<std::optional<double>> ratio; ///< by district: capacity a child; empty where it is not known
    SupplyBasis basis;
};

/// \pre policy.supply
SupplyOfLayer supply_of_layer(const Reader& reader, const Policy& policy, const Layer& layer,
                              const LayerChildren& children, const Counting& counting);

} // namespace shirube::directory
