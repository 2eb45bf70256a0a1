#include "importers/lists/terms.hpp"

#include "importers/districts/districts.hpp"
#include "importers/files/csv.hpp"
#include "importers/import.hpp"
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

TEST_CASE("The terms hold for facilities and schools too: refused or flagged by setting, a prefecture's for its own") {
    ScratchFolder folder;
    const auto p29 = [](const std::string& code, const std::string& school_class, const std::string& name) {
        return feature(R"("P29_001":")" + code + R"(","P29_002":"x","P29_003":")" + school_class + R"(","P29_004":")" +
                           name + R"(","P29_005":"港町1","P29_006":"3","P29_007":"1","P29_008":"00",)" +
                           R"("P29_009":"")",
                       R"({"type":"Point","coordinates":[137.1,33.1]})");
    };
    const fs::path schools = folder.write(
        "P29-21_99.geojson",
        collection({p29("99201", "16001", "浜小"), p29("99201", "16002", "浜中"), p29("99201", "16014", "浜学園"),
                    p29("99343", "16001", "谷小"), p29("99201", "16004", "浜高校")}));
    const fs::path sheet =
        folder.write("terms.csv", k_sheet + "5,99000,標県,公開,オープンデータ公開,,公開,オープンデータ公開,\n");
    const auto import = [&](const fs::path& file, TermsPolicy policy) {
        auto store = directory::Store::open(folder.path() / "town.shirube", directory::OpenMode::write_or_create);
        ImportOptions options;
        options.files = {file};
        options.terms = sheet;
        options.terms_policy = policy;
        options.dry_run = true;
        options.keep_rejects = true;
        options.language = "en";
        auto report = run_import(store, options, {});
        REQUIRE(report);
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    };
    const Report refusing = import(schools, TermsPolicy::refuse);
    CHECK(refusing.rows.out_of_scope == 1);
    CHECK(refusing.rows.accepted == 2); // the elementary schools; the prefecture speaks for 谷小
    CHECK(refusing.rows.rejected == 2); // of a school that is both, the stricter
    CHECK(refusing.issue_counts.at("terms_refused") == 2);
    CHECK(refusing.issues.at(0).message.find("商用利用不可") != std::string::npos);
    CHECK(refusing.issues.at(0).value == "99201");
    REQUIRE(refusing.rejects.size() == 1);
    CHECK(refusing.rejects[0].rows.size() == 2);
    const Report flagging = import(schools, TermsPolicy::flag);
    CHECK(flagging.rows.rejected == 0);
    CHECK(flagging.rows.flagged == 2);

    const auto p14 = [](const std::string& code, const std::string& name) {
        return feature(R"("P14_001":"標県","P14_002":"x","P14_003":")" + code +
                           R"(","P14_004":"港町1","P14_005":"05","P14_006":"0513","P14_007":"051301","P14_008":")" +
                           name + R"(","P14_009":"3","P14_010":1)",
                       R"({"type":"Point","coordinates":[137.1,33.1]})");
    };
    const fs::path facilities =
        folder.write("P14-21_99.geojson", collection({p14("99201", "浜の館"), p14("12101", "丘の館")}));
    const fs::path closed =
        folder.write("closed.csv", "行政コード,利用条件\n99201,再配布不可\n12100,オープンデータ公開\n");
    auto store = directory::Store::open(folder.path() / "town.shirube", directory::OpenMode::write_or_create);
    ImportOptions options;
    options.files = {facilities};
    options.terms = closed;
    options.language = "en";
    const auto report = run_import(store, options, {});
    REQUIRE(report);
    CHECK(report->rows.rejected == 1);
    CHECK(report->rows.accepted == 1);
    const auto state = store.read_public_state();
    REQUIRE(state.sites.size() == 1);
    CHECK(state.sites[0].name == "丘の館");
}
