// The ministry's and the registry's tables, with their faults.
#include "directory/blocks.hpp"
#include "importers/gazetteer/gazetteer.hpp"
#include "importers/import.hpp"
#include "support.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

struct TableDesk : Desk {
    TableDesk() : Desk(directory::ImportKind::gazetteer) { options.explain = true; }

    GazetteerInput read(const std::vector<fs::path>& paths) {
        auto input = read_gazetteer(paths, intake);
        if (!input) {
            FAIL(in_words(input.error(), "en").message);
        }
        REQUIRE(report.rows.adds_up());
        return std::move(*input);
    }

    FileProblem refuse(const std::vector<fs::path>& paths) {
        auto input = read_gazetteer(paths, intake);
        REQUIRE_FALSE(input);
        return input.error();
    }
};

const directory::TownReading& reading(const directory::BatchRow& row) {
    return std::get<directory::TownReading>(row.reading);
}

const directory::BatchRow& row_of(const directory::BatchList& list, std::string_view town) {
    const auto found = std::ranges::find_if(
        list.rows, [&](const auto& row) { return reading(row).town + reading(row).koaza == town; });
    REQUIRE(found != list.rows.end());
    return *found;
}

constexpr std::string_view k_isj_towns =
    "\"都道府県コード\",\"都道府県名\",\"市区町村コード\",\"市区町村名\",\"大字町丁目コード\",\"大字町丁目名\","
    "\"緯度\",\"経度\","
    "\"原典資料コード\",\"大字・字・丁目区分コード\"\r\n"
    "\"99\",\"標県\",\"99201\",\"潮見野市\",\"992010001001\",\"港町一丁目\",\"33.120000\",\"137.150000\",\"0\","
    "\"3\"\r\n"
    "\"99\",\"標県\",\"99201\",\"潮見野市\",\"992010001002\",\"港町二丁目\",\"33.121000\",\"137.154000\",\"0\","
    "\"3\"\r\n"
    "\"99\",\"標県\",\"99341\",\"磯辺郡沖ノ浜町\",\"993410001000\",\"大字磯辺\",\"33.100000\",\"137.200000\",\"0\","
    "\"1\"\r\n"
    "\"99\",\"標県\",\"99201\",\"潮見野市\",\"992010001003\",\"\",\"33.121000\",\"137.154000\",\"0\",\"3\"\r\n"
    "\r\n"
    "\"99\",\"標県\",\"99201\",\"潮見野市\",\"992010001004\",\"港町四丁目\",\"137.154000\",\"33.121000\",\"0\","
    "\"3\"\r\n"
    "\"99\",\"標県\",\"9920x\",\"潮見野市\",\"992010001005\",\"港町五丁目\",\"33.122000\",\"137.154000\",\"0\","
    "\"3\"\r\n";

constexpr std::string_view k_isj_header =
    "\"都道府県名\",\"市区町村名\",\"大字・丁目名\",\"小字・通称名\",\"街区符号・地番\",\"座標系番号\",\"Ｘ座標\","
    "\"Ｙ座標\",\"緯度\","
    "\"経度\",\"住居表示フラグ\",\"代表フラグ\",\"更新前履歴フラグ\",\"更新後履歴フラグ\"\r\n";

std::string isj_block(std::string_view town, std::string_view koaza, std::string_view number, double lat, double lon,
                      std::string_view flags = "1,1,0,0") {
    return "標県,潮見野市," + std::string(town) + "," + std::string(koaza) + "," + std::string(number) + ",9,1.0,2.0," +
           std::to_string(lat) + "," + std::to_string(lon) + "," + std::string(flags) + "\r\n";
}

const std::string k_town_header =
    "lg_code,machiaza_id,machiaza_type,pref,pref_kana,county,city,ward,oaza_cho,chome,chome_number,koaza,koaza_aka_"
    "code,"
    "rsdt_addr_flg,efct_date,ablt_date\n";
const std::string k_town_pos_header = "lg_code,machiaza_id,rsdt_addr_flg,rep_lon,rep_lat,rep_srid\n";
const std::string k_block_header =
    "lg_code,machiaza_id,blk_id,city,ward,oaza_cho,chome,koaza,machiaza_dist,blk_num,rsdt_addr_flg,efct_date,ablt_"
    "date\n";
