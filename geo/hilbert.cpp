#include "geo/hilbert.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace shirube::geo {
namespace {

constexpr unsigned k_bits = 16;
constexpr std::uint32_t k_last_cell = (1U << k_bits) - 1;

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
    for (std::uint32_t half = 1U << (k_bits - 1); half > 0; half >>= 1U) {
        const bool right = (x & half) != 0;
        const bool upper = (y & half) != 0;
        const std::uint32_t quarter = (right ? 3U : 0U) ^ (upper ? 1U : 0U);
        index = index << 2U | quarter;
        if (!upper) {
            // The curve enters the lower quarters turned: flip them, then swap the axes.
            if (right) {
                x = k_last_cell - x;
                y = k_last_cell - y;
            }
            std::swap(x, y);
        }
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
