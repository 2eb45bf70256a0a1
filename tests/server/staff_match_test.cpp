// A caseworker's search over the API: what it answers, what it refuses, and that it says why.
#include "directory/kept_document.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/store.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/process.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;
using nlohmann::json;

namespace {

constexpr std::string_view k_match = "/api/v1/staff/match";

/// A caseworker of the town who is signed in.
struct Caseworker : SignedIn {
    explicit Caseworker(StaffTown& of, Role role = Role::caseworker, std::string_view municipality = k_here)
        : SignedIn(of, role, municipality) {}

    Answer ask(const json& question) const { return town.post_json(k_match, question.dump(), token, csrf); }
    Answer ask_text(std::string_view body) const { return town.post_json(k_match, body, token, csrf); }
};

json family_near(double lon, double lat) {
    return {{"near", {{{"role", "home"}, {"point", {lon, lat}}}}},
            {"mode", "car"},
            {"people", {{{"age_months", 100}, {"stage", "elementary"}, {"needs", {"after_school", "meals"}}}}}};
}

std::string wrong_member(const Answer& answer) {
    CHECK(answer.status == 400);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(answer.caching == Caching::none);
    return json::parse(answer.content()).value("parameter", "");
}

std::vector<std::string> names_in(const json& answer) {
    std::vector<std::string> names;
    for (const auto& entry : answer.at("shortlist")) {
        names.push_back(entry.at("service").at("properties").at("name"));
    }
    return names;
}

} // namespace

TEST_CASE("A match answers with what the caseworker's own staff may see, by places in the question") {
    StaffTown town;
    const auto answer = Caseworker(town).ask(family_near(137.1, 33.2));
    REQUIRE(answer.status == 200);
    const auto told = json::parse(answer.content());
    CHECK(names_in(told) == std::vector<std::string>{"浜会館", "潮の居場所"}); // not what coordinators alone see
    CHECK(told.at("rules").at("id") == "default");
    CHECK(told.at("needs").size() == 2);
    CHECK(told.at("needs")[0].at("person") == 0);
    CHECK(told.at("needs")[0].at("need") == "after_school");
    CHECK(told.at("needs")[0].at("choices").size() == 2);
    CHECK(told.at("needs")[1].at("choices").empty());
    CHECK(told.at("shortlist")[0].at("because").at("criterion") == "minutes");
    CHECK(told.at("shortlist")[1].at("because").is_null());
    // Staff are told how many places were free, and when that was.
    json free;
    for (const auto& reason : told.at("shortlist")[0].at("fits")[0].at("reasons")) {
        free = reason.at("code") == "places_free" ? reason : free;
    }
    CHECK(free.at("places") == 3);
    CHECK(free.at("on") == "2026-11-01");
    CHECK(free.at("days_ago") == 25);

    const auto steward = json::parse(Caseworker(town, Role::steward).ask(family_near(137.1, 33.2)).content());
    CHECK(names_in(steward).size() == 3);
    const auto there = json::parse(Caseworker(town, Role::caseworker, k_there).ask(family_near(137.6, 33.2)).content());
    CHECK(names_in(there) == std::vector<std::string>{"沖会館", "沖の居場所"});
}

TEST_CASE("Without a place all of the municipality is looked at, and how far it is stays open") {
    StaffTown town;
    const Caseworker caseworker(town);
    const json question{{"people", {{{"age_months", 100}, {"stage", "elementary"}, {"needs", {"after_school"}}}}}};
    const auto told = json::parse(caseworker.ask(question).content());
    auto names = names_in(told);
    std::ranges::sort(names);
    CHECK(names == std::vector<std::string>{"沖会館", "浜会館", "潮の居場所"}); // the first by its terms of use
    CHECK(told.at("shortlist")[0].at("way").is_null());
    CHECK(told.dump().find("no_place_given") != std::string::npos);
    json elsewhere = question;
    elsewhere["municipality"] = std::string{k_there};
    CHECK(names_in(json::parse(caseworker.ask(elsewhere).content())) == std::vector<std::string>{"沖会館"});
}

