// Signing in and out as a browser does: cookies, forms, the second step, what another site may send, where a form may
// lead, and what an administrator may do.
#include "server/accounts/totp.hpp"
#include "server/respond.hpp"
#include "server/staff/staff_call.hpp"
#include "server/staff/staff_routes.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>

#include <regex>
#include <string>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;

namespace {

Query name_and_password(std::string_view name, std::string_view password = k_password, std::string_view next = {}) {
    return {{"name", std::string{name}}, {"password", std::string{password}}, {"next", std::string{next}}};
}

std::string location(const Answer& answer) { return header_of(answer, "Location"); }

} // namespace

TEST_CASE("Signing in gives a cookie that no script reads, no other site sends and no plain connection carries") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    const auto answer = town.post("/staff/sign-in", name_and_password("mika"));
    CHECK(answer.status == 303);
    CHECK(location(answer) == "/staff");
    CHECK(answer.caching == Caching::none);
    const auto cookie = header_of(answer, "Set-Cookie");
    CHECK(cookie.starts_with("__Host-shirube="));
    for (const auto* flag : {"; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Lax"}) {
        CHECK(cookie.find(flag) != std::string::npos);
    }
    CHECK(cookie.find("Domain") == std::string::npos);
    const auto token = token_given(answer);
    CHECK(token.size() == 43);
    CHECK(town.get("/staff", token).status == 200);
    CHECK(says(town.get("/staff", token), "mika"));

    // The answer as it goes out is kept nowhere.
    const auto response =
        respond(staff_request("/staff", token), town.get("/staff", token), Connection::keep, http_date());
    CHECK(response.head.find("Cache-Control: no-store") != std::string::npos);
    CHECK(response.head.find("ETag") == std::string::npos);
}

TEST_CASE("A wrong password, a name that nobody has and a disabled account are told in the same words") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    const auto ended = town.account("ended", Role::viewer, k_here);
    REQUIRE(town.accounts().disable(ended, directory::Actor::console(), town.now_s));
    const auto wrong = town.post("/staff/sign-in", name_and_password("mika", "not the password"));
    const auto nobody = town.post("/staff/sign-in", name_and_password("nobody", "not the password"));
    const auto disabled = town.post("/staff/sign-in", name_and_password("ended"));
    for (const auto& answer : {wrong, nobody, disabled}) {
        CHECK(answer.status == 401);
        CHECK(token_given(answer).empty());
        // What was typed comes back, as it was typed.
        CHECK(std::regex_replace(std::string{answer.content()}, std::regex(R"(value="\w+" autocomplete="username")"),
                                 "") == std::regex_replace(std::string{wrong.content()},
                                                           std::regex(R"(value="\w+" autocomplete="username")"), ""));
    }
}

TEST_CASE("Another language on the way in still leads to where one was going") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    const std::string next = "/staff/search?programme=food";
    const std::string link = "?next=%2Fstaff%2Fsearch%3Fprogramme%3Dfood&amp;lang=en\"";
    const auto failed = town.post("/staff/sign-in", name_and_password("mika", "not the password", next));
    REQUIRE(failed.status == 401);
    CHECK(says(failed, "href=\"/staff/sign-in" + link));
    CHECK(says(town.get("/staff/sign-in?next=" + percent_encode(next)), "href=\"/staff/sign-in" + link));
    // A form whose session is over asks at its own address, and is asked about elsewhere.
    const auto over = town.post("/staff/password", {{"old", "a"}}, std::string(43, 'A'));
    REQUIRE(over.status == 401);
    CHECK(says(over, "href=\"/staff/sign-in?next=%2Fstaff%2Fpassword&amp;lang=en\""));
    // Where one was going nowhere in particular nothing is carried, and nothing of others' making ever is.
    for (const auto* nowhere : {"/staff", "https://evil.example/"}) {
        CHECK(says(town.post("/staff/sign-in", name_and_password("mika", "not the password", nowhere)),
                   "href=\"/staff/sign-in?lang=en\""));
        town.now_s += 3600;
    }
    town.account("given", Role::viewer, k_here, directory::PasswordOrigin::given);
    const auto token = town.token_of("given");
    const auto refused =
        town.post("/staff/password",
                  {{"csrf", town.csrf_of(token)}, {"old", "a"}, {"new", "b"}, {"again", "c"}, {"next", next}}, token);
    REQUIRE(refused.status == 422);
    CHECK(says(refused, "href=\"/staff/password" + link));
}

