// A caseworker's search over the API: what it answers, what it refuses, and that a family leaves no trace.
#include "directory/accounts.hpp"
#include "directory/kept_document.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/store.hpp"
#include "directory/unmet.hpp"
#include "server/respond.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/process.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <bit>
#include <chrono>
#include <cstring>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;
using nlohmann::json;

namespace {

constexpr std::string_view k_match = "/api/v1/staff/match";

/// A caseworker of the town who is signed in.
struct Caseworker {
    StaffTown& town;
    std::string token;
    std::string csrf;

    explicit Caseworker(StaffTown& of, Role role = Role::caseworker, std::string_view municipality = k_here)
        : town(of) {
        const auto name = std::string{directory::code_of(role)} + std::string{municipality};
        town.account(name, role, municipality);
        token = town.token_of(name);
        csrf = town.csrf_of(token);
    }

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
             {"/near", json::array()},
             {"/near/0/role", "palace"},
             {"/near/0/point", {200.0, 33.2}},
             {"/near/0/point", "137.1,33.2"},
             {"/people", json::array()},
             {"/people/0/kind", "dog"},
             {"/people/0/age_months", -1},
             {"/people/0/age_months", 4.5},
             {"/people/0/stage", "old"},
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
    CHECK(caseworker.ask(question).status == 200);
    const auto other = Caseworker(town, Role::caseworker, k_there).ask(family_near(137.6, 33.2));
    CHECK(json::parse(other.content()).at("rules").at("id") == "default");
}

namespace {

/// As SQLite writes a number.
std::string big_endian(double value) {
    std::array<char, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    std::reverse(bytes.begin(), bytes.end());
    return {bytes.begin(), bytes.end()};
}

std::string native(double value) {
    std::array<char, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    return {bytes.begin(), bytes.end()};
}

std::string post(const std::string& body, const std::string& token, const std::string& csrf, std::uint16_t port) {
    return fmt::format(
        "POST /api/v1/staff/match HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: http://127.0.0.1:{}\r\n"
        "Cookie: {}={}\r\nX-CSRF-Token: {}\r\nContent-Type: application/json\r\n"
        "Accept-Encoding: identity\r\nContent-Length: {}\r\n\r\n{}",
        port, port, k_session_cookie, token, csrf, body.size(), body);
}

} // namespace

TEST_CASE("A family's situation leaves no trace: in no log, file, header, page or later answer") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto access_log = folder / "access.log";
    directory::AccountSettings settings;
    settings.cost = directory::PasswordCost::least();
    const auto now_s =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    auto accounts = directory::Accounts::open_or_create(directory::accounts_beside(store), settings);
    for (const auto& [name, role] : {std::pair{"case", Role::caseworker}, std::pair{"admin", Role::administrator}}) {
        REQUIRE(accounts.add({.name = name,
                              .role = role,
                              .municipality = "99201",
                              .password = std::string{k_password},
                              .origin = directory::PasswordOrigin::chosen},
                             directory::Actor::console(), now_s));
    }
    const auto sign_in = [&](const std::string& name) {
        return std::get<directory::LoggedIn>(accounts.log_in(name, k_password, "127.0.0.1", now_s)).token;
    };
    const auto token = sign_in("case");
    const auto csrf = accounts.session_of(token, now_s)->csrf;
    const auto admin = sign_in("admin");
    const std::string before = bytes_of(store);

