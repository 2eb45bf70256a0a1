#include "geo/largest_remainder.hpp"

#include "tests/geo/made_land.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

using namespace shirube::geo;
using Parts = std::vector<std::int64_t>;
using Weights = std::vector<double>;

TEST_CASE("children shared out by weights add up to the children there were, and nobody is a whole child off") {
    made_land::Maker maker(11);
    for (int trial = 0; trial < 5'000; ++trial) {
        Weights weights(static_cast<std::size_t>(maker.whole(1, 30)));
        for (double& weight : weights) {
            weight = maker.whole(0, 3) == 0 ? 0 : std::pow(10.0, maker.between(-6, 6));
        }
        weights[0] = 1;
        const std::int64_t total = maker.whole(0, 2'000);
        const Parts parts = apportion(total, weights);
        REQUIRE(parts.size() == weights.size());
        REQUIRE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
        const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
        for (std::size_t at = 0; at < weights.size(); ++at) {
            REQUIRE(std::abs(static_cast<double>(parts[at]) - static_cast<double>(total) * weights[at] / sum) <
                    1 + 1e-6);
            REQUIRE((weights[at] > 0 || parts[at] == 0));
        }
    }
}

TEST_CASE("the largest remainders get what is left, and a tie goes to the lowest index") {
    CHECK(apportion(10, Weights{1, 1, 1}) == Parts{4, 3, 3});
    CHECK(apportion(1, Weights{1, 1}) == Parts{1, 0});
    CHECK(apportion(100, Weights{0.333, 0.333, 0.334}) == Parts{33, 33, 34});
    CHECK(apportion(21, Weights{1.5, 2.6, 2.9}) == Parts{4, 8, 9});
    CHECK(apportion(0, Weights{1, 2}) == Parts{0, 0});
    CHECK(apportion(5, Weights{0, 0, 7}) == Parts{0, 0, 5});
}

TEST_CASE("where there is no weight there is no way to share, which is not a share of nothing") {
    CHECK(apportion(7, Weights{0, 0}).empty());
    CHECK(apportion(7, Weights{}).empty());
}

TEST_CASE("huge totals and weights at the ends of what a number holds still add up") {
    constexpr std::int64_t k_total = std::numeric_limits<std::int64_t>::max();
    for (const Weights& weights : {Weights{1, 1, 1}, Weights{1e308, 1e308, 1e308, 3e307}, Weights{5e-324, 1e-320},
                                   Weights{1e-300, 1e300}, Weights(1'000, 0.1)}) {
        const Parts parts = apportion(k_total, weights);
        REQUIRE(parts.size() == weights.size());
        std::int64_t left = k_total;
        for (const std::int64_t part : parts) {
            REQUIRE(part >= 0);
            REQUIRE(part <= left);
            left -= part;
        }
        CHECK(left == 0);
    }
}