TEST_CASE("Failures make a client wait, and it is told how long") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    Answer answer;
    for (int i = 0; i < 8 && answer.status != 429; ++i) {
        answer = town.post("/staff/sign-in", name_and_password("mika", "wrong password " + std::to_string(i)));
    }
    CHECK(answer.status == 429);
    CHECK_FALSE(header_of(answer, "Retry-After").empty());
    CHECK(town.post("/staff/sign-in", name_and_password("mika")).status == 429); // the right one is not looked at
    town.now_s += 3600;
    CHECK(town.post("/staff/sign-in", name_and_password("mika")).status == 303);
}

TEST_CASE("A token that was there before signing in is worth nothing after it") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    town.account("mallory", Role::viewer, k_there);
    const auto planted = town.token_of("mallory");
    auto request = staff_request("/staff/sign-in", planted);
    request.method = Method::post;
    request.content_type = "application/x-www-form-urlencoded";
    request.body = "name=mika&password=" + percent_encode(k_password);
    const auto answer = town.ask(request);
    REQUIRE(answer.status == 303);
    CHECK(token_given(answer) != planted);
    CHECK(town.get("/staff", planted).status == 303); // to sign in
}

TEST_CASE("A form from elsewhere, without its word, or with another session's, is refused") {
    StaffTown town;
    const auto root = town.account("root", Role::administrator, "");
    town.account("mika", Role::administrator, k_here);
    const auto token = town.token_of("root");
    const Query fields{{"name", "new.one"}, {"role", "viewer"}, {"municipality", std::string{k_here}}};
    const auto with_csrf = [&](const std::string& csrf) {
        Query all = fields;
        all.emplace_back("csrf", csrf);
        return all;
    };
    CHECK(town.post("/staff/accounts", fields, token).status == 403);
    CHECK(town.post("/staff/accounts", with_csrf(std::string(43, 'A')), token).status == 403);
    CHECK(town.post("/staff/accounts", with_csrf(town.csrf_of(town.token_of("mika"))), token).status == 403);
    CHECK_FALSE(town.accounts().find_named("new.one"));

    auto foreign = staff_request("/staff/accounts", token);
    foreign.method = Method::post;
    foreign.content_type = "application/x-www-form-urlencoded";
    foreign.body = "name=new.one&role=viewer&municipality=99201&csrf=" + town.csrf_of(token);
    foreign.origin = "https://evil.example";
    CHECK(town.ask(foreign).status == 403);
    foreign.origin = "null";
    CHECK(town.ask(foreign).status == 403);
    foreign.origin = "http://127.0.0.1:8080";
    foreign.fetch_site = "cross-site";
    CHECK(town.ask(foreign).status == 403);
    foreign.fetch_site = "same-site"; // another host of the same city
    CHECK(town.ask(foreign).status == 403);
    auto typed = foreign;
    typed.fetch_site = "same-origin";
    typed.content_type = "text/plain"; // what a form of another site may send without asking
    CHECK(town.ask(typed).status == 403);
    CHECK_FALSE(town.accounts().find_named("new.one"));
    foreign.fetch_site = "same-origin";
    CHECK(town.ask(foreign).status == 200);
    CHECK(town.accounts().find_named("new.one"));
    CHECK(root > 0);
}

