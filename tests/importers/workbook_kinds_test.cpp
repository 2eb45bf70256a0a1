// Every kind of import reads workbooks, archives and texts alike: the same table is the same list whatever holds it.
#include "importers/files/workbook_cells.hpp"
#include "importers/import.hpp"
#include "importers/sheets/sheet_book.hpp"
#include "support.hpp"
#include "workbook_maker.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, at);) {
        parts.push_back(part);
    }
    return parts;
}

/// A sheet out of simple CSV, nothing quoted.
Sheet sheet_of(const std::string& name, const std::string& csv) {
    Sheet sheet{.name = name, .columns = {}, .rows = {}};
    for (const std::string& line : split(csv, '\n')) {
        const auto cells = split(line, ',');
        if (sheet.columns.empty()) {
            for (const std::string& header : cells) {
                sheet.columns.push_back({.header = header, .note = ""});
            }
        } else {
            sheet.rows.push_back(cells);
        }
    }
    return sheet;
}

struct KindOfTable {
    ImportKind kind;
    std::string name;
    std::string csv;
    std::string profile;
};

std::vector<KindOfTable> kinds() {
    return {
        {ImportKind::needs, "births",
         "指標,市区町村コード,年度,値,単位\n出生数,99201,令和6年度,120,人\n出生数,99341,令和6年度,X,人\n",
         "needs-plain"},
        {ImportKind::holidays, "holidays",
         "国民の祝日・休日月日,国民の祝日・休日名称\n2030/1/1,元日\n2030/1/14,成人の日\n", "cabinet-holidays"},
        {ImportKind::landmarks, "landmarks",
         "名称,種類,緯度,経度,市区町村コード\n標駅,駅,33.15,137.1,99201\n公会堂,施設,33.16,137.11,99201\n",
         "landmarks-template"},
        {ImportKind::population, "people",
         "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名,総人口,0-4歳の男性,0-4歳の女性\n"
         "992011,1,潮見野市,2024-04-01,浜町,120,6,5\n992011,2,潮見野市,2024-04-01,丘町,60,2,3\n",
         "area-age-population"},
        {ImportKind::population, "tblT001141H4937",
         "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001141001,T001141004\n,,,,人口総数,０～１４歳人口　総数\n"
         "49377000,0,,,100,12\n49377001,0,,,50,5\n",
         "estat-mesh"},
        {ImportKind::districts, "members",
         "区域名,市区町村コード,構成区域の層,構成区域\n東,99201,町字,浜町\n西,99201,町字,丘町\n", "district-members"},
        {ImportKind::districts, "addresses",
         "学校名称,全国地方公共団体コード,通学区域の住所\n浜中学校,992011,浜町1丁目\n丘中学校,992011,丘町\n",
         "school-addresses"},
        {ImportKind::resources, "places", "事業,名称,市区町村コード\n児童館,浜の館,99201\n児童館,丘の館,99201\n",
         "shirube-template"}};
}

struct Town {
    ScratchFolder folder;
    Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);

    Report import(ImportKind kind, const fs::path& file, const std::string& profile = {}) {
        ImportOptions options;
        options.kind = kind;
        options.files = {file};
        options.language = "en";
        options.list = "the list";
        options.profile = profile;
        auto report = run_import(store, options, {});
        if (!report) {
            FAIL(file << ": " << report.error().code << " " << report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }
};

} // namespace

TEST_CASE("The same table as CSV, XLSX, ODS and in an archive is the same list, for every kind") {
    for (const KindOfTable& each : kinds()) {
        Town town;
        INFO(each.profile);
        const SheetBook book{.title = each.name, .sheets = {sheet_of("表1", each.csv)}};
        const Report first = town.import(each.kind, town.folder.write(each.name + ".csv", each.csv));
        CHECK(first.profiles == std::vector<std::string>{each.profile});
        CHECK(first.rows.accepted + first.rows.flagged == 2);
        CHECK(first.entities.added > 0);
        for (const auto& [name, bytes] :
             {std::pair{each.name + ".xlsx", to_xlsx(book)},
              {each.name + ".ods", to_ods(book)},
              {each.name + ".zip", zip_of({{"folder/" + each.name + ".csv", each.csv}, {"readme.pdf", "%PDF-"}})},
              {each.name + "-2.zip", zip_of({{each.name + ".xlsx", to_xlsx(book)}})}}) {
            INFO(name);
            const Report again = town.import(each.kind, town.folder.write(name, bytes));
            CHECK(again.profiles == first.profiles);
            CHECK(again.rows.accepted == first.rows.accepted);
            CHECK(again.rows.flagged == first.rows.flagged);
            CHECK(again.entities.added == 0);
            CHECK(again.entities.changed == 0);
            CHECK(again.entities.gone == 0);
        }
    }
}

