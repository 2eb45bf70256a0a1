// "Count this": what a caseworker's press keeps, and what planners are told of it.
#include "directory/unmet.hpp"
#include "server/staff/match/combination_choices.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;
using nlohmann::json;

namespace {

struct Person : SignedIn {
    using SignedIn::SignedIn;

    Answer post(Query fields) const { return SignedIn::post("/staff/match", std::move(fields)); }
    /// Asks, and presses "count this" on the page that answers.
    Answer press(Query fields) const {
        Query asked = fields;
        std::erase_if(asked, [](const auto& field) { return field.first == "count" || field.first == "counted"; });
        fields.emplace_back("once", word_in(post(asked)));
        return post(fields);
    }
    static std::string word_in(const Answer& answer) {
        const std::string page{answer.content()};
        const std::string begin = "name=\"once\" value=\"";
        const auto from = page.find(begin);
        return from == std::string::npos
                   ? std::string{}
                   : page.substr(from + begin.size(), page.find('"', from + begin.size()) - from - begin.size());
    }
    [[nodiscard]] json table(const std::string& query = {}) const {
        return json::parse(get("/api/v1/staff/unmet" + query).content());
    }
};

Query family(std::string_view count = {}) {
    Query fields{{"place1", "137.123,33.234"},  {"place1_role", "home"},   {"person1_kind", "child"},
                 {"person1_years", "7"},        {"person1_need", "meals"}, {"person1_need", "study"},
                 {"person2_kind", "expecting"}, {"person2_need", "meals"}, {"mode", "walk"}};
    if (!count.empty()) {
        fields.emplace_back("count", count);
    }
    return fields;
}

std::vector<directory::UnmetCount> kept(const StaffTown& town) {
    const auto file = directory::unmet_beside(town.store());
    return std::filesystem::exists(file) ? directory::Unmet::open(file).all(std::nullopt)
                                         : std::vector<directory::UnmetCount>{};
}

} // namespace

TEST_CASE("Pressing 'count this' keeps four values of the need that was pressed for, and nothing without it") {
    StaffTown town;
    const Person caseworker(town, Role::caseworker);
    const auto answer = caseworker.post(family());
    REQUIRE(answer.status == 200);
    CHECK(says(answer, "name=\"count\" value=\"0:meals\""));
    CHECK(says(answer, "name=\"count\" value=\"1:meals\""));
    CHECK(kept(town).empty());
    CHECK_FALSE(std::filesystem::exists(directory::unmet_beside(town.store())));

    const auto counted = caseworker.press(family("0:meals"));
    REQUIRE(counted.status == 200);
    CHECK(counted.caching == Caching::none);
    CHECK(says(counted, "id=\"counted-1\""));
    CHECK_FALSE(says(counted, "name=\"count\" value=\"0:meals\""));
    CHECK(says(counted, "name=\"count\" value=\"0:study\"")); // what was found is still there
    auto all = kept(town);
    REQUIRE(all.size() == 1);
    CHECK(all[0].of.owner == k_here);
    CHECK(all[0].of.month == std::chrono::year{2026} / std::chrono::month{11});
    CHECK(all[0].of.district.find("浜") != std::string::npos);
    CHECK(all[0].of.band == directory::UnmetBand::years_6_11);
    CHECK(all[0].of.need == "meals");
    CHECK(all[0].count == 1);

    // The same answer once more counts nothing, another need and another person do.
    auto again = family("0:meals");
    again.emplace_back("counted", "0:meals");
    CHECK(caseworker.press(again).status == 200);
    CHECK(kept(town).at(0).count == 1);
    CHECK(caseworker.press(family("1:meals")).status == 200);
    all = kept(town);
    REQUIRE(all.size() == 2);
    CHECK(std::ranges::any_of(all, [](const auto& row) { return row.of.band == directory::UnmetBand::parents; }));
    for (const char* wrong : {"7:meals", "0:housework", "0:nothing", "x", "0:", ":meals"}) {
        INFO(wrong);
        CHECK(caseworker.press(family(wrong)).status == 200);
        CHECK(kept(town).size() == 2);
    }
    // Nobody is told in the log: it would say who pressed, and when.
    for (const auto& entry : town.accounts().audit_log(0, 100)) {
        CHECK(entry.what.find("meals") == std::string::npos);
    }
}

