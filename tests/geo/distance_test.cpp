#include "geo/distance.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>
#include <geodesic.h>

#include <algorithm>
#include <cmath>

using namespace shirube::geo;
using made_land::Maker;

namespace {

const geod_geodesic& earth() {
    static const geod_geodesic made = [] {
        geod_geodesic geodesic{};
        geod_init(&geodesic, 6378137.0, 1 / 298.257223563);
        return geodesic;
    }();
    return made;
}

double geodesic_m(LonLat a, LonLat b) {
    double metres = 0;
    geod_inverse(&earth(), a.lat, a.lon, b.lat, b.lon, &metres, nullptr, nullptr);
    return metres;
}

LonLat walk(LonLat from, double bearing_deg, double metres) {
    LonLat to;
    geod_direct(&earth(), from.lat, from.lon, bearing_deg, metres, &to.lat, &to.lon, nullptr);
    return to;
}

constexpr Box k_japan{122, 20, 154, 46};

} // namespace

TEST_CASE("the local metric agrees with the geodesic to a hundred-thousandth for all of Japan up to 50 km") {
    Maker maker(1);
    double worst = 0;
    for (int pair = 0; pair < 20'000; ++pair) {
        const LonLat origin = maker.point_in(k_japan);
        const double metres = maker.between(0.01, 50'000);
        const LonLat point = walk(origin, maker.between(0, 360), metres);
        worst = std::max(worst, std::abs(LocalMetric(origin).distance_m(point) - metres) / metres);
    }
    CHECK(worst < 1e-5);
}

TEST_CASE("the local metric keeps 0.1 % as far as it says it reaches, up to 60° from the equator") {
    Maker maker(2);
    double worst = 0;
    for (int pair = 0; pair < 20'000; ++pair) {
        const LonLat origin{maker.between(-100, 100), maker.between(-60, 60)};
        const double metres = maker.between(1, LocalMetric::k_reach_m);
        const LonLat point = walk(origin, maker.between(0, 360), metres);
        worst = std::max(worst, std::abs(LocalMetric(origin).distance_m(point) - metres) / metres);
    }
    CHECK(worst < 1e-3);
}

TEST_CASE("any two places on Earth are measured to 0.1 %") {
    Maker maker(3);
    double worst = 0;
    for (int pair = 0; pair < 20'000; ++pair) {
        const LonLat a = maker.point_in({-180, -90, 180, 90});
        LonLat b = maker.point_in({-180, -90, 180, 90});
        if (pair % 2 == 0) {
            b = walk(a, maker.between(0, 360), maker.between(1, 300'000));
        }
        const double metres = geodesic_m(a, b);
        worst = std::max(worst, std::abs(distance_m(a, b) - metres) / metres);
    }
    CHECK(worst < 1e-3);
    CHECK(distance_m({179.999, 10}, {-179.999, 10}) == Approx(geodesic_m({179.999, 10}, {-179.999, 10})));
    CHECK(distance_m({139.7, 35.7}, {139.7, 35.7}) == 0);
}

TEST_CASE("Tokyo Station and Osaka Station are 403 km apart") {
    CHECK(distance_m({139.767125, 35.681236}, {135.495951, 34.702485}) == Approx(403'000).epsilon(0.005));
}

TEST_CASE("the box around a circle holds all of it and little more") {
    Maker maker(4);
    for (int circle = 0; circle < 2'000; ++circle) {
        const LonLat origin = maker.point_in(k_japan);
        const LocalMetric metric(origin);
        const double radius_m = std::pow(10.0, maker.between(0, 5));
        const Box box = metric.box_around(radius_m);
        for (int point = 0; point < 20; ++point) {
            const LonLat near{maker.between(box.west - (box.east - box.west), box.east + (box.east - box.west)),
                              maker.between(box.south - (box.north - box.south), box.north + (box.north - box.south))};
            if (metric.distance_m(near) <= radius_m) {
                REQUIRE(box.contains(near));
            }
        }
        REQUIRE((box.north - box.south) / 2 * metric.metres_per_lat(0) < radius_m * 1.001 + 0.01);
        REQUIRE((box.east - box.west) / 2 * metric.metres_per_lon(0) < radius_m * 1.02 + 0.01);
    }
    const LonLat origin{139.7, 35.7};
    CHECK(LocalMetric(origin).box_around(0).contains(origin));
}

TEST_CASE("the distance to a segment is the shortest of the distances to its points") {
    Maker maker(5);
    for (int trial = 0; trial < 500; ++trial) {
        const LonLat origin = maker.point_in(made_land::k_land);
        const LonLat a = maker.point_near(origin, 0.3);
        const LonLat b = maker.point_near(origin, 0.3);
        double shortest_m = geodesic_m(origin, a);
        double step_m = 0;
        constexpr int k_steps = 2'000;
        for (int step = 1; step <= k_steps; ++step) {
            const double along = static_cast<double>(step) / k_steps;
            const LonLat point{a.lon + along * (b.lon - a.lon), a.lat + along * (b.lat - a.lat)};
            shortest_m = std::min(shortest_m, geodesic_m(origin, point));
            step_m = geodesic_m(a, b) / k_steps;
        }
        const double found_m = LocalMetric(origin).distance_to_segment_m(a, b);
        REQUIRE(found_m <= shortest_m * 1.001 + 0.001);
        REQUIRE(found_m >= shortest_m * 0.999 - step_m);
    }
    const LocalMetric metric({139.7, 35.7});
    CHECK(metric.distance_to_segment_m({139.71, 35.7}, {139.71, 35.7}) == metric.distance_m({139.71, 35.7}));
}