const std::string k_block_pos_header =
    "lg_code,machiaza_id,blk_id,rsdt_addr_flg,rsdt_addr_mtd_code,rep_lon,rep_lat,rep_srid\n";

const std::string k_registry_towns =
    k_town_header +
    "992011,0001001,2,標県,,,潮見野市,,港町,１丁目,1,,0,1,1947-04-17,\n"
    "992011,0001002,2,標県,,,潮見野市,,港町,２丁目,2,,0,1,1947-04-17,\n"
    "992011,0002000,1,標県,,,潮見野市,,谷戸,,,,0,0,1947-04-17,\n"
    "992011,0002101,3,標県,,,潮見野市,,谷戸,,,上原,0,0,1947-04-17,\n"
    "992011,0003000,1,標県,,,潮見野市,,旧町,,,,0,0,1947-04-17,2020-04-01\n" // gone
    "992011,0004000,1,標県,,,潮見野市,,新町,,,,0,0,1947-04-17,\n"           // without a position
    "993417,0001000,1,標県,,磯辺郡,沖ノ浜町,,磯辺,,,,0,0,1947-04-17,\n";    // no positions of its municipality at all
const std::string k_registry_town_positions = k_town_pos_header +
                                              "992011,0001001,1,137.150,33.120,EPSG:6668\n"
                                              "992011,0001002,1,137.154,33.121,EPSG:6668\n"
                                              "992011,0002000,0,137.110,33.110,EPSG:6668\n"
                                              "992011,0002101,0,137.112,33.110,EPSG:6668\n"
                                              "992011,0009000,0,137.112,33.110,EPSG:6668\n"  // named nowhere
                                              "994001,0001000,0,137.112,33.110,EPSG:6668\n"; // another municipality

} // namespace

TEST_CASE("Towns of the ministry, in Shift_JIS or not, with codes, and their faults with row and column") {
    const ScratchFolder folder;
    TableDesk desk;
    const auto input = desk.read({folder.write("99_2024.csv", k_isj_towns)});
    CHECK(desk.report.profiles == std::vector<std::string>{"isj-town"});
    REQUIRE(input.lists.size() == 1);
    const auto& list = input.lists[0];
    CHECK(list.name == "isj-town:標県");
    CHECK(list.publisher == "国土交通省");
    REQUIRE(list.rows.size() == 4);
    const auto& second = row_of(list, "港町二丁目");
    CHECK(reading(second).municipality == "99201");
    CHECK(reading(second).position == geo::LonLat{137.154, 33.121});
    CHECK(reading(second).accuracy_m > 100);
    CHECK(second.row == 3);
    CHECK(second.key == "992010001002");
    CHECK(reading(row_of(list, "大字磯辺")).municipality_name == "磯辺郡沖ノ浜町");
    CHECK(desk.report.rows.accepted == 3);
    CHECK(desk.report.rows.flagged == 1);
    CHECK(desk.report.rows.rejected == 2);
    CHECK(desk.report.rows.blank == 1);
    CHECK(desk.issue("town_name_missing").row == 5);
    CHECK(desk.issue("town_name_missing").column == "大字町丁目名");
    CHECK(desk.issue("town_outside_japan").row == 7);
    CHECK(desk.issue("municipality_unreadable").row == 8);
    const auto explained = std::ranges::find(desk.report.columns, "大字町丁目名", &ColumnExplained::column);
    REQUIRE(explained != desk.report.columns.end());
    CHECK(explained->understood == "town");
    CHECK(explained->samples == std::vector<std::string>{"港町一丁目", "港町二丁目", "大字磯辺"});
}

