#include "geo/area_index.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

using namespace shirube::geo;
using made_land::Maker;
using made_land::rectangle;
using Found = std::vector<std::uint32_t>;

namespace {

std::vector<MultiPolygon> districts(Maker& maker, int count) {
    std::vector<MultiPolygon> areas;
    areas.reserve(static_cast<std::size_t>(count));
    for (int district = 0; district < count; ++district) {
        areas.push_back(maker.district(maker.point_in({138, 35, 140, 36}), std::pow(10.0, maker.between(-3, -0.7))));
    }
    return areas;
}

Found areas_at(const AreaIndex& index, LonLat point) {
    Found found;
    index.areas_at(point, found);
    return found;
}

Found areas_by_asking_all(const std::vector<PreparedArea>& areas, LonLat point) {
    Found inside;
    Found touched;
    for (std::uint32_t area = 0; area < areas.size(); ++area) {
        const Side side = areas[area].side_of(point);
        if (side == Side::inside) {
            inside.push_back(area);
        } else if (side == Side::boundary) {
            touched.push_back(area);
        }
    }
    if (inside.empty() && !touched.empty()) {
        return {touched.front()};
    }
    return inside;
}

} // namespace

TEST_CASE("the index finds the districts that asking every district finds, one by one and all at once") {
    Maker maker(22);
    for (const int count : {1, 16, 17, 300, 5'000}) {
        const std::vector<MultiPolygon> areas = districts(maker, count);
        const AreaIndex index(areas);
        REQUIRE(index.size() == areas.size());
        std::vector<PreparedArea> prepared;
        std::vector<LonLat> points;
        for (const MultiPolygon& area : areas) {
            prepared.emplace_back(area);
            points.push_back(area.front().outer.front());
        }
        for (int point = 0; point < 1'000; ++point) {
            points.push_back(maker.point_in({137.9, 34.9, 140.1, 36.1}));
        }
        points.resize(std::min<std::size_t>(points.size(), 2'000));

        std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
        for (std::uint32_t point = 0; point < points.size(); ++point) {
            const Found found = areas_by_asking_all(prepared, points[point]);
            REQUIRE(areas_at(index, points[point]) == found);
            for (const std::uint32_t area : found) {
                expected.emplace_back(point, area);
            }
        }
        REQUIRE(index.join(points) == expected);
    }
}

TEST_CASE("points close together and far apart are joined alike") {
    Maker maker(23);
    const std::vector<MultiPolygon> areas = districts(maker, 800);
    const AreaIndex index(areas);
    std::vector<LonLat> points(500, point_inside(areas.front()));
    for (int point = 0; point < 20; ++point) {
        points.push_back(maker.point_in({122, 20, 154, 46}));
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (std::uint32_t point = 0; point < points.size(); ++point) {
        for (const std::uint32_t area : areas_at(index, points[point])) {
            expected.emplace_back(point, area);
        }
    }
    CHECK(index.join(points) == expected);
    CHECK_FALSE(expected.empty());
}

TEST_CASE("a tie on a common edge goes to the lowest index, the inside of another area beats it") {
    const std::vector<MultiPolygon> areas{
        {{rectangle({139.5, 35, 140.0, 36}), {}}},
        {{rectangle({139.0, 35, 139.5, 36}), {}}},
        {{rectangle({139.4, 35.6, 139.6, 35.8}), {}}},
    };
    const AreaIndex index(areas);
    CHECK(areas_at(index, {139.5, 35.2}) == Found{0});
    CHECK(areas_at(index, {139.2, 35.2}) == Found{1});
    CHECK(areas_at(index, {139.0, 35.2}) == Found{1});
    CHECK(areas_at(index, {139.5, 35.7}) == Found{2});
    CHECK(areas_at(index, {139.45, 35.7}) == Found{1, 2});
    CHECK(areas_at(index, {139.4, 35.6}) == Found{1});
    CHECK(areas_at(index, {138.9, 35.2}).empty());
    CHECK(index.join(std::vector<LonLat>{{139.5, 35.2}, {138.9, 35.2}, {139.45, 35.7}}) ==
          std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 0}, {2, 1}, {2, 2}});
}

TEST_CASE("overlapping districts all hold the points of their overlap") {
    const std::vector<MultiPolygon> areas(40, {{rectangle({139, 35, 140, 36}), {}}});
    const AreaIndex index(areas);
    CHECK(areas_at(index, {139.5, 35.5}).size() == 40);
    CHECK(areas_at(index, {139.0, 35.5}) == Found{0});
    // More areas than a shortlist holds.
    const AreaIndex crowd(std::vector<MultiPolygon>(200, areas.front()));
    CHECK(crowd.join(std::vector<LonLat>(3, {139.5, 35.5})).size() == 600);
}

TEST_CASE("a circle of accuracy touches the districts that lie within its radius") {
    Maker maker(24);
    const std::vector<MultiPolygon> areas = districts(maker, 300);
    const AreaIndex index(areas);
    Found found;
    for (int trial = 0; trial < 500; ++trial) {
        const LonLat centre = maker.point_in({138, 35, 140, 36});
        const double radius_m = std::pow(10.0, maker.between(0, 4.5));
        Found expected;
        for (std::uint32_t area = 0; area < areas.size(); ++area) {
            REQUIRE(index.distance_m(area, centre) == PreparedArea(areas[area]).distance_m(centre));
            if (index.distance_m(area, centre) <= radius_m) {
                expected.push_back(area);
            }
        }
        index.areas_within(centre, radius_m, found);
        REQUIRE(found == expected);
    }
}

TEST_CASE("the districts near a box are those whose boxes meet it") {
    Maker maker(25);
    const std::vector<MultiPolygon> areas = districts(maker, 300);
    const AreaIndex index(areas);
    Found found;
    for (int trial = 0; trial < 500; ++trial) {
        const LonLat corner = maker.point_in({138, 35, 140, 36});
        const Box box{corner.lon, corner.lat, corner.lon + 0.01, corner.lat + 0.01};
        Found expected;
        for (std::uint32_t area = 0; area < areas.size(); ++area) {
            if (box_of(areas[area]).intersects(box)) {
                expected.push_back(area);
            }
        }
        index.areas_near(box, found);
        REQUIRE(found == expected);
    }
}

TEST_CASE("no districts, empty districts and points that are nowhere give no answer") {
    const AreaIndex none;
    CHECK(areas_at(none, {139, 35}).empty());
    CHECK(none.join(std::vector<LonLat>{{139, 35}}).empty());
    CHECK(none.join({}).empty());

    const AreaIndex hollow(std::vector<MultiPolygon>{{}, {{rectangle({139, 35, 140, 36}), {}}}, {{{}, {}}}});
    CHECK(areas_at(hollow, {139.5, 35.5}) == Found{1});
    CHECK(areas_at(hollow, {0, 0}).empty());
    CHECK(areas_at(hollow, {std::nan(""), 35}).empty());
    Found found{7};
    hollow.areas_within({0, 0}, 1'000, found);
    CHECK(found.empty());
}
