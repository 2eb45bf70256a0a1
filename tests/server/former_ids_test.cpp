// Ids that were given out: one that is part of another leads there, one that ended says so, one that is hidden or never
// was says nothing.
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::tests;

namespace {

SmallTown town_with_former_ids() {
    auto state = small_state();
    state.moved = {{"movedservice1", state.services.front().id}, {"movedsite0001", state.sites.front().id}};
    state.ended = {{"endedservice1", "2026-04-01"}};
    state.ended_sites = {{"endedsite0001", "2026-04-01"}};
    return SmallTown(std::move(state));
}

} // namespace

TEST_CASE("an id that is part of another now leads there, and nobody keeps the way", "[former]") {
    const auto town = town_with_former_ids();
    const auto& service = town.reader().services().front().id;
    const auto answer = town.get("/api/v1/resources/movedservice1");
    CHECK(answer.status == 301);
    CHECK(header_of(answer, "Location") == "/api/v1/resources/" + service);
    CHECK(answer.caching == server::Caching::none);
    CHECK(town.get(header_of(answer, "Location")).status == 200);

    const auto page = town.get("/services/movedservice1", "text/html");
    CHECK(page.status == 301);
    CHECK(header_of(page, "Location") == "/services/" + service);
    const auto site = town.get("/sites/movedsite0001?lang=en", "text/html");
    CHECK(site.status == 301);
    CHECK(header_of(site, "Location") == "/sites/" + town.reader().sites().front().id + "?lang=en");
    CHECK(town.get(header_of(site, "Location"), "text/html").status == 200);
}

TEST_CASE("a service that ended says so, one that is hidden or never was does not", "[former]") {
    const auto town = town_with_former_ids();
    const auto ended = town.get("/api/v1/resources/endedservice1");
    CHECK(ended.status == 410);
    const auto problem = nlohmann::json::parse(ended.content());
    CHECK(problem.at("code") == "ended");
    CHECK(problem.at("detail").get<std::string>().find("2026-04-01") != std::string::npos);
    CHECK(town.get("/services/endedservice1", "text/html").status == 410);
    CHECK(town.get("/services/endedservice1", "text/html").content().find("廃止") != std::string_view::npos);
    CHECK(town.get("/api/v1/resources/neverwas00001").status == 404);
    CHECK(town.get("/services/neverwas00001", "text/html").status == 404);
    const auto site = town.get("/sites/endedsite0001", "text/html");
    CHECK(site.status == 410);
    CHECK(site.content().find("廃止") != std::string_view::npos);
    CHECK(town.get("/services/endedsite0001", "text/html").status == 404);
    CHECK(town.get("/sites/endedservice1", "text/html").status == 404);
}
