#include "importers/report/report.hpp"

#include "importers/report/issue_codes.hpp"
#include "importers/report/problem.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

std::set<std::string> gaps_of(std::string_view sentence) {
    std::set<std::string> gaps;
    for (const char* gap : {"{0}", "{1}"}) {
        if (sentence.find(gap) != std::string_view::npos) {
            gaps.insert(gap);
        }
    }
    return gaps;
}

} // namespace

TEST_CASE("Every issue has one code, and a sentence in both languages that is filled with the same things") {
    std::set<std::string_view> codes;
    for (const IssueCode& row : issue_codes()) {
        CAPTURE(row.code);
        CHECK(codes.insert(row.code).second);
        CHECK_FALSE(row.ja.empty());
        CHECK_FALSE(row.en.empty());
        CHECK(gaps_of(row.ja) == gaps_of(row.en));
        CHECK(row.code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
    }
}

TEST_CASE("A sentence is filled in once: what fills it is not filled again") {
    CHECK(issue_sentence("profile_unknown", "en", "{1}", "p14") == "There is no layout named {1}. There are: p14");
}

TEST_CASE("A failure says file, row and column, and what to do") {
    const FileProblem problem{.code = "quote_unclosed", .row = 12, .column = "備考", .file = "list.csv"};
    CHECK(in_words(problem, "ja").message ==
          "list.csv 12行目 列「備考」: 引用符（\"）が閉じていません。この行から後を確かめてください。");
    CHECK(in_words(problem, "en").message.starts_with("list.csv, row 12, column 備考: "));
    CHECK(in_words(wrong_use("no_files"), "en").wrong_use);
    CHECK(in_file(FileProblem{.code = "table_empty", .file = "inner.txt"}, "outer.zip").file ==
          "outer.zip (inner.txt)");
}

TEST_CASE("Every row ends in one bin, and the bins add up to what was read") {
    RowCounts rows;
    for (const Bin bin : {Bin::accepted, Bin::accepted, Bin::flagged, Bin::rejected, Bin::out_of_scope, Bin::blank}) {
        rows.count(bin);
    }
    CHECK(rows.read == 6);
    CHECK(rows.adds_up());
    rows.move(Bin::accepted, Bin::flagged);
    CHECK(rows.accepted == 1);
    CHECK(rows.flagged == 2);
    CHECK(rows.adds_up());
    rows.read = 7;
    CHECK_FALSE(rows.adds_up());
}

TEST_CASE("The report is the contract's document") {
    Desk desk(directory::ImportKind::resources);
    desk.options.language = "ja";
    desk.intake.begin_file("lists/食堂.csv");
    desk.intake.count(Bin::rejected);
    desk.intake.note("row_too_long", {.row = 7, .column = "備考", .value = "余り"}, "2");
    desk.report.files = {"lists/食堂.csv"};
    desk.report.profiles = {"cafeteria-49"};
    desk.report.located = {{"town", 3}};
    desk.report.unlocated = 1;
    desk.report.entities.added = 4;

    const auto document = nlohmann::json::parse(to_json_text(desk.report));
    CHECK(document["kind"] == "resources");
    CHECK(document["rows"] ==
          nlohmann::json::parse(R"({"read":1,"accepted":0,"flagged":0,"rejected":1,"out_of_scope":0,"blank":0})"));
    CHECK(document["entities"] == nlohmann::json::parse(R"({"added":4,"changed":0,"unchanged":0,"gone":0})"));
    CHECK(document["joined"] == 0);
    CHECK(document["located"]["town"] == 3);
    CHECK(document["unlocated"] == 1);
    CHECK(document["import_id"].is_null());
    CHECK(document["issues"][0] == nlohmann::json{{"file", "lists/食堂.csv"},
                                                  {"sheet", ""},
                                                  {"row", 7},
                                                  {"column", "備考"},
                                                  {"code", "row_too_long"},
                                                  {"message", issue_sentence("row_too_long", "ja", "2")},
                                                  {"value", "余り"}});
    CHECK_FALSE(nlohmann::json::parse(to_json_text(desk.report, ReportPart::without_entities)).contains("entities"));
}

TEST_CASE("A file name that is no UTF-8 does not break the report") {
    Desk desk(directory::ImportKind::resources);
    desk.report.files = {"\x96\xbc.csv"};
    CHECK_NOTHROW(nlohmann::json::parse(to_json_text(desk.report)));
}

TEST_CASE("Past ten thousand issues the rest is counted by code") {
    Desk desk(directory::ImportKind::population);
    for (int i = 0; i < 10'050; ++i) {
        desk.intake.note("count_unreadable", {.row = i + 1, .column = "T1", .value = "x"});
    }
    CHECK(desk.report.issues.size() == 10'000);
    CHECK(desk.issues("count_unreadable") == 10'050);
    const std::string text = to_text(desk.report, "en", 3);
    CHECK(text.find("and 10047 more: count_unreadable") != std::string::npos);
}

TEST_CASE("A long cell is shortened between characters") {
    Desk desk(directory::ImportKind::resources);
    std::string cell;
    for (int i = 0; i < 100; ++i) {
        cell += "子";
    }
    desk.intake.note("row_too_long", {.row = 2, .value = cell}, "1");
    const std::string& value = desk.report.issues.at(0).value;
    CHECK(value.size() < 130);
    CHECK(value.ends_with("子…"));
}

TEST_CASE("The report for a person says what happened in either language") {
    Desk desk(directory::ImportKind::districts);
    desk.intake.count(Bin::accepted);
    desk.report.joined = 19;
    desk.report.import_id = 4;
    CHECK(to_text(desk.report, "en").find("19 polygons joined") != std::string::npos);
    CHECK(to_text(desk.report, "ja").find("1 行を読みました: 取込 1") != std::string::npos);
    CHECK(to_text(desk.report, "ja").find("取込番号 4") != std::string::npos);
    desk.report.import_id = 0;
    CHECK(to_text(desk.report, "en").find("dry run") != std::string::npos);
}
