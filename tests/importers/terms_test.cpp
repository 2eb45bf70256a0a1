#include "importers/lists/terms.hpp"

#include "importers/districts/districts.hpp"
#include "importers/files/csv.hpp"
#include "vector_maker.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

TermsSheet sheet_of(const std::string& text) {
    auto table = read_table(text, {});
    REQUIRE(table);
    auto sheet = TermsSheet::of(std::span(&*table, 1));
    REQUIRE(sheet);
    return std::move(*sheet);
}

/// The sheet as it comes: two columns for each kind of school, under labels that run over two lines.
const std::string k_sheet =
    "番号,行政CD,自治体,\"小学校区\n公開条件\",\"小学校区\n利用条件\",出典,\"中学校区\n公開条件\","
    "\"中学校区\n利用条件\",出典\n"
    "1,99201,潮見野市,公開,オープンデータ公開,市,公開,商用利用不可,市\n"
    "2,99341,谷町,公開不可,,町,公開,条件公開,町\n"
    "3,12100,千葉市,公開,オープンデータ公開,市,公開,オープンデータ公開,市\n"
    "4,99342,北町,作成不可,,,,,\n";

} // namespace

TEST_CASE("A sheet of terms says for each kind of school what a municipality allows") {
    const auto sheet = sheet_of(k_sheet);
    CHECK(sheet.municipalities() == 4);
    CHECK(sheet.of("99201", "shogakkoku").terms == Terms::open);
    CHECK(sheet.of("99201", "chugakkoku").terms == Terms::refused);
    CHECK(sheet.of("99201", "chugakkoku").words == "商用利用不可");
    CHECK(sheet.of("99341", "shogakkoku").terms == Terms::refused);
    CHECK(sheet.of("99341", "chugakkoku").terms == Terms::conditional);
    CHECK(sheet.of("99342", "shogakkoku").terms == Terms::refused);
    CHECK(sheet.of("99342", "chugakkoku").terms == Terms::unknown);
    CHECK(sheet.of("99999", "chugakkoku").terms == Terms::unknown);
}

TEST_CASE("A ward's terms are its city's where the sheet names the city alone") {
    CHECK(sheet_of(k_sheet).of("12101", "chugakkoku").terms == Terms::open);
}

TEST_CASE("A header below a title, in two rows with merged cells, is the same sheet") {
    const auto sheet = sheet_of(
        "市区町村別の利用条件,,,,,\n,,小学校区,,中学校区,\n行政コード,自治体名,公開条件,利用条件,公開条件,利用条件\n"
        "99201,潮見野市,公開,オープンデータ公開,公開,商用利用・再配布不可\n");
    CHECK(sheet.of("99201", "shogakkoku").terms == Terms::open);
    CHECK(sheet.of("99201", "chugakkoku").terms == Terms::refused);
}

TEST_CASE("A plain table with one column for all is understood, and any other table is not") {
    const auto sheet = sheet_of("市区町村コード,二次利用\n99201,可\n99341,不可\n99342,\n");
    CHECK(sheet.of("99201", "chugakkoku").terms == Terms::open);
    CHECK(sheet.of("99341", "nichijo_seikatsu").terms == Terms::refused);
    CHECK(sheet.of("99342", "chugakkoku").terms == Terms::unknown);
    const auto table = read_table("名前,場所\na,b\n", {});
    CHECK(TermsSheet::of(std::span(&*table, 1)).error().code == "header_unknown_terms");
}

TEST_CASE("Rows of a municipality that refuses are refused or flagged by setting; silence is told") {
    const auto sheet = sheet_of(k_sheet);
    const auto a32 = [](const std::string& code, double west) {
        return feature(R"("A32_001":")" + code + R"(","A32_002":"x","A32_003":"浜中学校")", square(west, 33.1));
    };
    const std::string file =
        collection({a32("99201", 137.1), a32("99341", 137.2), a32("99343", 137.3), a32("12101", 140.1)});
    Desk desk(directory::ImportKind::districts);
    const auto refusing = read_districts("list.geojson", file, {&sheet, {}}, desk.intake);
    REQUIRE(refusing);
    CHECK(desk.report.rows.rejected == 1);
    CHECK(desk.report.rows.flagged == 2);
    CHECK(desk.report.rows.accepted == 1);
    CHECK(desk.issue("terms_refused").row == 1);
    CHECK(desk.issue("terms_refused").message.find("商用利用不可") != std::string::npos);
    CHECK(desk.issue("terms_conditional").row == 2);
    CHECK(desk.issue("terms_unknown").row == 3);

    Desk flagging(directory::ImportKind::districts);
    flagging.options.terms_policy = TermsPolicy::flag;
    const auto flagged = read_districts("list.geojson", file, {&sheet, {}}, flagging.intake);
    REQUIRE(flagged);
    CHECK(flagging.report.rows.rejected == 0);
    CHECK(flagging.report.rows.flagged == 3);
    CHECK(flagged->front().rows.front().flagged);
}
