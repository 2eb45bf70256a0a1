#include "directory/snapshot/children.hpp"

#include "geo/cell_shares.hpp"

#include <algorithm>

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

} // namespace

std::vector<geo::Box> boxes_of_cells(std::span<const CellRow> cells) {
    std::vector<geo::Box> boxes;
    boxes.reserve(cells.size());
    for (const auto& cell : cells) {
        const auto mesh = geo::parse_mesh(cell.mesh);
        boxes.push_back(mesh ? geo::mesh_box(*mesh) : geo::Box::empty());
    }
    return boxes;
}

CellShares share_cells(const State& state, const LayerIndex& layer, std::span<const geo::Box> boxes) {
    std::vector<geo::MultiPolygon> areas;
    areas.reserve(layer.layer.count);
    for (std::uint32_t i = 0; i < layer.layer.count; ++i) {
        areas.push_back(state.districts[layer.layer.first + i].geometry);
    }

    std::vector<std::vector<geo::CellShare>> shares(boxes.size());
    std::vector<std::uint32_t> candidates;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i].is_empty()) {
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
    if (!cell.suppressed_into.empty()) {
        return 0;
    }
    const auto bands = bands_between(cell, from_years, to_years);
    if (!bands) {
        return std::nullopt;
    }
    std::int64_t children = 0;
    for (const auto& band : *bands) {
        if (!band.count) {
            return std::nullopt;
        }
        children += *band.count;
    }
    return children;
}

} // namespace shirube::directory