TEST_CASE("After signing in one is led to pages of staff alone") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    for (const std::string next :
         {"https://evil.example/", "//evil.example", "/\\evil.example", "/staff//evil.example", "/staffroom",
          "/services/1", "/staff/../services", "/staff\r\nSet-Cookie: a=b", "javascript:alert(1)", "/staff/ x"}) {
        INFO(next);
        CHECK(next_address(next) == "/staff");
        CHECK(location(town.post("/staff/sign-in", name_and_password("mika", k_password, next))) == "/staff");
    }
    CHECK(next_address("/staff/planner") == "/staff/planner");
    CHECK(location(town.get("/staff/planner")) == "/staff/sign-in?next=%2Fstaff%2Fplanner");
    CHECK(location(town.post("/staff/sign-in", name_and_password("mika", k_password, "/staff/planner"))) ==
          "/staff/planner");
}

TEST_CASE("What comes after its session leads back, with nothing that an address may not hold") {
    StaffTown town;
    town.account("root", Role::administrator, "");
    CHECK(location(town.get("/staff/search?q=x&near=137.1,33.2&bbox=1,2,3,4&lang=en")) ==
          "/staff/sign-in?next=%2Fstaff%2Fsearch%3Fq%3Dx&lang=en");
    const auto search =
        town.post("/staff/search", {{"place", "hamacho 1-2-3"}, {"near", "137.1,33.2"}, {"programme", "food"}});
    CHECK(search.status == 401);
    CHECK(says(search, "value=\"/staff/search?programme=food\""));
    const auto password = town.post("/staff/password", {{"old", "my old secret"}, {"new", "my new secret"}});
    CHECK(says(password, "value=\"/staff/password\""));
    CHECK_FALSE(says(password, "secret"));
    const auto code = town.post("/staff/totp/confirm", {{"code", "123456"}, {"secret", "GEZDGNBV"}});
    CHECK(says(code, "value=\"/staff/totp\""));
    CHECK_FALSE(says(code, "GEZDGNBV"));
    const auto account = town.post("/staff/accounts", {{"name", "new.one"}, {"role", "planner"}, {"other", "x y"}});
    CHECK(says(account, "value=\"/staff/accounts?name=new.one&amp;role=planner\""));
    CHECK_FALSE(town.accounts().find_named("new.one"));
    CHECK(says(town.post("/staff/accounts", {{"name", std::string(600, 'a')}}), "value=\"/staff/accounts\""));
    // Signing out when it is over already is signing out.
    CHECK(location(town.post("/staff/sign-out", {})) == "/staff/sign-in");

    // The form is filled in again from a page of ours, and from nobody else's link.
    auto request = staff_request("/staff/accounts?name=new.one&role=planner", town.token_of("root"));
    for (const auto& [site, fills] : {std::pair{"same-origin", true}, {"cross-site", false}, {"none", false}}) {
        request.fetch_site = site;
        CHECK(says(town.ask(request), "value=\"new.one\"") == fills);
        CHECK(says(town.ask(request), "value=\"planner\" selected") == fills);
    }
}

TEST_CASE("A chosen language goes along wherever one is sent") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here, directory::PasswordOrigin::given);
    CHECK(location(town.get("/staff/planner?lang=en")) == "/staff/sign-in?next=%2Fstaff%2Fplanner&lang=en");
    const auto answer =
        town.post("/staff/sign-in?lang=ja-easy", name_and_password("mika", k_password, "/staff/planner?lang=en"));
    CHECK(location(answer) == "/staff/password?next=%2Fstaff%2Fplanner%3Flang%3Den&lang=ja-easy");
    CHECK(location(town.get("/staff?lang=xx", token_given(answer))) == "/staff/password");
}

TEST_CASE("Over a plain connection from elsewhere nobody can even try") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    auto request = staff_request("/staff/sign-in", town.token_of("mika"));
    request.client = "192.0.2.7";
    CHECK(town.ask(request).status == 403);
    CHECK_FALSE(says(town.ask(request), "<form class=\"staff-form\""));
    request.secure = true;
    CHECK(town.ask(request).status == 200);
    request.secure = false;
    request.client.clear();
    CHECK(town.ask(request).status == 403);
}