TEST_CASE("Blocks of the ministry: flags as published, several points of one block, faults with row and column") {
    const ScratchFolder folder;
    std::string text(k_isj_header);
    for (int i = 1; i <= 12; ++i) {
        text += isj_block("港町一丁目", "", std::to_string(i), 33.12 + 0.0006 * (i % 4), 137.15 + 0.0007 * (i / 4));
    }
    text += isj_block("港町一丁目", "", "13", 33.1230, 137.1530, "1,0,0,0"); // row 14: not the point that stands for it
    text += isj_block("港町一丁目", "", "13", 33.1232, 137.1550, "1,1,0,0");
    text += isj_block("大字谷戸", "", "甲１２", 33.1100, 137.1100, "0,1,0,0");
    text += isj_block("大字台", "上", "5", 33.1300, 137.1300, "0,1,0,0");
    text += isj_block("大字台", "下", "6", 33.1310, 137.1300, "0,1,0,0");
    text += isj_block("港町一丁目", "", "14", 33.1232, 137.1540, "1,1,1,3"); // row 19: deleted
    text += isj_block("港町一丁目", "", "", 33.1232, 137.1540);              // row 20
    text += isj_block("港町一丁目", "", "15", 0, 0);                         // row 21
    text += isj_block("", "", "16", 33.1232, 137.1540);                      // row 22
    text += isj_block("港町一丁目", "", "17", 33.1232, 137.1540, "?,1,0,0"); // row 23
    TableDesk desk;
    const auto input = desk.read({folder.write("99_2024.csv", text)});
    REQUIRE(input.lists.size() == 1);
    const auto& list = input.lists[0];
    CHECK(list.name == "isj-block:標県潮見野市"); // one municipality alone
    CHECK(list.profile == "isj-block");
    CHECK(desk.report.rows.read == 22);
    CHECK(desk.report.rows.accepted == 17);
    CHECK(desk.report.rows.flagged == 1);
    CHECK(desk.report.rows.rejected == 3);
    CHECK(desk.report.rows.out_of_scope == 1);
    CHECK(desk.issue("block_number_missing").row == 20);
    CHECK(desk.issue("block_number_missing").column == "街区符号・地番");
    CHECK(desk.issue("position_zero").row == 21);
    CHECK(desk.issue("town_name_missing").row == 22);
    CHECK(desk.issue("block_flag_unreadable").row == 23);
    CHECK(desk.issue("block_flag_unreadable").value == "?");

    const auto& port = row_of(list, "港町一丁目");
    CHECK(port.flagged);
    CHECK(port.row == 2);
    CHECK(reading(port).is_middle_of_blocks);
    REQUIRE(reading(port).blocks);
    const std::string& blocks = *reading(port).blocks;
    CHECK(directory::count_blocks(blocks) == 14);
    const auto thirteen = directory::find_block(blocks, "13", true);
    REQUIRE(thirteen);
    CHECK(thirteen->position.lon == Approx(137.155)); // the representative one
    CHECK(thirteen->accuracy_m > 187);                // and the other point lies in the circle
    CHECK_FALSE(directory::find_block(blocks, "14", true));
    CHECK(directory::find_block(blocks, "17", false)); // a flag that cannot be read is taken as 0
    CHECK(directory::find_block(*reading(row_of(list, "大字谷戸")).blocks, "甲12", false));
    // 台 has blocks in its 小字 alone: it has a middle, and no blocks of its own.
    CHECK(reading(row_of(list, "大字台")).position.lat == Approx(33.1305));
    CHECK_FALSE(reading(row_of(list, "大字台")).blocks);
    for (const auto& row : list.rows) {
        if (reading(row).blocks) {
            for (const auto& block : directory::unpack_blocks(*reading(row).blocks)) {
                CHECK(block.accuracy_m >= 30);
                CHECK(block.accuracy_m <= 1300);
            }
        }
    }
}

TEST_CASE("A town whose only block is of two places stands between them, in a circle that holds both") {
    const ScratchFolder folder;
    const std::string text = std::string(k_isj_header) + isj_block("大字台", "上", "5", 33.10, 137.10, "0,1,0,0") +
                             isj_block("大字台", "上", "5", 33.20, 137.10, "0,0,0,0");
    TableDesk desk;
    const auto input = desk.read({folder.write("99_2024.csv", text)});
    REQUIRE(input.lists.size() == 1);
    REQUIRE(input.lists[0].rows.size() == 2); // 上, and 台 as a whole
    for (const auto& row : input.lists[0].rows) {
        CHECK(reading(row).position.lat == Approx(33.15));
        CHECK(reading(row).accuracy_m == Approx(5546).epsilon(0.001)); // half of 0.1 degrees
    }
}

