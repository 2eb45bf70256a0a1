#include "geo/point_index.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using namespace shirube::geo;
using made_land::Maker;

namespace {

constexpr auto k_everything = [](std::uint32_t) { return true; };

template <class Accept>
std::vector<Neighbour> nearest_by_looking_at_all(std::span<const LonLat> points, LonLat origin, std::size_t count,
                                                 double max_m, Accept&& accept) {
    const LocalMetric metric(origin);
    std::vector<Neighbour> found;
    for (std::uint32_t item = 0; item < points.size(); ++item) {
        const double distance_m = metric.distance_m(points[item]);
        if (distance_m <= max_m && accept(item)) {
            found.push_back({item, distance_m});
        }
    }
    std::sort(found.begin(), found.end(), Nearer{});
    found.resize(std::min(found.size(), count));
    return found;
}

std::vector<std::uint32_t> in_box(const PointIndex& index, const Box& box) {
    std::vector<std::uint32_t> items;
    index.for_each_in_box(box, [&](std::uint32_t item, LonLat) { items.push_back(item); });
    std::sort(items.begin(), items.end());
    return items;
}

} // namespace

TEST_CASE("the nearest places are those that looking at every place finds, ties and filters included") {
    Maker maker(7);
    for (const std::size_t size : {1U, 2U, 15U, 16U, 17U, 255U, 257U, 3'000U, 20'000U}) {
        const std::vector<LonLat> points = maker.towns(size, 40);
        const PointIndex index(points);
        REQUIRE(index.size() == size);
        std::vector<Neighbour> found;
        for (int query = 0; query < 400; ++query) {
            // Half of the questions are asked at a place itself, where distances are 0 and ties are common.
            LonLat origin = points[static_cast<std::size_t>(maker.whole(0, static_cast<int>(size) - 1))];
            if (query % 2 == 0) {
                origin = maker.point_near(origin, 1);
            }
            const auto count = static_cast<std::size_t>(maker.whole(0, 40));
            const double max_m = query % 5 == 0 ? LocalMetric::k_reach_m : std::pow(10.0, maker.between(1, 5));
            const auto every = static_cast<std::uint32_t>(maker.whole(1, 7));
            const auto accept = [&](std::uint32_t item) { return item % every == 0; };
            index.nearest(origin, count, max_m, accept, found);
            REQUIRE(found == nearest_by_looking_at_all(points, origin, count, max_m, accept));
        }
    }
}

TEST_CASE("places on one spot come in the order of their numbers, however many are asked for") {
    const std::vector<LonLat> points(100, {139.7, 35.7});
    const PointIndex index(points);
    std::vector<Neighbour> found;
    index.nearest({139.71, 35.7}, 7, 5'000, k_everything, found);
    REQUIRE(found.size() == 7);
    for (std::uint32_t at = 0; at < 7; ++at) {
        CHECK(found[at].item == at);
    }
}

TEST_CASE("a place exactly as far as the limit is within it") {
    const std::vector<LonLat> points{{139.7, 35.7}, {139.71, 35.71}};
    const PointIndex index(points);
    const LocalMetric metric(points[0]);
    const double limit_m = metric.distance_m(points[1]);
    std::vector<Neighbour> found;
    index.nearest(points[0], 5, limit_m, k_everything, found);
    CHECK(found.size() == 2);
    index.nearest(points[0], 5, std::nextafter(limit_m, 0), k_everything, found);
    CHECK(found.size() == 1);
    index.nearest(points[0], 5, 0, k_everything, found);
    CHECK(found == std::vector<Neighbour>{{0, 0}});
    std::size_t within = 0;
    index.for_each_within(metric, limit_m, [&](std::uint32_t, double) { ++within; });
    CHECK(within == 2);
}

TEST_CASE("the filter is asked only for places near enough") {
    Maker maker(8);
    const std::vector<LonLat> points = maker.towns(5'000, 10);
    const PointIndex index(points);
    const LocalMetric metric(points.front());
    std::vector<Neighbour> found;
    index.nearest(
        points.front(), 20, 3'000,
        [&](std::uint32_t item) {
            CHECK(metric.distance_m(points[item]) <= 3'000);
            return true;
        },
        found);
    CHECK(found.size() == 20);
}

TEST_CASE("a radius finds every place in it, with its distance") {
    Maker maker(9);
    const std::vector<LonLat> points = maker.towns(10'000, 30);
    const PointIndex index(points);
    for (int query = 0; query < 500; ++query) {
        const LocalMetric metric(maker.point_near(points[static_cast<std::size_t>(query)], 0.5));
        const double radius_m = std::pow(10.0, maker.between(0, 5));
        std::vector<Neighbour> found;
        index.for_each_within(metric, radius_m,
                              [&](std::uint32_t item, double distance_m) { found.push_back({item, distance_m}); });
        std::sort(found.begin(), found.end(), Nearer{});
        REQUIRE(found == nearest_by_looking_at_all(points, metric.origin(), points.size(), radius_m, k_everything));
    }
}

TEST_CASE("a box finds every place in it, its edges included") {
    Maker maker(10);
    const std::vector<LonLat> points = maker.towns(10'000, 30);
    const PointIndex index(points);
    for (int query = 0; query < 500; ++query) {
        // Corners on places put places on the edges.
        Box box;
        box.expand(points[static_cast<std::size_t>(maker.whole(0, 9'999))]);
        box.expand(points[static_cast<std::size_t>(maker.whole(0, 9'999))]);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t item = 0; item < points.size(); ++item) {
            if (box.contains(points[item])) {
                expected.push_back(item);
            }
        }
        REQUIRE(in_box(index, box) == expected);
    }
    CHECK(in_box(index, Box::empty()).empty());
    index.for_each_in_box(index.bounds(),
                          [&](std::uint32_t item, LonLat position) { CHECK(position == points[item]); });
}

TEST_CASE("an index of nothing finds nothing, and impossible limits find nothing") {
    const PointIndex none;
    const PointIndex also_none(std::span<const LonLat>{});
    std::vector<Neighbour> found{{1, 1}};
    none.nearest({139.7, 35.7}, 5, 1'000, k_everything, found);
    CHECK(found.empty());
    also_none.nearest({139.7, 35.7}, 5, 1'000, k_everything, found);
    CHECK(found.empty());
    CHECK(in_box(none, {-180, -90, 180, 90}).empty());

    const PointIndex one(std::vector<LonLat>{{139.7, 35.7}});
    one.nearest({139.7, 35.7}, 5, -1, k_everything, found);
    CHECK(found.empty());
    one.nearest({139.7, 35.7}, 5, std::numeric_limits<double>::quiet_NaN(), k_everything, found);
    CHECK(found.empty());
    one.nearest({139.7, 35.7}, 5, std::numeric_limits<double>::infinity(), k_everything, found);
    CHECK(found.size() == 1);
    one.nearest({-60, -35}, 5, 2'000, k_everything, found);
    CHECK(found.empty());
}
