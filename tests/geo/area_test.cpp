#include "geo/area.hpp"

#include "geo/distance.hpp"
#include "geo/prepared_area.hpp"
#include "tests/geo/geos.hpp"
#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>
#include <geodesic.h>

#include <cmath>
#include <limits>

using namespace shirube::geo;
using made_land::Maker;
using made_land::rectangle;

namespace {

/// The surface on the ellipsoid of a ring whose edges are geodesics, which short edges nearly are.
double geodesic_area_m2(const Ring& ring) {
    geod_geodesic earth{};
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    geod_polygon polygon{};
    geod_polygon_init(&polygon, 0);
    for (std::size_t corner = 0; corner < corner_count(ring); ++corner) {
        geod_polygon_addpoint(&earth, &polygon, ring[corner].lat, ring[corner].lon);
    }
    double surface_m2 = 0;
    geod_polygon_compute(&earth, &polygon, 0, 1, &surface_m2, nullptr);
    return std::abs(surface_m2);
}

} // namespace

TEST_CASE("surfaces agree with those of geodesic polygons") {
    Maker maker(14);
    for (int trial = 0; trial < 500; ++trial) {
        const MultiPolygon area = maker.district(maker.point_in({122, 20, 154, 46}), maker.between(0.002, 0.3));
        double expected_m2 = 0;
        for (const Polygon& polygon : area) {
            expected_m2 += geodesic_area_m2(polygon.outer);
            for (const Ring& hole : polygon.holes) {
                expected_m2 -= geodesic_area_m2(hole);
            }
        }
        REQUIRE(area_m2(area) == Approx(expected_m2).epsilon(0.001));
    }
}

TEST_CASE("a ring may be closed or open, and run either way") {
    Ring ring = rectangle({139.7, 35.6, 139.8, 35.7});
    const double surface_m2 = area_m2(MultiPolygon{{ring, {}}});
    CHECK(surface_m2 == Approx(9.05e3 * 11.09e3).epsilon(0.01));
    ring.pop_back();
    CHECK(area_m2(MultiPolygon{{ring, {}}}) == surface_m2);
    std::reverse(ring.begin(), ring.end());
    CHECK(area_m2(MultiPolygon{{ring, {}}}) == Approx(surface_m2).epsilon(1e-12));
}

TEST_CASE("shapes without a surface have none") {
    CHECK(area_m2(MultiPolygon{}) == 0);
    CHECK(area_m2(MultiPolygon{{{}, {}}}) == 0);
    CHECK(area_m2(MultiPolygon{{{{139, 35}}, {}}}) == 0);
    CHECK(area_m2(MultiPolygon{{{{139, 35}, {140, 35}}, {}}}) == 0);
    CHECK(area_m2(MultiPolygon{{rectangle({139, 35, 139.1, 35.1}), {rectangle({138, 34, 140, 36})}}}) == 0);
    CHECK(box_of(MultiPolygon{}).is_empty());
    CHECK(box_of(MultiPolygon{{rectangle({139, 35, 139.1, 35.1}), {}}}) == Box{139, 35, 139.1, 35.1});
}

TEST_CASE("a label lies inside its district, however thin, curved or torn it is") {
    Maker maker(15);
    for (int trial = 0; trial < 500; ++trial) {
        const MultiPolygon area = maker.district(maker.point_in(made_land::k_land), maker.between(0.001, 0.2));
        REQUIRE(PreparedArea(area).side_of(point_inside(area)) == Side::inside);
    }
    // A crescent, whose middle is outside.
    Ring crescent;
    for (int corner = 0; corner <= 40; ++corner) {
        const double bearing = 0.3 + corner * 0.14;
        crescent.push_back({139.7 + 0.1 * std::cos(bearing), 35.7 + 0.1 * std::sin(bearing)});
    }
    for (int corner = 40; corner >= 0; --corner) {
        const double bearing = 0.3 + corner * 0.14;
        crescent.push_back({139.7 + 0.09 * std::cos(bearing), 35.7 + 0.09 * std::sin(bearing)});
    }
    CHECK(PreparedArea({{crescent, {}}}).side_of(point_inside({{crescent, {}}})) == Side::inside);
    // A frame around a lake.
    const MultiPolygon frame{{rectangle({139, 35, 140, 36}), {rectangle({139.01, 35.01, 139.99, 35.99})}}};
    CHECK(PreparedArea(frame).side_of(point_inside(frame)) == Side::inside);
}

TEST_CASE("the label stands well away from the edges of a plain district, on its mainland") {
    const MultiPolygon islands{{rectangle({139.0, 35.0, 139.01, 35.01}), {}},
                               {rectangle({139.5, 35.0, 139.7, 35.2}), {}}};
    const LonLat label = point_inside(islands);
    CHECK(label.lon == Approx(139.6).margin(0.02));
    CHECK(label.lat == Approx(35.1).margin(0.04));
}

TEST_CASE("an area without a surface lends one of its corners for a label") {
    CHECK(point_inside({{{{139, 35}}, {}}}) == LonLat{139, 35});
    CHECK(point_inside({{{}, {}}, {{{139, 35}, {140, 35}}, {}}}) == LonLat{139, 35});
}

TEST_CASE("the distance to an area is that of GEOS on a flat map, and 0 inside") {
    Maker maker(16);
    int outside = 0;
    for (int trial = 0; trial < 2'000; ++trial) {
        const LonLat centre = maker.point_in(made_land::k_land);
        const MultiPolygon area = maker.district(centre, maker.between(0.002, 0.05));
        const LonLat point = maker.point_near(centre, 0.3);
        const double expected_m = geos::distance_m(point, area);
        const double found_m = distance_to_area_m(point, area);
        REQUIRE(found_m == Approx(expected_m).epsilon(0.001).margin(0.02));
        REQUIRE(PreparedArea(area).distance_m(point) == Approx(found_m).epsilon(1e-6).margin(0.02));
        outside += found_m > 0 ? 1 : 0;
    }
    CHECK(outside > 500);
    CHECK(outside < 1'900);
    CHECK(distance_to_area_m({139, 35}, {}) == std::numeric_limits<double>::infinity());
    CHECK(distance_to_area_m({139, 35}, {{rectangle({139, 35, 140, 36}), {}}}) == 0);
}

TEST_CASE("what covers a point is what GEOS says covers it") {
    Maker maker(17);
    for (int trial = 0; trial < 300; ++trial) {
        const LonLat centre = maker.point_in(made_land::k_land);
        const MultiPolygon area = maker.district(centre, 0.02);
        const geos::Geometry shape = geos::from(area);
        for (int point = 0; point < 30; ++point) {
            const LonLat asked = maker.point_near(centre, 0.05);
            REQUIRE(covers(area, asked) == geos::meet(shape.get(), geos::from(asked).get()));
        }
    }
    CHECK_FALSE(covers({}, {139, 35}));
    CHECK_FALSE(covers({{rectangle({139, 35, 140, 36}), {}}}, {std::numeric_limits<double>::quiet_NaN(), 35}));
}