TEST_CASE("A zip with a folder of its own, in Shift_JIS, and a folder of zips") {
    const ScratchFolder folder;
    // 港町 in CP932; the header of an edition without 小字.
    const std::string cp932 =
        "\x93\x73\x93\xb9\x95\x7b\x8c\xa7\x96\xbc,\x8e\x73\x8b\xe6\x92\xac\x91\xba\x96\xbc,"
        "\x91\xe5\x8e\x9a\x81\x45\x92\x9a\x96\xda\x96\xbc,\x8a\x58\x8b\xe6\x95\x84\x8d\x86\x81\x45"
        "\x92\x6e\x94\xd4,\x88\xdc\x93\x78,\x8c\x6f\x93\x78,\x8f\x5a\x8b\x8f\x95\x5c\x8e\xa6\x83"
        "\x74\x83\x89\x83\x4f,\x91\xe3\x95\x5c\x83\x74\x83\x89\x83\x4f\r\n"
        "\x95\x57\x8c\xa7,\x92\xaa\x8c\xa9\x96\xec\x8e\x73,\x8d\x60\x92\xac,3,33.12,137.15,1,1\r\n";
    const std::string zip = zip_of({{"13000-19.0b/\x8d\x60.csv", cp932}, {"13000-19.0b/format.html", "<html>"}});
    folder.write("zips/a.zip", zip);
    TableDesk desk;
    const auto input = desk.read({folder.path() / "zips"});
    REQUIRE(input.lists.size() == 1);
    CHECK(reading(input.lists[0].rows[0]).town == "港町");
    CHECK(directory::find_block(*reading(input.lists[0].rows[0]).blocks, "3", true));
    CHECK(input.lists[0].rows[0].file.ends_with("a.zip/13000-19.0b/港.csv"));
    CHECK(input.files.size() == 1);
}

TEST_CASE("The registry's towns: names and positions joined across files, whichever comes first") {
    const ScratchFolder folder;
    const auto names = folder.write("mt_town_all.csv", k_registry_towns);
    const auto positions = folder.write(
        "mt_town_pos.csv.zip", zip_of({{"inner.csv.zip", zip_of({{"mt_town_pos.csv", k_registry_town_positions}})}}));
    for (const auto& files : {std::vector{names, positions}, std::vector{positions, names}}) {
        TableDesk desk;
        const auto input = desk.read(files);
        REQUIRE(input.lists.size() == 1);
        const auto& list = input.lists[0];
        CHECK(list.name == "abr-town:標県潮見野市");
        REQUIRE(list.rows.size() == 4);
        const auto& first = row_of(list, "港町１丁目");
        CHECK(reading(first).municipality == "99201");
        CHECK(reading(first).position == geo::LonLat{137.15, 33.12});
        CHECK(first.row == 2);
        CHECK(first.file.ends_with("mt_town_all.csv"));
        CHECK(reading(row_of(list, "谷戸上原")).koaza == "上原");
        CHECK(desk.report.rows.read == 13);
        CHECK(desk.report.rows.accepted == 8);
        CHECK(desk.report.rows.rejected == 2);
        CHECK(desk.report.rows.out_of_scope == 3);
        CHECK(desk.issue("town_position_missing").row == 7);
        CHECK(desk.issue("town_position_missing").file.ends_with("mt_town_all.csv"));
        CHECK(desk.issue("address_base_name_missing").row == 6);
        CHECK(desk.issue("address_base_name_missing").file.find("mt_town_pos.csv.zip") != std::string::npos);
    }
}

