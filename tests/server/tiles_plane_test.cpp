#include "server/tiles/place_index.hpp"
#include "server/tiles/tile_plane.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <map>
#include <random>
#include <vector>

using namespace shirube;
using namespace shirube::server;

namespace {

constexpr std::int64_t k_unit_at_14 = 1 << (22 - 14);
constexpr geo::TileId k_tile{14, 14552, 6451};

/// A place on the plane, in units of the tile from its corner.
WorldPoint in_tile(double x, double y) {
    return {static_cast<std::int64_t>((k_tile.x * 4096.0 + x) * k_unit_at_14),
            static_cast<std::int64_t>((k_tile.y * 4096.0 + y) * k_unit_at_14)};
}

TileRing cut(const std::vector<WorldPoint>& ring) {
    WorldBox box;
    for (const WorldPoint point : ring) {
        box.expand(point);
    }
    return ring_in_tile(ring, box, k_tile);
}

std::vector<geo::LonLat> places_in_japan(std::size_t count) {
    std::mt19937_64 random(20261121);
    std::uniform_real_distribution<double> lon(122.5, 154);
    std::uniform_real_distribution<double> lat(20.5, 45.8);
    std::vector<geo::LonLat> places;
    for (std::size_t place = 0; place < count; ++place) {
        places.push_back({lon(random), lat(random)});
    }
    return places;
}

} // namespace

TEST_CASE("A place lies in the tile that the map scheme says, at every zoom, and in no other") {
    const auto places = places_in_japan(500);
    std::vector<std::pair<WorldPoint, std::uint32_t>> numbered;
    for (std::uint32_t place = 0; place < places.size(); ++place) {
        numbered.emplace_back(world_point(places[place]), place);
    }
    const PlaceIndex index(numbered);
    for (std::uint32_t zoom = 0; zoom <= geo::k_max_zoom; ++zoom) {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> expected;
        for (std::uint32_t place = 0; place < places.size(); ++place) {
            const geo::TileId tile = geo::tile_at(places[place], zoom);
            expected[{tile.x, tile.y}].push_back(place);
        }
        std::size_t found = 0;
        for (const auto& [address, wanted] : expected) {
            const geo::TileId tile{zoom, address.first, address.second};
            std::vector<std::uint32_t> items;
            for (const PlaceIndex::Entry& entry : index.in_tile(tile)) {
                items.push_back(entry.item);
                const TileCorner corner = corner_of(entry.point, tile);
                REQUIRE((corner.x >= 0 && corner.x < k_extent && corner.y >= 0 && corner.y < k_extent));
            }
            std::sort(items.begin(), items.end());
            REQUIRE(items == wanted);
            found += items.size();
        }
        REQUIRE(found == places.size());
    }
}

TEST_CASE("Places at one point come in the order of their items, whatever order they were given in") {
    const WorldPoint station = world_point({139.7, 35.7});
    const PlaceIndex index(std::vector<std::pair<WorldPoint, std::uint32_t>>{{station, 7}, {station, 2}, {station, 5}});
    std::vector<std::uint32_t> items;
    for (const PlaceIndex::Entry& entry : index.in_tile({0, 0, 0})) {
        items.push_back(entry.item);
    }
    REQUIRE(items == std::vector<std::uint32_t>{2, 5, 7});
}

TEST_CASE("The ends of the world lie in its outermost tiles") {
    for (const geo::LonLat corner : {geo::LonLat{-180, 89}, geo::LonLat{180, -89}}) {
        const PlaceIndex index(std::vector<std::pair<WorldPoint, std::uint32_t>>{{world_point(corner), 0}});
        const std::uint32_t last = corner.lon < 0 ? 0 : (1U << 22U) - 1;
        REQUIRE(index.in_tile({22, last, last}).size() == 1);
    }
}

TEST_CASE("A ring inside a tile keeps its corners") {
    REQUIRE(cut({in_tile(10, 10), in_tile(200, 10), in_tile(200, 300)}) == TileRing{{10, 10}, {200, 10}, {200, 300}});
}

TEST_CASE("A ring across a tile's border is cut 64 units beyond it") {
    const TileRing ring = cut({in_tile(4000, 100), in_tile(5000, 100), in_tile(5000, 200), in_tile(4000, 200)});
    REQUIRE(ring.size() == 4);
    REQUIRE(twice_surface(ring) == 2 * (4160 - 4000) * 100);
}

TEST_CASE("An area around the whole tile becomes the tile with its buffer") {
    const TileRing ring = cut({in_tile(-9000, -9000), in_tile(9000, -9000), in_tile(9000, 9000), in_tile(-9000, 9000)});
    REQUIRE(ring.size() == 4);
    REQUIRE(twice_surface(ring) == 2 * (4096 + 128) * (4096 + 128));
}

TEST_CASE("An area beside the tile, or one too small for a unit, is not there") {
    REQUIRE(cut({in_tile(5000, 0), in_tile(6000, 0), in_tile(6000, 1000)}).empty());
    REQUIRE(cut({in_tile(10, 10), in_tile(10.2, 10), in_tile(10.2, 10.2)}).empty());
}

TEST_CASE("A spike that runs out and back is left out, also where the ring closes") {
    const TileRing square{{0, 0}, {100, 0}, {100, 100}, {0, 100}};
    REQUIRE(cut({in_tile(0, 0), in_tile(100, 0), in_tile(150, 0), in_tile(100, 0), in_tile(100, 100),
                 in_tile(0, 100)}) == square);
    const TileRing closed_by_spike =
        cut({in_tile(50, 0), in_tile(100, 0), in_tile(100, 100), in_tile(0, 100), in_tile(0, 0), in_tile(0, -30)});
    REQUIRE(twice_surface(closed_by_spike) == 2 * (100 * 100 + 50 * 30 / 2));
    const TileRing middle = cut({in_tile(50, 0), in_tile(100, 0), in_tile(100, 100), in_tile(0, 100), in_tile(0, 0)});
    REQUIRE(middle.size() == 4);
    REQUIRE(twice_surface(middle) == twice_surface(square));
}
