// Coverage as a workbook, for another hour or age, and on one sheet of paper.
#include "directory/coverage.hpp"
#include "importers/files/workbook.hpp"
#include "server/api/coverage_documents.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <random>
#include <string>

namespace shirube::server {

namespace {

using tests::header_of;
using tests::the_small_town;

constexpr std::string_view k_call = "/api/v1/coverage?policy=jidokan_per_chugakkoku";

} // namespace

TEST_CASE("the workbook has a table for machines, one to print and what it rests on; read back it is the same",
          "[api]") {
    const auto answer = the_small_town().get(std::string(k_call) + "&f=xlsx");
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    CHECK(header_of(answer, "Content-Disposition") == "attachment; filename=\"coverage-2026-11-21.xlsx\"");
    const auto tables = importers::read_workbook(answer.content(), {});
    REQUIRE(tables);
    REQUIRE(tables->size() == 3);
    const auto& data = tables->front();
    const auto json = the_small_town().json(k_call);
    REQUIRE(data.records.size() == json.at("districts").size());
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(data.header, name) - data.header.begin());
    };
    REQUIRE(column("区域コード") < data.header.size());
    for (std::size_t i = 0; i < data.records.size(); ++i) {
        const auto& district = json.at("districts")[i];
        const auto& cells = data.records[i].cells;
        CHECK(cells[column("区域コード")] == district.at("code").get<std::string>());
        CHECK(cells[column("箇所数")] == district.at("services").dump());
        CHECK(cells[column("こどもの数（人）")].empty()); // unknown is empty, not zero
        CHECK(cells[column("判定基準コード")] == "jidokan_per_chugakkoku");
        CHECK(cells[column("基準日時")] == "2026-11-21T10:00+09:00");
    }
    // The same question makes the same bytes.
    CHECK(the_small_town().get(std::string(k_call) + "&f=xlsx").content() == answer.content());
    // A name that a spreadsheet would run is a text with an apostrophe before it.
    CHECK(std::ranges::any_of(data.records,
                              [&](const auto& row) { return row.cells[column("区域名")].starts_with("'="); }));
}

TEST_CASE("coverage written out district by district is the document", "[api]") {
    const auto& reader = the_small_town().reader();
    for (const auto& policy : directory::shipped_policies()) {
        const auto coverage =
            compute_coverage(reader, policy, *reader.find_layer("chugakkoku"), tests::saturday_morning());
        CHECK(coverage_json_text(reader, coverage) == coverage_json(reader, coverage).dump());
        directory::Coverage nowhere = coverage;
        nowhere.districts.clear();
        CHECK(coverage_json_text(reader, nowhere) == coverage_json(reader, nowhere).dump());
    }
}