TEST_CASE("Where no account was ever made the page says what to do, and the server goes on") {
    StaffTown town;
    std::filesystem::remove(directory::accounts_beside(town.store()));
    const auto answer = town.get("/staff/sign-in");
    CHECK(answer.status == 404);
    CHECK(says(answer, "shirube user add"));
}

TEST_CASE("The second step: a code, once; before it nothing hidden is shown") {
    StaffTown town;
    const auto id = town.account("mika", Role::steward, k_here);
    const auto before = town.token_of("mika");

    const auto setup = town.post("/staff/totp/begin", {{"csrf", town.csrf_of(before)}}, before);
    REQUIRE(setup.status == 200);
    std::smatch found;
    const std::string page{setup.content()};
    REQUIRE(std::regex_search(page, found, std::regex("<code class=\"secret\">([A-Z2-7 ]+)</code>")));
    CHECK(page.find("<path d=\"M") != std::string::npos); // the QR code
    std::string letters = found[1];
    std::erase(letters, ' ');
    // RFC 4648, by hand: what an authenticator does with the key.
    directory::TotpSecret secret;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : letters) {
        bits = bits << 5U | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
        held += 5;
        if (held >= 8) {
            held -= 8;
            secret.push_back(static_cast<std::uint8_t>(bits >> held & 0xffU));
        }
    }
    REQUIRE(secret.size() == 20);
    CHECK(town.post("/staff/totp/confirm", {{"csrf", town.csrf_of(before)}, {"code", "000000"}}, before).status == 422);
    const auto confirmed = town.post(
        "/staff/totp/confirm", {{"csrf", town.csrf_of(before)}, {"code", totp_code(secret, town.now_s / 30)}}, before);
    REQUIRE(confirmed.status == 200);
    CHECK(says(confirmed, "class=\"recovery\""));

    town.now_s += 60;
    const auto first = town.post("/staff/sign-in", name_and_password("mika", k_password, "/staff/planner"));
    REQUIRE(first.status == 303);
    CHECK(location(first).starts_with("/staff/code"));
    const auto pending = token_given(first);
    CHECK(location(town.get("/staff", pending)) == "/staff/code");
    CHECK_FALSE(says(town.get("/staff/code", pending), k_staff_here));
    const auto csrf = town.csrf_of(pending);
    CHECK(town.post("/staff/code", {{"csrf", csrf}, {"code", "000000"}}, pending).status == 401);
    const auto code = totp_code(secret, town.now_s / 30);
    const auto whole = town.post("/staff/code", {{"csrf", csrf}, {"code", code}, {"next", "/staff/planner"}}, pending);
    REQUIRE(whole.status == 303);
    CHECK(location(whole) == "/staff/planner");
    const auto token = token_given(whole);
    CHECK(token != pending);
    CHECK(town.get("/staff", pending).status == 303); // the old one is dead
    CHECK(says(town.get("/staff/services/" + town.services.at("潮の調整先"), token), k_coordinator_here));

    const auto again = token_given(town.post("/staff/sign-in", name_and_password("mika")));
    CHECK(town.post("/staff/code", {{"csrf", town.csrf_of(again)}, {"code", code}}, again).status == 401); // used

    // Who finds a session open cannot take the second step away.
    CHECK(town.post("/staff/totp/remove", {{"csrf", town.csrf_of(token)}, {"password", "a wrong password"}}, token)
              .status == 422);
    CHECK(town.accounts().find(id)->has_totp);
    CHECK(town.post("/staff/totp/remove", {{"csrf", town.csrf_of(token)}, {"password", std::string{k_password}}}, token)
              .status == 303);
    CHECK_FALSE(town.accounts().find(id)->has_totp);
}

