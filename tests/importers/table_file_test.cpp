#include "importers/files/table_file.hpp"

#include "importers/files/workbook.hpp"
#include "importers/files/workbook_parts.hpp"
#include "support.hpp"
#include "workbook_maker.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

using Cells = std::vector<std::string>;

std::vector<Table> tables_of(const std::string& bytes, const Limits& limits = {}) {
    auto tables = read_tables("file", bytes, limits);
    if (!tables) {
        FAIL(tables.error().code << ": " << tables.error().a);
    }
    return std::move(*tables);
}

std::string refused(const std::string& bytes, const Limits& limits = {}) {
    const auto tables = read_tables("file", bytes, limits);
    return tables ? "" : tables.error().code;
}

/// An old workbook with the sheets 表 and 空, made for this test: packed by zlib, in base64.
std::string old_workbook() {
    std::string packed =
        "eNrtWE1oE1EQ/t7u5q82fzUVW6GEgFVjIf5cvLSrBe1FSxRBEdG2JqLUphL0kIBYrQEvguBFxUuhCl6qXvxBRb15ECp6EAQhUXryoIKChzbr"
        "vMlum9QUGqjFlv2WN29m3t/sm3k/u2/Hg/mRB80FzEIHVBQND5xlOkHJYwkBULlhSNbK3ZQMG0sKHjc50unAU+8bl/Sh9HcBCu5rr4gCnykd"
        "xml0D6aS4UVEJ9vQK6QN7UKj2FNwi5IPTWxXA9NjTFcyvcd1nzHdzporTNupbl4cwrjeHd1mxvFBJcJlPqICj7jNR9ZsRiNeyzg+f1WU6jqw"
        "I32y99RyKWjR6jEK8nVXMpVMS9mP26gDMoTYwEAskcgjRHEwil9GGPhpLfiXYVu/uHoB0v+u1Lvm0LvJidX0Hkqz9dcUDRiC0SNk9OfI+XGN"
        "Y0ScuCylTc6SlM1OIso7gpMjSOy+Tg28+79niJ9IEuk8Topv5+4cIX7L2Tp5PvB+EqjYT7y8yuqJJuBnPshrLUBWT9798W5PX1w/ypohPkNK"
        "J81aaSUMXJAtqLGPS7RpGuUWG5le5F7XMN/MNETxTnlrvNFkdg1znUtc2krjbGW819eV8euJz33d+7gl90XfQPxYVyEbGvugjyBCM5mQc0DP"
        "MNpEm7h5Q+KJbuXC3JM+MW36a39yKwHz3QzzOPVjSi48QpCprCH47SprCK4haUmy5q8kKSSp05JKkmb2pVbpS+W+HESfYzVJ0urIC4VsjAlZ"
        "soK2SBUdSgMeyiFoJ53BwvkXc/p3BkvNvzxnqDZnNmzYsGHDhg0b/xPkrVLeXlTzVu0w73Qu87/OFKWi/Ztk2WIfBuk5Q1+IO5GiPI1MTfGz"
        "Cg5h9SXm2cb6XyhxgEZPox99bEd/zfFLd3JR/j7zbhhYuCVU6/jFWuz8x+P/AXOBCDo=";
    const int size = CPLBase64DecodeInPlace(reinterpret_cast<GByte*>(packed.data()));
    std::string bytes(5632, '\0');
    std::size_t unpacked = 0;
    if (CPLZLibInflate(packed.data(), static_cast<std::size_t>(size), bytes.data(), bytes.size(), &unpacked) ==
        nullptr) {
        throw std::runtime_error("cannot unpack the workbook");
    }
    bytes.resize(unpacked);
    return bytes;
}

} // namespace

TEST_CASE("A delimited text is one table without a sheet") {
    const auto tables = tables_of("名称,住所\r\n甲,乙\r\n");
    REQUIRE(tables.size() == 1);
    CHECK(tables[0].file == "file");
    CHECK(tables[0].sheet.empty());
    CHECK(tables[0].header == Cells{"名称", "住所"});
    CHECK(tables[0].records.at(0).row == 2);
}

TEST_CASE("Every sheet that is not empty is a table, with rows as the sheet counts them") {
    const auto tables = tables_of(xlsx_of({{"基本", text_row(2, {"名称", "", "住所"}) + text_row(5, {"甲", "x", "乙"})},
                                           {"空", ""},
                                           {"追加", text_row(1, {"ID"}) + text_row(2, {"1"})}}));
    REQUIRE(tables.size() == 2);
    CHECK(tables[0].sheet == "基本");
    CHECK(tables[0].header == Cells{"名称", "", "住所"});
    REQUIRE(tables[0].records.size() == 3);
    CHECK(tables[0].records[0].row == 3);
    CHECK(tables[0].records[0].cells.empty());
    CHECK(tables[0].records[2].row == 5);
    CHECK(tables[0].records[2].cells == Cells{"甲", "x", "乙"});
    CHECK(tables[1].sheet == "追加");
}

