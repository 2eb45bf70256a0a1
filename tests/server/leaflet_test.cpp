// Leaflets as functions from request to answer: what stands on a sheet, under which number, and where its codes lead.
#include "server/pages/templates.hpp"
#include "server/qr_code.hpp"
#include "server/router.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <regex>
#include <set>
#include <string>

namespace shirube::tests {

namespace {

using server::Answer;

constexpr std::string_view k_page = "text/html";

/// As somebody asks whose browser knows the server by its name.
Answer ask(const SmallTown& town, std::string_view target, std::string host = "town.example.jp") {
    auto request = request_for(target, k_page);
    request.host = std::move(host);
    request.secure = true;
    return town.ask(request);
}

bool has(const Answer& answer, std::string_view text) { return answer.content().find(text) != std::string_view::npos; }

std::size_t count_of(const Answer& answer, std::string_view text) {
    std::size_t count = 0;
    for (auto at = answer.content().find(text); at != std::string_view::npos;
         at = answer.content().find(text, at + 1)) {
        ++count;
    }
    return count;
}

/// The numbers behind an attribute, runs ("3–5") written out.
std::multiset<int> numbers_in(const Answer& answer, const std::string& attribute) {
    std::multiset<int> out;
    const std::string body(answer.content());
    const std::regex form(attribute + "=\"([0-9]+)(?:–([0-9]+))?\"");
    for (std::sregex_iterator at(body.begin(), body.end(), form), end; at != end; ++at) {
        const int first = std::stoi((*at)[1]);
        const int last = (*at)[2].matched ? std::stoi((*at)[2]) : first;
        for (int number = first; number <= last; ++number) {
            out.insert(number);
        }
    }
    return out;
}

std::multiset<int> up_to(int count) {
    std::multiset<int> out;
    for (int number = 1; number <= count; ++number) {
        out.insert(number);
    }
    return out;
}

bool has_code_for(const Answer& answer, std::string_view address) {
    return has(answer, server::qr_code(address).value().path);
}

std::string location_of(const Answer& answer) { return header_of(answer, "Location"); }

constexpr std::string_view k_west = "/print/leaflet?layer=chugakkoku&district=99201-nishi";

} // namespace

TEST_CASE("every number on a leaflet's map has its card, and every card of a place its number", "[leaflet]") {
    const auto answer = ask(the_small_town(), k_west);
    REQUIRE(answer.status == 200);
    // Twenty centres from 137.001 to 137.020 and the cafeteria lie in the west; the choice zone is both districts'.
    CHECK(numbers_in(answer, "data-numbers") == up_to(21));
    CHECK(numbers_in(answer, "data-number") == up_to(21));
    CHECK(has(answer, "西中学校"));
    CHECK(has(answer, "みなと&lt;食堂&gt;"));
    CHECK_FALSE(has(answer, "児童館21"));
}

TEST_CASE("what has no position stands in a part of its own, without a number", "[leaflet]") {
    const auto answer = ask(the_small_town(), k_west);
    const auto part = answer.content().find("id=\"unlocated-heading\"");
    const auto card = answer.content().find("場所のない食堂");
    REQUIRE(part != std::string_view::npos);
    REQUIRE(card != std::string_view::npos);
    CHECK(card > part);
    CHECK(count_of(answer, "data-number=") == 21);
    CHECK(count_of(answer, "<article class=\"leaflet-card\"") == 22);
}

TEST_CASE("codes lead to each service, and the sheet's own to the same search", "[leaflet]") {
    const auto answer = ask(the_small_town(), std::string(k_west) + "&programme=food&age=7");
    CHECK(has_code_for(answer, "https://town.example.jp/services/v26"));
    CHECK(has_code_for(answer, "https://town.example.jp/services/v27"));
    CHECK(has_code_for(answer, "https://town.example.jp/search?within=chugakkoku:99201-nishi&programme=food&age=7"));
    CHECK(count_of(answer, "data-qr=") == 3);
    CHECK_FALSE(has(answer, "児童館01"));
    const auto english = ask(the_small_town(), std::string(k_west) + "&programme=food&lang=en");
    CHECK(has_code_for(english, "https://town.example.jp/services/v26?lang=en"));
    CHECK(has_code_for(english, "https://town.example.jp/search?within=chugakkoku:99201-nishi&programme=food&lang=en"));
}

TEST_CASE("two names of one server are two answers, and a name that is none prints no code", "[leaflet]") {
    const auto one = ask(the_small_town(), k_west);
    const auto other = ask(the_small_town(), k_west, "other.example.jp");
    CHECK(one.etag_basis != other.etag_basis);
    CHECK(has_code_for(other, "https://other.example.jp/services/v01"));
    const auto hostile = ask(the_small_town(), k_west, "a\"><script>");
    CHECK(hostile.status == 200);
    CHECK(count_of(hostile, "data-qr=") == 0);
    CHECK_FALSE(has(hostile, "<script>"));
}

TEST_CASE("a sheet that leads to the machine it was made on says so", "[leaflet]") {
    CHECK(has(ask(the_small_town(), k_west, "127.0.0.1:8080"), "--public-url"));
    CHECK_FALSE(has(ask(the_small_town(), k_west), "--public-url"));
}

TEST_CASE("a point is never on a leaflet: its districts stand for it, in the address too", "[leaflet]") {
    const auto west =
        ask(the_small_town(), "/print/leaflet?near=137.005,33.010&radius=500&programme=places&sort=distance");
    CHECK(west.status == 303);
    CHECK(west.caching == server::Caching::none);
    CHECK(location_of(west) == "/print/leaflet?programme=places&within=chugakkoku:99201-nishi");
    // In the choice zone a child may go to either.
    const auto both = ask(the_small_town(), "/print/leaflet?near=137.018,33.010");
    CHECK(location_of(both) == "/print/leaflet?within=chugakkoku:99201-higashi&within=chugakkoku:99201-nishi");
    const auto sheet = ask(the_small_town(), location_of(both));
    CHECK(sheet.status == 200);
    CHECK(has(sheet, "東中学校・西中学校"));
    // Where the area is named already the point goes without a trace.
    CHECK(location_of(ask(the_small_town(), std::string(k_west) + "&near=137.005,33.010")) == k_west);
    CHECK(ask(the_small_town(), "/print/leaflet?near=140,40").status == 400);
    CHECK(ask(the_small_town(), "/print/leaflet?near=here").status == 400);
    const auto chooser = ask(the_small_town(), "/leaflet?near=137.005,33.010&title=a");
    CHECK(chooser.status == 303);
    CHECK(location_of(chooser) == "/leaflet?title=a&within=chugakkoku:99201-nishi");
}

TEST_CASE("what there is not is told in three different sentences", "[leaflet]") {
    std::set<std::string> sentences;
    for (const char* query :
         {"layer=nowhere&district=99201-nishi", "layer=chugakkoku&district=99201-nowhere", "list=nothing"}) {
        for (const char* path : {"/print/leaflet?", "/leaflet?"}) {
            const auto answer = ask(the_small_town(), std::string(path) + query);
            CHECK(answer.status == 400);
            const std::string body(answer.content());
            for (const char* sentence : {"その区域の種類はありません。", "その区域は、この種類の区域にありません。",
                                         "その台帳はありません。"}) {
                if (body.find(sentence) != std::string::npos) {
                    sentences.insert(sentence);
                }
            }
        }
    }
    CHECK(sentences.size() == 3);
    for (const char* wrong : {"age=old", "paper=a3", "title=a&title=b", "programme=nothing"}) {
        INFO(wrong);
        CHECK(ask(the_small_town(), fmt::format("{}&{}", k_west, wrong)).status == 400);
    }
}

TEST_CASE("the office's own words are one line each, bounded and escaped", "[leaflet]") {
    const auto answer =
        ask(the_small_town(),
            std::string(k_west) + "&title=%3Cb%3E%E5%A4%8F%E4%BC%91%E3%81%BF%3C%2Fb%3E%0Aa&contact=%22A%22%20%26%20B");
    CHECK(has(answer, "<h1>&lt;b&gt;夏休み&lt;/b&gt; a</h1>"));
    CHECK(has(answer, "&quot;A&quot; &amp; B"));
    std::string sixty;
    for (int i = 0; i < 60; ++i) {
        sixty += "%E5%AD%90"; // 子
    }
    CHECK(ask(the_small_town(), fmt::format("{}&title={}", k_west, sixty)).status == 200);
    CHECK(ask(the_small_town(), fmt::format("{}&title={}x", k_west, sixty)).status == 400);
    CHECK(ask(the_small_town(), fmt::format("{}&contact={}", k_west, std::string(80, 'a'))).status == 200);
    CHECK(ask(the_small_town(), fmt::format("{}&contact={}", k_west, std::string(81, 'a'))).status == 400);
    // Neither is anything that a code says.
    CHECK(has_code_for(ask(the_small_town(), fmt::format("{}&title=a&contact=b&paper=landscape", k_west)),
                       "https://town.example.jp/search?within=chugakkoku:99201-nishi"));
}

TEST_CASE("a leaflet of a list has what the list names, and its code leads to itself", "[leaflet]") {
    const std::string list = server::percent_encode("児童館一覧");
    const auto answer = ask(the_small_town(), "/print/leaflet?list=" + list + "&title=a");
    CHECK(numbers_in(answer, "data-number") == up_to(static_cast<int>(k_centres)));
    CHECK_FALSE(has(answer, "食堂</a>"));
    CHECK(has_code_for(answer, "https://town.example.jp/print/leaflet?list=" + list));
    CHECK(has(answer, "2026年4月1日時点"));
    CHECK(has(answer, "CC BY 4.0"));
    // Districts are no list of places.
    const auto east = ask(the_small_town(), "/print/leaflet?layer=chugakkoku&district=99201-higashi&list=" + list);
    CHECK(numbers_in(east, "data-number") == up_to(10));
}

TEST_CASE("a sheet holds sixty, and says how many there are beyond", "[leaflet]") {
    auto state = small_state();
    const auto first = state.services.front();
    for (int i = 0; i < 50; ++i) {
        auto more = first;
        more.id = fmt::format("w{:02}", i);
        state.services.push_back(std::move(more));
    }
    const SmallTown town(std::move(state));
    const auto answer = ask(town, k_west);
    // 71 have a place in the west, one serves the city without one: 72, of which twelve have no room.
    CHECK(numbers_in(answer, "data-number") == up_to(59));
    CHECK(numbers_in(answer, "data-numbers") == up_to(59));
    CHECK(count_of(answer, "<article class=\"leaflet-card\"") == 60);
    CHECK(has(answer, "ほかに12件あります"));
    CHECK_FALSE(has(ask(the_small_town(), k_west), "ほかに"));
}

TEST_CASE("a service that is reached through others says so in heavier letters", "[leaflet]") {
    auto state = small_state();
    state.services.front().entry = directory::Entry::referral;
    state.services.front().certainty = directory::Certainty::reported;
    const SmallTown town(std::move(state));
    const auto answer = ask(town, k_west);
    CHECK(count_of(answer, "leaflet-guided") == 1);
    CHECK(has(answer, "紹介"));
    CHECK(has(answer, "「未確認」とあるものは"));
    CHECK_FALSE(has(ask(the_small_town(), k_west), "「未確認」とあるものは"));
}

TEST_CASE("an area without anything is no sheet of nothing", "[leaflet]") {
    const auto answer = ask(the_small_town(), std::string(k_west) + "&programme=josei_sodan");
    CHECK(answer.status == 200);
    CHECK(has(answer, "leaflet-nothing"));
}

TEST_CASE("where a leaflet is chosen, what was chosen before stands chosen", "[leaflet]") {
    const auto answer =
        ask(the_small_town(),
            "/leaflet?layer=chugakkoku&district=99201-nishi&programme=food&age=7&title=x&feature=parking");
    REQUIRE(answer.status == 200);
    CHECK(has(answer, "<option value=\"99201-nishi\" selected>"));
    CHECK(has(answer, "name=\"programme\" value=\"food\" checked"));
    CHECK(has(answer, "<option value=\"7\" selected>"));
    CHECK(has(answer, "name=\"title\" type=\"text\" maxlength=\"60\" value=\"x\""));
    CHECK(has(answer, "type=\"hidden\" name=\"feature\" value=\"parking\""));
    CHECK(has(answer, "action=\"/print/leaflet\""));
    CHECK_FALSE(answer.etag_basis.empty());
}

TEST_CASE("a district's page leads to its leaflet", "[leaflet]") {
    CHECK(has(ask(the_small_town(), "/districts/chugakkoku/99201-nishi"),
              "/leaflet?layer=chugakkoku&amp;district=99201-nishi"));
}

} // namespace shirube::tests
