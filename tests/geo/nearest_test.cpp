// The nearest place of each point, against brute force; the weighted median, against sorting.
#include "geo/nearest.hpp"

#include "geo/distance.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace shirube::geo;

TEST_CASE("The nearest of every point is the one that brute force finds, in whatever order the points come") {
    std::mt19937 dice(7);
    std::uniform_real_distribution<double> lon(139, 140);
    std::uniform_real_distribution<double> lat(35, 36);
    for (const std::size_t count : {std::size_t{1}, std::size_t{300}, std::size_t{9000}}) {
        std::vector<LonLat> from;
        std::vector<LonLat> to;
        for (std::size_t i = 0; i < count; ++i) {
            from.push_back({lon(dice), lat(dice)});
        }
        for (int i = 0; i < 25; ++i) {
            to.push_back({lon(dice), lat(dice)});
        }
        const auto found = nearest_distances(from, to);
        REQUIRE(found.size() == from.size());
        for (std::size_t i = 0; i < from.size(); ++i) {
            double best = std::numeric_limits<double>::infinity();
            for (const auto place : to) {
                best = std::min(best, distance_m(from[i], place));
            }
            REQUIRE(found[i] == Approx(best).epsilon(1e-3));
        }
    }
}

TEST_CASE("Where there is no place, or none on this side of the Earth, the nearest is nowhere") {
    const std::vector<LonLat> here{{139.7, 35.7}, {139.8, 35.7}};
    CHECK(std::isinf(nearest_distances(here, {}).front()));
    const std::vector<LonLat> far{{-70, -30}};
    CHECK(std::isinf(nearest_distances(here, far).back()));
    // One that has somewhere beside one that has not.
    const std::vector<LonLat> both{{-70, -30}, {139.7, 35.7}};
    const auto found = nearest_distances(both, here);
    CHECK(std::isinf(found[0]));
    CHECK(found[1] == 0);
}

TEST_CASE("The nearest is found however places crowd, stand in a line, or on one spot, and from outside them") {
    std::mt19937 dice(17);
    std::normal_distribution<double> near(0, 0.002);
    std::uniform_real_distribution<double> lon(138.5, 140.5);
    std::uniform_real_distribution<double> lat(34.5, 36.5);
    for (int shape = 0; shape < 5; ++shape) {
        std::vector<LonLat> to;
        for (int i = 0; i < 400; ++i) {
            switch (shape) {
                case 0: // three crowds far apart
                    to.push_back({139 + 0.5 * (i % 3) + near(dice), 35 + 0.3 * (i % 3) + near(dice)});
                    break;
                case 1: // along a parallel
                    to.push_back({lon(dice), 35.5});
                    break;
                case 2: // along a meridian
                    to.push_back({139.5, lat(dice)});
                    break;
                case 3: // all on one spot
                    to.push_back({139.5, 35.5});
                    break;
                default: // two, at the ends of the land
                    to.push_back(i % 2 == 0 ? LonLat{138.5, 34.5} : LonLat{140.5, 36.5});
            }
        }
        std::vector<LonLat> from;
        for (int i = 0; i < 300; ++i) {
            from.push_back({lon(dice), lat(dice)});
        }
        const auto found = nearest_distances(from, to);
        for (std::size_t i = 0; i < from.size(); ++i) {
            double best = std::numeric_limits<double>::infinity();
            for (const auto place : to) {
                best = std::min(best, distance_m(from[i], place));
            }
            REQUIRE(found[i] == Approx(best).epsilon(1e-3).margin(0.01));
        }
    }
}

TEST_CASE("The weighted median is what sorting says it is") {
    std::mt19937 dice(11);
    for (int round = 0; round < 3000; ++round) {
        std::uniform_int_distribution<int> size(0, 40);
        std::uniform_int_distribution<int> weight(0, 5);
        std::uniform_int_distribution<int> distance(0, 20);
        std::vector<WeightedDistance> entries;
        for (int i = size(dice); i > 0; --i) {
            entries.push_back({static_cast<double>(distance(dice)), weight(dice)});
        }
        auto sorted = entries;
        std::ranges::sort(sorted, {}, &WeightedDistance::distance_m);
        std::int64_t total = 0;
        for (const auto& entry : sorted) {
            total += entry.weight;
        }
        std::optional<double> expected;
        std::int64_t so_far = 0;
        for (const auto& entry : sorted) {
            so_far += entry.weight;
            if (total > 0 && !expected && 2 * so_far >= total) {
                expected = entry.distance_m;
            }
        }
        REQUIRE(weighted_median(entries) == expected);
    }
}