TEST_CASE("A name is read without the reading that stands above its characters") {
    // Japanese Excel keeps what was typed before conversion beside every text.
    const std::string shared =
        R"(<si><t>名称</t><rPh sb="0" eb="2"><t>メイショウ</t></rPh><phoneticPr fontId="1"/></si>)"
        R"(<si><r><t>青空</t></r><r><t>食堂</t></r><rPh sb="0" eb="2"><t>アオゾラ</t></rPh>)"
        R"(<rPh sb="2" eb="4"><t>ショクドウ</t></rPh></si>)";
    const auto tables = tables_of(xlsx_of({{"S", R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)"
                                                 R"(<row r="2"><c r="A2" t="s"><v>1</v></c></row>)"}},
                                          shared));
    CHECK(tables.at(0).header == Cells{"名称"});
    CHECK(tables.at(0).records.at(0).cells == Cells{"青空食堂"});
}

TEST_CASE("Numbers, days, times and formulas of a workbook come as the texts a person sees") {
    const std::string styles =
        R"(<numFmts count="3"><numFmt numFmtId="176" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>)"
        R"(<numFmt numFmtId="177" formatCode="h&quot;時&quot;mm&quot;分&quot;"/><numFmt numFmtId="178" formatCode="#,##0.0"/></numFmts>)"
        R"(<cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="176"/>)"
        R"(<xf numFmtId="177"/><xf numFmtId="178"/><xf numFmtId="31"/><xf numFmtId="46"/></cellXfs>)";
    const auto cell = [](std::string_view reference, int style, std::string_view value) {
        return "<c r=\"" + std::string(reference) + "\" s=\"" + std::to_string(style) + "\"><v>" + std::string(value) +
               "</v></c>";
    };
    const auto tables = tables_of(
        xlsx_of({{"S", text_row(1, {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}) + "<row r=\"2\">" +
                           cell("A2", 0, "35.860000000000003") + cell("B2", 0, "13") + cell("C2", 1, "45000") +
                           cell("D2", 2, "0.75") + cell("E2", 3, "45000") + cell("F2", 4, "0.708333333333333") +
                           cell("G2", 5, "1234.5") + cell("H2", 6, "45000") + cell("I2", 7, "1.5") +
                           "<c r=\"J2\" t=\"str\"><f>A1</f><v>stored</v></c><c r=\"K2\"><f>NOW()</f></c></row>"}},
                {}, styles));
    CHECK(tables.at(0).records.at(0).cells == Cells{"35.86", "13", "2023/03/15", "18:00:00", "2023/03/15", "17:00:00",
                                                    "1234.5", "2023/03/15", "1.5", "stored", ""});
}

TEST_CASE("Noise of binary fractions is taken off, and nothing else is touched") {
    CHECK(plain_number("139.63574800000001") == "139.635748");
    CHECK(plain_number("35.898347999999999") == "35.898348");
    CHECK(plain_number("0.30000000000000004") == "0.3");
    CHECK(plain_number("0.72916666666666663") == "0.729166666666667");
    CHECK(plain_number("-0.00012000000000000001") == "-0.00012");
    CHECK(plain_number("1.234567890123E+12") == "1234567890123");
    CHECK(plain_number("1E-3") == "0.001");
    for (const char* as_it_is : {"", "0", "007", "1.50", "35.86", "1234567890123456", "1E5", "1.2.3", "-", ".5",
                                 "2-13-6", "03-0000-0000", "1E+999", "第1", "1.0000000000000000a"}) {
        CHECK(plain_number(as_it_is) == as_it_is);
    }
}

TEST_CASE("Formats of days and times are told from other formats") {
    CHECK(known_format("yyyy\"年\"m\"月\"d\"日\"") == "yyyy/mm/dd");
    CHECK(known_format("[$-411]ge.m.d;@") == "yyyy/mm/dd");
    CHECK(known_format("m&quot;月&quot;d&quot;日&quot;") == "yyyy/mm/dd");
    CHECK(known_format("yyyy/m/d\\ h:mm") == "yyyy/mm/dd hh:mm:ss");
    CHECK(known_format("h:mm;@") == "hh:mm:ss");
    for (const char* other :
         {"General", "0.00E+00", "[h]:mm", "#,##0", "0\"件\"", "&quot;year&quot;0", "@", "\"open"}) {
        CHECK(known_format(other) == other);
    }
}

