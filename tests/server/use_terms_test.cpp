// On what terms residents of another municipality use a service, and who could come: in the answers of the API and on
// the pages, and for whom.
#include "server/respond.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;
using nlohmann::json;

namespace {

std::vector<std::string> names_in(const Answer& answer) {
    REQUIRE(answer.status == 200);
    std::vector<std::string> names;
    const json told = json::parse(answer.content());
    for (const auto& feature : told.at("features")) {
        names.push_back(feature.at("properties").at("name"));
    }
    return names;
}

json question() {
    return {{"near", {{{"role", "home"}, {"point", {137.1, 33.2}}}}},
            {"people", {{{"age_months", 8}, {"needs", {"housework"}}}}},
            {"when", {{"weekdays", {"tue"}}, {"from", "09:00"}, {"to", "12:00"}}}};
}

json asked_by(StaffTown& town, std::string_view municipality) {
    const auto name = "caseworker" + std::string{municipality};
    town.account(name, Role::caseworker, municipality);
    const auto token = town.token_of(name);
    const auto answer = town.post_json("/api/v1/staff/match", question().dump(), token, town.csrf_of(token));
    REQUIRE(answer.status == 200);
    return json::parse(answer.content());
}

} // namespace

TEST_CASE("A service tells on what terms other municipalities' residents may use it") {
    StaffTown town;
    const auto answer = town.get("/api/v1/resources/" + town.services.at("沖会館"));
    REQUIRE(answer.status == 200);
    const json properties = json::parse(answer.content()).at("properties");
    CHECK(properties.at("usable_by") == json{"99341", "99201"});
    REQUIRE(properties.at("usable_by_terms").size() == 1);
    CHECK(properties.at("usable_by_terms")[0] == json{{"municipality", "99201"},
                                                      {"contract", "mutual"},
                                                      {"fee", "paid"},
                                                      {"fee_text", "1日500円"},
                                                      {"days", {"tue", "thu"}},
                                                      {"text", "相互利用、1日500円、火・木"}});
    const auto other = town.get("/api/v1/resources/" + town.services.at("浜会館"));
    CHECK(json::parse(other.content()).at("properties").at("usable_by_terms").empty());
    // On its page and on its card, with the municipality's name.
    CHECK(town.get("/services/" + town.services.at("沖会館")).content().find("潮見野市の方：相互利用、1日500円") !=
          std::string::npos);
    CHECK(town.get("/search?residents_of=99201").content().find("潮見野市の方：相互利用、1日500円") !=
          std::string::npos);
    CHECK(town.get("/search?residents_of=99341").content().find("の方：相互利用") == std::string::npos);
}

TEST_CASE("A search asks for the contract of the terms and minds their days") {
    StaffTown town;
    CHECK(names_in(town.get("/api/v1/resources?residents_of=99201&use_contract=mutual")) ==
          std::vector<std::string>{"沖会館", "浜会館"});
    CHECK(names_in(town.get("/api/v1/resources?residents_of=99201&use_contract=entrusted")) ==
          std::vector<std::string>{"浜会館"});
    CHECK(names_in(town.get("/api/v1/resources?residents_of=99201&day=fri")) == std::vector<std::string>{"浜会館"});
    CHECK(names_in(town.get("/api/v1/resources?residents_of=99201&day=tue")).size() == 2);
    const auto refused = town.get("/api/v1/resources?use_contract=mutual");
    CHECK(refused.status == 400);
    CHECK(json::parse(refused.content()).at("parameter") == "residents_of");
}

TEST_CASE("The form offers whose residents, and a form without them drops their terms") {
    StaffTown town;
    const auto page = std::string{town.get("/search?residents_of=99201").content()};
    CHECK(page.find("<option value=\"99201\" selected>潮見野市</option>") != std::string::npos);
    CHECK(page.find("<option value=\"99341\">沖ノ浜町</option>") != std::string::npos);
    // And by which contract, of those that terms here state.
    const auto chosen = std::string{town.get("/search?residents_of=99201&use_contract=mutual").content()};
    CHECK(chosen.find("<option value=\"mutual\" selected>相互利用</option>") != std::string::npos);
    CHECK(chosen.find("type=\"hidden\" name=\"use_contract\"") == std::string::npos);
    CHECK(page.find("<option value=\"mutual\">相互利用</option>") != std::string::npos);
    CHECK(page.find("<option value=\"entrusted\"") == std::string::npos);
    const auto posted = town.post("/search", {{"residents_of", ""}, {"use_contract", "mutual"}});
    CHECK(posted.status == 303);
    for (const auto& [name, value] : posted.headers) {
        CHECK(value.find("use_contract") == std::string::npos);
    }
}

