#include "geo/web_mercator.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

using namespace shirube::geo;

TEST_CASE("the world is one tile at zoom 0, and a tile has four children") {
    const Box world = tile_box({0, 0, 0});
    CHECK(world.west == -180);
    CHECK(world.east == 180);
    CHECK(world.north == Approx(k_mercator_max_lat).epsilon(1e-12));
    CHECK(world.south == Approx(-k_mercator_max_lat).epsilon(1e-12));
    CHECK(tile_box({1, 1, 0}).west == 0);
    CHECK(tile_box({1, 1, 0}).south == Approx(0).margin(1e-12));
}

TEST_CASE("Tokyo Station lies in the tile that maps of the web give for it") {
    // GSI's and OpenStreetMap's tile for the station at zoom 14.
    CHECK(tile_at({139.767125, 35.681236}, 14) == TileId{14, 14552, 6451});
    CHECK(tile_box({14, 14552, 6451}).contains({139.767125, 35.681236}));
}

TEST_CASE("a point's place in its tile is its place in the tile's box") {
    made_land::Maker maker(13);
    for (int trial = 0; trial < 5'000; ++trial) {
        const LonLat point = maker.point_in({-180, -85, 180, 85});
        const TileId tile = tile_at(point, static_cast<std::uint32_t>(maker.whole(0, 22)));
        REQUIRE(valid(tile));
        const Box box = tile_box(tile);
        const TilePoint place = to_tile(point, tile);
        REQUIRE(place.x == Approx((point.lon - box.west) / (box.east - box.west) * 4096).margin(0.01));
        REQUIRE(place.y >= -0.01);
        REQUIRE(place.y <= 4096.01);
        const TilePoint north_west = to_tile({box.west, box.north}, tile);
        const TilePoint south_east = to_tile({box.east, box.south}, tile, 256);
        REQUIRE(north_west.x == Approx(0).margin(1e-3));
        REQUIRE(north_west.y == Approx(0).margin(1e-3));
        REQUIRE(south_east.x == Approx(256).margin(1e-3));
        REQUIRE(south_east.y == Approx(256).margin(1e-3));
    }
}

TEST_CASE("tiles beyond the scheme are none, and the poles belong to its edge") {
    CHECK(valid({22, (1U << 22U) - 1, 0}));
    CHECK_FALSE(valid({22, 1U << 22U, 0}));
    CHECK_FALSE(valid({0, 0, 1}));
    CHECK_FALSE(valid({23, 0, 0}));
    CHECK_FALSE(valid({4'000'000'000U, 0, 0}));
    CHECK(tile_at({180, 90}, 3) == TileId{3, 7, 0});
    CHECK(tile_at({-180, -90}, 3) == TileId{3, 0, 7});
    CHECK(to_tile({0, 90}, {0, 0, 0}).y == Approx(0).margin(1e-6));
}
