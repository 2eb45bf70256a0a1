#include "importers/gazetteer/block_book.hpp"

#include "geo/distance.hpp"
#include "importers/locating/block_extent.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

namespace shirube::importers {

namespace {

constexpr double k_farthest_m = 5000; ///< across what is called one block, at most

std::uint32_t whole_metres(double metres) { return static_cast<std::uint32_t>(std::ceil(metres)); }

/// The middle of positions, and the radius around it that holds them with their own.
struct Middle {
    geo::LonLat sum{};
    std::size_t count = 0;

    void add(geo::LonLat position) {
        sum.lon += position.lon;
        sum.lat += position.lat;
        ++count;
    }
    [[nodiscard]] geo::LonLat position() const {
        const auto n = static_cast<double>(count);
        return {.lon = sum.lon / n, .lat = sum.lat / n};
    }
};

directory::TownReading named(const BlockRow& names) {
    directory::TownReading town;
    town.prefecture = names.prefecture;
    town.municipality = names.municipality;
    town.municipality_name = names.municipality_name;
    town.town = names.town;
    town.koaza = names.koaza;
    town.is_middle_of_blocks = true;
    return town;
}

/// Blocks' rows and towns' rows may come to stand in one list.
std::string key_of(const directory::TownReading& town) {
    return fmt::format("街区|{}|{}|{}", town.municipality_name, town.town, town.koaza);
}

/// What is kept of a town's rows verbatim: how many they were, and the first of them.
std::string cells_of(std::int64_t rows, const std::string& first) {
    return nlohmann::json{{"rows", rows}, {"first", first}}.dump(-1, ' ', false,
                                                                 nlohmann::json::error_handler_t::replace);
}

/// Puts the town at the middle of `blocks`, its radius holding them.
void stand_at_middle(directory::TownReading& town, const std::vector<directory::Block>& blocks) {
    Middle middle;
    for (const directory::Block& block : blocks) {
        middle.add(block.position);
    }
    town.position = middle.position();
    const geo::LocalMetric metric(town.position);
    for (const directory::Block& block : blocks) {
        town.accuracy_m = std::max(town.accuracy_m, metric.distance_m(block.position) + block.accuracy_m);
    }
}

} // namespace

directory::BatchRow* BlockBook::add(BlockRow block, bool flagged) {
    std::string key = fmt::format("{}|{}|{}|{}", block.prefecture, block.municipality_name, block.town, block.koaza);
    if (key != last_key_ || towns_.empty()) {
        const auto [place, is_new] = place_of_.try_emplace(key, towns_.size());
        if (is_new) {
            towns_.emplace_back();
        }
        last_ = place->second;
        last_key_ = std::move(key);
    }
    Town& town = towns_[last_];
    town.points.push_back({.number = std::move(block.number),
                           .position = block.position,
                           .is_shown = block.is_shown,
                           .is_representative = block.is_representative});
    town.first.flagged = town.first.flagged || flagged;
    if (town.rows++ > 0) {
        return nullptr;
    }
    town.names = std::move(block);
    return &town.first;
}

std::vector<directory::Block> BlockBook::blocks_of(const std::vector<Point>& points,
                                                   std::span<const double> extents_m) {
    std::map<std::pair<bool, std::string_view>, std::vector<std::size_t>> points_of; ///< by kind and number
    for (std::size_t i = 0; i < points.size(); ++i) {
        points_of[{points[i].is_shown, points[i].number}].push_back(i);
    }
    std::vector<directory::Block> blocks;
    blocks.reserve(points_of.size());
    for (const auto& [number, of_block] : points_of) {
        const auto representative =
            std::ranges::find_if(of_block, [&](std::size_t i) { return points[i].is_representative; });
        const std::size_t stands = representative == of_block.end() ? of_block.front() : *representative;
        const geo::LocalMetric metric(points[stands].position);
        double reach_m = 0; // around all points of the block
        for (const std::size_t i : of_block) {
            reach_m = std::max(reach_m, metric.distance_m(points[i].position) + extents_m[i]);
        }
        if (reach_m > k_farthest_m) {
            continue; // its points are of two places: such addresses are known by their town
        }
        blocks.push_back({.number = std::string(number.second),
                          .is_shown = number.first,
                          .position = points[stands].position,
                          .accuracy_m = whole_metres(reach_m)});
    }
    return blocks;
}

std::vector<directory::Block> BlockBook::spots_of(const std::vector<Point>& points) {
    std::vector<directory::Block> spots;
    for (const Point& point : points) {
        spots.push_back({.number = {}, .is_shown = false, .position = point.position, .accuracy_m = 0});
    }
    return spots;
}

void BlockBook::pack_municipality(std::span<Town* const> towns, std::vector<FoundTown>& into) {
    std::vector<geo::LonLat> positions;
    for (const Town* town : towns) {
        for (const Point& point : town->points) {
            positions.push_back(point.position);
        }
    }
    const std::vector<double> extents_m = block_extents_m(positions);
    std::map<std::string, WholeTown> whole_towns; ///< 大字 with their 小字, by name
    std::size_t at = 0;
    for (Town* town : towns) {
        auto blocks = blocks_of(town->points, std::span(extents_m).subspan(at, town->points.size()));
        at += town->points.size();
        // Where no block of the town is one place, the town is still where its points are.
        const std::vector<directory::Block> stands_on = blocks.empty() ? spots_of(town->points) : blocks;
        WholeTown& whole = whole_towns[town->names.town];
        whole.has_own_row = whole.has_own_row || town->names.koaza.empty();
        whole.blocks.insert(whole.blocks.end(), stands_on.begin(), stands_on.end());
        if (whole.first == nullptr) {
            whole.first = town;
        }
        FoundTown found{.town = named(town->names), .row = town->first};
        found.row.key = key_of(found.town);
        found.row.cells = cells_of(town->rows, town->first.cells);
        stand_at_middle(found.town, stands_on);
        found.town.blocks = std::make_shared<const std::string>(directory::pack_blocks(std::move(blocks)));
        into.push_back(std::move(found));
    }
    for (const auto& [name, whole] : whole_towns) {
        if (whole.has_own_row || name.empty()) {
            continue;
        }
        FoundTown found{.town = named(whole.first->names), .row = whole.first->first};
        found.town.koaza.clear();
        found.row.key = key_of(found.town);
        found.row.cells = cells_of(0, found.row.cells);
        stand_at_middle(found.town, whole.blocks);
        into.push_back(std::move(found));
    }
}

std::vector<FoundTown> BlockBook::take() {
    std::map<std::pair<std::string, std::string>, std::vector<Town*>> municipalities;
    for (Town& town : towns_) {
        municipalities[{town.names.prefecture, town.names.municipality_name}].push_back(&town);
    }
    std::vector<FoundTown> found;
    for (auto& [name, towns] : municipalities) {
        pack_municipality(towns, found);
    }
    towns_.clear();
    place_of_.clear();
    last_key_.clear();
    return found;
}

} // namespace shirube::importers