TEST_CASE("An ODS is read as the XLSX of the same table, without its comments") {
    const auto text = [](const std::string& t) {
        return "<table:table-cell office:value-type=\"string\"><text:p>" + t + "</text:p></table:table-cell>";
    };
    const std::string rows =
        "<table:table-row>" + text("名称") + text("日") + text("時") + text("数") + text("注") +
        "</table:table-row><table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
        "table:number-columns-repeated=\"5\"/></table:table-row><table:table-row>" +
        text("甲") +
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-04-01\"><text:p>令和6年</text:p>"
        "</table:table-cell><table:table-cell office:value-type=\"time\" "
        "office:time-value=\"PT18H30M00S\"><text:p>18:30"
        "</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"35.86\"><text:p>36"
        "</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><office:annotation><dc:creator>x"
        "</dc:creator><text:p>comment</text:p></office:annotation><text:p>備考</text:p></table:table-cell>"
        "</table:table-row><table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell "
        "table:number-columns-repeated=\"1024\"/></table:table-row>";
    const auto tables = tables_of(ods_of("表", rows));
    REQUIRE(tables.size() == 1);
    CHECK(tables[0].sheet == "表");
    REQUIRE(tables[0].records.size() == 3);
    CHECK(tables[0].records[2].row == 4);
    CHECK(tables[0].records[2].cells == Cells{"甲", "2024-04-01", "18:30:00", "35.86", "備考"});
}

TEST_CASE("An old workbook is read without leaving anything on the disk") {
    const auto tables = tables_of(old_workbook());
    REQUIRE(tables.size() == 1);
    CHECK(tables[0].sheet == "表");
    CHECK(tables[0].header == Cells{"題"});
    REQUIRE(tables[0].records.size() == 3);
    CHECK(tables[0].records[0].cells == Cells{"名称", "日", "時", "緯度"});
    CHECK(tables[0].records[2].row == 4);
    CHECK(tables[0].records[2].cells == Cells{"甲", "2023-03-15", "18:00:00", "35.86"});
    // Other programs' tests may run beside this one: only a link into this process would be ours.
    for (const auto& entry : fs::directory_iterator(fs::temp_directory_path())) {
        std::error_code ignored;
        CHECK_FALSE(fs::read_symlink(entry.path() / "book.xls", ignored).string().starts_with("/proc/self/fd/"));
    }
}

TEST_CASE("An archive holds the tables of its members, under names as Windows writes them") {
    const auto tables = tables_of(zip_of({{"\x88\xea\x97\x97.csv", "名称\n甲\n"}, // 一覧 in CP932
                                          {"読んでください.pdf", "%PDF"},
                                          {"../../本.xlsx", xlsx_of({{"S", text_row(1, {"名称"})}})}}));
    REQUIRE(tables.size() == 2);
    CHECK(tables[0].file == "file (一覧.csv)");
    CHECK(tables[0].header == Cells{"名称"});
    CHECK(tables[1].sheet == "S");
    CHECK(refused(zip_of({{"a.png", "x"}})) == "archive_without_table");
    CHECK(refused(zip_of({{"a.csv", zip_of({{"b.csv", "x\n"}})}})) == "content_wrong_kind");
}

TEST_CASE("A workbook that lies unpacked in an archive does not make the archive a workbook") {
    // Packed once, a workbook packs no better: archives often store it as it is.
    const std::string inner = xlsx_of({{"S", text_row(1, {"名称"})}});
    REQUIRE(inner.find("xl/workbook.xml") != std::string::npos);
    CHECK(tables_of(zip_of({{"a.csv", inner}})).at(0).file == "file (a.csv)");
}

TEST_CASE("A format a million rows below the table is no table") {
    const auto tables =
        tables_of(xlsx_of({{"S", text_row(1, {"名称"}) + text_row(2, {"甲"}) + R"(<row r="3"><c r="A3" s="0"/></row>)" +
                                     R"(<row r="1048576" ht="15"><c r="A1048576" s="0"/></row>)"}}));
    REQUIRE(tables.at(0).records.size() == 2);
    CHECK(tables[0].records[1].cells.empty());
}

