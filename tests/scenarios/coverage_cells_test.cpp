// Children of cells that districts cut: parted by surface, or all to the district of the cell's middle. Districts here
// are rectangles, so that what belongs where is plain arithmetic.
#include "directory/coverage/layer_children.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/mesh.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <random>

using namespace shirube;
using namespace shirube::directory;

namespace {

geo::Polygon rectangle(const geo::Box& box) {
    geo::Polygon polygon;
    polygon.outer = {{box.west, box.south},
                     {box.east, box.south},
                     {box.east, box.north},
                     {box.west, box.north},
                     {box.west, box.south}};
    return polygon;
}

struct CutTown {
    std::vector<geo::Box> districts;
    std::vector<std::pair<geo::Box, std::int64_t>> cells;

    [[nodiscard]] Reader reader() const {
        State state;
        for (std::size_t i = 0; i < districts.size(); ++i) {
            DistrictRow row;
            row.layer = "chugakkoku";
            row.code = std::string(1, static_cast<char>('A' + i));
            row.name = row.code;
            row.municipality = "99201";
            row.geometry = {rectangle(districts[i])};
            state.districts.push_back(std::move(row));
        }
        for (const auto& [box, children] : cells) {
            CellRow cell;
            cell.mesh =
                to_string(geo::mesh_at({(box.west + box.east) / 2, (box.south + box.north) / 2}, geo::MeshLevel::m250));
            cell.bands = {{0, 15, children}};
            state.cells.push_back(std::move(cell));
        }
        std::ranges::sort(state.cells, {}, &CellRow::mesh);
        return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
    }
};

bool holds(const geo::Box& box, geo::LonLat point) {
    return box.west <= point.lon && point.lon < box.east && box.south <= point.lat && point.lat < box.north;
}

} // namespace

TEST_CASE("Over random borders, children go to the district of a cell's middle, and none is lost or doubled") {
    std::mt19937 dice(20261126);
    const auto between = [&](double from, double to) { return std::uniform_real_distribution<double>(from, to)(dice); };
    constexpr geo::LonLat k_corner{137.0, 33.2};
    constexpr double k_lon = 11.25 / 3600;
    constexpr double k_lat = 7.5 / 3600;
    for (int round = 0; round < 60; ++round) {
        CutTown town;
        std::int64_t everybody = 0;
        for (int row = 0; row < 5; ++row) {
            for (int column = 0; column < 6; ++column) {
                const geo::LonLat middle{k_corner.lon + (column + 0.5) * k_lon, k_corner.lat + (row + 0.5) * k_lat};
                const auto children = std::uniform_int_distribution<std::int64_t>(0, 60)(dice);
                town.cells.emplace_back(geo::mesh_box(geo::mesh_at(middle, geo::MeshLevel::m250)), children);
                everybody += children;
            }
        }
        // Three strips side by side, cut anywhere; the town is wider than they are.
        const double south = k_corner.lat + between(0, 1.5) * k_lat;
        const double north = k_corner.lat + between(3.5, 5) * k_lat;
        std::vector<double> cuts{between(0.2, 1), between(1.5, 3), between(3.2, 4.5), between(4.8, 5.8)};
        for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
            geo::Box box;
            box.expand(geo::LonLat{k_corner.lon + cuts[i] * k_lon, south});
            box.expand(geo::LonLat{k_corner.lon + cuts[i + 1] * k_lon, north});
            town.districts.push_back(box);
        }
        std::map<std::size_t, std::int64_t> wanted;
        for (const auto& [box, children] : town.cells) {
            const geo::LonLat middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
            const auto found =
                std::ranges::find_if(town.districts, [&](const auto& one) { return holds(one, middle); });
            if (found != town.districts.end()) {
                wanted[static_cast<std::size_t>(found - town.districts.begin())] += children;
            }
        }
        const auto reader = town.reader();
        const auto& layer = reader.layers().front();
        const auto by_centre = children_of_layer(reader, layer, {0, 15, true});
        std::int64_t sum = by_centre.outside.value();
        for (std::size_t i = 0; i < town.districts.size(); ++i) {
            CHECK(by_centre.districts[i].children.value_or(0) == wanted[i]);
            sum += by_centre.districts[i].children.value_or(0);
        }
        CHECK(sum == everybody);
        CHECK(by_centre.basis.ends_with("by the centre of the cell"));

        const auto by_area = children_of_layer(reader, layer, {0, 15, false});
        std::int64_t shared = by_area.outside.value();
        for (std::size_t i = 0; i < town.districts.size(); ++i) {
            shared += by_area.districts[i].children.value_or(0);
        }
        CHECK(shared == everybody);
    }
}

TEST_CASE("A cell that a border cuts off the middle is the one way or the other") {
    constexpr double k_lon = 11.25 / 3600;
    const auto cell = geo::mesh_box(geo::mesh_at({137.001, 33.201}, geo::MeshLevel::m250));
    const double cut = cell.west + 0.3 * k_lon;
    CutTown town;
    geo::Box west;
    west.expand(geo::LonLat{cell.west - k_lon, cell.south});
    west.expand(geo::LonLat{cut, cell.north});
    geo::Box east;
    east.expand(geo::LonLat{cut, cell.south});
    east.expand(geo::LonLat{cell.east + k_lon, cell.north});
    town.districts = {west, east};
    town.cells = {{cell, 10}};
    const auto reader = town.reader();
    const auto& layer = reader.layers().front();
    const auto by_area = children_of_layer(reader, layer, {0, 15, false});
    CHECK(by_area.districts[0].children == 3);
    CHECK(by_area.districts[1].children == 7);
    const auto by_centre = children_of_layer(reader, layer, {0, 15, true});
    CHECK_FALSE(by_centre.districts[0].children);
    CHECK(by_centre.districts[1].children == 10);
}
