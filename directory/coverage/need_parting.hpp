// Figures of areas that are not the policy's districts (cells, districts of another layer), handed on to its districts
// by the children who live in both.
#pragma once

#include "directory/coverage/layer_children.hpp"
#include "directory/needs.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// Whether figures of a unit may be parted and added up: persons may, percentages may not.
bool is_additive(Unit unit) noexcept;

/// The value of each district of `layer`, in its order. A figure is parted in whole units, its parts adding up, by the
/// children of its area who live in each district; what falls to nobody's district is left out. Empty where a figure
/// that touches the district is not known, or where some of its children live where no figure speaks.
/// \param children of `layer`, of the policy's ages
std::vector<std::optional<double>> parted_need(const Reader& reader, const Policy& policy, const Layer& layer,
                                               const LayerChildren& children, const NeedSeries& series,
                                               std::span<const NeedArea> areas);

} // namespace shirube::directory