TEST_CASE("A password that somebody else gave is changed first; the other sessions end") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here, directory::PasswordOrigin::given);
    const auto answer = town.post("/staff/sign-in", name_and_password("mika"));
    CHECK(location(answer) == "/staff/password");
    const auto token = token_given(answer);
    const auto other = town.token_of("mika");
    CHECK(location(town.get("/staff/search", token)) == "/staff/password");
    const auto change = [&](const std::string& old_one, const std::string& new_one, const std::string& repeated) {
        return town.post("/staff/password",
                         {{"csrf", town.csrf_of(token)}, {"old", old_one}, {"new", new_one}, {"again", repeated}},
                         token);
    };
    CHECK(change(std::string{k_password}, "another long password", "something else").status == 422);
    CHECK(change(std::string{k_password}, "short", "short").status == 422);
    CHECK(change("wrong", "another long password", "another long password").status == 422);
    const auto changed = change(std::string{k_password}, "another long password", "another long password");
    REQUIRE(changed.status == 303);
    CHECK(town.get("/staff", token_given(changed)).status == 200);
    CHECK(town.get("/staff", token).status == 303);
    CHECK(town.get("/staff", other).status == 303);
}

TEST_CASE("Sessions end by signing out, by lying idle and by their age") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    auto token = town.token_of("mika");
    const auto out = town.post("/staff/sign-out", {{"csrf", town.csrf_of(token)}}, token);
    CHECK(out.status == 303);
    CHECK(header_of(out, "Set-Cookie").find("Max-Age=0") != std::string::npos);
    CHECK(town.get("/staff", token).status == 303);

    token = town.token_of("mika");
    town.now_s += 31 * 60;
    CHECK(town.get("/staff", token).status == 303);

    token = town.token_of("mika");
    for (int i = 0; i < 12 * 60 / 20; ++i) {
        town.now_s += 20 * 60;
        town.get("/staff", token);
    }
    town.now_s += 60;
    CHECK(town.get("/staff", token).status == 303);
}

TEST_CASE("An administrator of a municipality tends its accounts, no others, and not their own role") {
    StaffTown town;
    const auto own = town.account("admin", Role::administrator, k_here);
    const auto here = town.account("mika", Role::viewer, k_here);
    const auto there = town.account("oki", Role::viewer, k_there);
    const auto token = town.token_of("admin");
    const auto csrf = town.csrf_of(token);
    CHECK(says(town.get("/staff/accounts", token), "mika"));
    CHECK_FALSE(says(town.get("/staff/accounts", token), ">oki<"));
    CHECK(town.get("/staff/accounts/" + std::to_string(there), token).status == 404);
    const auto change = [&](std::int64_t id, Query fields) {
        fields.emplace_back("csrf", csrf);
        return town.post("/staff/accounts/" + std::to_string(id), fields, token);
    };
    CHECK(change(there, {{"do", "disable"}}).status == 404);
    CHECK_FALSE(town.accounts().find(there)->disabled);
    CHECK(change(own, {{"do", "disable"}}).status == 403);
    CHECK(change(own, {{"do", "role"}, {"role", "steward"}, {"municipality", std::string{k_here}}}).status == 403);
    // Neither may they make one for elsewhere, or for the whole store.
    CHECK(change(here, {{"do", "role"}, {"role", "viewer"}, {"municipality", std::string{k_there}}}).status == 403);
    for (const std::string& municipality : {std::string{k_there}, std::string{}}) {
        CHECK(
            town.post("/staff/accounts",
                      {{"name", "new.one"}, {"role", "administrator"}, {"municipality", municipality}, {"csrf", csrf}},
                      token)
                .status == 403);
    }
    const auto working = town.token_of("mika");
    CHECK(change(here, {{"do", "role"}, {"role", "steward"}, {"municipality", std::string{k_here}}}).status == 303);
    CHECK(town.get("/staff", working).status == 303); // with another role another session
    CHECK(change(here, {{"do", "disable"}}).status == 303);
    CHECK(town.post("/staff/sign-in", name_and_password("mika")).status == 401);
    CHECK(change(here, {{"do", "enable"}}).status == 303);
    const auto reset = change(here, {{"do", "password"}});
    CHECK(reset.status == 200);
    CHECK(says(reset, "class=\"secret\""));

    const auto log = town.get("/staff/audit", token);
    CHECK(says(log, "mika"));
    CHECK_FALSE(says(log, ">oki<"));
}

