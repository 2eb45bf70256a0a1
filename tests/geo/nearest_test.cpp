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

TEST_CASE("Cells of a census grid, square by square, are told the same distance as each cell alone") {
    std::mt19937 dice(29);
    constexpr double k_cell_lon = 45.0 / 3600 / 4;
    constexpr double k_cell_lat = 30.0 / 3600 / 4;
    for (const std::size_t places : {2, 40, 700}) {
        std::vector<LonLat> from;
        for (int square = 0; square < 20 * 20; ++square) {
            for (int cell = 0; cell < 16; ++cell) {
                if (dice() % 4 != 0) { // nobody lives in some
                    from.push_back({139 + (square % 20 * 4 + cell % 4) * k_cell_lon,
                                    35 + (square / 20 * 4 + cell / 4) * k_cell_lat});
                }
            }
        }
        std::vector<LonLat> to;
        for (std::size_t i = 0; i < places; ++i) {
            // Half of them crowd in one corner, some stand on a cell's very middle.
            const double spread = i % 2 == 0 ? 0.02 : 0.25;
            const double lon = 139 + spread * static_cast<double>(dice() % 1000) / 1000;
            const double lat = 35 + spread * static_cast<double>(dice() % 1000) / 1000;
            to.push_back(i % 5 == 0 ? from[dice() % from.size()] : LonLat{lon, lat});
        }
        const auto found = nearest_distances(from, to);
        for (std::size_t i = 0; i < from.size(); ++i) {
            const LocalMetric metric({0, from[i].lat});
            double best = std::numeric_limits<double>::infinity();
            for (const auto place : to) {
                best = std::min(best, metric.distance_m({place.lon - from[i].lon, place.lat}));
            }
            REQUIRE(found[i] == best);
        }
        for (const double most_m : {90.0, 700.0, 9000.0, 400'000.0}) {
            const auto near = nearest_within(from, to, most_m);
            for (std::size_t i = 0; i < from.size(); ++i) {
                REQUIRE(near[i] == (found[i] <= most_m ? found[i] : std::numeric_limits<double>::infinity()));
            }
        }
    }
}

TEST_CASE("The weighted median of many and uneven distances is what sorting says it is") {
    std::mt19937 dice(31);
    const auto below = [&](int most) { return static_cast<int>(dice() % static_cast<unsigned>(most)); };
    for (int round = 0; round < 400; ++round) {
        std::vector<WeightedDistance> entries;
        for (int left = 60 + below(300); left > 0; --left) {
            const double even = below(5000);
            const double uneven = std::exp(below(1000) / 40.0);
            const double far = below(50) == 0 ? 4e5 : 1000 + below(3);
            entries.push_back({round % 3 == 0 ? even : (round % 3 == 1 ? uneven : far), below(6)});
        }
        auto sorted = entries;
        std::ranges::sort(sorted, {}, &WeightedDistance::distance_m);
        std::int64_t total = 0;
        for (const auto& entry : sorted) {
            total += entry.weight;
        }
        std::int64_t so_far = 0;
        auto expected = sorted.begin();
        while (2 * (so_far + expected->weight) < total) {
            so_far += (expected++)->weight;
        }
        REQUIRE(weighted_median(entries) == expected->distance_m);
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