TEST_CASE("Page and API find a place alike, say how well it is known, and reckon with it") {
    StaffTown town;
    directory::TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = k_here;
    reading.municipality_name = "潮見野市";
    reading.town = "渚町";
    reading.position = {137.08175, 33.2}; // some 1,700 m from the hall: 28 minutes, of 30 at most
    reading.accuracy_m = 400;
    directory::BatchRow row;
    row.key = "渚町";
    row.file = "towns.csv";
    row.row = 2;
    row.cells = "[]";
    row.reading = reading;
    directory::BatchList list;
    list.name = "町丁目";
    list.profile = "isj";
    list.rows = {row};
    directory::Batch batch;
    batch.kind = directory::ImportKind::gazetteer;
    batch.lists = {list};
    batch.files = "[]";
    batch.report = "{}";
    directory::Store::open(town.store(), directory::OpenMode::write).append(std::move(batch));
    town.desk().note_written();
    REQUIRE(eventually([&] { return town.editions().current()->locator->locate("渚町", {}).has_value(); }));
    const Caseworker caseworker(town);
    json question = family_near(137.1, 33.2);
    question["near"] = {{{"role", "home"}, {"address", "潮見野市渚町"}}};
    question["mode"] = "walk";
    question["people"] = {{{"age_months", 100}, {"needs", {"after_school"}}}};
    const auto told = json::parse(caseworker.ask(question).content());
    CHECK(told.at("near")[0].at("accuracy_m") == 400);
    CHECK(told.at("shortlist")[0].at("fits")[0].at("reasons").dump().find("place_rough") != std::string::npos);
    const auto page = town.post("/staff/match",
                                {{"csrf", caseworker.csrf},
                                 {"place1", "潮見野市渚町"},
                                 {"place1_role", "home"},
                                 {"person1_kind", "child"},
                                 {"person1_years", "8"},
                                 {"person1_months", "4"},
                                 {"person1_need", "after_school"}},
                                caseworker.token);
    CHECK(page.content().find("<b>潮見野市渚町</b>") != std::string_view::npos);
    CHECK(page.content().find("のあたり（まわり400 mのどこか）") != std::string_view::npos);
    // 400 m either way: nowhere is one number of minutes told, and what may be beyond the limit has no tick.
    CHECK(page.content().find("町までしかわかりません（約22～35分）") != std::string_view::npos);
    CHECK(page.content().find("家から約22～35分（1.3 km～2.") != std::string_view::npos);
    CHECK(page.content().find("約28分") == std::string_view::npos);
    CHECK(page.content().find("家から約22～35分です") == std::string_view::npos);
}

TEST_CASE("Only whoever works with families may ask") {
    StaffTown town;
    for (const auto role : directory::all_roles()) {
        const bool may_ask = role == Role::caseworker || role == Role::steward;
        CHECK(Caseworker(town, role).ask(family_near(137.1, 33.2)).status == (may_ask ? 200 : 403));
    }
    CHECK(town.post_json(k_match, "{}", "", "").status == 401);
}

