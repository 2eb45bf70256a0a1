// Bands of a census parted where a policy asks for fewer years than they have.
#include "directory/age_profile.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace shirube::directory;

namespace {

CellRow cell(std::vector<BandReading> bands) {
    CellRow row;
    row.mesh = "5339460011";
    row.bands = std::move(bands);
    return row;
}

/// A town whose children of each year are as many as `children` says.
CellCandidate town(const std::string& code, std::uint32_t list,
                   const std::array<std::int64_t, k_profile_years>& children) {
    CellCandidate candidate;
    candidate.cell.town = "町" + code;
    candidate.cell.town_code = code;
    candidate.cell.municipality = "99201";
    candidate.cell.list = list;
    for (int year = 0; year < k_profile_years; ++year) {
        candidate.cell.bands.push_back({year, year + 1, children[static_cast<std::size_t>(year)]});
    }
    return candidate;
}

AgeProfile rising() {
    AgeProfile profile;
    profile.municipality = "99201";
    for (int year = 0; year < k_profile_years; ++year) {
        profile.children[static_cast<std::size_t>(year)] = 10 + year;
    }
    return profile;
}

/// Of one cell alone.
std::optional<ChildrenOfCell> of_one(const CellRow& row, int from, int to, const AgeProfile* profile) {
    AgeSpread spread;
    return children_by_age(row, from, to, profile, spread);
}

} // namespace

TEST_CASE("Bands that make up the range are exact, whatever the profile says") {
    const auto profile = rising();
    const auto found = of_one(cell({{0, 5, 30}, {5, 10, 40}, {10, 15, 50}}), 0, 15, &profile);
    REQUIRE(found);
    CHECK(found->count == 120);
    CHECK_FALSE(found->estimated);
}

TEST_CASE("What lies between two open bands is known exactly") {
    const auto row =
        cell({{0, 15, 40}, {15, std::nullopt, 300}, {15, 65, 200}, {18, std::nullopt, 288}, {20, std::nullopt, 280}});
    const auto found = of_one(row, 0, 18, nullptr);
    REQUIRE(found);
    CHECK(found->count == 52);
    CHECK_FALSE(found->estimated);
    CHECK(of_one(row, 15, 18, nullptr)->count == 12);
    CHECK_FALSE(of_one(cell({{0, 15, 40}, {15, std::nullopt, 300}, {18, std::nullopt, std::nullopt}}), 0, 18, nullptr));
}

TEST_CASE("A band that is met in part is parted by the profile, and says that it is an estimate") {
    // Years 10 to 14 weigh 20, 21, 22, 23, 24: of 110 children each year has its own weight, exactly.
    const auto profile = rising();
    const auto row = cell({{0, 5, 30}, {5, 10, 40}, {10, 15, 110}});
    const auto found = of_one(row, 12, 15, &profile);
    REQUIRE(found);
    CHECK(found->count == 22 + 23 + 24);
    CHECK(found->estimated);
    CHECK(of_one(row, 10, 12, &profile)->count == 20 + 21);
    CHECK_FALSE(of_one(row, 12, 15, nullptr));
}

TEST_CASE("Ranges that make up a band add up to it, however the profile parts it") {
    std::mt19937 dice(3);
    for (int turn = 0; turn < 500; ++turn) {
        AgeProfile profile;
        std::uniform_int_distribution<int> weight(0, 40);
        std::uniform_int_distribution<int> count(0, 25);
        for (auto& children : profile.children) {
            children = weight(dice);
        }
        profile.children[7] = 1; // somebody
        const auto row = cell({{0, 5, count(dice)}, {5, 10, count(dice)}});
        std::uniform_int_distribution<int> cut(6, 9);
        const int at = cut(dice);
        const auto lower = of_one(row, 5, at, &profile);
        const auto upper = of_one(row, at, 10, &profile);
        REQUIRE(lower);
        REQUIRE(upper);
        CHECK(lower->count + upper->count == *row.bands[1].count);
        CHECK(lower->count >= 0);
        CHECK(upper->count >= 0);
    }
}

