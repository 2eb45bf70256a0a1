#include "geo/lonlat.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace shirube::geo;

TEST_CASE("a box holds its edges and grows by points and boxes") {
    Box box = Box::empty();
    CHECK(box.is_empty());
    CHECK_FALSE(box.contains({139.7, 35.7}));
    CHECK_FALSE(box.intersects(Box{-180, -90, 180, 90}));

    box.expand(LonLat{139.7, 35.7});
    CHECK_FALSE(box.is_empty());
    CHECK(box.contains({139.7, 35.7}));

    box.expand(Box{140.0, 35.0, 140.5, 35.2});
    CHECK(box == Box{139.7, 35.0, 140.5, 35.7});
    CHECK(box.contains({140.5, 35.0}));
    CHECK_FALSE(box.contains({140.5000001, 35.0}));
    CHECK(box.intersects(Box{140.5, 35.7, 141, 36}));
    CHECK_FALSE(box.intersects(Box{140.51, 35, 141, 36}));

    const Box before = box;
    box.expand(Box::empty());
    CHECK(box == before);
}

TEST_CASE("a position is taken for Japan from Yonaguni to Minamitorishima, and not when it is swapped or missing") {
    CHECK(within_japan({122.93, 24.45})); // Yonaguni
    CHECK(within_japan({153.98, 24.29})); // Minamitorishima
    CHECK(within_japan({136.08, 20.42})); // Okinotorishima
    CHECK(within_japan({148.75, 45.55})); // Etorofu
    CHECK_FALSE(within_japan({35.68, 139.77}));
    CHECK_FALSE(within_japan({0, 0}));
    CHECK_FALSE(within_japan({13.97, 35.7}));
    CHECK_FALSE(within_japan({std::numeric_limits<double>::quiet_NaN(), 35.7}));
    CHECK_FALSE(within_japan({139.7, std::numeric_limits<double>::quiet_NaN()}));
}