TEST_CASE("What staff export is logged with its policy and form, and what they look for is not") {
    StaffTown town;
    town.account("mika", Role::planner, k_here);
    const auto token = town.token_of("mika");
    const auto newest = [&] { return town.accounts().audit_log(0, 1).front(); };
    const auto before = newest().id;
    REQUIRE(town.get("/api/v1/staff/coverage?policy=jidokan_per_chugakkoku&layer=chugakkoku&f=csv", token).status ==
            200);
    const auto entry = newest();
    CHECK(entry.id == before + 1);
    CHECK(entry.action == directory::AuditAction::export_);
    CHECK(entry.name == "mika");
    CHECK(entry.what == "coverage jidokan_per_chugakkoku csv");
    CHECK(town.get("/api/v1/staff/coverage?policy=nothing&f=csv", token).status != 200);
    const auto csrf = town.csrf_of(token);
    CHECK(town.post_json("/api/v1/staff/resources", R"({"q":"しおのひみつ"})", token, csrf).status == 200);
    CHECK(town.get("/staff/search?q=%E3%81%97%E3%81%8A", token).status == 200);
    CHECK(newest().id == entry.id);
}

TEST_CASE("The log tells what commands on the server did, in every language, to those it concerns") {
    using enum directory::AuditAction;
    StaffTown town;
    town.account("root", Role::administrator, "");
    town.account("here", Role::administrator, k_here);
    town.account("there", Role::administrator, k_there);
    auto by = directory::Actor::console("shirube (mika)");
    town.accounts().audit(by, undo, "#11 holidays done", town.now_s);
    by.municipality = k_here;
    town.accounts().audit(by, import, "#12 resources some_rejected: done 台帳", town.now_s);
    town.accounts().audit(by, agreement_changed, "#3 added: 99201 -> 99341 staff 2026-04-01 – ", town.now_s);
    const auto page = [&](const std::string& name, const std::string& language) {
        return town.get("/staff/audit?lang=" + language, town.token_of(name));
    };
    for (const auto* name : {"root", "here", "there"}) {
        const auto ja = page(name, "ja");
        CHECK(says(ja, "#11 祝日 （済み）") == (name == std::string_view{"root"}));
        CHECK(says(ja, "#12 事業 （一部の行は取り込めない）: done 台帳") == (name != std::string_view{"there"}));
    }
    const auto ja = page("root", "ja");
    CHECK(says(ja, "サーバーでの操作（shirube (mika)）"));
    CHECK(says(ja, "#3 結んだ: 99201 → 99341 職員まで 2026-04-01 –"));
    const auto en = page("root", "en");
    CHECK(says(en, "On the server: shirube (mika)"));
    CHECK(says(en, "#12 places and services (some rows were rejected): done 台帳"));
    CHECK(says(page("root", "ja-easy"), "<rt>ばしょ</rt>"));
}

TEST_CASE("Injection through every field of a form comes back as text or not at all") {
    StaffTown town;
    town.account("root", Role::administrator, "");
    const auto token = town.token_of("root");
    const auto csrf = town.csrf_of(token);
    const std::string evil = "\"><script>alert(1)</script>'{{x}}[[y]]\r\nX: y";
    const std::vector<std::pair<std::string, std::vector<std::string>>> forms{
        {"/staff/sign-in", {"name", "password", "next"}},
        {"/staff/code", {"code", "next"}},
        {"/staff/password", {"old", "new", "again"}},
        {"/staff/totp/confirm", {"code"}},
        {"/staff/totp/remove", {"password"}},
        {"/staff/accounts", {"name", "role", "municipality"}},
        {"/staff/accounts/1", {"do", "role", "municipality"}},
        {"/staff/search", {"q", "programme", "within", "age", "day"}}};
    for (const auto& [path, names] : forms) {
        for (const auto& name : names) {
            INFO(path << " " << name);
            auto answer = town.post(path, {{"csrf", csrf}, {name, evil}}, token);
            CHECK_FALSE(says(answer, "<script>alert"));
            const auto response = respond(staff_request(path, token), answer, Connection::keep, http_date());
            CHECK(response.head.find("\r\nX: y") == std::string::npos);
        }
    }
    for (const auto* target :
         {"/staff/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/staff/services/%3Cscript%3Ealert",
          "/staff/districts/%3Cscript%3E/x", "/staff/planner?policy=%22%3E%3Cscript%3Ealert",
          "/staff/audit?before=%3Cscript%3Ealert", "/staff/sign-in?next=%22%3E%3Cscript%3Ealert",
          "/staff/..%2F..%2Fetc/passwd", "/staff/services/..%2F..%2Fx"}) {
        INFO(target);
        CHECK_FALSE(says(town.get(target, token), "<script>alert"));
    }
}

