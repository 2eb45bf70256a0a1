#include "geo/clip.hpp"

#include "tests/geo/geos.hpp"
#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace shirube::geo;
using made_land::Maker;
using made_land::rectangle;

namespace {

double share_by_geos(const Box& cell, const MultiPolygon& area) {
    const geos::Geometry shape = geos::from(area);
    const geos::Geometry square = geos::from(cell);
    const geos::Geometry common = geos::common_part(square.get(), shape.get());
    return geos::surface(common.get()) / geos::surface(square.get());
}

double farthest_deg(const std::vector<LonLat>& line, const std::vector<LonLat>& kept) {
    double farthest = 0;
    for (const LonLat& point : line) {
        double nearest = std::hypot(point.lon - kept[0].lon, point.lat - kept[0].lat);
        for (std::size_t at = 1; at < kept.size(); ++at) {
            const LonLat run{kept[at].lon - kept[at - 1].lon, kept[at].lat - kept[at - 1].lat};
            const double length_2 = run.lon * run.lon + run.lat * run.lat;
            const double way = (point.lon - kept[at - 1].lon) * run.lon + (point.lat - kept[at - 1].lat) * run.lat;
            const double along = length_2 > 0 ? std::clamp(way / length_2, 0.0, 1.0) : 0;
            nearest = std::min(nearest, std::hypot(point.lon - kept[at - 1].lon - along * run.lon,
                                                   point.lat - kept[at - 1].lat - along * run.lat));
        }
        farthest = std::max(farthest, nearest);
    }
    return farthest;
}

} // namespace

