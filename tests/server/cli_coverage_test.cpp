// `shirube coverage` tells capacity and need where the policy asks for them, and writes a GeoPackage.
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace shirube::tests {

namespace {

using nlohmann::json;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The centres' rule, with capacity shared and a need beside it.
json supply_policy(const fs::path& store) {
    const auto ran = run_shirube(
        {"coverage", "--store", store, "--policy", "jidokan_per_chugakkoku", "--at", "2026-11-21", "--format", "json"});
    REQUIRE(ran.status == 0);
    auto policy = json::parse(ran.output).at("policy");
    policy["id"] = "own";
    policy["reading"] = "supply";
    policy["supply"] = {{"decay", "step"}, {"reach_m", 1500}, {"unknown_capacity", "fixed"}, {"capacity", 20}};
    policy["weight"]["need"] = {{"indicator", "出生数"}};
    return policy;
}

} // namespace

TEST_CASE("coverage tells a child's capacity, the need, and what both rest on", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto file = folder.write("own.json", supply_policy(store).dump());
    const auto told = [&](const std::string& language, const std::string& form) {
        const auto ran = run_shirube({"coverage", "--store", store, "--policy", file, "--at", "2026-11-21", "--format",
                                      form, "--lang", language});
        CAPTURE(ran.errors);
        REQUIRE(ran.status == 0);
        return ran.output;
    };
    const auto not_imported = told("en", "table");
    CAPTURE(not_imported);
    CHECK(has(not_imported, "Capacity a child"));
    CHECK(has(not_imported, "“出生数”, has not been imported."));

    REQUIRE(run_shirube(
                {"import", "needs",
                 folder.write("births.csv", "指標,市区町村コード,年度,値,単位\r\n出生数,99201,令和8年度,120,人\r\n"),
                 "--list", "出生の表", "--store", store})
                .status == 0);
    const auto document = json::parse(told("en", "json"));
    const auto& supply = document.at("supply");
    const auto english = told("en", "table");
    const auto japanese = told("ja", "table");
    CAPTURE(english, japanese);
    CHECK(has(english, fmt::format("(stated {}, assumed {}, unknown {})", supply.at("capacity_stated").dump(),
                                   supply.at("capacity_assumed").dump(), supply.at("capacity_unknown").dump())));
    CHECK(has(english, "Need: 出生数"));
    CHECK(has(english, "出生の表"));
    CHECK(has(japanese, "1人あたり定員"));
    CHECK(has(japanese, "需要：出生数"));
    CHECK(has(japanese, "120 人"));
    CHECK(has(japanese, "2026年度"));
    CHECK(has(japanese, "推定"));
    std::size_t with_supply = 0;
    for (const auto& district : document.at("districts")) {
        if (district.at("supply_ratio").is_number()) {
            ++with_supply;
            CHECK(has(english, fmt::format("{:.3f}", district.at("supply_ratio").get<double>())));
        }
    }
    CHECK(with_supply > 0);
    const auto plain = run_shirube(
        {"coverage", "--store", store, "--policy", "jidokan_per_chugakkoku", "--at", "2026-11-21", "--lang", "en"});
    CHECK_FALSE(has(plain.output, "Capacity a child"));
    CHECK_FALSE(has(plain.output, "Need"));
}

TEST_CASE("coverage writes a GeoPackage to a file, and asks for one where none is named", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto run = [&](std::vector<std::string> more) {
        std::vector<std::string> all{"coverage", "--store",    store,      "--policy", "jidokan_per_chugakkoku",
                                     "--at",     "2026-11-21", "--format", "gpkg"};
        all.insert(all.end(), more.begin(), more.end());
        return run_shirube(all);
    };
    const auto file = folder / "coverage.gpkg";
    const auto written = run({"-o", file});
    CAPTURE(written.errors);
    CHECK(written.status == 0);
    CHECK(written.output.empty());
    const auto bytes = bytes_of(file);
    CHECK(bytes.starts_with("SQLite format 3"));
    CHECK(bytes.substr(68, 4) == "GPKG"); // the application id of the file's head
    const auto nowhere = run({});
    CHECK(nowhere.status == 2);
    CHECK(has(nowhere.errors, "--format gpkg: name the file with -o."));
}

} // namespace shirube::tests
