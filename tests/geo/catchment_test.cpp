// Supply shared by those who can reach it, against a published way of counting, brute force and what cannot be lost.
#include "geo/catchment.hpp"

#include "geo/distance.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace shirube::geo;

namespace {

struct Made {
    std::vector<LonLat> demand;
    std::vector<double> people;
    std::vector<LonLat> providers;
    std::vector<double> capacity;
};

Made made_town(std::mt19937& dice, std::size_t places, std::size_t providers) {
    std::uniform_real_distribution<double> lon(139.60, 139.75);
    std::uniform_real_distribution<double> lat(35.60, 35.72);
    std::uniform_int_distribution<int> children(0, 60);
    Made made;
    for (std::size_t i = 0; i < places; ++i) {
        made.demand.push_back({lon(dice), lat(dice)});
        made.people.push_back(children(dice));
    }
    for (std::size_t i = 0; i < providers; ++i) {
        made.providers.push_back({lon(dice), lat(dice)});
        made.capacity.push_back(children(dice));
    }
    return made;
}

/// By the formula, pair by pair, distances by the geodesic.
std::vector<double> by_hand(const Made& made, const Decay& decay, double detour) {
    std::vector<double> access(made.demand.size(), 0);
    for (std::size_t j = 0; j < made.providers.size(); ++j) {
        std::vector<double> weights;
        double shared = 0;
        for (std::size_t i = 0; i < made.demand.size(); ++i) {
            const double d = distance_m(made.providers[j], made.demand[i]) * detour;
            weights.push_back(d > decay.reach_m    ? 0
                              : decay.sigma_m == 0 ? 1
                                                   : std::exp(-d * d / (2 * decay.sigma_m * decay.sigma_m)));
            shared += weights.back() * made.people[i];
        }
        for (std::size_t i = 0; i < made.demand.size(); ++i) {
            access[i] += shared > 0 ? weights[i] * made.capacity[j] / shared : 0;
        }
    }
    return access;
}

} // namespace

TEST_CASE("The worked example: three places of 100, two providers of 10, a Gaussian of scale 1 without an end") {
    // Consumers at x = 0, 1, 2; providers at x = 0, 2; metres along the equator stand for the scale's units.
    constexpr double k_metre = 1 / 111'319.490793;
    const std::vector<LonLat> consumers{{0, 0}, {k_metre, 0}, {2 * k_metre, 0}};
    const std::vector<LonLat> providers{{0, 0}, {2 * k_metre, 0}};
    const std::vector<double> people{100, 100, 100};
    const std::vector<double> capacity{10, 10};
    const auto found = share_supply(consumers, people, {providers, capacity}, {1, 1000}, 1);
    REQUIRE(found.access.size() == 3);
    CHECK(found.access[0] == Approx(0.065179).margin(5e-7));
    CHECK(found.access[1] == Approx(0.069641).margin(5e-7));
    CHECK(found.access[2] == Approx(0.065179).margin(5e-7));
    CHECK(found.unused == 0);
}

TEST_CASE("A step counts all within the reach alike and nobody beyond it") {
    constexpr Decay step{0, 1000};
    CHECK(step.weight(0) == 1);
    CHECK(step.weight(1000) == 1);
    CHECK(step.weight(1000.001) == 0);
    constexpr Decay bell{500, 1000};
    CHECK(bell.weight(500) == Approx(std::exp(-0.5)));
    CHECK(bell.weight(1001) == 0);
}

TEST_CASE("Catchments of random towns are those that brute force finds, and no capacity is lost") {
    std::mt19937 dice(20261126);
    for (int round = 0; round < 20; ++round) {
        const auto made = made_town(dice, 300, 12);
        for (const Decay& decay : {Decay{0, 1200}, Decay{500, 1500}, Decay{400, 400}}) {
            for (const double detour : {1.0, 1.3}) {
                const auto found =
                    share_supply(made.demand, made.people, {made.providers, made.capacity}, decay, detour);
                const auto expected = by_hand(made, decay, detour);
                double used = found.unused;
                for (std::size_t i = 0; i < expected.size(); ++i) {
                    // A pair within a millionth of the edge may fall either way; the towns have none.
                    CHECK(found.access[i] == Approx(expected[i]).epsilon(2e-3).margin(1e-12));
                    used += found.access[i] * made.people[i];
                }
                CHECK(used == Approx(std::accumulate(made.capacity.begin(), made.capacity.end(), 0.0)));
            }
        }
    }
}

TEST_CASE("A land so large that two threads share it is shared as by one") {
    std::mt19937 dice(5);
    const auto made = made_town(dice, 20'000, 6);
    constexpr Decay step{0, 1500};
    const auto found = share_supply(made.demand, made.people, {made.providers, made.capacity}, step, 1);
    const auto expected = by_hand(made, step, 1);
    double used = found.unused;
    std::size_t different = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        different += found.access[i] == Approx(expected[i]).epsilon(2e-3).margin(1e-12) ? 0 : 1;
        used += found.access[i] * made.people[i];
    }
    CHECK(different <= 20); // a place within a metre of the edge may fall either way
    CHECK(used == Approx(std::accumulate(made.capacity.begin(), made.capacity.end(), 0.0)));
}

TEST_CASE(
    "Catchments of so many pairs that not all are kept are those of one formula, as are those of cells in order") {
    std::mt19937 dice(41);
    Made made = made_town(dice, 30'000, 80);
    std::ranges::sort(made.demand, {}, [](LonLat at) { return std::pair(std::floor(at.lat * 100), at.lon); });
    for (const Decay& decay : {Decay{6000, 12'000}, Decay{0, 700}}) {
        const auto found = share_supply(made.demand, made.people, {made.providers, made.capacity}, decay, 1.2);
        const auto expected = by_hand(made, decay, 1.2);
        double used = found.unused;
        std::size_t different = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            different += found.access[i] == Approx(expected[i]).epsilon(2e-3).margin(1e-12) ? 0 : 1;
            used += found.access[i] * made.people[i];
        }
        CHECK(different <= 60); // a place within a metre of the edge may fall either way
        CHECK(used == Approx(std::accumulate(made.capacity.begin(), made.capacity.end(), 0.0)));
    }
}

TEST_CASE("A provider that nobody can reach serves nobody, and one among nobody's homes too") {
    const std::vector<LonLat> homes{{139.7, 35.7}, {139.701, 35.7}};
    const std::vector<LonLat> providers{{139.9, 35.7}, {139.7, 35.7}};
    const std::vector<double> capacity{7, 20};
    const std::vector<bool> unknown{false, true};
    const Providers all{providers, capacity, &unknown};
    constexpr Decay step{0, 1000};
    const auto found = share_supply(homes, std::vector<double>{10, 0}, all, step, 1);
    CHECK(found.unused == 7);
    CHECK(found.access[0] == Approx(2));
    CHECK(found.access[1] == Approx(2)); // nobody lives there, but whoever did would reach it
    CHECK(found.may_have_more == std::vector<char>{1, 1});
    const auto empty = share_supply(homes, std::vector<double>{0, 0}, all, step, 1);
    CHECK(empty.unused == 27);
    CHECK(empty.access[0] == 0);
    const auto kept_out = share_supply(homes, std::vector<double>{10, 10}, all, step, 1,
                                       [](std::uint32_t place, std::uint32_t) { return place == 1; });
    CHECK(kept_out.access[0] == 0);
    CHECK(kept_out.access[1] == Approx(2));
    CHECK(kept_out.may_have_more[0] == 0);
    CHECK(share_supply(homes, std::vector<double>{1, 1}, {{}, {}}, step, 1).access == std::vector<double>{0, 0});
}