TEST_CASE("the share of a square inside a district is the one GEOS cuts out") {
    Maker maker(26);
    int partly = 0;
    for (int trial = 0; trial < 3'000; ++trial) {
        const LonLat centre = maker.point_in(made_land::k_land);
        const MultiPolygon area = maker.district(centre, 0.02);
        const LonLat corner = maker.point_near(centre, 0.03);
        const double side = std::pow(10.0, maker.between(-3.5, -1));
        const Box cell{corner.lon - side, corner.lat - side, corner.lon + side, corner.lat + side};
        const double share = overlap_fraction(cell, area);
        REQUIRE(share == Approx(share_by_geos(cell, area)).margin(1e-9));
        partly += share > 0 && share < 1 ? 1 : 0;
    }
    CHECK(partly > 1'000);
}

TEST_CASE("a square inside, outside, in the hole or filling the district exactly") {
    const MultiPolygon area{{rectangle({139, 35, 140, 36}), {rectangle({139.4, 35.4, 139.6, 35.6})}}};
    CHECK(overlap_fraction({139.1, 35.1, 139.2, 35.2}, area) == 1);
    CHECK(overlap_fraction({138.1, 35.1, 138.2, 35.2}, area) == 0);
    CHECK(overlap_fraction({139.45, 35.45, 139.55, 35.55}, area) == 0);
    CHECK(overlap_fraction({139.4, 35.4, 139.6, 35.6}, area) == 0);
    CHECK(overlap_fraction({139, 35, 140, 36}, area) == Approx(0.96));
    CHECK(overlap_fraction({138.5, 35, 139.0, 36}, area) == 0);
    CHECK(overlap_fraction({139.35, 35.45, 139.45, 35.55}, area) == Approx(0.5));
    CHECK(overlap_fraction({139.1, 35.1, 139.2, 35.2}, {}) == 0);
    CHECK(overlap_fraction({139.1, 35.1, 139.2, 35.2}, {{{}, {}}}) == 0);
    CHECK(overlap_fraction({139.1, 35.1, 139.2, 35.2}, {{{{139.1, 35.1}, {139.2, 35.2}}, {}}}) == 0);
}

TEST_CASE("squares that tile a district hold all of it together") {
    Maker maker(27);
    for (int trial = 0; trial < 50; ++trial) {
        const LonLat centre = maker.point_in(made_land::k_land);
        const MultiPolygon area = maker.district(centre, 0.02);
        const Box box = box_of(area);
        double squares = 0;
        constexpr int k_across = 23;
        const double width = (box.east - box.west) / k_across;
        const double height = (box.north - box.south) / k_across;
        for (int column = 0; column < k_across; ++column) {
            for (int row = 0; row < k_across; ++row) {
                const double west = box.west + column * width;
                const double south = box.south + row * height;
                squares += overlap_fraction({west, south, west + width, south + height}, area);
            }
        }
        REQUIRE(squares * width * height == Approx(geos::surface(geos::from(area).get())).epsilon(1e-6));
    }
}

TEST_CASE("a district cut to a box stays in it and keeps its surface there") {
    Maker maker(28);
    for (int trial = 0; trial < 1'000; ++trial) {
        const LonLat centre = maker.point_in(made_land::k_land);
        const MultiPolygon area = maker.district(centre, 0.02);
        const LonLat corner = maker.point_near(centre, 0.03);
        const Box box{corner.lon - 0.01, corner.lat - 0.01, corner.lon + 0.01, corner.lat + 0.01};
        const MultiPolygon clipped = clip_to_box(area, box);
        for (const Polygon& polygon : clipped) {
            REQUIRE(polygon.outer.size() >= 3);
            for (const LonLat& point : polygon.outer) {
                REQUIRE(box.contains(point));
            }
        }
        REQUIRE(overlap_fraction(box, clipped) == Approx(overlap_fraction(box, area)).margin(1e-9));
        REQUIRE(clipped.empty() == (overlap_fraction(box, area) == 0));
    }
}

TEST_CASE("what only touches a box is cut away") {
    CHECK(clip_ring(rectangle({139, 35, 140, 36}), {140, 35, 141, 36}).empty());
    CHECK(clip_ring(rectangle({139, 35, 140, 36}), {140, 36, 141, 37}).empty());
    CHECK(clip_ring({}, {140, 36, 141, 37}).empty());
    CHECK(clip_ring({{140.5, 36.5}}, {140, 36, 141, 37}).empty());
    CHECK(clip_ring(rectangle({139, 35, 142, 38}), {140, 36, 141, 37}).size() == 4);
}

TEST_CASE("a simplified line keeps its ends and strays no farther than the tolerance") {
    Maker maker(29);
    for (int trial = 0; trial < 200; ++trial) {
        std::vector<LonLat> line{maker.point_in(made_land::k_land)};
        for (int step = 0; step < 500; ++step) {
            line.push_back(
                {line.back().lon + maker.between(-0.001, 0.002), line.back().lat + maker.between(-0.001, 0.001)});
        }
        const double tolerance_deg = std::pow(10.0, maker.between(-4, -1));
        const std::vector<LonLat> kept = simplify(line, tolerance_deg);
        REQUIRE(kept.front() == line.front());
        REQUIRE(kept.back() == line.back());
        REQUIRE(kept.size() < line.size());
        REQUIRE(farthest_deg(line, kept) <= tolerance_deg * (1 + 1e-9));
    }
}

TEST_CASE("a closed ring stays closed, and a straight line needs its ends alone") {
    const Ring ring = rectangle({139, 35, 140, 36});
    CHECK(simplify(ring, 0.01) == ring);
    CHECK(simplify(std::vector<LonLat>{{139, 35}, {139.5, 35}, {139.7, 35}, {140, 35}}, 0) ==
          std::vector<LonLat>{{139, 35}, {140, 35}});
    CHECK(simplify({}, 1).empty());
    CHECK(simplify(std::vector<LonLat>{{139, 35}}, 1).size() == 1);
    CHECK(simplify(std::vector<LonLat>(5, {139, 35}), 0).size() == 2);
}

TEST_CASE("a line of a million points is simplified without deep calls") {
    std::vector<LonLat> line;
    line.reserve(1'000'000);
    for (int step = 0; step < 1'000'000; ++step) {
        line.push_back({139 + step * 1e-6, 35});
    }
    line[1].lat = 35.5;
    CHECK(simplify(line, 0.1).size() == 4);
}
