// The calls around the search: layers and districts, taxonomy, policies, suggestions, places.
#include "directory/policy.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace shirube::server {

namespace {

using nlohmann::json;
using tests::the_small_town;

void check_refused(std::string_view target, std::string_view code, std::string_view parameter) {
    CAPTURE(target);
    const auto answer = the_small_town().get(target);
    CHECK(answer.status == 400);
    REQUIRE(answer.content_type == "application/problem+json");
    const auto problem = json::parse(answer.content());
    CHECK(problem.at("code") == code);
    CHECK(problem.at("parameter") == parameter);
}

std::set<std::string> codes_at(std::string_view point) {
    std::set<std::string> out;
    const auto document = the_small_town().json("/api/v1/layers/chugakkoku/at?point=" + std::string(point));
    for (const auto& district : document.at("districts")) {
        out.insert(district.at("code").get<std::string>());
    }
    return out;
}

} // namespace

TEST_CASE("a point is answered with every district that holds it", "[api]") {
    CHECK(codes_at("137.010,33.01") == std::set<std::string>{"99201-nishi"});
    CHECK(codes_at("137.030,33.01") == std::set<std::string>{"99201-higashi"});
    CHECK(codes_at("137.017,33.01") == std::set<std::string>{"99201-higashi", "99201-nishi"});
    CHECK(codes_at("137.050,33.01").empty());
    CHECK(codes_at("-180,-90").empty());
    check_refused("/api/v1/layers/chugakkoku/at", "missing_parameter", "point");
    check_refused("/api/v1/layers/chugakkoku/at?point=", "missing_parameter", "point");
    check_refused("/api/v1/layers/chugakkoku/at?point=137", "bad_parameter", "point");
    check_refused("/api/v1/layers/chugakkoku/at?point=nan,nan", "bad_parameter", "point");
    check_refused("/api/v1/layers/chugakkoku/at?point=137,33,1", "bad_parameter", "point");
    check_refused("/api/v1/layers/chugakkoku/at?point=33,137", "parameter_out_of_range", "point");
    check_refused("/api/v1/layers/chugakkoku/at?point=137,33&point=137,33", "bad_parameter", "point");
    check_refused("/api/v1/layers/chugakkoku/at?point=137,33&radius=1", "unknown_parameter", "radius");
    CHECK(the_small_town().get("/api/v1/layers/nothing/at?point=137,33").status == 404);
}

TEST_CASE("layers tell how many districts they have and where to go on", "[api]") {
    const auto document = the_small_town().json("/api/v1/layers");
    CHECK(document.at("edition") == the_small_town().reader().edition());
    REQUIRE(document.at("layers").size() == 1);
    const auto& layer = document.at("layers")[0];
    CHECK(layer.at("code") == "chugakkoku");
    CHECK(layer.at("districts") == 3);
    CHECK(layer.at("bbox") == json({137.0, 33.0, 137.12, 33.02}));
    for (const auto& link : layer.at("links")) {
        CAPTURE(link);
        CHECK(the_small_town().get(link.at("href").get<std::string>()).status == 200);
    }
    check_refused("/api/v1/layers?near=1,2", "unknown_parameter", "near");
    check_refused("/api/v1/layers?f=csv", "bad_parameter", "f");
}

TEST_CASE("districts come as a list and as closed rings", "[api]") {
    const auto list = the_small_town().json("/api/v1/layers/chugakkoku/districts");
    REQUIRE(list.at("districts").size() == 3);
    CHECK(list.at("districts")[0].at("code") == "99201-higashi");
    CHECK(list.at("districts")[0].at("municipality_name") == "潮見野市");
    CHECK(list.at("districts")[0].at("status") == "active");
    const auto answer = the_small_town().get("/api/v1/layers/chugakkoku/districts?f=geojson");
    CHECK(answer.content_type == "application/geo+json");
    const auto collection = json::parse(answer.content());
    REQUIRE(collection.at("features").size() == 3);
    for (const auto& feature : collection.at("features")) {
        CHECK(feature.at("geometry").at("type") == "MultiPolygon");
        const auto& ring = feature.at("geometry").at("coordinates")[0][0];
        CHECK(ring.front() == ring.back());
        CHECK(ring.size() == 5);
    }
    check_refused("/api/v1/layers/chugakkoku/districts?f=shp", "bad_parameter", "f");
    CHECK(the_small_town().get("/api/v1/layers/nothing/districts").status == 404);
}

TEST_CASE("the public taxonomy names no programme that is hidden from the public", "[api]") {
    const auto document = the_small_town().json("/api/v1/taxonomy");
    std::set<std::string> codes;
    for (const auto& programme : document.at("programmes")) {
        codes.insert(programme.at("code").get<std::string>());
        CHECK(programme.at("label").at("ja").is_string());
        CHECK(programme.at("label").contains("en"));
        CHECK(programme.contains("parent"));
    }
    CHECK(codes.contains("jidokan"));
    for (const auto* hidden : {"boshi_seikatsu", "josei_sodan", "josei_jiritsu", "family_home"}) {
        CHECK_FALSE(codes.contains(hidden));
    }
    for (const auto& alias : document.at("aliases")) {
        CHECK(codes.contains(alias.at("programme").get<std::string>()));
    }
    check_refused("/api/v1/taxonomy?q=x", "unknown_parameter", "q");
}