TEST_CASE("Beside a table other sheets are passed over and told, and a title may stand above its header") {
    for (const KindOfTable& each : kinds()) {
        Town town;
        INFO(each.profile);
        Sheet titled = sheet_of("本表", "令和6年度の表\n(架空)\n" + each.csv);
        const SheetBook book{
            .title = each.name,
            .sheets = {sheet_of("はじめに", "この表について\n使い方は\n市の\n窓口へ\n"), titled,
                       sheet_of("書き方", "※この表は取り込みません（列の書き方）\n名称,正式な名称\n")}};
        const Report report = town.import(each.kind, town.folder.write(each.name + ".xlsx", to_xlsx(book)));
        CHECK(report.rows.accepted + report.rows.flagged == 2);
        CHECK(report.issue_counts.at("sheet_unknown") == 1);
        CHECK(report.profiles == std::vector<std::string>{each.profile});
    }
}

TEST_CASE("A profile that is named is held to, for every kind") {
    for (const KindOfTable& each : kinds()) {
        Town town;
        INFO(each.profile);
        const fs::path file = town.folder.write(each.name + ".csv", each.csv);
        CHECK(town.import(each.kind, file, each.profile).profiles == std::vector<std::string>{each.profile});
        ImportOptions options;
        options.kind = each.kind;
        options.files = {file};
        options.profile = "nobody-knows-it";
        const auto unknown = run_import(town.store, options, {});
        REQUIRE_FALSE(unknown);
        CHECK(unknown.error().code == "profile_unknown");
        CHECK(unknown.error().wrong_use);
        CHECK(unknown.error().message.find(each.profile) != std::string::npos);
    }
    const auto refused = [](ImportKind kind, const std::string& csv, const std::string& profile) {
        Town town;
        ImportOptions options;
        options.kind = kind;
        options.files = {town.folder.write("a.csv", csv)};
        options.profile = profile;
        const auto report = run_import(town.store, options, {});
        return report ? "" : report.error().code;
    };
    for (const KindOfTable& each : kinds()) {
        if (each.profile == "area-age-population") {
            CHECK(refused(each.kind, each.csv, "estat-mesh") == "profile_misfits");
        } else if (each.profile == "district-members") {
            CHECK(refused(each.kind, each.csv, "school-addresses") == "profile_misfits");
            CHECK(refused(each.kind, each.csv, "a32-2021") == "profile_misfits");
        } else if (each.profile == "shirube-template") {
            CHECK(refused(each.kind, each.csv, "cafeteria-49") == "profile_misfits");
        }
    }
}