TEST_CASE("A family without a place is counted without a district, and a child without an age by its school") {
    StaffTown town;
    const Person caseworker(town, Role::caseworker);
    CHECK(caseworker
              .press({{"person1_kind", "child"},
                      {"person1_stage", "junior_high"},
                      {"person1_need", "talk"},
                      {"mode", "walk"},
                      {"count", "0:talk"}})
              .status == 200);
    CHECK(caseworker.press({{"person1_kind", "child"}, {"person1_need", "talk"}, {"mode", "walk"}, {"count", "0:talk"}})
              .status == 200);
    const auto all = kept(town);
    REQUIRE(all.size() == 2);
    CHECK(all[0].of.district.empty());
    CHECK(all[0].of.band == directory::UnmetBand::years_12_14);
    CHECK(all[1].of.band == directory::UnmetBand::unknown);
}

TEST_CASE("The same press that comes again counts nothing, and one from no page of ours neither") {
    StaffTown town;
    const Person caseworker(town, Role::caseworker);
    auto fields = family("0:meals");
    fields.emplace_back("once", Person::word_in(caseworker.post(family())));
    const auto first = caseworker.post(fields);
    CHECK(says(first, "数えました。残したのは"));
    CHECK(says(first, "formaction=\"/staff/match#count-of-2\""));
    // Loaded anew, and sent from the page before.
    for (int i = 0; i < 2; ++i) {
        const auto again = caseworker.post(fields);
        CHECK(again.status == 200);
        CHECK(says(again, "もう数えてあります"));
        CHECK_FALSE(says(again, "数えました。残したのは"));
    }
    CHECK(kept(town).at(0).count == 1);
    const auto wordless = caseworker.post(family("0:meals"));
    CHECK(says(wordless, "このページからは数えられませんでした"));
    CHECK(kept(town).at(0).count == 1);
    // Another need of the same answer, and another answer, are other presses.
    fields[fields.size() - 2].second = "1:meals";
    caseworker.post(fields);
    caseworker.press(family("0:meals"));
    const auto all = kept(town);
    REQUIRE(all.size() == 2);
    CHECK(all[0].count + all[1].count == 3);
}

TEST_CASE("The district is the home's: a place of work tells none") {
    StaffTown town;
    const Person caseworker(town, Role::caseworker);
    auto at_work = family("0:meals");
    at_work[0].second = "137.6,33.2"; // in the other town
    at_work[1].second = "work";
    CHECK(caseworker.press(at_work).status == 200);
    REQUIRE(kept(town).size() == 1);
    CHECK(kept(town)[0].of.district.empty());
    auto both = family("0:study");
    both[1].second = "work";
    both.emplace_back("place2", "137.2,33.2");
    both.emplace_back("place2_role", "home");
    CHECK(caseworker.press(both).status == 200);
    const auto all = kept(town);
    REQUIRE(all.size() == 2);
    CHECK(std::ranges::any_of(all, [](const auto& row) { return row.of.district.find("浜") != std::string::npos; }));
}

TEST_CASE("A form from elsewhere, and one without the session's word, count nothing") {
    StaffTown town;
    const Person caseworker(town, Role::caseworker);
    auto fields = family("0:meals");
    CHECK(town.post("/staff/match", fields, caseworker.token).status == 403);
    const Person viewer(town, Role::viewer);
    CHECK(viewer.post(fields).status == 403);
    CHECK(kept(town).empty());
}

