// Where the children of an age range live, by the districts of a layer: every cell's children parted among the
// districts it meets, or all of them to the one that holds its middle; whole children, the parts adding up to the cell.
// It depends on the edition, the layer and the children that are counted alone, not on what counts as covered.
#pragma once

#include "directory/policy.hpp"
#include "directory/reader.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

struct LayerChildren {
    // The cells in which somebody of these ages lives and some district lies, in the order of Reader::cells(), which
    // keeps neighbours together.
    std::vector<geo::LonLat> centres;
    std::vector<double> people; ///< by cell: children who live in districts, whole

    /// Children of one district who live in one cell.
    struct Living {
        std::uint32_t cell = 0; ///< place in `centres`
        std::int32_t children = 0;
    };
    std::vector<Living> living;       ///< by district, then cell
    std::vector<std::uint32_t> first; ///< of each district's part of `living`, and one past the last

    [[nodiscard]] std::span<const Living> living_in(std::size_t district) const noexcept {
        return std::span(living).subspan(first[district], first[district + 1] - first[district]);
    }

    struct District {
        std::optional<std::int64_t> children; ///< empty: no cell speaks of the district, or one cannot say
        bool estimated = false; ///< a town was shared among districts, or ages were apportioned within a band
    };
    std::vector<District> districts;     ///< in the layer's order
    std::optional<std::int64_t> outside; ///< children of the loaded cells in no district of the layer
    std::int64_t unplaced = 0; ///< children of towns that have no position: in no district's figure, and not outside
    std::set<std::string> unplaced_in; ///< the municipalities of those towns
    std::string basis;                 ///< empty where no population is loaded or its bands cannot say

    [[nodiscard]] bool knows_anybody() const noexcept { return !basis.empty(); }
};

LayerChildren children_of_layer(const Reader& reader, const Layer& layer, const CountedChildren& counted);

} // namespace shirube::directory
