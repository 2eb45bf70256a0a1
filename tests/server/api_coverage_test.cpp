// Coverage as it leaves the house: JSON, GeoJSON and a CSV that a spreadsheet opens without harm.
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
using tests::header_of;
using tests::the_small_town;

constexpr std::string_view k_call = "/api/v1/coverage?policy=jidokan_per_chugakkoku";

/// RFC 4180 records of a text without its byte order mark.
std::vector<std::vector<std::string>> records_of(std::string_view text) {
    std::vector<std::vector<std::string>> out{{""}};
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        std::string& cell = out.back().back();
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            cell += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            out.back().emplace_back();
        } else if (!quoted && c == '\r') {
            REQUIRE(text[i + 1] == '\n');
            ++i;
            out.push_back({""});
        } else {
            cell += c;
        }
    }
    REQUIRE_FALSE(quoted);
    REQUIRE(out.back() == std::vector<std::string>{""}); // the last line ends too
    out.pop_back();
    return out;
}

const json& district_of(const json& document, std::string_view code) {
    for (const auto& district : document.at("districts")) {
        if (district.at("code") == code) {
            return district;
        }
    }
    FAIL("no such district");
    return document;
}

} // namespace

TEST_CASE("coverage has the contract's frame and fields, and unknown is null", "[api]") {
    const auto answer = the_small_town().get(k_call);
    CHECK(answer.content_type == "application/json");
    const auto document = json::parse(answer.content());
    CHECK(document.at("policy").at("id") == "jidokan_per_chugakkoku");
    CHECK(document.at("layer") == "chugakkoku");
    CHECK(document.at("edition") == the_small_town().reader().edition());
    CHECK(document.at("at") == "2026-11-21T10:00+09:00");
    CHECK(document.at("lists").size() == 1);
    CHECK(document.contains("outside"));
    CHECK(document.contains("blank_areas"));
    const auto& totals = document.at("totals");
    CHECK(totals.at("share_with_any") == Approx(2.0 / 3).epsilon(1e-5));
    CHECK(totals.at("places_per_district").is_number());
    CHECK(totals.at("children").is_null()); // no population was imported
    REQUIRE(document.at("districts").size() == 3);
    std::set<std::string> tiers;
    for (const auto& district : document.at("districts")) {
        for (const auto* name : {"code",
                                 "name",
                                 "municipality",
                                 "tier",
                                 "services",
                                 "services_possible",
                                 "services_outreach",
                                 "children",
                                 "children_basis",
                                 "children_covered",
                                 "children_covered_at_most",
                                 "share_covered",
                                 "share_covered_at_most",
                                 "places_per_district",
                                 "per_1000_children",
                                 "per_1000_children_at_most",
                                 "services_at_most",
                                 "supply_ratio",
                                 "supply",
                                 "nearest_m_median",
                                 "certainty",
                                 "notes"}) {
            CAPTURE(name);
            CHECK(district.contains(name));
        }
        for (const auto* unknown : {"children", "children_basis", "children_covered", "share_covered",
                                    "per_1000_children", "supply_ratio", "nearest_m_median"}) {
            CAPTURE(unknown);
            CHECK(district.at(unknown).is_null());
        }
        tiers.insert(district.at("tier").get<std::string>());
    }
    CHECK(tiers == std::set<std::string>{"full", "blank"});
    CHECK(district_of(document, "99201-shiki").at("services") == 0); // a complete list says so
    CHECK(document.at("blank_areas").size() == 1);
    CHECK(document.at("blank_areas")[0].at("code") == "99201-shiki");
}

TEST_CASE("without a list nothing was counted: null, never zero", "[api]") {
    const auto document = the_small_town().json("/api/v1/coverage?policy=consultation_per_chugakkoku");
    for (const auto& district : document.at("districts")) {
        CHECK(district.at("tier") == "no_data");
        CHECK(district.at("services").is_null());
        CHECK(district.at("places_per_district").is_null());
    }
    CHECK(document.at("totals").at("share_with_any").is_null());
    const auto csv = the_small_town().get("/api/v1/coverage?policy=consultation_per_chugakkoku&f=csv");
    const auto records = records_of(csv.content().substr(3));
    for (std::size_t i = 1; i < records.size(); ++i) {
        CHECK(records[i][6].empty()); // services
    }
}