TEST_CASE("The table of municipalities counts a neighbour's services by the contract of their terms") {
    StaffTown town;
    const auto answer = town.get("/api/v1/matrix?at=2026-11-21");
    REQUIRE(answer.status == 200);
    const json told = json::parse(answer.content());
    json contracts = json::object();
    for (const auto& municipality : told.at("municipalities")) {
        for (const auto& cell : municipality.at("cells")) {
            int sum = 0;
            for (const auto& [contract, count] : cell.at("across_by_contract").items()) {
                sum += count.get<int>();
                contracts[municipality.at("code").get<std::string>()][contract] = count;
            }
            CHECK(sum == cell.at("across").get<int>());
        }
    }
    CHECK(contracts == json{{"99201", {{"mutual", 1}}}});
    const auto table = std::string{town.get("/api/v1/matrix?at=2026-11-21&f=csv").content()};
    CHECK(table.find("相互利用 1") != std::string::npos);
}

TEST_CASE("The table of stages tells and keeps a neighbour's services by the contract of their terms") {
    StaffTown town;
    const auto sums = [](const json& told) {
        json contracts = json::object();
        for (const auto& group : told.at("groups")) {
            for (const auto& row : group.at("rows")) {
                for (const auto& cell : row.at("cells")) {
                    int sum = 0;
                    for (const auto& [contract, count] : cell.at("across_by_contract").items()) {
                        sum += count.get<int>();
                        contracts[contract] = contracts.value(contract, 0) + count.get<int>();
                    }
                    CHECK(sum == cell.at("across").get<int>());
                }
            }
        }
        return contracts;
    };
    const auto asked = [&](const std::string& more) {
        const auto answer = town.get("/api/v1/stages?municipality=99201&at=2026-11-21" + more);
        REQUIRE(answer.status == 200);
        return json::parse(answer.content());
    };
    const json any = asked("");
    CHECK(any.at("use_contract").is_null());
    CHECK(any.at("across_by_contract") == json{{"mutual", 1}});
    CHECK(sums(any).at("mutual") > 0);
    CHECK(sums(asked("&use_contract=mutual")) == sums(any));
    const json none = asked("&use_contract=entrusted");
    CHECK(none.at("use_contract") == "entrusted");
    CHECK(none.at("across_by_contract") == any.at("across_by_contract"));
    CHECK(sums(none).empty());
    for (const char* wrong : {"unknown", "相互利用", "nothing"}) {
        INFO(wrong);
        CHECK(town.get("/api/v1/stages?use_contract=" + percent_encode(wrong)).status == 400);
    }
    const auto csv = std::string{town.get("/api/v1/stages?municipality=99201&at=2026-11-21&f=csv").content()};
    CHECK(csv.find("使える他市区町村の契約") != std::string::npos);
    CHECK(csv.find("相互利用 1") != std::string::npos);

    const auto page = [&](const std::string& more) {
        return std::string{town.get("/stages?municipality=99201&at=2026-11-21" + more).content()};
    };
    CHECK(page("").find("<option value=\"mutual\">相互利用（1）</option>") != std::string::npos);
    CHECK(page("").find("<span class=\"terms\">相互利用 1</span>") != std::string::npos);
    CHECK(page("&use_contract=mutual").find("<option value=\"mutual\" selected>") != std::string::npos);
    const auto filtered = page("&use_contract=entrusted");
    CHECK(filtered.find("<option value=\"entrusted\" selected>委託（0）</option>") != std::string::npos);
    CHECK(filtered.find("<span class=\"terms\">") == std::string::npos);
    CHECK(filtered.find("use_contract=entrusted&amp;f=csv") != std::string::npos); // what is taken away is the same
    // Where nobody states terms there is nothing to choose.
    CHECK(std::string{town.get("/stages?municipality=99341&at=2026-11-21").content()}.find("id=\"use_contract\"") ==
          std::string::npos);
}

TEST_CASE("Who could come is told to the municipality's own staff, with date and source, and to nobody else") {
    StaffTown town;
    const json here = asked_by(town, k_here);
    REQUIRE(here.at("helpers").size() == 1);
    const json& helpers = here.at("helpers")[0];
    CHECK(helpers.at("organization") == std::string{k_staff_here} + "訪問の会");
    CHECK(helpers.at("count") == 4);
    CHECK(helpers.at("days") == json{"mon", "tue", "wed", "thu", "fri"});
    CHECK(helpers.at("here") == "yes");
    CHECK(helpers.at("then") == "yes");
    CHECK(helpers.at("for") == json::array({{{"person", 0}, {"need", "housework"}}}));
    CHECK(helpers.at("counted_on") == "2026-10-01");
    CHECK(helpers.at("source").at("list") == "訪問支援員の数");
    CHECK(helpers.at("source").at("as_of") == "2026-10-01");
    // Whoever asks for a home of another municipality gets neither theirs nor its own.
    CHECK(asked_by(town, k_there).at("helpers").empty());
    for (const char* target : {"/api/v1/resources", "/api/v1/matrix", "/api/v1/needs", "/search", "/about",
                               "/api/v1/editions", "/api/v1/suggest?q=%E3%81%97%E3%81%8A"}) {
        INFO(target);
        CHECK(town.get(target).content().find(k_staff_here) == std::string::npos);
    }
}
