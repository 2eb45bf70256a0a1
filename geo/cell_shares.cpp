#include "geo/cell_shares.hpp"

#include "geo/clip.hpp"

namespace shirube::geo {

std::vector<CellShare> share_cell(const Box& cell, std::span<const MultiPolygon> areas,
                                  std::span<const std::uint32_t> candidates) {
    // Two maps of one border differ by metres; a sliver of that kind (under 2.5 m² of a 250 m square) is nobody's.
    constexpr double k_sliver = 4e-5;
    std::vector<CellShare> shares;
    double covered = 0;
    for (const std::uint32_t candidate : candidates) {
        const double share = overlap_fraction(cell, areas[candidate]);
        if (share > k_sliver) {
            shares.push_back({candidate, share});
            covered += share;
        }
    }
    const LonLat centre{(cell.west + cell.east) / 2, (cell.south + cell.north) / 2};
    const auto holds_centre = [&] {
        for (const CellShare& share : shares) {
            if (covers(areas[share.area], centre)) {
                return true;
            }
        }
        return false;
    };
    if (covered > 1 || (covered > 0 && covered < 1 && holds_centre())) {
        for (CellShare& share : shares) {
            share.share /= covered;
        }
    }
    return shares;
}

} // namespace shirube::geo
