#include "geo/hilbert.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <utility>
#include <vector>

using namespace shirube::geo;

TEST_CASE("the Hilbert curve visits every cell of a square once, and steps only to neighbours") {
    constexpr std::uint32_t k_side = 512;
    std::vector<std::pair<int, int>> cell_at(k_side * k_side, {-1, -1});
    for (std::uint32_t x = 0; x < k_side; ++x) {
        for (std::uint32_t y = 0; y < k_side; ++y) {
            const std::uint32_t index = hilbert_index(x, y);
            REQUIRE(index < cell_at.size());
            REQUIRE(cell_at[index].first == -1);
            cell_at[index] = {static_cast<int>(x), static_cast<int>(y)};
        }
    }
    for (std::size_t index = 1; index < cell_at.size(); ++index) {
        const int step = std::abs(cell_at[index].first - cell_at[index - 1].first) +
                         std::abs(cell_at[index].second - cell_at[index - 1].second);
        REQUIRE(step == 1);
    }
}

TEST_CASE("the curve's ends lie in the two lower corners of the whole grid") {
    CHECK(hilbert_index(0, 0) == 0);
    CHECK(hilbert_index(65'535, 0) == 0xFFFF'FFFF);
}

TEST_CASE("ordering along the curve keeps every point and brings neighbours together") {
    made_land::Maker maker(6);
    std::vector<LonLat> points;
    points.reserve(10'000);
    for (int point = 0; point < 10'000; ++point) {
        points.push_back(maker.point_in(made_land::k_land));
    }
    std::vector<std::uint32_t> order = hilbert_order(points);
    const auto way = [&] {
        double degrees = 0;
        for (std::size_t at = 1; at < order.size(); ++at) {
            degrees += std::abs(points[order[at]].lon - points[order[at - 1]].lon) +
                       std::abs(points[order[at]].lat - points[order[at - 1]].lat);
        }
        return degrees;
    };
    const double along_the_curve = way();
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> all(points.size());
    std::iota(all.begin(), all.end(), 0U);
    CHECK(order == all);
    CHECK(along_the_curve < way() / 30);
}

TEST_CASE("nothing, one point and many points on one place can be ordered") {
    CHECK(hilbert_order({}).empty());
    CHECK(hilbert_order(std::vector<LonLat>{{139, 35}}) == std::vector<std::uint32_t>{0});
    CHECK(hilbert_order(std::vector<LonLat>(4, {139, 35})) == std::vector<std::uint32_t>{0, 1, 2, 3});
}