TEST_CASE("coverage written out says unknown and unusual figures and names as the document does", "[api]") {
    const auto& reader = the_small_town().reader();
    const auto& layer = *reader.find_layer("chugakkoku");
    auto policy = *directory::find_policy("jidokan_per_chugakkoku");
    policy.functions.push_back({{"\"相談\"\n", "", "a\\b"}, {}});
    auto coverage = compute_coverage(reader, policy, layer, tests::saturday_morning());
    REQUIRE_FALSE(coverage.districts.empty());
    std::mt19937 dice(3);
    const auto share = [&] {
        return dice() % 3 == 0 ? std::nullopt : std::optional(static_cast<double>(dice()) / 3e7);
    };
    const auto count = [&] {
        return dice() % 3 == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(dice() % 100'000));
    };
    const auto district = coverage.districts.front();
    coverage.districts.clear();
    coverage.children_basis =
        "census mesh \x7f 250 m, \xe6\x97 cut short, \xed\xa0\x80 half of a pair, \xf0\x9f\x91\xb6 é";
    for (int i = 0; i < 3000; ++i) {
        auto of = district;
        of.tier = directory::k_tiers.at(dice() % directory::k_tiers.size());
        of.services = dice() % 3;
        of.services_possible = dice() % 2;
        of.children = count();
        of.services_at_most = count();
        of.children_covered = count();
        of.children_covered_at_most = count();
        of.share_covered = share();
        of.share_covered_at_most = share();
        of.per_1000_children = share();
        of.per_1000_children_at_most = share();
        of.supply_ratio = share();
        of.supply = share();
        of.need = dice() % 2 == 0 ? share() : std::optional(static_cast<double>(dice() % 1000));
        of.nearest_m_median = share();
        of.functions_missing.assign(dice() % 2, static_cast<std::uint32_t>(policy.functions.size() - 1));
        of.constituents_missing.assign(dice() % 3, layer.first);
        of.notes.assign(dice() % 3, "withheld");
        coverage.districts.push_back(std::move(of));
    }
    constexpr auto replace = nlohmann::ordered_json::error_handler_t::replace;
    CHECK(coverage_json_text(reader, coverage) == coverage_json(reader, coverage).dump(-1, ' ', false, replace));
}

TEST_CASE("another hour or age is asked for by a parameter, and every form answers it", "[api]") {
    const auto& town = the_small_town();
    // Nothing in the town says its hours but a cafeteria on Saturdays.
    const std::string cafeteria = "/api/v1/coverage?policy=cafeteria_per_chugakkoku";
    const auto always = town.json(cafeteria);
    const auto monday = town.json(cafeteria + "&weekday=mon");
    const auto saturday = town.json(cafeteria + "&weekday=sat");
    CHECK(saturday.at("totals").at("services") == always.at("totals").at("services"));
    CHECK(monday.at("totals").at("services") < always.at("totals").at("services"));
    CHECK(monday.at("policy").at("when").at("weekdays") == nlohmann::json::array({"mon"}));
    CHECK(town.json(cafeteria + "&hour=17&age=13").at("policy").at("ages").at("from_years") == 13);
    // What is not chosen stays the policy's own: its days beside another hour, its hours on another day.
    const std::string evening = "/api/v1/coverage?policy=evening_for_junior_high&layer=chugakkoku";
    const auto own = town.json(evening).at("policy").at("when");
    const auto at_nine = town.json(evening + "&hour=21").at("policy").at("when");
    CHECK(at_nine.at("weekdays") == own.at("weekdays"));
    CHECK(at_nine.at("from") == "21:00");
    const auto on_sunday = town.json(evening + "&weekday=sun").at("policy").at("when");
    CHECK(on_sunday.at("weekdays") == nlohmann::json{"sun"});
    CHECK(on_sunday.at("from") == own.at("from"));
    CHECK(on_sunday.at("to") == own.at("to"));
    for (const char* wrong : {"&weekday=monday", "&hour=24", "&hour=-1", "&age=40", "&age=x"}) {
        CAPTURE(wrong);
        const auto answer = town.get(cafeteria + wrong);
        CHECK(answer.status == 400);
        const auto problem = nlohmann::json::parse(answer.content());
        CHECK(std::string(wrong).find(problem.at("parameter").get<std::string>()) == 1);
    }
    CHECK(town.get("/planner?policy=cafeteria_per_chugakkoku&hour=24", "text/html").status == 400);
}

TEST_CASE("the sheet for the hearing has the map, the figures, the blank areas and what it rests on", "[pages]") {
    const auto& town = the_small_town();
    for (const char* language : {"ja", "ja-easy", "en"}) {
        for (const char* paper : {"", "&paper=landscape"}) {
            const auto answer = town.get(
                std::string("/print/coverage?policy=jidokan_per_chugakkoku&lang=") + language + paper, "text/html");
            REQUIRE(answer.status == 200);
            const std::string page{answer.content()};
            CHECK(page.find("<svg class=\"drawing\"") != std::string::npos);
            CHECK(page.find("class=\"blank-number\"") != std::string::npos);
            CHECK(page.find("jidokan_per_chugakkoku") != std::string::npos);
            CHECK(page.find(*paper == '\0' ? "paper-upright" : "paper-across") != std::string::npos);
            CHECK(page.find("児童福祉法第40条") != std::string::npos);
        }
    }
    CHECK(town.get("/print/coverage?policy=none", "text/html").status == 400);
    const std::string desk{town.get("/planner?policy=jidokan_per_chugakkoku", "text/html").content()};
    CHECK(desk.find("/print/coverage?policy=jidokan_per_chugakkoku") != std::string::npos);
    CHECK(desk.find("f=xlsx") != std::string::npos);
}

TEST_CASE("planners send a policy of their own; others may not, and what is wrong in it is told by its place",
          "[staff]") {
    tests::StaffTown town;
    town.account("keikaku", directory::Role::planner, "99201");
    town.account("eturan", directory::Role::viewer, "99201");
    const auto token = town.token_of("keikaku");
    const auto csrf = town.csrf_of(token);
    auto policy = to_document(*directory::find_policy("jidokan_per_chugakkoku"), directory::Taxonomy::shipped());
    policy["id"] = "watashi no kijun";
    const auto answer = town.post_json("/api/v1/staff/coverage", policy.dump(), token, csrf);
    REQUIRE(answer.status == 200);
    CHECK(answer.caching == Caching::none);
    const auto document = nlohmann::json::parse(answer.content());
    CHECK(document.at("policy").at("id") == "watashi no kijun");
    CHECK_FALSE(document.at("districts").empty());
    CHECK(town.post_json("/api/v1/staff/coverage?f=csv", policy.dump(), token, csrf).content_type ==
          "text/csv; charset=utf-8");
    CHECK(town.post_json("/api/v1/staff/coverage?q=x", policy.dump(), token, csrf).status == 400);
    CHECK(town.post_json("/api/v1/staff/coverage", "{", token, csrf).status == 400);
    policy["any_of"] = {"jidokan", "no_such"};
    const auto refused = town.post_json("/api/v1/staff/coverage", policy.dump(), token, csrf);
    CHECK(refused.status == 400);
    const auto problem = nlohmann::json::parse(refused.content());
    CHECK(problem.at("code") == "bad_policy");
    CHECK(problem.at("parameter") == "/any_of/1");
    const auto viewer = town.token_of("eturan");
    policy["any_of"] = {"jidokan"};
    CHECK(town.post_json("/api/v1/staff/coverage", policy.dump(), viewer, town.csrf_of(viewer)).status == 403);
}

} // namespace shirube::server
