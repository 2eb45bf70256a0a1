// Where children live, as squares over the map of districts: the need that places are laid over.
#pragma once

#include "directory/coverage.hpp"
#include "directory/reader.hpp"
#include "server/pages/coverage_drawing.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shirube::server {

/// A square stands for the children of a cell, or of neighbouring cells where there are more cells than a page holds.
/// Its surface grows with their number.
struct ChildrenSquares {
    struct Square {
        double x = 0; ///< of the middle, in drawing units
        double y = 0;
        std::int64_t children = 0;
    };
    std::vector<Square> squares;
    double units_per_root = 0; ///< side of a square: this times the square root of its children

    [[nodiscard]] double side_of(std::int64_t children) const noexcept;
    [[nodiscard]] std::int64_t most() const noexcept;
    /// The d of one SVG path: "M", the upper left corner, and the side of each, in tenths of a unit.
    [[nodiscard]] std::string path() const;
};

/// \param least_told squares of fewer children are not drawn
ChildrenSquares children_squares(const directory::LayerChildren& children, const CoverageDrawing& drawing,
                                 std::int64_t least_told);

/// The path, its scale in the legend, and the frame by which a script lays it on the earth. Nothing where nobody knows
/// where children live.
void fill_children(View body, const directory::Reader& reader, const directory::Coverage& coverage,
                   const CoverageDrawing& drawing, std::int64_t least_told);

} // namespace shirube::server
