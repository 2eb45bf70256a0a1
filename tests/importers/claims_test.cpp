#include "importers/lists/claims.hpp"

#include <catch2/catch.hpp>

using namespace shirube::importers;
using shirube::directory::Claim;
using shirube::directory::Taxonomy;

TEST_CASE("A list covers every programme of a group at each of its municipalities") {
    const auto claims = parse_covers("jidokan,shien_kyoten@99201,993417;kodomo_shokudo@99201", Taxonomy::shipped());
    REQUIRE(claims);
    CHECK(*claims == std::vector<Claim>{{"jidokan", "99201", false},
                                        {"jidokan", "99341", false},
                                        {"kodomo_shokudo", "99201", false},
                                        {"shien_kyoten", "99201", false},
                                        {"shien_kyoten", "99341", false}});
}

TEST_CASE("A family may be covered, and what is said twice is covered once") {
    const auto claims = parse_covers("places@99201; places @ 99201", Taxonomy::shipped());
    REQUIRE(claims);
    CHECK(claims->size() == 1);
}

TEST_CASE("A claim that cannot be read is wrong use, and says what of it") {
    const auto problem = [](std::string_view text) {
        const auto claims = parse_covers(text, Taxonomy::shipped());
        REQUIRE_FALSE(claims);
        CHECK(claims.error().blame == Blame::command_line);
        return claims.error();
    };
    CHECK(problem("jidokan").code == "covers_malformed");
    CHECK(problem("jidokan@99201@99341").code == "covers_malformed");
    CHECK(problem("jidokan@99201;").code == "covers_malformed");
    CHECK(problem("jidoukan@99201").code == "covers_programme_unknown");
    CHECK(problem("jidoukan@99201").a == "jidoukan");
    CHECK(problem("jidokan,@99201").code == "covers_programme_unknown");
    CHECK(problem("jidokan@992").code == "municipality_malformed");
    CHECK(problem("jidokan@").code == "municipality_malformed");
}
