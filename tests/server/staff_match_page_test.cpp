// The page of a caseworker's search: what it asks, what it answers, and that nothing of it stays.
#include "server/staff/staff_call.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;

namespace {

bool says(const Answer& answer, std::string_view words) {
    return answer.content().find(words) != std::string_view::npos;
}

struct Caseworker {
    StaffTown town;
    std::string token;
    std::string csrf;

    Caseworker() {
        town.account("soudan", Role::caseworker, k_here);
        token = town.token_of("soudan");
        csrf = town.csrf_of(token);
    }

    Answer post(Query fields) {
        fields.emplace_back("csrf", csrf);
        return town.post("/staff/match", fields, token);
    }
};

/// A child of a marked age whose family wants meals and a place after school.
Query family() {
    return {{"person1_kind", "child"}, {"person1_years", "7"},           {"person1_months", "11"},
            {"person1_need", "meals"}, {"person1_need", "after_school"}, {"mode", "walk"},
            {"do", "search"}};
}

} // namespace

TEST_CASE("The page of a caseworker's search asks without script and is kept by nobody") {
    Caseworker caseworker;
    const Answer answer = caseworker.town.get("/staff/match", caseworker.token);
    REQUIRE(answer.status == 200);
    CHECK(answer.caching == Caching::none);
    CHECK(says(answer, "method=\"post\" action=\"/staff/match\""));
    CHECK(says(answer, "どこにも残りません"));
    CHECK(says(answer, "name=\"person1_need\" value=\"respite_nights\""));
    // Without districts of its municipality there is nothing to point at; with them the map alone has a script.
    CHECK(says(answer, "<script") == says(answer, "data-point-map"));
    // Another language would be asked for by an address, and the question would be gone.
    CHECK_FALSE(says(answer, "lang=en"));
}

TEST_CASE("What cannot be taken is told at its field, all of it at once") {
    Caseworker caseworker;
    const Answer nobody = caseworker.post({{"do", "search"}});
    CHECK(nobody.status == 422);
    CHECK(says(nobody, "href=\"#person1_kind\""));
    const Answer wrong = caseworker.post(
        {{"person1_kind", "child"}, {"person1_years", "seven"}, {"from", "25:99"}, {"place1", "ぬぬぬぬぬ"}});
    CHECK(wrong.status == 422);
    for (const std::string_view field : {"#person1_years", "#person1_need", "#from", "#place1"}) {
        INFO(field);
        CHECK(says(wrong, field));
    }
    // What was written stands there again.
    CHECK(says(wrong, "value=\"seven\""));
    CHECK(says(wrong, "value=\"ぬぬぬぬぬ\""));
}

TEST_CASE("An answer says whom each choice is for, which rules it goes by, and that nobody decides") {
    Caseworker caseworker;
    const Answer answer = caseworker.post(family());
    REQUIRE(answer.status == 200);
    CHECK(answer.caching == Caching::none);
    CHECK(says(answer, "子ども1（7歳11か月）：食事"));
    CHECK(says(answer, "子ども1（7歳11か月）：放課後の居場所"));
    CHECK(says(answer, "ここでは何も決めません"));
    CHECK(says(answer, "第1版"));
}

TEST_CASE("Neither paper says anything of the family, and the family's names nothing that is not public") {
    Caseworker caseworker;
    for (const std::string_view sheet : {"family_sheet", "file_sheet"}) {
        INFO(sheet);
        Query fields = family();
        fields.pop_back();
        fields.emplace_back("used", "kodomo_shokudo");
        fields.emplace_back("used", "jidokan");
        fields.emplace_back("do", sheet);
        const auto reader = caseworker.town.editions().current()->reader;
        for (const auto i : reader.services().indices()) {
            fields.emplace_back("take", reader.services()[i].id);
        }
        const Answer answer = caseworker.post(fields);
        REQUIRE(answer.status == 200);
        CHECK(answer.caching == Caching::none);
        for (const std::string_view marked :
             {"7歳", "11か月", "person1", "子ども1", "前に使った", "合います", "通える", "の住民が"}) {
            INFO(marked);
            CHECK_FALSE(says(answer, marked));
        }
        if (sheet == "family_sheet") {
            CHECK_FALSE(says(answer, k_staff_here));
        }
    }
}

TEST_CASE("Whoever may not search for families is not let in") {
    StaffTown town;
    town.account("eturan", Role::viewer, k_here);
    const auto token = town.token_of("eturan");
    CHECK(town.get("/staff/match", token).status == 403);
    CHECK(town.post("/staff/match", {{"csrf", town.csrf_of(token)}}, token).status == 403);
}