    ServerProcess server(store, {"--access-log", access_log, "--rate-per-client", "0"});
    constexpr double k_lon = 137.0731947;
    constexpr double k_lat = 33.1846253;
    const std::string question = fmt::format(
        R"({{"near":[{{"role":"home","point":[{},{}]}},{{"role":"work","point":[137.0642811,33.1773917]}}],)"
        R"("people":[{{"age_months":347,"stage":"young_adult","is":["young_carer"],)"
        R"("needs":["school_refusal","respite_nights"]}},{{"kind":"expecting","needs":["after_school"]}}],)"
        R"("when":{{"weekdays":["thu"],"from":"18:37","to":"19:53"}},"mode":"fetched","worries":["neighbours"],)"
        R"("refused":["kosodate_tanki"],"used":["jidokan"]}})",
        k_lon, k_lat);
    std::vector<std::string> told;
    std::string heads;
    for (const std::string& body :
         {question, std::string{R"({"near":[{"address":"まぼろし町zq7marked8番9号"}],"people":[{"needs":["meals"]}]})"},
          std::string{R"({"near":[{"point":[137.0731947,33.1846253]}],"people":[{"needs":["zq7marked_word"]}]})"},
          std::string{R"({"zq7marked_member)"}}) {
        Client client(server.port());
        client.send(post(body, token, csrf, server.port()));
        const auto answer = client.receive();
        REQUIRE(answer);
        CHECK(answer->status == (body == question ? 200 : 400));
        CHECK(answer->header("Cache-Control").find("no-store") != std::string::npos);
        CHECK(answer->header("ETag").empty());
        CHECK(answer->header("Set-Cookie").empty());
        heads += answer->head;
        told.push_back(answer->body);
    }
    // "Count this": of a family's form four values are kept, and nothing else.
    {
        const std::string form = "csrf=" + percent_encode(csrf) +
                                 "&place1=137.0731947%2C33.1846253&place1_role=home&person1_kind=child"
                                 "&person1_years=28&person1_months=11&person1_need=school_refusal&mode=fetched"
                                 "&worry=neighbours&weekday=thu&from=18%3A37&to=19%3A53&count=0%3Aschool_refusal";
        Client client(server.port());
        client.send(
            fmt::format("POST /staff/match HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: http://127.0.0.1:{}\r\n"
                        "Cookie: {}={}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        "Content-Length: {}\r\n\r\n{}",
                        server.port(), server.port(), k_session_cookie, token, form.size(), form));
        const auto answer = client.receive();
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->header("Cache-Control").find("no-store") != std::string::npos);
        heads += answer->head;
    }
    const auto counts = directory::Unmet::open(directory::unmet_beside(store)).all(std::nullopt);
    REQUIRE(counts.size() == 1);
    CHECK(counts[0].of.owner == "99201");
    CHECK(counts[0].of.band == directory::UnmetBand::years_18_39);
    CHECK(counts[0].of.need == "school_refusal");
    CHECK(counts[0].count == 1);
    // What was asked stands in no answer: people are numbers, needs codes.
    const std::vector<std::string> marks{"137.073194", "33.184625", "137.064281", "33.177391", "0731947", "zq7marked"};
    for (const auto& mark : marks) {
        INFO(mark);
        CHECK(heads.find(mark) == std::string::npos);
        for (const auto& body : told) {
            CHECK(body.find(mark) == std::string::npos);
        }
    }
    for (const char* word : {"age_months", "young_adult", "young_carer", "fetched", "neighbours\"", "kosodate_tanki"}) {
        INFO(word);
        CHECK(told.front().find(word) == std::string::npos);
    }
    // Pages that are opened afterwards, by whoever.
    std::string pages;
    for (const auto& session : {token, admin}) {
        for (const char* path : {"/staff", "/staff/search", "/staff/audit", "/staff/accounts", "/metrics", "/healthz",
                                 "/readyz", "/api/v1/staff/match/needs"}) {
            const auto page =
                Client(server.port()).ask(path, fmt::format("Cookie: {}={}\r\n", k_session_cookie, session));
            REQUIRE(page);
            pages += page->head + page->body;
        }
    }
    REQUIRE(eventually([&] { return bytes_of(access_log).find("/api/v1/staff/match ") != std::string::npos; }));
    const auto log = bytes_of(access_log) + server.process().output() + server.process().errors();
    // Every file beside the store, and the store itself as it was.
    std::string files;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (entry.is_regular_file()) {
            files += bytes_of(entry.path());
        }
    }
    CHECK(bytes_of(store) == before);
    std::string unmet;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (entry.path().filename().string().find(".unmet") != std::string::npos) {
            unmet += bytes_of(entry.path());
        }
    }
    CHECK(unmet.find("school_refusal") != std::string::npos);
    for (const char* word : {"fetched", "neighbours", "18:37", "19:53", "weekday", "person1", "place", "thu"}) {
        INFO(word);
        CHECK(unmet.find(word) == std::string::npos);
    }
    CHECK(log.find("school_refusal") == std::string::npos);
    auto everywhere = marks;
    for (const double number : {k_lon, k_lat, 137.0642811, 33.1773917}) {
        everywhere.push_back(big_endian(number));
        everywhere.push_back(native(number));
    }
    for (const auto& mark : everywhere) {
        CHECK(log.find(mark) == std::string::npos);
        CHECK(pages.find(mark) == std::string::npos);
        CHECK(files.find(mark) == std::string::npos);
    }
}
