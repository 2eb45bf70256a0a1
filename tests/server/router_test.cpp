// Which handler an address belongs to, in which language, and what is said where there is none.
#include "server/router.hpp"

#include "server/problem.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace shirube::server {

namespace {

using tests::header_of;
using tests::request_for;
using tests::saturday_morning;
using tests::the_small_town;

constexpr std::string_view k_browser = "text/html,application/xhtml+xml,*/*;q=0.8";

bool is_problem(const Answer& answer, std::string_view code) {
    if (answer.content_type != "application/problem+json") {
        return false;
    }
    return nlohmann::json::parse(answer.content()).at("code") == code;
}

bool is_page(const Answer& answer) { return answer.content_type.starts_with("text/html"); }

Request method_request(Method method, std::string_view target) {
    auto request = request_for(target);
    request.method = method;
    return request;
}

std::string_view spoken(std::string_view target, std::string cookie, std::string accepted) {
    auto request = request_for(target);
    request.cookie = std::move(cookie);
    request.accept_language = std::move(accepted);
    return language_of(request);
}

} // namespace

TEST_CASE("an address that holds nothing is a problem for programs and a page for people", "[router]") {
    for (const auto* target : {"/nothing", "/services", "/services/", "//", "/search/", "/index.html", "/admin",
                               "/districts/chugakkoku", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"}) {
        CAPTURE(target);
        const auto for_programs = the_small_town().get(target, "*/*");
        CHECK(for_programs.status == 404);
        CHECK(is_problem(for_programs, "not_found"));
        const auto for_people = the_small_town().get(target, k_browser);
        CHECK(for_people.status == 404);
        CHECK(is_page(for_people));
    }
    // The API and the tiles answer programs, whatever a browser says it takes.
    for (const auto* target : {"/api/v1/nothing", "/api/v2/resources", "/api/v1/", "/tiles/nothing.json",
                               "/tiles/chugakkoku/1/2", "/api/v1/resources/nobody"}) {
        CAPTURE(target);
        CHECK(is_problem(the_small_town().get(target, k_browser), "not_found"));
    }
}

TEST_CASE("a tile's address is three whole numbers and a suffix", "[router]") {
    for (const auto* target :
         {"/tiles/chugakkoku/a/b/c.mvt", "/tiles/chugakkoku/1/1/1", "/tiles/chugakkoku/1/1/1.png",
          "/tiles/chugakkoku/-1/0/0.mvt", "/tiles/chugakkoku/0/0/-0x1.mvt", "/tiles/chugakkoku/1e1/0/0.mvt",
          "/tiles/chugakkoku/14/99999999999/1.mvt", "/tiles/chugakkoku/0/1/0.mvt", "/tiles/chugakkoku/31/0/0.mvt",
          "/tiles/chugakkoku/4294967295/0/0.mvt", "/tiles/nothing/0/0/0.mvt", "/tiles/chugakkoku/0/0/.mvt"}) {
        CAPTURE(target);
        const auto answer = the_small_town().get(target);
        CHECK(answer.status >= 400);
        CHECK(answer.status < 500);
        CHECK(answer.content_type == "application/problem+json");
    }
    CHECK(the_small_town().get("/tiles/chugakkoku/0/0/0.mvt").status == 200);
}

TEST_CASE("a method an address does not take is told which it takes", "[router]") {
    const auto other = [](std::string_view target) {
        return the_small_town().ask(method_request(Method::other, target));
    };
    for (const auto* target :
         {"/", "/planner", "/stages", "/matrix", "/api/v1/resources", "/api/v1/coverage", "/tiles/chugakkoku/0/0/0.mvt",
          "/readyz", "/healthz", "/static/app.css", "/api/v1/openapi.json"}) {
        CAPTURE(target);
        const auto answer = other(target);
        CHECK(answer.status == 405);
        CHECK(header_of(answer, "Allow") == "GET, HEAD");
        CHECK(the_small_town().ask(method_request(Method::post, target)).status == 405);
    }
    CHECK(header_of(other("/search"), "Allow") == "GET, HEAD, POST");
    CHECK(other("/nothing").status == 404);
}

TEST_CASE("HEAD goes where GET goes", "[router]") {
    for (const auto* target :
         {"/", "/api/v1/resources", "/api/v1/resources/v01", "/api/v1/policies", "/healthz", "/readyz", "/nothing"}) {
        CAPTURE(target);
        const auto head = the_small_town().ask(method_request(Method::head, target));
        const auto get = the_small_town().get(target);
        CHECK(head.status == get.status);
        CHECK(head.etag_basis == get.etag_basis);
        CHECK(head.content() == get.content());
    }
}

TEST_CASE("without an edition the server says it is alive but not ready", "[router]") {
    const auto without = [](std::string_view target) {
        return route(request_for(target), nullptr, saturday_morning());
    };
    CHECK(without("/healthz").status == 200);
    for (const auto* target : {"/readyz", "/", "/api/v1/resources", "/nothing"}) {
        CAPTURE(target);
        CHECK(without(target).status == 503);
        CHECK(is_problem(without(target), "not_ready"));
        CHECK_FALSE(header_of(without(target), "Retry-After").empty());
    }
    CHECK(the_small_town().get("/readyz").status == 200);
}

TEST_CASE("the language asked for, else kept, else preferred, else Japanese", "[router]") {
    CHECK(spoken("/", "", "") == "ja");
    CHECK(spoken("/?lang=en", "lang=ja-easy", "ja") == "en");
    CHECK(spoken("/?lang=ja-easy", "", "en") == "ja-easy");
    CHECK(spoken("/?lang=fr", "lang=en", "ja") == "en");
    CHECK(spoken("/", "lang=ja-easy", "en") == "ja-easy");
    CHECK(spoken("/", "a=b; lang=en", "ja") == "en");
    CHECK(spoken("/", "a=b;lang=en;c=d", "ja") == "en");
    CHECK(spoken("/", "xlang=en", "ja") == "ja");
    CHECK(spoken("/", "xlang=ja; lang=en", "") == "en"); // another cookie's name may end the same
    CHECK(spoken("/", "lang=", "en") == "en");
    CHECK(spoken("/", "lang", "en") == "en");
    CHECK(spoken("/", "", "en-GB,en;q=0.9,ja;q=0.8") == "en");
    CHECK(spoken("/", "", "fr-FR, fr;q=0.9, ja;q=0.5, en;q=0.4") == "ja");
    CHECK(spoken("/", "", "de") == "ja");
    CHECK(spoken("/", "", ",,,;;,q=en") == "ja");
    CHECK(spoken("/", "", std::string(10'000, ',')) == "ja");
}

TEST_CASE("what is asked hostile comes back harmless", "[router]") {
    constexpr std::string_view attack = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%26";
    for (const std::string target :
         {"/search?q=", "/search?programme=", "/search?near=", "/?q=", "/planner?policy=", "/planner?layer=",
          "/services/", "/districts/chugakkoku/", "/districts/x/", "/search?lang=", "/about?x="}) {
        CAPTURE(target);
        const auto answer = the_small_town().get(target + std::string(attack), k_browser);
        CHECK(answer.content().find("<script>alert") == std::string::npos);
        CHECK(answer.content().find("\"'&") == std::string::npos);
        CHECK(answer.status < 500);
    }
    const auto results = the_small_town().get("/search?q=%E3%81%BF%E3%81%AA%E3%81%A8", k_browser);
    CHECK(results.content().find("<食堂>") == std::string::npos);
    CHECK(results.content().find("みなと&lt;食堂&gt;") != std::string::npos);
}

TEST_CASE("a redirect stays on this server and keeps line breaks encoded", "[router]") {
    for (const auto* place : {"%0D%0ASet-Cookie:%20x=1", "//example.jp", "https://example.jp/", "a%0Ab",
                              "%22%3E%3Cb%3E", "\\\\example.jp"}) {
        CAPTURE(place);
        auto request = method_request(Method::post, "/search");
        request.content_type = "application/x-www-form-urlencoded";
        request.body = std::string("place=") + place + "&q=" + place;
        request.accept = k_browser;
        const auto answer = the_small_town().ask(request);
        CHECK(answer.status < 500);
        const auto location = header_of(answer, "Location");
        CHECK(location.find_first_of("\r\n\"<>\\") == std::string::npos);
        if (!location.empty()) {
            CHECK(location.starts_with('/'));
            CHECK_FALSE(location.starts_with("//"));
        }
    }
}

} // namespace shirube::server
