#include "directory/coverage/reach.hpp"

#include "directory/snapshot/children.hpp"
#include "geo/largest_remainder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace shirube::directory {

namespace {

struct Weighted {
    double distance_m;
    std::int64_t children;
};

/// The distance that half of the children have at most.
std::optional<double> weighted_median(std::vector<Weighted>& distances) {
    std::int64_t total = 0;
    for (const auto& entry : distances) {
        total += entry.children;
    }
    if (total == 0) {
        return std::nullopt;
    }
    std::ranges::sort(distances, {}, &Weighted::distance_m);
    std::int64_t so_far = 0;
    for (const auto& entry : distances) {
        so_far += entry.children;
        if (2 * so_far >= total) {
            return entry.distance_m;
        }
    }
    return std::nullopt;
}

/// Metres to the nearest counted place, infinite where there is none.
double nearest_m(const Reader& reader, const std::vector<ProgrammeIndex>& programmes, geo::LonLat from,
                 const std::function<bool(std::uint32_t)>& counts) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const auto programme : programmes) {
        nearest = reader.nearest_m(programme, from, nearest, counts).value_or(nearest);
    }
    return nearest;
}

bool has_counted_place(const Reader& reader, const std::vector<ProgrammeIndex>& programmes,
                       const std::function<bool(std::uint32_t)>& counts) {
    return std::ranges::any_of(programmes, [&](ProgrammeIndex programme) {
        return std::ranges::any_of(reader.located_services_of(programme), counts);
    });
}

std::string_view level_name(std::string_view mesh) noexcept {
    switch (mesh.size()) {
        case 8:
            return "1 km";
        case 9:
            return "500 m";
        default:
            return "250 m";
    }
}

/// What the figures rest on, as in "census mesh 250 m" or "census mesh 1 km and 250 m and towns".
std::string counted_in(std::span<const CellRow> cells, bool from_cells, bool from_towns) {
    std::set<std::string_view> levels;
    for (const auto& cell : cells) {
        if (!cell.mesh.empty()) {
            levels.insert(level_name(cell.mesh));
        }
    }
    std::string words;
    if (from_cells) {
        words = "census mesh ";
        for (const auto level : {"1 km", "500 m", "250 m"}) {
            if (levels.contains(level)) {
                words += fmt::format("{}{}", words.back() == ' ' ? "" : " and ", level);
            }
        }
    }
    if (from_towns) {
        words += words.empty() ? "towns" : " and towns";
    }
    return words;
}

} // namespace

ChildrenOfLayer children_of_layer(const Reader& reader, const Policy& policy, const Layer& layer,
                                  const std::vector<ProgrammeIndex>& programmes,
                                  const std::function<bool(std::uint32_t)>& counts) {
    ChildrenOfLayer out;
    out.districts.resize(layer.count);
    const auto cells = reader.cells();
    if (cells.empty()) {
        return out;
    }

    std::vector<std::vector<Weighted>> distances(layer.count);
    std::vector<double> weights;
    const double reach_m = policy.walk_minutes * policy.walk_m_per_minute / policy.detour;
    std::int64_t outside = 0;
    bool understood = false;
    bool from_cells = false;
    bool from_towns = false;
    bool outside_known = true;
    std::vector<bool> unknown(layer.count); ///< districts with a cell whose bands cannot say
    const bool any_place = has_counted_place(reader, programmes, counts); // else each cell would search in vain
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        const auto children = children_in(cells[i], policy.children_from_years, policy.children_to_years);
        const auto of_cell = reader.cell_shares(layer, i);
        if (!children) {
            // A sum that leaves out what it does not know would be too low and not say so.
            double inside = 0;
            for (const auto& share : of_cell) {
                unknown[share.area] = true;
                inside += share.share;
            }
            constexpr double whole = 1 - 1e-9;
            outside_known = outside_known && inside >= whole;
            continue;
        }
        understood = true;
        (cells[i].mesh.empty() ? from_towns : from_cells) = true;
        if (cells[i].mesh.empty() && !cells[i].position) {
            out.unplaced += *children;
            if (*children > 0) {
                out.unplaced_in.insert(cells[i].municipality);
            }
            continue;
        }
        weights.clear();
        double covered_share = 0;
        for (const auto& share : of_cell) {
            weights.push_back(share.share);
            covered_share += share.share;
        }
        weights.push_back(std::max(0.0, 1 - covered_share)); // outside every district
        const auto parts = geo::apportion(*children, weights);
        outside += parts.back();
        if (of_cell.empty()) {
            continue;
        }
        const bool is_estimate = cells[i].mesh.empty() && of_cell.size() > 1;
        const geo::Box& box = reader.cell_boxes()[i];
        const geo::LonLat centre{(box.west + box.east) / 2, (box.south + box.north) / 2};
        const bool look = any_place && *children > 0;
        const double nearest =
            look ? nearest_m(reader, programmes, centre, counts) : std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < of_cell.size(); ++j) {
            auto& district = out.districts[of_cell[j].area];
            district.children = district.children.value_or(0) + parts[j];
            district.estimated = district.estimated || (is_estimate && *children > 0);
            district.covered = district.covered.value_or(0) + (nearest <= reach_m ? parts[j] : 0);
            if (std::isfinite(nearest) && parts[j] > 0) {
                distances[of_cell[j].area].push_back({nearest, parts[j]});
            }
        }
    }
    if (!understood) {
        out.districts.assign(layer.count, {});
        return out;
    }
    for (std::uint32_t i = 0; i < layer.count; ++i) {
        out.districts[i].nearest_m_median = weighted_median(distances[i]);
    }
    for (std::uint32_t i = 0; i < layer.count; ++i) {
        if (unknown[i]) {
            out.districts[i] = {};
        }
    }
    if (outside_known) {
        out.outside = outside;
    }
    out.basis = fmt::format("{}, ages {}-{}, {}", counted_in(cells, from_cells, from_towns), policy.children_from_years,
                            policy.children_to_years - 1,
                            from_towns ? "shared by area, towns by their surroundings" : "shared by area");
    return out;
}

} // namespace shirube::directory
