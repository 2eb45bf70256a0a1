// A way from or to a place that is known to a radius alone is told as a range.
#include "server/pages/texts.hpp"
#include "server/staff/match/way_range.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::server;
using directory::Family;
using directory::PlaceRole;
using directory::SiteRow;
using directory::TravelMode;

namespace {

constexpr geo::LonLat k_home{137.1, 33.2};
constexpr double k_m_a_degree = 110'910; // of latitude, there

geo::LonLat north_of_home(double metres) { return {k_home.lon, k_home.lat + metres / k_m_a_degree}; }

Family family_within(double accuracy_m) {
    Family family;
    family.places.push_back({PlaceRole::home, k_home, accuracy_m});
    return family;
}

SiteRow site_at(double metres) {
    SiteRow site;
    site.position = north_of_home(metres);
    return site;
}

} // namespace

TEST_CASE("A home known to 960 m has no two minutes to a place 90 m from its middle", "[match]") {
    const Texts& ja = Texts::in("ja");
    const auto way = rough_way(family_within(960), PlaceRole::home, site_at(90));
    REQUIRE(way);
    CHECK(way->least_m == 0); // never below
    CHECK(minutes_in_words(*way, TravelMode::walk, ja) == "1～18");
    CHECK(minutes_in_words(*way, TravelMode::car, ja) == "1～4");
    CHECK(minutes_in_words(*way, TravelMode::walk, Texts::in("en")) == "1–18");
    CHECK(distance_in_words(*way, ja) == "1.1 km以内のどこか");
}

TEST_CASE("The radius of the service counts as that of the home does, and both together", "[match]") {
    const Texts& ja = Texts::in("ja");
    auto site = site_at(1650);
    site.accuracy_m = 200;
    const auto of_site = rough_way(family_within(0), PlaceRole::home, site);
    REQUIRE(of_site);
    CHECK(distance_in_words(*of_site, ja) == "1.4 km～1.9 kmのどこか");
    const auto of_both = rough_way(family_within(300), PlaceRole::home, site);
    REQUIRE(of_both);
    CHECK(distance_in_words(*of_both, ja) == "1.1 km～2.2 kmのどこか");
    // Where no minute parts the ends one number is enough.
    site.accuracy_m = 5;
    const auto nearly = rough_way(family_within(0), PlaceRole::home, site);
    REQUIRE(nearly);
    CHECK(minutes_in_words(*nearly, TravelMode::walk, ja) == "27");
}

TEST_CASE("Between points, from a role without a place, and to no position there is no range", "[match]") {
    CHECK_FALSE(rough_way(family_within(0), PlaceRole::home, site_at(90)));
    CHECK_FALSE(rough_way(family_within(960), PlaceRole::school, site_at(90)));
    CHECK(rough_way(family_within(960), {}, site_at(90)));
    CHECK_FALSE(rough_way(family_within(960), PlaceRole::home, SiteRow{}));
}
