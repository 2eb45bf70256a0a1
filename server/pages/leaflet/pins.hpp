// Numbered pins that do not cover each other on a map of paper. A pin stands on its place, or beside it with a line to
// it; where there is room for neither, neighbours share one pin that says "3–5".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// On the sheet, millimetres, y downward.
struct PaperPoint {
    double x = 0;
    double y = 0;
};

struct PaperBox {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    [[nodiscard]] constexpr bool overlaps(const PaperBox& other) const noexcept {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
    [[nodiscard]] constexpr bool contains(const PaperBox& other) const noexcept {
        return left <= other.left && right >= other.right && top <= other.top && bottom >= other.bottom;
    }
    /// Larger by a margin all around.
    [[nodiscard]] constexpr PaperBox grown(double margin) const noexcept {
        return {left - margin, top - margin, right + margin, bottom + margin};
    }
};

struct Pin {
    std::vector<std::size_t> items; ///< of the points it stands for, ascending
    PaperPoint place;               ///< where they are; of several their middle
    PaperBox box;                   ///< of the pin itself
    bool beside = false;            ///< a line leads from the pin to the place

    [[nodiscard]] PaperPoint middle() const noexcept {
        return {(box.left + box.right) / 2, (box.top + box.bottom) / 2};
    }
};

/// What a pin takes of the paper.
inline constexpr double k_pin_height_mm = 5.2;
double pin_width_mm(std::size_t items) noexcept;

/// Whether the line from a pin to its place passes through a box.
bool line_crosses(const Pin& pin, const PaperBox& box) noexcept;

/// A pin for every point, in the order in which people read: by bands from above, from the left. Pins overlap neither
/// each other nor `taken`, and lie within the paper; a place outside the paper has its pin at the edge.
/// \param together which points are one place whatever the paper's size: equal numbers
std::vector<Pin> lay_out_pins(std::span<const PaperPoint> points, std::span<const std::size_t> together,
                              const PaperBox& paper, std::span<const PaperBox> taken);

/// "3", "3–5"
std::string numbers_of(int first, std::size_t count);
/// Ascending numbers with runs drawn together: "1・4–6"
std::string runs_of(const std::vector<int>& numbers, std::string_view between);

} // namespace shirube::server
