// A header written a little otherwise: its column is named with the one that may be meant, in the report of an import
// as on the desk; a column of somebody's own is left alone.
#include "importers/templates/unread_columns.hpp"

#include "importers/relations/relation_row.hpp"
#include "importers/relations/relations.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <variant>
#include <vector>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

const std::vector<std::string> k_header{"つながり", "から", "からの市町村", "へ", "情報提共", "つなぎ", "係のメモ"};

} // namespace

TEST_CASE("a column whose name is near to one that is read names it, another of its own is near to none", "[network]") {
    const auto fit = fit_relations(k_header);
    const auto unread = unread_columns(k_relations_profile, k_header, fit.understood);
    REQUIRE(unread.size() == 2);
    CHECK(unread[0].column == 4);
    CHECK(unread[0].nearest == "情報提供");
    CHECK(unread[1].column == 6);
    CHECK(unread[1].nearest.empty());
}

TEST_CASE("what the table has already is not meant by another column", "[network]") {
    auto header = k_header;
    header.push_back("情報提供");
    const auto fit = fit_relations(header);
    const auto unread = unread_columns(k_relations_profile, header, fit.understood);
    REQUIRE(unread.size() == 2);
    CHECK(unread[0].nearest.empty());
}

TEST_CASE("an import tells of a column that its header misspells, once and of the file, and takes the row",
          "[network]") {
    Desk desk{directory::ImportKind::relations};
    const Locator locator{{}};
    const auto lists = read_relations(
        "list.csv", "つながり,から,からの市町村,へ,情報提共,つなぎ,係のメモ\n紹介,甲,99201,乙,359,45,a\n",
        {.taxonomy = directory::Taxonomy::shipped(), .locator = locator}, desk.intake);
    REQUIRE(lists.has_value());
    REQUIRE(desk.issues("column_misnamed") == 1);
    const auto& issue = desk.issue("column_misnamed");
    CHECK(issue.row == 0);
    CHECK(issue.column == "情報提共");
    CHECK(issue.message.find("情報提供") != std::string::npos);
    CHECK(desk.report.rows.rejected == 0);
    const auto& tie = std::get<directory::RelationReading>(lists->front().rows.front().reading);
    CHECK_FALSE(tie.referrals.informed.has_value()); // unknown, which is now said
    CHECK(tie.referrals.linked == 45);
}

TEST_CASE("columns of their own that look a little like ours are left alone", "[network]") {
    for (const std::string name : {"条例", "開催日", "備品", "特記"}) {
        const std::vector<std::string> header{"つながり", "から", "へ", name};
        const auto fit = fit_relations(header);
        const auto unread = unread_columns(k_relations_profile, header, fit.understood);
        INFO(name);
        REQUIRE(unread.size() == 1);
        CHECK(unread.front().nearest.empty());
    }
}
