#include "directory/coverage/need_parting.hpp"

#include "geo/largest_remainder.hpp"
#include "geo/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace shirube::directory {

namespace {

/// A place by its position: two layers number the same cells otherwise.
using Spot = std::pair<std::int64_t, std::int64_t>;

Spot spot_of(geo::LonLat point) {
    constexpr double k_parts = 1e7; // a centimetre
    return {std::llround(point.lon * k_parts), std::llround(point.lat * k_parts)};
}

struct SpotHash {
    std::size_t operator()(const Spot& spot) const noexcept {
        return std::hash<std::int64_t>{}(spot.first) * 1'000'003U ^ std::hash<std::int64_t>{}(spot.second);
    }
};

/// Which part of a cell's children an area has.
struct Part {
    std::uint32_t area = 0;
    double share = 0;
};

/// The areas that have children of a cell.
using Parts = std::vector<std::vector<Part>>;

/// A cell of the census lies in the cell of the figure that holds its middle.
Parts parts_of_cells(const Reader& reader, const LayerChildren& children, std::span<const NeedArea> areas) {
    std::unordered_map<std::string, std::uint32_t> by_mesh;
    for (std::uint32_t i = 0; i < areas.size(); ++i) {
        if (areas[i].need) {
            by_mesh.emplace(reader.needs()[*areas[i].need].reading.code, i);
        }
    }
    Parts parts(children.centres.size());
    for (std::size_t cell = 0; cell < parts.size(); ++cell) {
        for (const auto level : {geo::MeshLevel::m250, geo::MeshLevel::m500, geo::MeshLevel::km1}) {
            const auto found = by_mesh.find(to_string(geo::mesh_at(children.centres[cell], level)));
            if (found != by_mesh.end()) {
                parts[cell].push_back({found->second, 1});
                break; // the finest speaks
            }
        }
    }
    return parts;
}

/// The children of each cell, of the ages asked for, who live anywhere: LayerChildren has those of the layer's
/// districts, which have so much of the cell's surface.
std::vector<double> children_of_cells(const Reader& reader, const Layer& layer, const LayerChildren& children) {
    std::unordered_map<Spot, double, SpotHash> inside;
    const auto boxes = reader.cell_boxes();
    for (std::uint32_t cell = 0; cell < boxes.size(); ++cell) {
        if (boxes[cell].is_empty()) {
            continue;
        }
        double share = 0;
        for (const auto& part : reader.cell_shares(layer, cell)) {
            share += part.share;
        }
        const geo::LonLat middle{(boxes[cell].west + boxes[cell].east) / 2,
                                 (boxes[cell].south + boxes[cell].north) / 2};
        inside.emplace(spot_of(middle), std::min(share, 1.0));
    }
    std::vector<double> all(children.people);
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        const auto found = inside.find(spot_of(children.centres[cell]));
        if (found != inside.end() && found->second > 0) {
            all[cell] /= found->second;
        }
    }
    return all;
}

/// The children of a cell who live in the districts of another layer.
Parts parts_of_districts(const LayerChildren& theirs, const Layer& other, const LayerChildren& children,
                         std::span<const double> all, std::span<const NeedArea> areas) {
    std::unordered_map<Spot, std::uint32_t, SpotHash> cells;
    for (std::uint32_t cell = 0; cell < children.centres.size(); ++cell) {
        cells.emplace(spot_of(children.centres[cell]), cell);
    }
    Parts parts(children.centres.size());
    for (std::uint32_t i = 0; i < areas.size(); ++i) {
        if (areas[i].district == k_no_index) {
            continue;
        }
        for (const auto& living : theirs.living_in(areas[i].district - other.first)) {
            const auto found = cells.find(spot_of(theirs.centres[living.cell]));
            if (found != cells.end()) {
                parts[found->second].push_back({i, std::min(1.0, living.children / all[found->second])});
            }
        }
    }
    return parts;
}

/// Children of an area: in districts, ascending, and in none.
struct Shared {
    std::vector<std::pair<std::uint32_t, double>> districts;
    double outside = 0;

    void add(std::uint32_t district, double count) {
        if (districts.empty() || districts.back().first != district) {
            districts.emplace_back(district, 0);
        }
        districts.back().second += count;
    }
    [[nodiscard]] double inside() const {
        double sum = 0;
        for (const auto& [district, count] : districts) {
            sum += count;
        }
        return sum;
    }
};

} // namespace

bool is_additive(Unit unit) noexcept { return unit != Unit::percent; }

std::vector<std::optional<double>> parted_need(const Reader& reader, const Policy& policy, const Layer& layer,
                                               const LayerChildren& children, const NeedSeries& series,
                                               std::span<const NeedArea> areas) {
    std::vector<std::optional<double>> values(layer.count);
    const Layer* other = reader.find_layer(series.layer);
    if (!is_additive(series.unit) || !children.knows_anybody() || (series.layer != "mesh" && other == nullptr)) {
        return values;
    }
    // By the middle, a cell is whole in a district or outside.
    const auto all = policy.cells_by_centre ? children.people : children_of_cells(reader, layer, children);
    const auto theirs = other == nullptr ? nullptr : reader.children_of(*other, policy.counted_children());
    const Parts parts = theirs == nullptr ? parts_of_cells(reader, children, areas)
                                          : parts_of_districts(*theirs, *other, children, all, areas);
    std::vector<Shared> shared(areas.size());
    std::vector<double> unspoken(layer.count, 0); // children of whom no figure speaks
    std::vector<bool> known(layer.count, true);
    for (std::uint32_t district = 0; district < layer.count; ++district) {
        known[district] = children.districts[district].children.has_value();
        // By area, for neighbouring cells of a district are of several areas in turn.
        std::map<std::uint32_t, double> of_areas;
        for (const auto& living : children.living_in(district)) {
            double spoken = 0;
            for (const auto& [area, share] : parts[living.cell]) {
                of_areas[area] += living.children * share;
                spoken += share;
            }
            unspoken[district] += living.children * std::max(0.0, 1 - spoken);
        }
        for (const auto& [area, count] : of_areas) {
            shared[area].add(district, count);
        }
    }
    for (std::size_t cell = 0; theirs == nullptr && cell < parts.size(); ++cell) {
        for (const auto& part : parts[cell]) {
            shared[part.area].outside += all[cell] - children.people[cell];
        }
    }
    std::vector<double> sums(layer.count, 0);
    for (std::size_t area = 0; area < areas.size(); ++area) {
        auto value = areas[area].need ? reader.needs()[*areas[area].need].reading.value : std::nullopt;
        Shared& of = shared[area];
        if (theirs != nullptr && areas[area].district != k_no_index) {
            const auto& counted = theirs->districts[areas[area].district - other->first].children;
            value = counted ? value : std::nullopt;
            of.outside = std::max(0.0, static_cast<double>(counted.value_or(0)) - of.inside());
        }
        std::vector<double> weights;
        for (const auto& [district, count] : of.districts) {
            weights.push_back(count);
            known[district] = known[district] && value;
        }
        weights.push_back(of.outside);
        const auto whole = geo::apportion(std::llround(std::max(0.0, value.value_or(0))), weights);
        for (std::size_t i = 0; i < of.districts.size() && i < whole.size(); ++i) {
            sums[of.districts[i].first] += static_cast<double>(whole[i]);
        }
    }
    constexpr double k_somebody = 0.5;
    for (std::uint32_t district = 0; district < layer.count; ++district) {
        if (known[district] && unspoken[district] < k_somebody) {
            values[district] = sums[district];
        }
    }
    return values;
}

} // namespace shirube::directory
