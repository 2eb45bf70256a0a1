#include "geo/prepared_area.hpp"

#include "tests/geo/geos.hpp"
#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace shirube::geo;
using made_land::Maker;
using made_land::rectangle;

namespace {

LonLat on_lattice(LonLat point) { return from_lattice(to_lattice(point)); }

Side side_by_geos(const GEOSGeometry* shape, LonLat point) {
    const geos::Geometry asked = geos::from(point);
    if (geos::contains(shape, asked.get())) {
        return Side::inside;
    }
    return geos::meet(shape, asked.get()) ? Side::boundary : Side::outside;
}

} // namespace

TEST_CASE("a prepared area says of every point what GEOS says") {
    Maker maker(18);
    int inside = 0;
    for (int trial = 0; trial < 400; ++trial) {
        const LonLat centre = maker.point_in(made_land::k_land);
        const double radius_deg = std::pow(10.0, maker.between(-4, -0.5));
        const MultiPolygon area = maker.district(centre, radius_deg);
        const geos::Geometry shape = geos::from(area);
        const PreparedArea prepared(area);
        for (int point = 0; point < 100; ++point) {
            const LonLat asked = on_lattice(maker.point_near(centre, 3 * radius_deg));
            const Side side = prepared.side_of(asked);
            REQUIRE(side == side_by_geos(shape.get(), asked));
            inside += side == Side::inside ? 1 : 0;
        }
    }
    CHECK(inside > 5'000);
}

TEST_CASE("every corner is on the boundary, and so is every lattice point of a straight edge") {
    Maker maker(19);
    for (int trial = 0; trial < 200; ++trial) {
        const MultiPolygon area = maker.district(maker.point_in(made_land::k_land), 0.01);
        const PreparedArea prepared(area);
        for (const Polygon& polygon : area) {
            for (const LonLat& corner : polygon.outer) {
                REQUIRE(prepared.side_of(corner) == Side::boundary);
            }
            for (const Ring& hole : polygon.holes) {
                for (const LonLat& corner : hole) {
                    REQUIRE(prepared.side_of(corner) == Side::boundary);
                }
            }
        }
    }
    const PreparedArea square({{rectangle({139.7, 35.6, 139.8, 35.7}), {}}});
    const PreparedArea diamond({{{{139.7, 35.6}, {139.8, 35.7}, {139.7, 35.8}, {139.6, 35.7}}, {}}});
    for (int step = 0; step <= 1'000; ++step) {
        const double along = step * 1e-4;
        REQUIRE(square.side_of({139.7 + along, 35.6}) == Side::boundary);
        REQUIRE(square.side_of({139.7 + along, 35.7}) == Side::boundary);
        REQUIRE(square.side_of({139.7, 35.6 + along}) == Side::boundary);
        REQUIRE(square.side_of({139.8, 35.6 + along}) == Side::boundary);
        REQUIRE(diamond.side_of({139.7 + along, 35.6 + along}) == Side::boundary);
        REQUIRE(diamond.side_of({139.7 - along, 35.8 - along}) == Side::boundary);
    }
    CHECK(square.side_of({139.7000001, 35.6000001}) == Side::inside);
    CHECK(square.side_of({139.6999999, 35.65}) == Side::outside);
}

TEST_CASE("a hole is outside and its edge a boundary, an island in it is inside again") {
    const PreparedArea lake({{rectangle({139, 35, 140, 36}), {rectangle({139.2, 35.2, 139.8, 35.8})}},
                             {rectangle({139.4, 35.4, 139.6, 35.6}), {}}});
    CHECK(lake.side_of({139.1, 35.1}) == Side::inside);
    CHECK(lake.side_of({139.2, 35.5}) == Side::boundary);
    CHECK(lake.side_of({139.3, 35.5}) == Side::outside);
    CHECK(lake.side_of({139.4, 35.5}) == Side::boundary);
    CHECK(lake.side_of({139.5, 35.5}) == Side::inside);
}

TEST_CASE("polygons of one area may overlap or touch: their union is the area") {
    const PreparedArea joined({{rectangle({139.0, 35, 139.6, 36}), {}}, {rectangle({139.4, 35, 140.0, 36}), {}}});
    CHECK(joined.side_of({139.2, 35.5}) == Side::inside);
    CHECK(joined.side_of({139.5, 35.5}) == Side::inside);
    CHECK(joined.side_of({139.4, 35.5}) == Side::inside); // the edge of one, strictly inside the other
    CHECK(joined.side_of({139.5, 35.0}) == Side::boundary);

    const PreparedArea touching({{rectangle({139.0, 35, 139.5, 36}), {}}, {rectangle({139.5, 35, 140.0, 36}), {}}});
    CHECK(touching.side_of({139.5, 35.5}) == Side::boundary);
}

TEST_CASE("a bow-tie is inside in both its wings") {
    const PreparedArea tie({{{{139, 35}, {140, 36}, {140, 35}, {139, 36}}, {}}});
    CHECK(tie.side_of({139.1, 35.5}) == Side::inside);
    CHECK(tie.side_of({139.9, 35.5}) == Side::inside);
    CHECK(tie.side_of({139.5, 35.9}) == Side::outside);
    CHECK(tie.side_of({139.5, 35.1}) == Side::outside);
    CHECK(tie.side_of({139.5, 35.5}) == Side::boundary);
}

TEST_CASE("areas without a surface have no inside") {
    const PreparedArea nothing(MultiPolygon{});
    CHECK(nothing.side_of({139, 35}) == Side::outside);
    CHECK(nothing.box().is_empty());
    CHECK(nothing.distance_m({139, 35}) == std::numeric_limits<double>::infinity());
    CHECK_FALSE(nothing.touches_circle({139, 35}, 1e6));
    CHECK(PreparedArea(MultiPolygon{{{}, {{}}}}).side_of({0, 0}) == Side::outside);

    const PreparedArea spot({{{{139, 35}, {139, 35}, {139, 35}}, {}}});
    CHECK(spot.side_of({139, 35}) == Side::boundary);
    CHECK(spot.side_of({139.0000001, 35}) == Side::outside);
    CHECK(spot.touches_circle({139.01, 35}, 1'000));

    const PreparedArea line({{{{139, 35}, {139.5, 35.5}, {140, 36}}, {}}});
    CHECK(line.side_of({139.3, 35.3}) == Side::boundary);
    CHECK(line.side_of({139.3, 35.30001}) == Side::outside);
}

TEST_CASE("what is no place on Earth is in no area, even in one of the whole Earth") {
    const PreparedArea earth({{rectangle({-180, -90, 180, 90}), {}}});
    CHECK(earth.side_of({139, 35}) == Side::inside);
    CHECK(earth.side_of({-180, 35}) == Side::boundary);
    constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
    for (const LonLat nowhere : {LonLat{k_nan, 35}, LonLat{139, k_nan}, LonLat{1e300, 35}, LonLat{139, -1e300},
                                 LonLat{181, 0}, LonLat{0, 91}, LonLat{std::numeric_limits<double>::infinity(), 0}}) {
        CHECK(earth.side_of(nowhere) == Side::outside);
    }
    const PreparedArea triangle({{{{-180, -90}, {180, -90}, {180, 90}}, {}}});
    CHECK(triangle.side_of({0, 0}) == Side::boundary);
    CHECK(triangle.side_of({0, 0.0000001}) == Side::outside);
    CHECK(triangle.side_of({0, -0.0000001}) == Side::inside);
}

TEST_CASE("a comb of many long teeth is answered like any other shape") {
    constexpr int k_teeth = 5'000;
    Ring comb;
    for (int tooth = 0; tooth < k_teeth; ++tooth) {
        comb.push_back({139 + tooth * 2e-5, 35});
        comb.push_back({139 + tooth * 2e-5 + 1e-5, 36});
    }
    const MultiPolygon area{{comb, {}}};
    const PreparedArea prepared(area);
    const geos::Geometry shape = geos::from(area);
    Maker maker(20);
    for (int trial = 0; trial < 200; ++trial) {
        const LonLat point = on_lattice(maker.point_in({139, 35, 139.1, 36}));
        REQUIRE(prepared.side_of(point) == side_by_geos(shape.get(), point));
    }
}

TEST_CASE("a circle touches an area exactly when the area is within its radius") {
    Maker maker(21);
    int touched = 0;
    for (int trial = 0; trial < 3'000; ++trial) {
        const LonLat centre = maker.point_in(made_land::k_land);
        const PreparedArea area(maker.district(centre, maker.between(0.001, 0.05)));
        const LonLat point = maker.point_near(centre, 0.3);
        const double distance_m = area.distance_m(point);
        const double radius_m = std::pow(10.0, maker.between(0, 5));
        REQUIRE(area.touches_circle(point, radius_m) == (distance_m <= radius_m));
        REQUIRE(area.touches_circle(point, distance_m));
        if (distance_m > 0) {
            REQUIRE_FALSE(area.touches_circle(point, distance_m * 0.999));
        }
        touched += distance_m <= radius_m ? 1 : 0;
    }
    CHECK(touched > 500);
    CHECK(touched < 2'500);
}
