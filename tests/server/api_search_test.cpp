// GET /resources and /resources/{id}: what the contract promises of an answer, and that paging loses nothing.
#include "server/respond.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using nlohmann::json;
using tests::k_centres;
using tests::SmallTown;
using tests::the_small_town;

std::vector<std::string> ids_of(const json& collection) {
    std::vector<std::string> out;
    for (const auto& feature : collection.at("features")) {
        out.push_back(feature.at("properties").at("id"));
    }
    return out;
}

/// Every page from the first on, by the links alone.
std::vector<std::string> walk(std::string address) {
    std::vector<std::string> out;
    for (int page = 0; page < 100; ++page) {
        const auto document = the_small_town().json(address);
        const auto ids = ids_of(document);
        CHECK(document.at("numberReturned") == ids.size());
        out.insert(out.end(), ids.begin(), ids.end());
        if (document.at("links").empty()) {
            CHECK(document.at("numberMatched") == out.size());
            return out;
        }
        REQUIRE(document.at("links").size() == 1);
        CHECK(document.at("links")[0].at("rel") == "next");
        address = document.at("links")[0].at("href");
    }
    FAIL("The links never end.");
    return out;
}

void check_feature(const json& feature) {
    CHECK(feature.at("type") == "Feature");
    const auto& properties = feature.at("properties");
    CHECK(feature.at("id") == properties.at("id"));
    for (const auto* name : {"name",
                             "public_name",
                             "programme",
                             "programme_label",
                             "organization",
                             "address",
                             "municipality",
                             "districts",
                             "distance_m",
                             "accuracy_m",
                             "walk_minutes",
                             "schedule_text",
                             "ages",
                             "stage",
                             "entry",
                             "fee",
                             "transport",
                             "department",
                             "status",
                             "certainty",
                             "last_confirmed_on",
                             "position_quality",
                             "source"}) {
        CAPTURE(name);
        CHECK(properties.contains(name));
    }
    CHECK(properties.at("ages").contains("from_months"));
    CHECK(properties.at("ages").contains("to_months"));
    CHECK(properties.at("districts").is_object());
}

} // namespace

TEST_CASE("a search answers a collection with its frame, and features with every field", "[api]") {
    const auto answer = the_small_town().get("/api/v1/resources?limit=1000");
    CHECK(answer.status == 200);
    CHECK(answer.content_type == "application/geo+json");
    const auto document = json::parse(answer.content());
    CHECK(document.at("type") == "FeatureCollection");
    CHECK(document.at("numberMatched") == k_centres + 1);
    CHECK(document.at("numberReturned") == k_centres + 1);
    CHECK(document.at("edition") == the_small_town().reader().edition());
    CHECK(document.at("at") == "2026-11-21T10:00+09:00");
    CHECK(document.at("links").empty());
    for (const auto& feature : document.at("features")) {
        check_feature(feature);
        CHECK(feature.at("geometry").at("type") == "Point");
        CHECK(feature.at("properties").at("distance_m").is_null());
        CHECK_FALSE(feature.at("properties").contains("open"));
    }
    const auto& without = document.at("without_position");
    CHECK(without.at("numberMatched") == 1);
    REQUIRE(without.at("features").size() == 1);
    check_feature(without.at("features")[0]);
    CHECK(without.at("features")[0].at("geometry").is_null());
    CHECK(without.at("features")[0].at("properties").at("id") == "v27");
}

TEST_CASE("unknown is null, and what a list wrote is kept to the letter", "[api]") {
    const auto document = the_small_town().json("/api/v1/resources?limit=1000");
    const auto& features = document.at("features");
    const auto find = [&](std::string_view id) -> const json& {
        return std::ranges::find_if(features, [&](const json& f) { return f.at("id") == id; })->at("properties");
    };
    const auto& centre = find("v01");
    CHECK(centre.at("ages").at("from_months").is_null());
    CHECK(centre.at("fee") == "unknown");
    CHECK(centre.at("schedule_text").is_null());
    CHECK(centre.at("accuracy_m").is_null());
    CHECK(centre.at("last_confirmed_on").is_null());
    CHECK(centre.at("source").at("as_of") == "2026-04-01");
    const auto& cafeteria = find("v26");
    CHECK(cafeteria.at("name") == "みなと<食堂> \"ごはん\" \\ \x01");
    CHECK(cafeteria.at("ages").at("to_months") == 216);
    CHECK(cafeteria.at("fee") == "free");
    CHECK(cafeteria.at("source").at("as_of").is_null());
}

TEST_CASE("a place in a choice zone belongs to both districts", "[api]") {
    const auto document = the_small_town().json("/api/v1/resources?near=137.017,33.01&limit=1");
    const auto& properties = document.at("features")[0].at("properties");
    CHECK(properties.at("id") == "v17");
    CHECK(properties.at("districts").at("chugakkoku") == json({"99201-higashi", "99201-nishi"}));
}

TEST_CASE("the nearest come first, with a distance and a walk", "[api]") {
    const auto document = the_small_town().json("/api/v1/resources?near=137.0132,33.01&programme=jidokan&limit=3");
    CHECK(ids_of(document) == std::vector<std::string>{"v13", "v14", "v12"});
    const auto& first = document.at("features")[0].at("properties");
    // 0.0002 degrees of longitude at 33 degrees north are 18.7 m.
    CHECK(first.at("distance_m").get<int>() == 19);
    CHECK(first.at("walk_minutes") == 1);
    const auto all = walk("/api/v1/resources?near=137.0132,33.01&limit=1000");
    CHECK(all.size() == k_centres + 1);
}

