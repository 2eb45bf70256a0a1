// What the API answers staff fits the schemas of the OpenAPI document, member by member: with rows of every kind that a
// caseworker, a planner and a steward may have.
#include "directory/store.hpp"
#include "tests/server/support/openapi_document.hpp"
#include "tests/server/support/seed_forms.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;
using nlohmann::json;

namespace {

/// \param path as the document writes it
void check_fits(const Answer& answer, const std::string& path, const std::string& method = "get") {
    INFO(method << " " << path << ": " << answer.content().substr(0, 500));
    REQUIRE(answer.status == 200);
    const json& response =
        resolved(openapi_document().at("paths").at(path).at(method).at("responses").at(std::to_string(answer.status)));
    const auto type = std::string{answer.content_type};
    REQUIRE(response.at("content").contains(type));
    CHECK(misfits(response.at("content").at(type).at("schema"), json::parse(answer.content())) ==
          std::vector<std::string>{});
}

std::string id_in(const Answer& kept) {
    REQUIRE(kept.status == 303);
    auto location = header_of(kept, "Location");
    location = location.substr(0, location.find('?'));
    return location.substr(location.rfind('/') + 1);
}

} // namespace

TEST_CASE("Answers about seeds and needs fit the document, with and without what is left open", "[openapi]") {
    StaffTown town;
    const SignedIn planner(town, Role::planner);
    check_fits(planner.get("/api/v1/staff/seeds"), "/api/v1/staff/seeds");
    const auto kept_offer = id_in(planner.post("/staff/seeds/offers/new", changed(offer(), "site", "浜会館")));
    const auto kept_want = id_in(planner.post("/staff/seeds/wants/new", want()));
    check_fits(planner.get("/api/v1/staff/seeds"), "/api/v1/staff/seeds");
    check_fits(planner.get("/api/v1/staff/seeds/" + kept_offer), "/api/v1/staff/seeds/{id}");
    check_fits(planner.get("/api/v1/staff/seeds/" + kept_want), "/api/v1/staff/seeds/{id}");
}

TEST_CASE("A caseworker's answers fit the document", "[openapi]") {
    StaffTown town;
    const SignedIn caseworker(town, Role::caseworker);
    const json family{{"near", {{{"role", "home"}, {"point", {137.1, 33.2}}}}},
                      {"mode", "car"},
                      {"when", {{"weekdays", {"tue"}}, {"from", "15:00"}, {"to", "18:00"}}},
                      {"people",
                       {{{"age_months", 100}, {"stage", "elementary"}, {"needs", {"after_school", "meals"}}},
                        {{"kind", "parent"}, {"needs", {"housework", "talk"}}}}}};
    check_fits(town.post_json("/api/v1/staff/match", family.dump(), caseworker.token, caseworker.csrf),
               "/api/v1/staff/match", "post");
    check_fits(caseworker.get("/api/v1/staff/match/needs"), "/api/v1/staff/match/needs");
}

TEST_CASE("Staff's tables and networks fit the document", "[openapi]") {
    StaffTown town;
    const SignedIn planner(town, Role::planner);
    for (const auto& [target, path] : std::vector<std::pair<std::string, std::string>>{
             {"/api/v1/staff/relations", "/api/v1/staff/relations"},
             {"/api/v1/staff/network", "/api/v1/staff/network"},
             {"/api/v1/staff/resources/" + town.services.at("潮の居場所"), "/api/v1/staff/resources/{id}"},
             {"/api/v1/staff/stages?municipality=99201", "/api/v1/staff/stages"},
             {"/api/v1/staff/matrix", "/api/v1/staff/matrix"},
             {"/api/v1/staff/unmet", "/api/v1/staff/unmet"},
             {"/api/v1/staff/policies", "/api/v1/staff/policies"},
             {"/api/v1/staff/coverage?policy=jidokan_per_chugakkoku", "/api/v1/staff/coverage"}}) {
        check_fits(planner.get(target), path);
    }
}
