// A need that weighs the map: any imported indicator, district by district, beside what is there for it.
#pragma once

#include "directory/coverage/layer_children.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shirube::directory {

struct NeedOfLayer {
    struct District {
        std::optional<double> value;
        bool estimated = false; ///< a figure of the whole municipality, or of cells, parted among its districts
        bool withheld = false;  ///< its source does not tell it
    };
    std::uint32_t sample = k_no_index; ///< one of its figures, for unit, period and source; k_no_index: none imported
    std::vector<District> districts;   ///< in the layer's order
    std::optional<double> total;       ///< empty where some figure is not known
    bool is_plan = false;              ///< its period has not begun by the day
};

/// The figures of the policy's need that hold on a day: those of the layer's own districts, else of cells, else of
/// another layer's districts, else of municipalities, parted by children in whole units (need_parting.hpp). Percentages
/// are never parted. Of periods to come the first, where none has begun.
/// \pre policy.need
NeedOfLayer need_of_layer(const Reader& reader, const Policy& policy, const Layer& layer, const LayerChildren& children,
                          Day day);

} // namespace shirube::directory