TEST_CASE("the CSV opens in a spreadsheet and runs nothing", "[api]") {
    const auto answer = the_small_town().get(std::string(k_call) + "&f=csv&lang=en");
    CHECK(answer.content_type == "text/csv; charset=utf-8");
    CHECK(header_of(answer, "Content-Disposition").starts_with("attachment; filename=\"coverage-"));
    const auto text = answer.content();
    REQUIRE(text.starts_with("\xef\xbb\xbf"));
    const auto records = records_of(text.substr(3));
    REQUIRE(records.size() == 4);
    CHECK(records[0][0] == "district_code");
    for (const auto& record : records) {
        CHECK(record.size() == records[0].size());
        for (const auto& cell : record) {
            CAPTURE(cell);
            CHECK((cell.empty() || std::string_view("=+-@\t\r").find(cell.front()) == std::string_view::npos));
        }
    }
    CHECK(records[3][0] == "99201-shiki");
    CHECK(records[3][1] == "'=HYPERLINK(\"http://example.jp\",\"中\")");
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(records[0], name) - records[0].begin());
    };
    for (const auto* unknown : {"children", "children_covered", "children_covered_at_most"}) {
        REQUIRE(column(unknown) < records[0].size());
        CHECK(records[3][column(unknown)].empty()); // unknown is empty
    }
    CHECK(records[3][column("services_at_most")] == "0"); // a complete list says so
    CHECK(records[1][6] == "10");                         // services in the east, the choice zone's among them
    const auto japanese = the_small_town().get(std::string(k_call) + "&f=csv");
    CHECK(records_of(japanese.content().substr(3))[0][0] == "区域コード");
    CHECK(japanese.etag_basis != answer.etag_basis);
}

TEST_CASE("the form is asked by f, else by Accept", "[api]") {
    const auto type = [](std::string_view more, std::string_view accept) {
        return std::string(the_small_town().get(std::string(k_call) + std::string(more), accept).content_type);
    };
    CHECK(type("", "") == "application/json");
    CHECK(type("", "*/*") == "application/json");
    CHECK(type("", "application/geo+json") == "application/geo+json");
    CHECK(type("", "text/csv") == "text/csv; charset=utf-8");
    CHECK(type("&f=geojson", "text/csv") == "application/geo+json");
    CHECK(the_small_town().get(k_call, "image/png").status == 406);
    const auto collection = json::parse(the_small_town().get(std::string(k_call) + "&f=geojson").content());
    CHECK(collection.at("type") == "FeatureCollection");
    REQUIRE(collection.at("features").size() == 3);
    CHECK(collection.at("features")[0].at("geometry").at("type") == "MultiPolygon");
    CHECK(collection.at("features")[0].at("properties") == the_small_town().json(k_call).at("districts")[0]);
}

TEST_CASE("a question coverage cannot answer names its parameter", "[api]") {
    const auto refused = [](std::string_view query, std::string_view code, std::string_view parameter) {
        CAPTURE(query);
        const auto answer = the_small_town().get("/api/v1/coverage?" + std::string(query));
        CHECK(answer.status == 400);
        const auto problem = json::parse(answer.content());
        CHECK(problem.at("code") == code);
        CHECK(problem.at("parameter") == parameter);
    };
    refused("", "missing_parameter", "policy");
    refused("policy=", "missing_parameter", "policy");
    refused("policy=nothing", "bad_parameter", "policy");
    refused("policy=../../etc/passwd", "bad_parameter", "policy");
    refused("policy=jidokan_per_chugakkoku&layer=nothing", "bad_parameter", "layer");
    refused("policy=jidokan_per_chugakkoku&at=someday", "bad_parameter", "at");
    refused("policy=jidokan_per_chugakkoku&f=xml", "bad_parameter", "f");
    refused("policy=jidokan_per_chugakkoku&q=x", "unknown_parameter", "q");
    refused("policy=jidokan_per_chugakkoku&at=2026-11-21&at=2026-11-21", "bad_parameter", "at");
}

TEST_CASE("coverage is the same to the byte for one edition and instant", "[api]") {
    const std::string call = std::string(k_call) + "&at=2026-12-01T09:00";
    const auto one = the_small_town().get(call);
    const tests::SmallTown same;
    const auto other = same.get(call);
    CHECK(one.content() == other.content());
    CHECK(one.etag_basis == other.etag_basis);
    CHECK(one.etag_basis != the_small_town().get(std::string(k_call) + "&at=2026-12-01T09:01").etag_basis);
}

} // namespace shirube::server
