// Which offers may answer a want: against the same written a second time, and by hand where a sentence says more.
#include "directory/seeds/seed_matching.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "tests/directory/seeds_naive.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

Reader reader_of(const SeedTown& town, const std::string& municipality = "99201") {
    return Reader(Snapshot::build(town.state(municipality), Taxonomy::shipped(), Holidays::shipped()));
}

Seed offer_of(const std::string& programme) {
    Seed offer;
    offer.id = "s1";
    offer.kind = SeedKind::offer;
    offer.owner = "99201";
    offer.organization = "うみねこの会";
    offer.programmes = {programme};
    return offer;
}

Seed want_of(const std::string& programme) {
    Seed want;
    want.id = "n1";
    want.kind = SeedKind::want;
    want.owner = "99201";
    want.programmes = {programme};
    return want;
}

std::size_t how_many(const std::vector<SeedFit>& all, SeedFit fit) {
    return static_cast<std::size_t>(std::ranges::count(all, fit));
}

} // namespace

TEST_CASE("Every pair is matched as the same written a second time says, criterion by criterion", "[seeds]") {
    const auto town = seed_town();
    const auto reader = reader_of(town);
    std::mt19937_64 dice(20261121);
    std::vector<Seed> offers;
    std::vector<Seed> wants;
    for (int i = 0; i < 160; ++i) {
        offers.push_back(random_seed(SeedKind::offer, town, dice, i));
        wants.push_back(random_seed(SeedKind::want, town, dice, i));
    }
    std::size_t matched = 0;
    std::size_t unsure = 0;
    std::set<SeedFit> areas;
    for (const auto& offer : offers) {
        for (const auto& want : wants) {
            const auto match = match_of(offer, want, reader);
            const auto naive = naive_match(offer, want, town);
            INFO(offer.id << " " << want.id);
            REQUIRE(match.has_value() == naive.has_value());
            if (!match) {
                continue;
            }
            ++matched;
            REQUIRE(static_cast<int>(match->programme) == naive->programme);
            REQUIRE(std::vector<SeedFit>(match->of.begin(), match->of.end()) == naive->of);
            REQUIRE(match->distance_m.has_value() == naive->distance_m.has_value());
            if (match->distance_m) {
                REQUIRE(*match->distance_m == Approx(*naive->distance_m).epsilon(0.01).margin(1));
            }
            if (!naive->area) {
                ++unsure;
                continue;
            }
            REQUIRE(match->area == *naive->area);
            areas.insert(match->area);
        }
    }
    CHECK(matched > 5'000);
    CHECK(unsure < matched / 20);
    CHECK(areas.size() == 4);
}

TEST_CASE("What is ranked is everything that matches, in the order that the same written a second time gives",
          "[seeds]") {
    const auto town = seed_town();
    const auto reader = reader_of(town);
    std::mt19937_64 dice(11);
    std::vector<Seed> offers;
    std::vector<bool> declined;
    for (int i = 0; i < 120; ++i) {
        offers.push_back(random_seed(SeedKind::offer, town, dice, i));
        declined.push_back(dice() % 5 == 0);
    }
    for (int n = 0; n < 40; ++n) {
        const auto want = random_seed(SeedKind::want, town, dice, n);
        const auto all = ranked(want, offers, declined, reader);
        std::set<std::size_t> there;
        for (const auto& one : all) {
            there.insert(one.other);
            CHECK(one.declined == declined[one.other]);
        }
        CHECK(there.size() == all.size());
        for (std::size_t i = 0; i < offers.size(); ++i) {
            REQUIRE(there.contains(i) == naive_match(offers[i], want, town).has_value());
        }
        for (std::size_t i = 1; i < all.size(); ++i) {
            const auto& a = offers[all[i - 1].other];
            const auto& b = offers[all[i].other];
            const auto of_a = *naive_match(a, want, town);
            const auto of_b = *naive_match(b, want, town);
            INFO(want.id << ": " << a.id << " before " << b.id);
            const auto key = [&](const NaiveSeedMatch& of, std::size_t index) {
                return std::vector<std::size_t>{declined[all[index].other] ? 1U : 0U,
                                                static_cast<std::size_t>(of.programme),
                                                static_cast<std::size_t>(of.area.value_or(all[index].match.area)),
                                                how_many(of.of, SeedFit::differs),
                                                how_many(of.of, SeedFit::partly),
                                                how_many(of.of, SeedFit::unknown)};
            };
            const auto key_a = key(of_a, i - 1);
            const auto key_b = key(of_b, i);
            REQUIRE(key_a <= key_b);
            if (key_a != key_b) {
                continue;
            }
            constexpr double k_nowhere = 1e9;
            const double far_a = of_a.distance_m.value_or(k_nowhere);
            const double far_b = of_b.distance_m.value_or(k_nowhere);
            REQUIRE(far_a <= far_b * 1.01 + 1);
            if (far_a == far_b) {
                REQUIRE((a.as_of > b.as_of || (a.as_of == b.as_of && a.id < b.id)));
            }
        }
        // Both ways: an offer finds the want that found it.
        for (std::size_t i = 0; i < offers.size(); ++i) {
            CHECK(ranked(offers[i], std::vector{want}, {false}, reader).size() == (there.contains(i) ? 1U : 0U));
        }
    }
}

TEST_CASE("What is unknown excludes nobody, and another field of work does", "[seeds]") {
    const auto reader = reader_of(seed_town());
    const auto bare = match_of(offer_of("short_stay"), want_of("short_stay"), reader);
    REQUIRE(bare);
    CHECK(bare->programme == ProgrammeFit::same);
    CHECK(bare->area == SeedFit::unknown);
    CHECK_FALSE(bare->distance_m);
    for (const auto criterion : k_seed_criteria) {
        CHECK(bare->fit(criterion) == SeedFit::unknown);
    }
    CHECK(match_of(offer_of("jidokan_small"), want_of("jidokan"), reader)->programme == ProgrammeFit::kind);
    CHECK(match_of(offer_of("short_stay"), want_of("setai_homon"), reader)->programme == ProgrammeFit::family);
    CHECK_FALSE(match_of(offer_of("short_stay"), want_of("kodomo_shokudo"), reader));
    CHECK_FALSE(match_of(offer_of("no_such_programme"), want_of("short_stay"), reader));
}

TEST_CASE("A stated zero is none, and is another thing than nothing stated", "[seeds]") {
    const auto reader = reader_of(seed_town());
    auto offer = offer_of("short_stay");
    auto want = want_of("short_stay");
    want.amount = SeedAmount{3, Unit::persons};
    CHECK(match_of(offer, want, reader)->fit(SeedCriterion::amount) == SeedFit::unknown);
    offer.amount = SeedAmount{0, Unit::persons};
    CHECK(match_of(offer, want, reader)->fit(SeedCriterion::amount) == SeedFit::differs);
    offer.amount = SeedAmount{2, Unit::persons};
    CHECK(match_of(offer, want, reader)->fit(SeedCriterion::amount) == SeedFit::partly);
    offer.amount = SeedAmount{9, Unit::nights}; // another unit cannot be compared
    CHECK(match_of(offer, want, reader)->fit(SeedCriterion::amount) == SeedFit::unknown);
}

TEST_CASE("What ended or is past its last day does not stand", "[seeds]") {
    auto offer = offer_of("short_stay");
    const auto day = *parse_day("2026-11-21");
    CHECK(stands(offer, day));
    offer.until = day;
    CHECK(stands(offer, day));
    CHECK_FALSE(stands(offer, day + std::chrono::days{1}));
    offer.until.reset();
    offer.state = SeedState::settled;
    CHECK_FALSE(stands(offer, day));
}
