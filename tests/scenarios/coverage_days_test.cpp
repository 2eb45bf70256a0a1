// What lists of today may say of other days.
#include "ascii_town.hpp"

#include <catch2/catch.hpp>

using namespace shirube::directory;
using namespace shirube::scenarios;

namespace {

Place since(std::optional<Day> day) {
    Place place;
    place.programme = "jidokan";
    place.service.valid_from = day;
    return place;
}

} // namespace

TEST_CASE("A list does not speak of years before its own: neither what stood nor that there was nothing") {
    const auto reader = AsciiTown("A1 B2 C")
                            .mark('1', since(std::nullopt))
                            .mark('2', since(parse_day("2010-04-01")))
                            .children("10 20 30")
                            .list({{{"jidokan", AsciiTown::k_municipality, true}}, "2026-04-01"})
                            .reader();
    const auto policy = policy_of({"jidokan"});
    CHECK(ask(reader, policy, "2026-11-21").tiers() == "A full, B full, C blank");
    CHECK(ask(reader, policy, "2026-04-01").tiers() == "A full, B full, C blank");
    const auto before = ask(reader, policy, "2015-06-01");
    CHECK(before.of.at('A').tier != Tier::full); // nobody says when it began
    CHECK(before.of.at('A').services == 0);
    CHECK(before.of.at('A').services_possible == 1);
    CHECK(before.of.at('B').tier == Tier::full); // it says so itself
    CHECK(before.of.at('C').tier != Tier::blank);
    CHECK(before.notes('C', "list_later"));
    CHECK(before.coverage.blank_areas.empty());
    CHECK(ask(reader, policy, "2005-06-01").of.at('B').services == 0);
    // Within its own fiscal year a list speaks, also before its day.
    CHECK_FALSE(ask(reader, policy, "2026-11-21").notes('C', "list_later"));
}