TEST_CASE("Planners are told of their own municipality beside coverage, small counts withheld; others are not") {
    StaffTown town;
    const Person caseworker(town, Role::caseworker);
    for (int i = 0; i < 4; ++i) {
        caseworker.press(family("0:meals"));
    }
    const Person planner(town, Role::planner);
    auto table = planner.table();
    CHECK(table.at("least") == 5);
    CHECK(table.at("quarters").size() == 4);
    CHECK(table.at("quarters")[3].at("from") == "2026-10");
    CHECK(table.at("quarters")[3].at("running") == true);
    CHECK(table.at("quarters")[3].at("total").at("withheld") == true);
    CHECK(table.at("quarters")[3].at("needs")[0].at("districts")[0].at("value").is_null());
    CHECK(table.at("quarters")[0].at("total").at("value") == 0);
    // That nothing can be shown is said once, in place of a table of what is withheld.
    const std::string nothing{planner.get("/staff/unmet").content()};
    CHECK(nothing.find("まだ示せるものがありません（秘匿）") != std::string::npos);
    CHECK(nothing.find("class=\"withheld\"") == std::string::npos);
    for (int i = 0; i < 3; ++i) {
        caseworker.press(family("0:meals"));
    }
    table = planner.table("?from=2026-11&to=2026-11");
    REQUIRE(table.at("quarters").size() == 1);
    const auto& quarter = table.at("quarters")[0];
    // Seven, in a quarter that still runs: so many that a step of five is full.
    CHECK(quarter.at("total") == json{{"value", 5}, {"at_least", true}, {"withheld", false}});
    CHECK(quarter.at("needs")[0].at("need") == "meals");
    CHECK(quarter.at("needs")[0].at("districts")[0].at("value") == 5);
    CHECK(says(planner.get("/staff/planner"), "相談で見つからなかった数"));
    CHECK(says(planner.get("/staff/planner"), "5以上"));
    CHECK(says(planner.get("/staff/unmet?from=2026-10"), "5以上"));
    CHECK(says(planner.get("/staff/unmet?from=2026-07"), "まだ何も数えられていません"));
    const auto csv = planner.get("/api/v1/staff/unmet?f=csv&lang=en");
    CHECK(csv.status == 200);
    CHECK(says(csv, "2026-10,2026-12,1,meals,Meals"));
    CHECK(planner.get("/api/v1/staff/unmet?from=soon").status == 400);
    CHECK(planner.get("/api/v1/staff/unmet?from=2026-11&to=2026-01").status == 400);

    const Person there(town, Role::planner, k_there);
    CHECK(there.table().at("quarters")[3].at("total").at("value") == 0);
    CHECK(caseworker.get("/api/v1/staff/unmet").status == 403);
    CHECK(caseworker.get("/staff/unmet").status == 403);
    CHECK_FALSE(says(caseworker.get("/staff/planner"), "相談で見つからなかった数"));
    CHECK_FALSE(says(town.get("/planner"), "相談で見つからなかった数"));
    CHECK_FALSE(says(town.get("/metrics"), "unmet"));
}

namespace {

directory::Combination of(std::vector<std::size_t> parts, int places = 2) {
    directory::Combination combination;
    combination.parts = std::move(parts);
    combination.places = places;
    return combination;
}

} // namespace

TEST_CASE("Combinations that differ in one part are one line, and each is in exactly one") {
    const std::vector<directory::Combination> five{of({0, 3}), of({0, 4}, 1), of({0, 5}), of({0, 6}), of({0, 7})};
    const auto one = choices_in(five);
    REQUIRE(one.size() == 1);
    CHECK(one[0].together == std::vector<std::size_t>{0});
    CHECK(one[0].one_of == std::vector<std::size_t>{3, 4, 5, 6, 7});
    CHECK(one[0].places == 1);

    const std::vector<directory::Combination> mixed{of({0, 3, 5}), of({1, 2}), of({0, 4, 5}), of({2, 3}),
                                                    of({0, 3, 6})};
    const auto some = choices_in(mixed);
    REQUIRE(some.size() == 3);
    CHECK(some[0].together == std::vector<std::size_t>{0, 5});
    CHECK(some[0].one_of == std::vector<std::size_t>{3, 4});
    CHECK(some[1].together == std::vector<std::size_t>{2});
    CHECK(some[1].one_of == std::vector<std::size_t>{1, 3});
    CHECK(some[2].together == std::vector<std::size_t>{0, 3, 6});
    CHECK(some[2].one_of.empty());
    CHECK(choices_in({}).empty());
}

TEST_CASE("A place may be typed as longitude and latitude, in either order, and is on no other page") {
    StaffTown town;
    const Person caseworker(town, Role::caseworker);
    for (const char* typed : {"137.123,33.234", "33.234, 137.123", "137.123 33.234"}) {
        Query fields = family("0:meals");
        fields[0].second = typed;
        CHECK(caseworker.press(fields).status == 200);
    }
    REQUIRE(kept(town).size() == 1);
    CHECK(kept(town)[0].count == 3);
    for (const char* typed : {"12.5,33.2", "137.1,", "137.1,91"}) {
        Query fields = family();
        fields[0].second = typed;
        CHECK(caseworker.post(fields).status == 422);
    }
    const auto page = caseworker.get("/staff/match");
    CHECK(says(page, "data-point-map"));
    CHECK_FALSE(says(page, "/tiles/"));
}