TEST_CASE("A place is not taken by a staff page's address, nor answered with one") {
    StaffTown town;
    town.account("mika", Role::caseworker, k_here);
    const auto token = town.token_of("mika");
    CHECK(town.get("/staff/search?near=137.1,33.2", token).status == 400);
    CHECK(town.get("/staff/search?bbox=137,33,138,34", token).status == 400);
    const auto posted =
        town.post("/staff/search", {{"csrf", town.csrf_of(token)}, {"place", "浜町1-2-3"}, {"q", "館"}}, token);
    CHECK(posted.status == 303);
    CHECK(location(posted).find("near") == std::string::npos);
    CHECK(location(posted).starts_with("/staff/search"));
    CHECK_FALSE(says(town.get("/staff/search", token), "name=\"place\""));
    const auto csrf = town.csrf_of(token);
    CHECK(town.post_json("/api/v1/staff/resources", R"({"near":"137.1,33.2"})", token, csrf).status == 200);
    CHECK(town.post_json("/api/v1/staff/resources?near=137.1,33.2", "{}", token, csrf).status == 400);
    for (const auto* body : {"[]", "{", "{\"near\":{}}", "{\"near\":null}", "\xff"}) {
        const auto answer = town.post_json("/api/v1/staff/resources", body, token, csrf);
        CHECK(answer.status == 400);
        CHECK(answer.content_type == "application/problem+json");
    }
}

TEST_CASE("What staff are told of a place stands on its page, in every language") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    const auto token = town.token_of("mika");
    const auto id = town.services.at("浜会館");
    for (const auto* language : {"ja", "ja-easy", "en"}) {
        const auto page = town.get("/staff/services/" + id + "?lang=" + language, token);
        CHECK(page.status == 200);
        CHECK(says(page, std::string{k_staff_here} + "から"));
        CHECK(says(page, "000-0000-0001"));
    }
    CHECK_FALSE(says(town.get("/services/" + id), "000-0000-0001"));
    const auto neighbour = town.get("/staff/services/" + town.services.at("沖会館"), token);
    CHECK(neighbour.status == 200);
    CHECK_FALSE(says(neighbour, "000-0000-0001"));
}

TEST_CASE("Requests of one account are counted, of another apart, and it is told when to come again") {
    StaffTown town;
    town.account("mika", Role::viewer, k_here);
    town.account("oki", Role::viewer, k_there);
    RateLimiter limiter({{std::string{k_account_limit}, 0.001, 2}});
    StaffSettings settings;
    settings.limiter = &limiter;
    StaffDesk desk(town.store(), town.editions(), settings);
    const auto now = directory::Instant{*directory::parse_day("2026-11-26"), 600};
    const auto ask = [&](const std::string& token) {
        return route_staff(staff_request("/staff", token), desk, now, town.now_s, "ja");
    };
    const auto mika = town.token_of("mika");
    CHECK(ask(mika).status == 200);
    CHECK(ask(mika).status == 200);
    const auto refused = ask(mika);
    CHECK(refused.status == 429);
    CHECK_FALSE(header_of(refused, "Retry-After").empty());
    CHECK(ask(town.token_of("mika")).status == 429); // another session of the same account
    CHECK(ask(town.token_of("oki")).status == 200);
}