TEST_CASE("a policy over hidden programmes is not offered to the public", "[api]") {
    const auto& taxonomy = directory::Taxonomy::shipped();
    const auto document = the_small_town().json("/api/v1/policies");
    REQUIRE_FALSE(document.at("policies").empty());
    for (const auto& offered : document.at("policies")) {
        CAPTURE(offered.at("id"));
        const auto policy = directory::parse_policy(offered, taxonomy);
        REQUIRE(policy); // what is offered can be handed back
        CHECK(directory::is_open_to(*policy, taxonomy, {}));
        const auto answer = the_small_town().get("/api/v1/coverage?policy=" + offered.at("id").get<std::string>());
        // Of the layers, middle-school districts alone have been imported here.
        if (offered.at("layer") == "chugakkoku") {
            CHECK(answer.status == 200);
        } else {
            CHECK(answer.status == 400);
            CHECK(json::parse(answer.content()).at("parameter") == "layer");
        }
    }
    auto hidden = to_document(*directory::find_policy("jidokan_per_chugakkoku"), taxonomy);
    hidden["any_of"] = {"boshi_seikatsu"};
    CHECK_FALSE(directory::is_open_to(directory::parse_policy(hidden, taxonomy).value(), taxonomy, {}));
    hidden["any_of"] = {"jidokan", "boshi_seikatsu"};
    CHECK_FALSE(directory::is_open_to(directory::parse_policy(hidden, taxonomy).value(), taxonomy, {}));
}

TEST_CASE("suggestions while typing, at two characters too", "[api]") {
    const auto document = the_small_town().json("/api/v1/suggest?q=%E5%85%90%E7%AB%A5&limit=5");
    CHECK(document.at("suggestions").size() == 5);
    for (const auto& suggestion : document.at("suggestions")) {
        // A kind of help may be called otherwise before the public than what was typed.
        CHECK((suggestion.at("kind") == "programme" ||
               suggestion.at("label").get<std::string>().find("児童") != std::string::npos));
        CHECK(suggestion.contains("kind"));
        CHECK(suggestion.contains("position"));
    }
    CHECK(the_small_town().json("/api/v1/suggest?q=zzzzzz").at("suggestions").empty());
    check_refused("/api/v1/suggest?q=a&f=geojson", "bad_parameter", "f");
    CHECK(the_small_town().get("/api/v1/geocode?q=a&f=geojson").status == 200);
    for (const std::string call : {"/api/v1/suggest", "/api/v1/geocode"}) {
        check_refused(call, "missing_parameter", "q");
        check_refused(call + "?q=", "missing_parameter", "q");
        check_refused(call + "?q=" + std::string(301, 'a'), "parameter_out_of_range", "q");
        check_refused(call + "?q=a&limit=0", "parameter_out_of_range", "limit");
        check_refused(call + "?q=a&limit=51", "parameter_out_of_range", "limit");
        check_refused(call + "?q=a&limit=-1", "parameter_out_of_range", "limit");
        check_refused(call + "?q=a&limit=ten", "bad_parameter", "limit");
        check_refused(call + "?q=a&q=b", "bad_parameter", "q");
        check_refused(call + "?q=a&near=1,2", "unknown_parameter", "near");
        check_refused(call + "?q=a&f=csv", "bad_parameter", "f");
    }
}

TEST_CASE("an address is answered with a place and how well it is known", "[api]") {
    const auto document =
        the_small_town().json("/api/v1/geocode?q=%E6%BD%AE%E8%A6%8B%E9%87%8E%E5%B8%82%E6%B8%AF%E7%94%BA1-2-3");
    CHECK(document.at("type") == "FeatureCollection");
    REQUIRE(document.at("features").size() >= 1);
    CHECK(document.at("numberReturned") == document.at("features").size());
    const auto& candidate = document.at("features")[0];
    CHECK(candidate.at("geometry").at("coordinates") == json({137.01, 33.01}));
    CHECK(candidate.at("properties").at("position_quality") == "town"); // the town has no block 2
    CHECK(candidate.at("properties").at("accuracy_m").get<double>() >= 300);
    const auto in_block =
        the_small_town().json("/api/v1/geocode?q=%E6%BD%AE%E8%A6%8B%E9%87%8E%E5%B8%82%E6%B8%AF%E7%94%BA1-7-3");
    REQUIRE(in_block.at("features").size() == 1);
    const auto& block = in_block.at("features")[0];
    CHECK(block.at("geometry").at("coordinates") == json({137.012, 33.011}));
    CHECK(block.at("properties").at("position_quality") == "block");
    CHECK(block.at("properties").at("accuracy_m") == 60);
    CHECK(block.at("properties").at("label") == "港町一丁目7番");
    // Every district its circle may lie in, surely or possibly.
    const auto& sure = candidate.at("properties").at("districts");
    const auto& possible = candidate.at("properties").at("districts_possible");
    CHECK(sure.contains("chugakkoku") != possible.contains("chugakkoku"));
    CHECK(the_small_town()
              .json("/api/v1/geocode?q=%E3%82%8F%E3%81%8B%E3%82%89%E3%81%AA%E3%81%84")
              .at("features")
              .empty());
}

} // namespace shirube::server
