// The page of a caseworker's search: what it asks, what it answers, and that nothing of it stays.
#include "server/staff/staff_call.hpp"
#include "tests/server/support/match_town.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;

namespace {

void add(Query& fields, const Query& more) { fields.insert(fields.end(), more.begin(), more.end()); }

/// A child of a marked age whose family wants meals and a place after school.
Query family() {
    return {{"person1_kind", "child"}, {"person1_years", "7"},           {"person1_months", "11"},
            {"person1_need", "meals"}, {"person1_need", "after_school"}, {"mode", "walk"},
            {"do", "search"}};
}

} // namespace

TEST_CASE("The page of a caseworker's search asks without script and is kept by nobody") {
    MatchTown caseworker;
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
    MatchTown caseworker;
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
    MatchTown caseworker;
    const Answer answer = caseworker.post(family());
    REQUIRE(answer.status == 200);
    CHECK(answer.caching == Caching::none);
    CHECK(says(answer, "子ども1（7歳11か月）：食事"));
    CHECK(says(answer, "子ども1（7歳11か月）：放課後の居場所"));
    CHECK(says(answer, "ここでは何も決めません"));
    CHECK(says(answer, "第1版"));
}

TEST_CASE("Neither paper says anything of the family, and the family's names nothing that is not public") {
    MatchTown caseworker;
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
             {"7歳", "11か月", "person1", "子ども1", "前に使った", "合います", "通える", "この市町村の住民が"}) {
            INFO(marked);
            CHECK_FALSE(says(answer, marked));
        }
        if (sheet == "family_sheet") {
            CHECK_FALSE(says(answer, k_staff_here));
        }
    }
}

TEST_CASE("A person of whom something was written does not disappear for want of a choice") {
    MatchTown caseworker;
    auto fields = family();
    add(fields, Query{{"person2_months", "7"}, {"person2_need", "housework"}});
    const Answer answer = caseworker.post(fields);
    CHECK(answer.status == 422);
    CHECK(says(answer, "href=\"#person2_kind\""));
    CHECK(says(answer, "だれのことかをえらんでください"));
    // What was written stands there, and the part of the form is open.
    CHECK(says(answer, "name=\"person2_months\" type=\"text\" inputmode=\"numeric\" maxlength=\"2\" value=\"7\""));
    CHECK(says(answer, "name=\"person2_need\" value=\"housework\" checked"));
    fields.emplace_back("person2_kind", "child");
    CHECK(says(caseworker.post(fields), "子ども2（7か月）：家事の手伝い"));
}

TEST_CASE("The page asks what the API asks: every stage, what somebody is, people without a need of their own") {
    MatchTown caseworker;
    const Answer form = caseworker.town.get("/staff/match", caseworker.token);
    for (const std::string_view value : {"infant", "preschool", "elementary", "junior_high", "high", "youth",
                                         "young_adult", "young_carer", "foreign_roots", "disability"}) {
        INFO(value);
        CHECK(says(form, "value=\"" + std::string{value} + "\""));
    }
    CHECK(says(form, "name=\"place4\""));
    auto fields = family();
    add(fields, Query{{"person1_is", "young_carer"}, {"person2_kind", "parent"}});
    CHECK(caseworker.post(fields).status == 200);
    // More people than have a part at first get theirs.
    CHECK_FALSE(says(form, "person7_kind"));
    add(fields, Query{{"person6_kind", "child"}, {"person6_years", "1"}});
    CHECK(says(caseworker.post(fields), "person8_kind"));
}

TEST_CASE("Digits of either width are digits, and what neither page nor API takes is told") {
    MatchTown caseworker;
    Query wide{{"place1", "１３７．０５，３３．２０"},
               {"place1_role", "home"},
               {"person1_kind", "child"},
               {"person1_years", "７"},
               {"person1_months", "１１"},
               {"person1_need", "meals"},
               {"from", "１５：００"},
               {"to", "18:00"},
               {"mode", "walk"}};
    const Answer answer = caseworker.post(wide);
    REQUIRE(answer.status == 200);
    CHECK(says(answer, "子ども1（7歳11か月）"));
    CHECK(says(answer, "137.050,33.200"));
    for (const auto& [name, value, sentence] : std::vector<std::tuple<std::string, std::string, std::string_view>>{
             {"person1_stage", "high", "この年齢では、この段階になりません"},
             {"mode", "plane", "えらべるものの中から"},
             {"place1_role", "palace", "えらべるものの中から"},
             {"weekday", "holiday", "えらべるものの中から"},
             {"person1_need", "money", "この決まりにない困りごと"},
             {"person1_is", "parents", "えらべるものの中から"},
             {"person1_stage", "old", "えらべるものの中から"},
             {"worry", "money", "えらべるものの中から"},
             {"refused", "nobody-knows", "えらべるものの中から"},
             {"to", "15:00", "始まりと終わりが同じです"},
             {"to", "24:59", "16:00 のように"}}) {
        INFO(name << " " << value);
        Query fields = wide;
        std::erase_if(fields, [&, field = name](const auto& of) { return of.first == field; });
        fields.emplace_back(name, value);
        const Answer refused = caseworker.post(fields);
        CHECK(refused.status == 422);
        CHECK(says(refused, "href=\"#" + name + "\""));
        CHECK(says(refused, sentence));
    }
    Query parent = wide;
    parent[2].second = "parent";
    CHECK(caseworker.post(parent).status == 422);
}

TEST_CASE("What is no field of the question is not sent back with its answer") {
    MatchTown caseworker;
    auto fields = family();
    for (int i = 0; i < 50; ++i) {
        fields.emplace_back("zq7marked" + std::to_string(i), "zq7value");
    }
    const Answer answer = caseworker.post(fields);
    REQUIRE(answer.status == 200);
    CHECK_FALSE(says(answer, "zq7"));
    CHECK(says(answer, "type=\"hidden\" name=\"person1_years\" value=\"7\""));
}

TEST_CASE("Each choice has its number and says why it stands before the next") {
    MatchTown caseworker;
    auto fields = family();
    add(fields, Query{{"place1", "137.1,33.2"}, {"place1_role", "home"}});
    for (auto& [name, value] : fields) {
        value = name == "mode" ? "car" : value;
    }
    const Answer answer = caseworker.post(fields);
    REQUIRE(answer.status == 200);
    CHECK(says(answer, "順番 </span>1</span>"));
    CHECK(says(answer, "順番 </span>2</span>"));
    CHECK(says(answer, "次より先なのは、近いから（約1分、次は約4分）"));
    CHECK(says(answer, "この場所から数えました"));
}

TEST_CASE("A session that is over loses the family, says so, and leads back to the search") {
    StaffTown town;
    const Answer answer = town.post("/staff/match", family(), "nobodys-token");
    CHECK(answer.status == 401);
    CHECK(says(answer, "どこにも残さないため、消えています"));
    CHECK_FALSE(says(answer, "入力したことは、パスワードと番号のほかは残っています"));
    CHECK(says(answer, "name=\"next\" value=\"/staff/match\""));
    CHECK_FALSE(says(answer, "after_school"));
}

TEST_CASE("Whoever may not search for families is not let in") {
    StaffTown town;
    town.account("eturan", Role::viewer, k_here);
    const auto token = town.token_of("eturan");
    CHECK(town.get("/staff/match", token).status == 403);
    CHECK(town.post("/staff/match", {{"csrf", town.csrf_of(token)}}, token).status == 403);
}
