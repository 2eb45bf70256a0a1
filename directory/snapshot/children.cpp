#include "directory/snapshot/children.hpp"

#include "geo/cell_shares.hpp"
#include "geo/clip.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shirube::directory {

namespace {

/// The bands that make up exactly [from, to), whichever way they are cut; nothing where they leave a hole or overlap.
std::optional<std::vector<BandReading>> bands_between(const CellRow& cell, int from_years, int to_years) {
    std::vector<BandReading> chosen;
    int at = from_years;
    while (at < to_years) {
        const BandReading* next = nullptr;
        for (const auto& band : cell.bands) {
            const bool fits = band.from_age_years == at && band.to_age_years && *band.to_age_years <= to_years;
            // The widest band first: totals of the source beat sums of its parts.
            if (fits && (next == nullptr || *band.to_age_years > *next->to_age_years)) {
                next = &band;
            }
        }
        if (next == nullptr) {
            return std::nullopt;
        }
        chosen.push_back(*next);
        at = *next->to_age_years;
    }
    return chosen;
}

/// The square around a circle.
geo::Box box_around(geo::LonLat centre, double radius_m) {
    constexpr double metres_a_degree = 111'320;
    constexpr double least_radius_m = 50; // a town is no point
    const double lat = std::max(radius_m, least_radius_m) / metres_a_degree;
    const double lon = lat / std::cos(centre.lat * std::numbers::pi / 180);
    return {centre.lon - lon, centre.lat - lat, centre.lon + lon, centre.lat + lat};
}

/// A town's people: all of them in the one district its circle touches; where it touches several, those of its own
/// municipality go before others, and they share by the surface of the square around the circle, scaled to the whole.
/// Nobody is outside then: the town is in its municipality, and what the square holds besides is sea or a neighbour.
std::vector<geo::CellShare> share_town(std::span<const DistrictRow> districts, const LayerIndex& layer,
                                       const CellRow& town, const geo::Box& box,
                                       std::span<const geo::MultiPolygon> areas, std::vector<std::uint32_t>& touched) {
    layer.areas.areas_within(*town.position, town.accuracy_m, touched);
    const auto own = [&](std::uint32_t place) {
        return districts[layer.layer.first + place].municipality == town.municipality;
    };
    if (std::ranges::any_of(touched, own)) {
        std::erase_if(touched, [&](std::uint32_t place) { return !own(place); });
    }
    std::vector<geo::CellShare> shares;
    double sum = 0;
    for (const auto place : touched) {
        const double surface = touched.size() == 1 ? 1 : geo::overlap_fraction(box, areas[place]);
        if (surface > 0) {
            shares.push_back({place, surface});
            sum += surface;
        }
    }
    if (shares.empty() && !touched.empty()) { // it only grazes their borders
        shares.push_back({touched.front(), 1});
        sum = 1;
    }
    for (auto& share : shares) {
        share.share /= sum;
    }
    return shares;
}

} // namespace

std::vector<geo::Box> boxes_of_cells(std::span<const CellRow> cells) {
    std::vector<geo::Box> boxes;
    boxes.reserve(cells.size());
    for (const auto& cell : cells) {
        if (cell.mesh.empty()) {
            boxes.push_back(cell.position ? box_around(*cell.position, cell.accuracy_m) : geo::Box::empty());
            continue;
        }
        const auto mesh = geo::parse_mesh(cell.mesh);
        boxes.push_back(mesh ? geo::mesh_box(*mesh) : geo::Box::empty());
    }
    return boxes;
}

CellShares share_cells(std::span<const DistrictRow> districts, std::span<const CellRow> cells, const LayerIndex& layer,
                       std::span<const geo::Box> boxes) {
    std::vector<geo::MultiPolygon> areas;
    areas.reserve(layer.layer.count);
    for (std::uint32_t i = 0; i < layer.layer.count; ++i) {
        areas.push_back(districts[layer.layer.first + i].geometry);
    }

    std::vector<std::vector<geo::CellShare>> shares(boxes.size());
    std::vector<std::uint32_t> candidates;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i].is_empty()) {
            continue;
        }
        if (cells[i].mesh.empty()) {
            shares[i] = share_town(districts, layer, cells[i], boxes[i], areas, candidates);
            continue;
        }
        layer.areas.areas_near(boxes[i], candidates);
        if (!candidates.empty()) {
            shares[i] = geo::share_cell(boxes[i], areas, candidates);
        }
    }
    return CellShares(shares);
}

std::optional<std::int64_t> children_in(const CellRow& cell, int from_years, int to_years) {
    const auto bands = bands_between(cell, from_years, to_years);
    if (!bands) {
        return std::nullopt;
    }
    std::int64_t children = 0;
    for (const auto& band : *bands) {
        if (!band.count && (cell.suppressed_into.empty() || cell.carrier_missing)) {
            return std::nullopt;
        }
        children += band.count.value_or(0);
    }
    return children;
}

} // namespace shirube::directory
