#include "geo/hilbert.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace shirube::geo {
namespace {

constexpr unsigned k_bits = 16;
constexpr std::uint32_t k_last_cell = (1U << k_bits) - 1;

/// The curve's four orientations: whether a part of it is drawn with its axes swapped, and with both reversed.
constexpr std::uint32_t k_swapped = 1;
constexpr std::uint32_t k_reversed = 2;

/// Bits of x and y that one look into the table takes.
constexpr unsigned k_step_bits = 4;
constexpr std::uint32_t k_step_cells = 1U << k_step_bits;

/// Where a cell of a 16 × 16 piece lies along the curve, and how the curve is turned inside it.
struct Step {
    std::uint8_t index;
    std::uint8_t orientation;
};

constexpr Step walk(std::uint32_t orientation, std::uint32_t x, std::uint32_t y) {
    std::uint32_t index = 0;
    for (std::uint32_t half = k_step_cells / 2; half > 0; half /= 2) {
        bool right = (x & half) != 0;
        bool upper = (y & half) != 0;
        if ((orientation & k_reversed) != 0) {
            right = !right;
            upper = !upper;
        }
        if ((orientation & k_swapped) != 0) {
            std::swap(right, upper);
        }
        index = index * 4 + ((right ? 3U : 0U) ^ (upper ? 1U : 0U));
        if (!upper) {
            // The curve enters its two lower quarters turned.
            orientation ^= k_swapped;
            orientation ^= right ? k_reversed : 0;
        }
    }
    return {static_cast<std::uint8_t>(index), static_cast<std::uint8_t>(orientation)};
}

constexpr auto k_steps = [] {
    std::array<Step, 4 * k_step_cells * k_step_cells> steps{};
    for (std::uint32_t at = 0; at < steps.size(); ++at) {
        steps[at] = walk(at / (k_step_cells * k_step_cells), at / k_step_cells % k_step_cells, at % k_step_cells);
    }
    return steps;
}();

struct Keyed {
    std::uint32_t key;
    std::uint32_t item;
};

/// Sorts by key, keeping the order of equals: three passes of eleven bits.
void sort_by_key(std::vector<Keyed>& rows) {
    constexpr unsigned k_digit_bits = 11;
    constexpr std::size_t k_digits = std::size_t{1} << k_digit_bits;
    std::vector<Keyed> other(rows.size());
    for (unsigned shift = 0; shift < 2 * k_bits; shift += k_digit_bits) {
        std::array<std::size_t, k_digits> begins{};
        for (const Keyed& row : rows) {
            ++begins[(row.key >> shift) & (k_digits - 1)];
        }
        std::size_t begin = 0;
        for (std::size_t& count : begins) {
            begin += std::exchange(count, begin);
        }
        for (const Keyed& row : rows) {
            other[begins[(row.key >> shift) & (k_digits - 1)]++] = row;
        }
        rows.swap(other);
    }
}

/// Cells per degree over a stretch; a stretch without length has one cell.
double cells_per_degree(double from, double to) { return to > from ? k_last_cell / (to - from) : 0.0; }

} // namespace

std::uint32_t hilbert_index(std::uint32_t x, std::uint32_t y) {
    assert(x <= k_last_cell && y <= k_last_cell);
    std::uint32_t index = 0;
    std::uint32_t orientation = 0;
    for (unsigned shift = k_bits; shift > 0;) {
        shift -= k_step_bits;
        const std::uint32_t column = (x >> shift) % k_step_cells;
        const std::uint32_t row = (y >> shift) % k_step_cells;
        const Step step = k_steps[(orientation * k_step_cells + column) * k_step_cells + row];
        index = index << (2 * k_step_bits) | step.index;
        orientation = step.orientation;
    }
    return index;
}

std::vector<std::uint32_t> hilbert_order(std::span<const LonLat> points) {
    assert(points.size() <= 0xFFFF'FFFFU);
    Box box;
    for (const LonLat& point : points) {
        assert(std::isfinite(point.lon) && std::isfinite(point.lat));
        box.expand(point);
    }
    const double lon_cells = cells_per_degree(box.west, box.east);
    const double lat_cells = cells_per_degree(box.south, box.north);

    std::vector<Keyed> rows;
    rows.reserve(points.size());
    for (std::uint32_t item = 0; item < points.size(); ++item) {
        const auto x = static_cast<std::uint32_t>((points[item].lon - box.west) * lon_cells);
        const auto y = static_cast<std::uint32_t>((points[item].lat - box.south) * lat_cells);
        rows.push_back({hilbert_index(std::min(x, k_last_cell), std::min(y, k_last_cell)), item});
    }
    sort_by_key(rows);

    std::vector<std::uint32_t> order;
    order.reserve(rows.size());
    for (const Keyed& row : rows) {
        order.push_back(row.item);
    }
    return order;
}

} // namespace shirube::geo