TEST_CASE("What is wrong in a question is told by its place, and not repeated") {
    StaffTown town;
    const Caseworker caseworker(town);
    const auto with = [](const char* pointer, const json& value) {
        json question = family_near(137.1, 33.2);
        question[json::json_pointer(pointer)] = value;
        return question;
    };
    for (const auto& [pointer, value] : std::vector<std::pair<const char*, json>>{
             {"/surprise", 1},
             {"/near", json::array({json::object(), json::object(), json::object(), json::object(), json::object()})},
             {"/near/0/role", "palace"},
             {"/near/0/point", {200.0, 33.2}},
             {"/near/0/point", "137.1,33.2"},
             {"/people", json::array()},
             {"/people/0/kind", "dog"},
             {"/people/0/age_months", -1},
             {"/people/0/age_months", 4.5},
             {"/people/0/stage", "old"},
             {"/people/0/stage", "high"},
             {"/people/0/is", {"parents"}},
             {"/people/0/needs/0", "money"},
             {"/people/0/needs", {"meals", "meals", "meals", "meals", "meals", "meals", "meals", "meals", "meals"}},
             {"/when", "always"},
             {"/when", {{"weekdays", {"holiday"}}}},
             {"/when", {{"from", "25:00"}}},
             {"/when", {{"from", "10:00"}, {"to", "10:00"}}},
             {"/mode", "plane"},
             {"/municipality", "Shiomino"},
             {"/worries", {"money"}},
             {"/refused", {"nobody-knows"}},
             {"/rules", "of-nobody"},
             {"/at", "tomorrow"}}) {
        INFO(pointer << " " << value);
        const auto answer = caseworker.ask(with(pointer, value));
        const auto told = wrong_member(answer);
        CHECK(told.starts_with(pointer));
        if (value.is_string()) {
            CHECK(answer.content().find(value.get<std::string>()) == std::string_view::npos);
        }
    }
    CHECK(wrong_member(caseworker.ask(with("/near/0/address", "どこか"))) == "/near/0");
    json nobody = family_near(137.1, 33.2);
    nobody["people"][0].erase("needs");
    CHECK(wrong_member(caseworker.ask(nobody)) == "/people");
    // Where they live may be what nobody is to know.
    json anywhere = family_near(137.1, 33.2);
    anywhere.erase("near");
    CHECK(caseworker.ask(anywhere).status == 200);
    json nowhere = family_near(137.1, 33.2);
    nowhere["near"] = {{{"address", "知らない町9番8号"}}};
    CHECK(wrong_member(caseworker.ask(nowhere)) == "/near/0/address");
    CHECK(caseworker.ask_text("[]").status == 400);
    CHECK(caseworker.ask_text("{").status == 400);
    CHECK(caseworker.ask_text(std::string(70'000, ' ')).status == 413);
    json many = family_near(137.1, 33.2);
    many["people"] = json::array();
    for (int i = 0; i < 13; ++i) {
        many["people"].push_back({{"needs", {"meals"}}});
    }
    CHECK(wrong_member(caseworker.ask(many)) == "/people");
    // Neither does a question go into the address.
    CHECK(town.post_json(std::string{k_match} + "?near=137.1,33.2", "{}", caseworker.token, caseworker.csrf).status ==
          400);
}

TEST_CASE("What can be asked is told, by the rules in force") {
    StaffTown town;
    const Caseworker caseworker(town);
    const auto get = [&](const std::string& query) {
        auto request = staff_request("/api/v1/staff/match/needs" + query, caseworker.token);
        request.accept = "application/json";
        return town.ask(request);
    };
    auto told = json::parse(get("").content());
    CHECK(told.at("rules").at("id") == "default");
    CHECK(told.at("needs").size() == directory::shipped_match_rules()->needs.size());
    CHECK(told.at("needs")[0].at("label").contains("ja_easy"));
    CHECK(get("?rules=nobodys").status == 400);

    // A steward keeps rules of the town: theirs are asked by, the shipped ones by their id.
    json document = {{"id", "own"},
                     {"name", {{"ja", "町の決まり"}, {"ja_easy", "まちの きまり"}, {"en", "The town's"}}},
                     {"description", {{"ja", "試し"}, {"ja_easy", "ためし"}, {"en", "A trial"}}},
                     {"source", "会議"},
                     {"needs",
                      {{{"code", "play"},
                        {"label", {{"ja", "遊び"}, {"ja_easy", "あそび"}, {"en", "Play"}}},
                        {"source", "会議"},
                        {"any_of", {"jidokan"}}}}},
                     {"rules", json::array()}};
    directory::Store::open(town.store(), directory::OpenMode::write)
        .add_document(directory::DocumentKind::match_rules, std::string{k_here}, {1, document.dump(), "", "steward"});
    town.desk().note_written();
    told = json::parse(get("").content());
    CHECK(told.at("rules").at("municipality") == k_here);
    CHECK(told.at("needs")[0].at("code") == "play");
    CHECK(told.at("offered").size() == 2);
    CHECK(get("?rules=default").status == 200);
    json question = family_near(137.1, 33.2);
    CHECK(wrong_member(caseworker.ask(question)) == "/people/0/needs/0");
    question["rules"] = "default";
    CHECK(json::parse(caseworker.ask(question).content()).at("shortlist")[0].at("preferred_by").is_null());

    // What a rule puts first says so, here and on the page.
    document["rules"] = {
        {{"code", "halls_first"},
         {"kind", "prefer"},
         {"label", {{"ja", "館を先に"}, {"ja_easy", "かんを さきに"}, {"en", "Halls first"}}},
         {"source", "会議"},
         {"programmes", {"jidokan"}},
         {"cases",
          {{{"family", {{"age_months", 100}}}, {"service", {{"programme", "jidokan"}}}, {"expects", "preferred"}}}}}};
    directory::Store::open(town.store(), directory::OpenMode::write)
        .add_document_version(told.at("rules").at("id"), 1, {2, document.dump(), "", "steward"});
    town.desk().note_written();
    json play = family_near(137.1, 33.2);
    play["people"][0]["needs"] = {"play"};
    const auto preferred = json::parse(caseworker.ask(play).content());
    CHECK(preferred.at("shortlist")[0].at("preferred_by").at("code") == "halls_first");
    CHECK(preferred.at("needs")[0].at("choices")[0].at("preferred_by").at("label") == "館を先に");
    const auto page = town.post(
        "/staff/match",
        {{"csrf", caseworker.csrf}, {"place1", "137.1,33.2"}, {"person1_kind", "child"}, {"person1_need", "play"}},
        caseworker.token);
    CHECK(page.content().find("決まりで先に出しています：館を先に") != std::string_view::npos);
    const auto other = Caseworker(town, Role::caseworker, k_there).ask(family_near(137.6, 33.2));
    CHECK(json::parse(other.content()).at("rules").at("id") == "default");
}