TEST_CASE("Workbooks that would exhaust the machine, or lie, are refused with a code") {
    const auto start = [](const std::string& rows) { return xlsx_of({{"S", rows}}); };
    SECTION("a value a million rows below the table") {
        CHECK(refused(start(text_row(1, {"a"}) + text_row(1048576, {"b"}))) == "workbook_unreadable");
    }
    SECTION("a hundred thousand columns") {
        std::vector<std::string> wide(100'000, "x");
        CHECK(refused(start(text_row(1, wide))) == "too_many_columns");
        CHECK(refused(start(text_row(1, {"a"}) + "<row r=\"2\">" + text_cell("ZZZZ2", "x") + "</row>")) ==
              "too_many_columns");
    }
    SECTION("a cell longer than cells may be") {
        CHECK(refused(start(text_row(1, {std::string((1U << 20U) + 1, 'x')}))) == "cell_too_long");
    }
    SECTION("a bomb") {
        Limits limits;
        limits.workbook_bytes = 1U << 20U;
        CHECK(refused(start(text_row(1, {std::string(2U << 20U, ' ')})), limits) == "archive_too_big");
    }
    SECTION("a billion laughs") {
        std::string document = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"lol\">";
        for (int i = 1; i < 10; ++i) {
            document += "<!ENTITY l" + std::to_string(i) + " \"";
            for (int k = 0; k < 10; ++k) {
                document += "&l" + std::to_string(i - 1) + ";";
            }
            document += "\">";
        }
        document +=
            "]><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&l9;</t></is></c></row></sheetData></worksheet>";
        CHECK(refused(start(document)) == "workbook_unreadable");
    }
    SECTION("a sheet that is cut") {
        CHECK(refused(start("<?xml version=\"1.0\"?><worksheet><sheetData>" + text_row(1, {"a"}) +
                            "<row r=\"2\"><c r")) == "workbook_unreadable");
    }
    SECTION("too many sheets") {
        CHECK(refused(xlsx_of(std::vector<SheetXml>(201, {"S", text_row(1, {"a"})}))) == "workbook_many_sheets");
    }
    SECTION("too many cells") {
        Limits limits;
        limits.table_cells = 3;
        CHECK(refused(start(text_row(1, {"a", "b"}) + text_row(2, {"c", "d"})), limits) == "table_too_big");
    }
    SECTION("nothing in it") { CHECK(refused(start("")) == "table_empty"); }
    SECTION("an old workbook that is none") {
        CHECK(refused("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(2000, 'x')) == "workbook_unreadable");
    }
    SECTION("a password") {
        std::string name;
        for (const char c : std::string("EncryptedPackage")) {
            name += c;
            name += '\0';
        }
        CHECK(refused("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(600, '\0') + name) == "workbook_locked");
    }
}

TEST_CASE("A workbook cut anywhere is refused or read, and never more than that") {
    const std::string whole = xlsx_of({{"S", text_row(1, {"名称", "住所"}) + text_row(2, {"甲", "乙"})}});
    REQUIRE(tables_of(whole).size() == 1);
    for (std::size_t size = 8; size < whole.size(); size += 7) {
        CHECK_FALSE(read_tables("file", std::string_view(whole).substr(0, size), {}));
    }
}

TEST_CASE("The real workbook holds two sheets, their empty rows counted") {
    const auto path = real_data("saitama/110001_kodomoshokudo.xlsx");
    if (path.empty()) {
        return;
    }
    const auto tables = tables_of(bytes_of(path));
    REQUIRE(tables.size() == 2);
    CHECK(tables[0].sheet == "基本情報");
    CHECK(tables[0].header.size() == 49);
    const auto filled = std::ranges::count_if(tables[0].records, [](const Record& r) { return !r.cells.empty(); });
    CHECK(filled == 248);
    CHECK(tables[0].records.size() == 999);
    CHECK(tables[1].sheet == "追加情報");
    CHECK(tables[1].header.front() == "NO");
}

TEST_CASE("An ODS that LibreOffice saved, formatted down to the last row of the sheet, is read") {
    const auto text = [](const std::string& t) {
        return "<table:table-cell office:value-type=\"string\"><text:p>" + t + "</text:p></table:table-cell>";
    };
    const auto blank = [](const std::string& times) {
        return "<table:table-row table:style-name=\"ro1\" table:number-rows-repeated=\"" + times +
               "\"><table:table-cell table:number-columns-repeated=\"32\" table:style-name=\"ce1\"/></table:table-row>";
    };
    const std::string header = "<table:table-row>" + text("名称") + text("事業") + "</table:table-row>";
    const std::string row = "<table:table-row>" + text("浜の館") + text("児童館") + "</table:table-row>";
    const std::string bytes = ods_of("表", header + blank("2") + row + blank("996") + blank("1047574") + blank("1"));
    const auto tables = read_tables("list.ods", bytes, {});
    REQUIRE(tables);
    REQUIRE(tables->size() == 1);
    CHECK(tables->front().header == std::vector<std::string>{"名称", "事業"});
    REQUIRE(tables->front().records.size() >= 3);
    CHECK(tables->front().records[2].row == 4);
    CHECK(tables->front().records[2].cells.at(0) == "浜の館");
    // A value below a gap that no table has is still told, never lost in silence.
    const auto far = read_tables("list.ods", ods_of("表", header + row + blank("1047574") + row), {});
    CHECK((!far || far->front().records.back().cells.at(0) == "浜の館"));
}