TEST_CASE("The registry's blocks and lots") {
    const ScratchFolder folder;
    const auto blocks = folder.write("blk.csv", k_block_header +
                                                    "992011,0001001,001,潮見野市,,港町,１丁目,,,1,1,1947-04-17,\n"
                                                    "992011,0001001,002,潮見野市,,港町,１丁目,,,2,1,1947-04-17,\n"
                                                    "992011,0001001,003,潮見野市,,港町,１丁目,,,,1,1947-04-17,\n"
                                                    "992011,0001001,004,潮見野市,,港町,１丁目,,,4,1,1947-04-17,\n"
                                                    "993417,0001000,001,沖ノ浜町,,磯辺,,,,1,1,1947-04-17,\n");
    const auto positions = folder.write("blk_pos.csv", k_block_pos_header +
                                                           "992011,0001001,001,1,1,137.150,33.120,EPSG:6668\n"
                                                           "992011,0001001,002,1,1,137.151,33.120,EPSG:6668\n"
                                                           "992011,0001001,002,1,1,137.159,33.120,EPSG:6668\n"
                                                           "993417,0001000,001,1,1,137.200,33.100,EPSG:6668\n");
    const auto lots = folder.write("lots.csv",
                                   "lg_code,machiaza_id,prc_id,city,ward,oaza_cho,chome,koaza,prc_num1,"
                                   "prc_num2,prc_num3,rsdt_addr_flg,ablt_date\n"
                                   "992011,0002000,1,潮見野市,,谷戸,,,12,3,,0,\n"
                                   "992011,0002000,2,潮見野市,,谷戸,,,12,,,0,\n");
    const auto lot_positions = folder.write("lots_pos.csv",
                                            "lg_code,machiaza_id,prc_id,rep_lon,rep_lat,rep_srid\n"
                                            "992011,0002000,1,137.11,33.11,EPSG:6668\n"
                                            "992011,0002000,2,137.12,33.11,EPSG:6668\n");
    TableDesk desk;
    const auto input = desk.read({blocks, positions, lots, lot_positions});
    REQUIRE(input.lists.size() == 1);
    const auto& list = input.lists[0];
    CHECK(list.name == "abr-block:標県");
    const auto& port = reading(row_of(list, "港町１丁目"));
    CHECK(port.prefecture == "標県"); // by the code: the table has no such column
    CHECK(directory::find_block(*port.blocks, "1", true));
    CHECK(directory::find_block(*port.blocks, "2", true)->position.lon == Approx(137.151));
    CHECK_FALSE(directory::find_block(*port.blocks, "4", true));
    CHECK(directory::find_block(*reading(row_of(list, "谷戸")).blocks, "12-3", false));
    CHECK(directory::find_block(*reading(row_of(list, "磯辺")).blocks, "1", true));
    CHECK(desk.issue("block_number_missing").row == 4);
    CHECK(desk.issue("block_position_missing").row == 5);
    CHECK(desk.issue("address_base_position_repeated").row == 4);
    CHECK(desk.report.profiles == std::vector<std::string>{"abr-block"});
}

TEST_CASE("What is no gazetteer, half of one, or one of single houses is a sentence that says what to do") {
    const ScratchFolder folder;
    TableDesk desk;
    const auto unknown = desk.refuse({folder.write("a.csv", "番号,なまえ\n1,浜\n")});
    CHECK(unknown.code == "gazetteer_header_unknown");
    CHECK(unknown.a.find("isj-block (都道府県名") != std::string::npos);
    CHECK(unknown.a.find("mt_town_pos (lg_code") != std::string::npos);
    CHECK(unknown.file.ends_with("a.csv"));
    const auto half = desk.refuse({folder.write("b.csv", k_registry_towns)});
    CHECK(half.code == "address_base_half");
    CHECK(half.a == "mt_town");
    CHECK(half.b == "mt_town_pos");
    CHECK(desk.refuse({folder.write("c.csv", "lg_code,machiaza_id,blk_id,rsdt_id,rsdt_addr_flg,rep_lon,rep_lat\n")})
              .code == "gazetteer_of_houses");
    CHECK(desk.refuse({folder.write("d.zip", zip_of({{"readme.txt", "x"}}))}).code == "archive_without_table");
    CHECK(desk.refuse({folder.write("e.csv", "\n\n")}).code == "table_empty");
    desk.options.profile = "isj-block";
    const auto misfit = desk.refuse({folder.write("f.csv", k_isj_towns)});
    CHECK(misfit.code == "profile_misfits");
    CHECK(misfit.b.find("街区符号・地番") != std::string::npos);
    desk.options.profile = "gsi";
    CHECK(desk.refuse({folder.write("g.csv", k_isj_towns)}).code == "profile_unknown");
}

TEST_CASE("Archives within archives may not unpack to more than a file may hold") {
    const ScratchFolder folder;
    const std::string bomb = zip_of({{"a.csv", std::string(std::size_t{3} << 20U, '0')}});
    TableDesk desk;
    desk.limits.file_bytes = std::size_t{4} << 20U;
    const auto inner = zip_of({{"1.csv.zip", bomb}, {"2.csv.zip", bomb}});
    const auto two_levels = zip_of({{"x.zip", zip_of({{"y.zip", bomb}})}});
    CHECK(desk.refuse({folder.write("a.zip", two_levels)}).code == "archive_without_table");
    desk.limits.file_bytes = std::size_t{2} << 20U;
    CHECK(desk.refuse({folder.write("b.zip", inner)}).code == "archive_too_big");
}