TEST_CASE("Over many cells of few children each age has its share, and ranges still add up cell by cell") {
    std::mt19937 dice(20261126);
    for (int turn = 0; turn < 40; ++turn) {
        AgeProfile profile;
        std::uniform_int_distribution<int> weight(1, 400);
        for (auto& children : profile.children) {
            children = weight(dice);
        }
        double all = 0;
        for (int year = 0; year < 15; ++year) {
            all += static_cast<double>(profile.children[static_cast<std::size_t>(year)]);
        }
        const std::vector<std::pair<int, int>> ranges{{0, 3}, {3, 6}, {6, 12}, {12, 15}};
        std::vector<AgeSpread> spreads(ranges.size()); // each question goes through all cells by itself
        std::vector<std::int64_t> sums(ranges.size(), 0);
        std::int64_t everybody = 0;
        std::uniform_int_distribution<int> few(0, 5);
        for (int i = 0; i < 2000; ++i) {
            const int children = few(dice);
            const auto row = cell({{0, 15, children}});
            std::int64_t of_cell = 0;
            for (std::size_t range = 0; range < ranges.size(); ++range) {
                const auto found =
                    children_by_age(row, ranges[range].first, ranges[range].second, &profile, spreads[range]);
                REQUIRE(found);
                of_cell += found->count;
                sums[range] += found->count;
            }
            CHECK(of_cell == children);
            everybody += children;
        }
        for (std::size_t range = 0; range < ranges.size(); ++range) {
            double share = 0;
            for (int year = ranges[range].first; year < ranges[range].second; ++year) {
                share += static_cast<double>(profile.children[static_cast<std::size_t>(year)]) / all;
            }
            const double quota = share * static_cast<double>(everybody);
            // Each year of the range is owed less than one.
            CHECK(std::abs(static_cast<double>(sums[range]) - quota) <
                  static_cast<double>(ranges[range].second - ranges[range].first));
        }
    }
}

TEST_CASE("What bands and profile cannot say stays unknown") {
    const auto profile = rising();
    CHECK_FALSE(of_one(cell({{0, 15, 40}}), 12, 18, &profile));              // nobody counts 15 and over
    CHECK_FALSE(of_one(cell({{0, 15, 40}, {15, 65, 9}}), 12, 18, &profile)); // a band beyond the profile
    CHECK_FALSE(of_one(cell({{0, 15, std::nullopt}}), 6, 12, &profile));
    auto carried = cell({{0, 15, std::nullopt}});
    carried.suppressed_into = "5339460012"; // counted there
    CHECK(of_one(carried, 6, 12, &profile)->count == 0);
    carried.carrier_missing = true;
    CHECK_FALSE(of_one(carried, 6, 12, &profile));
}

TEST_CASE("Children of ages that the profile has nobody of are unknown, not none") {
    AgeProfile profile;
    profile.municipality = "99201";
    profile.children[0] = 5;
    CHECK_FALSE(of_one(cell({{5, 10, 12}}), 5, 8, &profile));
    CHECK(of_one(cell({{5, 10, 0}}), 5, 8, &profile)->count == 0);
}

TEST_CASE("A profile is the sum of a municipality's towns, from the newest list that tells every year of all of them") {
    std::vector<ListRow> lists(3);
    lists[0].name = "甲";
    lists[0].as_of = "2024-04-01";
    lists[1].name = "乙";
    lists[1].as_of = "2026-04-01";
    lists[2].name = "丙";
    lists[2].as_of = "2027-04-01";
    std::array<std::int64_t, k_profile_years> two{};
    two.fill(2);
    std::array<std::int64_t, k_profile_years> three{};
    three.fill(3);
    auto torn = town("1", 2, three);
    torn.cell.bands[4].count.reset();
    const std::vector<CellCandidate> candidates{town("1", 0, two), town("1", 1, two), town("2", 1, three), torn};
    const auto profiles = age_profiles(candidates, lists);
    REQUIRE(profiles.size() == 1);
    CHECK(profiles[0].municipality == "99201");
    CHECK(profiles[0].list == 1);
    CHECK(profiles[0].children[0] == 5);
    CHECK(profiles[0].children[17] == 5);
    CHECK(age_profiles({}, lists).empty());
}