TEST_CASE("A percentage in a workbook is the figure that is seen in its cell") {
    const std::vector<std::string> header{"指標", "市区町村コード", "年度", "値", "単位"};
    // The second and the third format show hundredths, the fourth a % that is a word; one number is plain.
    const std::string styles = R"(<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>)"
                               R"(<numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/></numFmts>)"
                               R"(<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>)"
                               R"(<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/>)"
                               R"(<xf numFmtId="165"/></cellXfs>)";
    std::string rows = text_row(1, header);
    const std::vector<std::pair<std::string, std::string>> cells{{"1", "<v>0.5</v>"},
                                                                 {"2", "<f>1/8</f><v>0.125</v>"},
                                                                 {"2", "<v>1.2</v>"},
                                                                 {"3", "<v>37.5</v>"},
                                                                 {"0", "<v>42</v>"}};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string row = std::to_string(i + 2);
        rows += "<row r=\"" + row + "\">" + text_cell("A" + row, "不登校の割合" + row) + text_cell("B" + row, "99201") +
                text_cell("C" + row, "令和6年度") + "<c r=\"D" + row + "\" s=\"" + cells[i].first + "\">" +
                cells[i].second + "</c>" + text_cell("E" + row, "%") + "</row>";
    }
    const std::string ods_row =
        R"(<table:table-row><table:table-cell office:value-type="string"><text:p>不登校の割合2</text:p></table:table-cell>)"
        R"(<table:table-cell office:value-type="string"><text:p>99201</text:p></table:table-cell>)"
        R"(<table:table-cell office:value-type="string"><text:p>令和6年度</text:p></table:table-cell>)"
        R"(<table:table-cell office:value-type="percentage" office:value="0.333"><text:p>33%</text:p></table:table-cell>)"
        R"(<table:table-cell office:value-type="string"><text:p>%</text:p></table:table-cell></table:table-row>)";
    std::string ods_header = "<table:table-row>";
    for (const auto& column : header) {
        ods_header +=
            R"(<table:table-cell office:value-type="string"><text:p>)" + column + "</text:p></table:table-cell>";
    }
    const auto figures = [](const std::string& name, const std::string& bytes) {
        Town town;
        CHECK(town.import(ImportKind::needs, town.folder.write(name, bytes)).rows.flagged == 0);
        std::vector<std::pair<std::string, double>> found;
        for (const auto& need : town.store.read_public_state().needs) {
            found.emplace_back(need.reading.indicator, need.reading.value.value_or(-1));
        }
        std::ranges::sort(found);
        return found;
    };
    using Figures = std::vector<std::pair<std::string, double>>;
    CHECK(figures("shares.xlsx", xlsx_of({{"割合", rows}}, {}, styles)) == Figures{{"不登校の割合2", 50},
                                                                                   {"不登校の割合3", 12.5},
                                                                                   {"不登校の割合4", 120},
                                                                                   {"不登校の割合5", 37.5},
                                                                                   {"不登校の割合6", 42}});
    CHECK(figures("shares.ods", ods_of("割合", ods_header + "</table:table-row>" + ods_row)) ==
          Figures{{"不登校の割合2", 33}});
}

TEST_CASE("Cells that never end, and cells without a value, are walked over and no more") {
    std::string cells;
    for (int i = 0; i < 200'000; ++i) {
        cells += R"(<c t="s">)"; // each would be searched to the sheet's end
    }
    const XlsxCells of{.is_percent = {true}, .shared_strings = 0};
    CHECK(settle_xlsx_cells(cells + "</c>", of) == cells + "</c>");
    CHECK(settle_xlsx_cells(R"(<c s="0"/><c s="0"></c><c s="0"><v/></c><c s="0"><v>0.5</v></c>)", of) ==
          R"(<c s="0"/><c s="0"></c><c s="0"><v/></c><c s="0"><v>50%</v></c>)");
    CHECK(settle_xlsx_cells(R"(<x:c s="0"><x:f>a</x:f><x:v>1</x:v></x:c>)", of) ==
          R"(<x:c s="0"><x:f>a</x:f><x:v>100%</x:v></x:c>)");
    std::string content;
    for (int i = 0; i < 200'000; ++i) {
        content += R"(<table:table-cell office:value-type="percentage" office:value="1">)";
    }
    CHECK(settle_ods_cells(content) == content);
}

TEST_CASE("A cell that points at a text the workbook does not hold is damage, not a number") {
    const std::string rows = text_row(1, {"事業", "名称", "市区町村コード"}) + "<row r=\"2\">" +
                             text_cell("A2", "児童館") + R"(<c r="B2" t="s"><v>7</v></c>)" + text_cell("C2", "99201") +
                             "</row>";
    Town town;
    ImportOptions options;
    options.kind = ImportKind::resources;
    options.files = {town.folder.write("places.xlsx", xlsx_of({{"一覧", rows}}, "<si><t>浜の館</t></si>"))};
    options.language = "en";
    const auto report = run_import(town.store, options, {});
    REQUIRE_FALSE(report);
    CHECK(report.error().code == "workbook_text_missing");
    CHECK(report.error().message.find("B2") != std::string::npos);
}

TEST_CASE("Of two columns of one name the leftmost is read, and that is told") {
    Town town;
    const Report report = town.import(
        ImportKind::resources,
        town.folder.write("places.csv", "事業,名称,市区町村コード,名 称,,\n児童館,浜の館,99201,丘の館,,\n"));
    CHECK(report.issue_counts.at("column_repeated") == 1);
    CHECK(report.rows.accepted == 1);
    CHECK(town.store.read_public_state().sites.at(0).name == "浜の館");
}