TEST_CASE("pages follow one another without loss or repetition, in every order", "[api]") {
    for (const std::string order :
         {"", "&sort=name", "&sort=updated", "&near=137.012,33.01", "&near=137.012,33.01&sort=name",
          "&programme=jidokan,kodomo_shokudo", "&bbox=137,33,137.05,33.05",
          "&within=chugakkoku:99201-nishi&within=chugakkoku:99201-higashi", "&near=137.012,33.01&radius=5000",
          "&q=%E5%85%90%E7%AB%A5"}) {
        CAPTURE(order);
        const auto whole = walk("/api/v1/resources?limit=1000" + order);
        CHECK(std::set<std::string>(whole.begin(), whole.end()).size() == whole.size());
        CHECK(whole.size() >= k_centres);
        for (const auto* limit : {"1", "7", "13", "25", "26"}) {
            CHECK(walk("/api/v1/resources?limit=" + std::string(limit) + order) == whole);
        }
    }
}

TEST_CASE("past the last page there is nothing, and it says so", "[api]") {
    const auto& edition = the_small_town().reader().edition();
    const auto document =
        the_small_town().json("/api/v1/resources?cursor=" + percent_encode(edition + "~2026-11-21T10:00~10000000"));
    CHECK(document.at("numberReturned") == 0);
    CHECK(document.at("numberMatched") == k_centres + 1);
    CHECK(document.at("links").empty());
}

TEST_CASE("a cursor of an edition that is gone is a problem of its own", "[api]") {
    const auto first = the_small_town().json("/api/v1/resources?limit=5");
    auto changed = tests::small_state();
    changed.sites[0].name = "新しい名の児童館";
    const SmallTown next_edition(std::move(changed));
    const auto answer = next_edition.get(first.at("links")[0].at("href").get<std::string>());
    CHECK(answer.status == 410);
    const auto problem = json::parse(answer.content());
    CHECK(problem.at("code") == "cursor_expired");
    CHECK(problem.at("parameter") == "cursor");
    // The old edition itself still answers it.
    CHECK(the_small_town().get(first.at("links")[0].at("href").get<std::string>()).status == 200);
}

TEST_CASE("where a time is asked, every feature says whether it is open", "[api]") {
    const auto document = the_small_town().json("/api/v1/resources?open=now&limit=1000");
    CHECK(document.at("numberMatched") == k_centres + 1);
    for (const auto& feature : document.at("features")) {
        const bool is_cafeteria = feature.at("id") == "v26";
        CHECK(feature.at("properties").at("open") == (is_cafeteria ? "yes" : "maybe"));
    }
    const auto sunday = the_small_town().json("/api/v1/resources?day=sun&limit=1000");
    const auto ids = ids_of(sunday);
    CHECK(std::ranges::find(ids, "v26") == ids.end());
    CHECK(ids.size() == k_centres); // silence is not closure
}

TEST_CASE("unknown is not yes where a condition is asked", "[api]") {
    for (const auto* condition : {"fee=free", "entry=drop_in", "feature=parking", "transport=none"}) {
        CAPTURE(condition);
        const auto document = the_small_town().json(std::string("/api/v1/resources?") + condition);
        CHECK(ids_of(document) == std::vector<std::string>{"v26"});
    }
}

TEST_CASE("the tag of a search changes with the minute, the edition and the time asked", "[api]") {
    auto request = tests::request_for("/api/v1/resources?open=2026-11-22T10:00");
    const auto one = the_small_town().ask(request);
    const auto other = the_small_town().get("/api/v1/resources?open=2026-11-22T11:00");
    CHECK_FALSE(one.etag_basis.empty());
    CHECK(one.etag_basis != other.etag_basis);
    CHECK(one.etag_basis == the_small_town().get("/api/v1/resources?open=2026-11-22T10:00").etag_basis);
    CHECK(one.etag_basis.find(the_small_town().reader().edition()) != std::string::npos);
    // Whole answers are the same to the byte.
    CHECK(one.content() == the_small_town().get("/api/v1/resources?open=2026-11-22T10:00").content());

    const auto response = respond(request, one, Connection::keep, "");
    const auto at = response.head.find("ETag: ") + 6;
    request.if_none_match = response.head.substr(at, response.head.find('\r', at) - at);
    CHECK(respond(request, one, Connection::keep, "").head.starts_with("HTTP/1.1 304"));
}

TEST_CASE("one service is answered with its schedules and where it comes from", "[api]") {
    const auto answer = the_small_town().get("/api/v1/resources/v26");
    CHECK(answer.status == 200);
    const auto document = json::parse(answer.content());
    check_feature(document);
    const auto& properties = document.at("properties");
    REQUIRE(properties.at("schedules").size() == 1);
    const auto& schedule = properties.at("schedules")[0];
    CHECK(schedule.at("weekdays") == json({"sat"}));
    CHECK(schedule.at("from") == "10:00");
    CHECK(schedule.at("to") == "14:00");
    CHECK(schedule.at("text") == "毎週土曜日 \"10時\"から14時");
    REQUIRE(properties.at("sources").size() == 1);
    CHECK(properties.at("sources")[0].at("list") == "こども食堂一覧");
    CHECK(properties.at("sources")[0].at("licence") == "CC BY 4.0");
    CHECK(document.at("edition") == the_small_town().reader().edition());
    CHECK(the_small_town().get("/api/v1/resources/v27").status == 200);
    CHECK(the_small_town().get("/api/v1/resources/v99").status == 404);
    CHECK(the_small_town().get("/api/v1/resources/v26?at=nonsense").status == 400);
    CHECK(the_small_town().get("/api/v1/resources/v26?near=1,2").status == 400);
}

} // namespace shirube::server
