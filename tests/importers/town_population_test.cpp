#include "directory/snapshot/snapshot.hpp"
#include "directory/store.hpp"
#include "importers/import.hpp"
#include "importers/population/population.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::PopulationReading;

namespace {

directory::TownReading town(const std::string& name, geo::LonLat position) {
    directory::TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = "99201";
    reading.municipality_name = "潮見野市";
    reading.town = name;
    reading.position = position;
    reading.accuracy_m = 250;
    return reading;
}

struct TownDesk : Desk {
    TownDesk() : Desk(directory::ImportKind::population) {}

    Locator locator{
        {town("浜町一丁目", {137.01, 33.11}), town("浜町二丁目", {137.02, 33.11}), town("丘", {137.03, 33.12})}};

    directory::BatchList read(const std::string& bytes, const std::string& file = "tblT001082C99.txt") {
        auto lists = read_population(file, bytes, locator, intake);
        REQUIRE(lists);
        REQUIRE(lists->size() == 1);
        REQUIRE(report.rows.adds_up());
        return std::move(lists->front());
    }
};

const PopulationReading& reading(const directory::BatchRow& row) { return std::get<PopulationReading>(row.reading); }

const std::string k_small_area =
    "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001082001,T001082002,T001082003,T001082004,T001082017,"
    "T001082021,T001082022\n"
    ",,,,,,,総数、年齢「不詳」含む,　総数０～４歳,　総数５～９歳,　総数１０～１４歳,　総数１５歳未満,"
    "男の総数、年齢「不詳」含む,"
    "　男０～４歳\n";

const std::string k_by_sex =
    "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名,総人口,男性,女性,0-4歳の男性,0-4歳の女性,"
    "5-9歳の男性,5-9歳の女性,10-14歳の男性,10-14歳の女性,世帯数,備考\n";

} // namespace

TEST_CASE(
    "Of a small-area table the rows are taken that count everybody once, and towns lie where the gazetteer has them") {
    TownDesk desk;
    const auto list = desk.read(k_small_area +
                                "99201,1,潮見野市,,0,,,160,10,11,12,33,80,5\n"
                                "992010010,2,潮見野市,浜町,0,,,100,6,7,8,21,50,3\n"
                                "99201001001,3,潮見野市,１丁目,0,,,60,4,4,5,13,30,2\n"
                                "99201001002,3,潮見野市,浜町２丁目,0,,,40,2,3,3,8,20,1\n"
                                "992010020,2,潮見野市,丘,0,,,60,4,4,4,12,30,2\n"
                                "992010030,2,潮見野市,島,0,,,-,-,-,-,-,-,-\n");
    CHECK(list.profile == "estat-small-area");
    CHECK(list.publisher == "総務省統計局");
    CHECK(list.as_of == "2020-10-01");
    REQUIRE(list.rows.size() == 4);
    CHECK(desk.report.rows.out_of_scope == 2);
    CHECK(reading(list.rows[0]).town == "浜町１丁目");
    CHECK(reading(list.rows[0]).municipality == "99201");
    REQUIRE(reading(list.rows[0]).position);
    CHECK(reading(list.rows[0]).position->lon == 137.01);
    CHECK(reading(list.rows[0]).accuracy_m == 250);
    CHECK(reading(list.rows[0]).total == 60);
    REQUIRE(reading(list.rows[0]).bands.size() == 3);
    CHECK(reading(list.rows[0]).bands[0].count == 4);
    CHECK(reading(list.rows[3]).bands[1].count == 0); // "-" is nobody
    CHECK(desk.issues("town_not_in_gazetteer") == 1);
    CHECK(desk.report.unlocated == 1);
    CHECK(desk.report.rows.flagged == 1);
}

TEST_CASE("A suppressed town names its carrier, and its ages are kept back, not zero") {
    TownDesk desk;
    const auto list = desk.read(k_small_area +
                                "99201001001,3,潮見野市,浜町１丁目,2,99201001002,,4,X,X,X,X,2,X\n"
                                "99201001002,3,潮見野市,浜町２丁目,1,,99201001001,40,2,3,3,8,20,1\n");
    REQUIRE(list.rows.size() == 2);
    CHECK(desk.report.rows.accepted == 2);
    CHECK(reading(list.rows[0]).suppressed_into == "99201001002");
    CHECK_FALSE(reading(list.rows[0]).bands[0].count);
    CHECK(reading(list.rows[1]).carries == std::vector<std::string>{"99201001001"});
}

TEST_CASE("地域・年齢別人口 tells men and women; their sum is the band, the newest date counts, totals are left out") {
    TownDesk desk;
    const auto list = desk.read(k_by_sex +
                                    "992011,,潮見野市,2026/1/1,,160,80,80,5,5,5,6,6,6,70,\n"
                                    "992011,1,潮見野市,2026/1/1,浜町一丁目,\"1,100\",50,50,5,4,3,2,X,1,40,\n"
                                    "992011,2,潮見野市,2026/1/1,丘,60,30,30,0,0,1,2,3,4,30,\n"
                                    "992011,1,潮見野市,2025/1/1,浜町一丁目,90,45,45,9,9,9,9,9,9,40,\n"
                                    "992011,2,潮見野市,2026/1/1,丘,60,30,30,0,0,1,2,3,4,30,\n",
                                "population.csv");
    CHECK(list.profile == "area-age-population");
    CHECK(list.as_of == "2026-01-01");
    REQUIRE(list.rows.size() == 2);
    CHECK(desk.report.rows.out_of_scope == 2);
    CHECK(desk.report.rows.rejected == 1);
    CHECK(desk.issues("town_repeated") == 1);
    const auto& first = reading(list.rows[0]);
    CHECK(first.total == 1100);
    REQUIRE(first.bands.size() == 3);
    CHECK(first.bands[0].count == 9);
    CHECK(first.bands[1].count == 5);
    CHECK_FALSE(first.bands[2].count); // the men are kept back
    CHECK(reading(list.rows[1]).bands[2].count == 7);
}

TEST_CASE("Single years of age by sex become years, and counts beyond all people are refused") {
    TownDesk desk;
    const auto list = desk.read(
        "全国地方公共団体コード,地域名,総人口,0歳男,0歳女,1歳男,1歳女\n99201,丘,30,1,2,3,99999999999\n"
        "99201,浜町一丁目,9223372036854775807,1,1,1,1\n",
        "single.csv");
    REQUIRE(list.rows.size() == 2);
    REQUIRE(reading(list.rows[0]).bands.size() == 2);
    CHECK(reading(list.rows[0]).bands[0].from_age_years == 0);
    CHECK(reading(list.rows[0]).bands[0].to_age_years == 1);
    CHECK(reading(list.rows[0]).bands[0].count == 3);
    CHECK_FALSE(reading(list.rows[0]).bands[1].count);
    CHECK_FALSE(reading(list.rows[1]).total);
    CHECK(desk.issues("count_unreadable") == 2);
}

TEST_CASE("Files of one table are one list, partners are found across them, and those that are nowhere are told") {
    ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "t.shirube", directory::OpenMode::write_or_create);
    const std::string header =
        "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001141001,T001141004\n,,,,人口（総数）,０～１４歳人口　総数\n";
    ImportOptions options;
    options.kind = directory::ImportKind::population;
    options.language = "en";
    options.files = {folder.write("tblT001141H4937.txt", header + "493770001,2,493870001,,3,*\n493770002,0,,,50,9\n"),
                     folder.write("tblT001141H4938.txt", header + "493870001,1,,493770001;493870004,40,7\n"
                                                                  "493870002,2,493970001,,2,*\n")};
    const auto report = run_import(store, options, {});
    REQUIRE(report);
    CHECK(report->rows.adds_up());
    CHECK(report->rows.accepted == 2);
    CHECK(report->rows.flagged == 2);
    CHECK(report->issue_counts.at("carried_missing") == 1);
    CHECK(report->issue_counts.at("carrier_missing") == 1);
    const auto state = store.read_public_state();
    REQUIRE(state.lists.size() == 1);
    CHECK(state.lists[0].name == "estat-mesh:tblT001141H4937+4938");
    CHECK(state.lists[0].as_of == "2020-10-01");
    REQUIRE(state.cells.size() == 4);
    CHECK(directory::children_in(state.cells[0], 0, 15) == 0); // carried by the neighbour's file
    CHECK(directory::children_in(state.cells[2], 0, 15) == 7);
    CHECK_FALSE(directory::children_in(state.cells[3], 0, 15));
}

TEST_CASE("Cells on a prefecture's border stand in the files of both prefectures, and all of their people count") {
    ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "t.shirube", directory::OpenMode::write_or_create);
    const std::string header =
        "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001140001,T001140004\n,,,,人口（総数）,０～１４歳人口　総数\n";
    ImportOptions options;
    options.kind = directory::ImportKind::population;
    options.files = {folder.write("tblT001140S12.txt", header + "49377000,0,,,30,5\n"),
                     folder.write("tblT001140S13.txt", header + "49377000,0,,,20,4\n")};
    const auto report = run_import(store, options, {});
    REQUIRE(report);
    CHECK(report->rows.accepted == 2);
    std::int64_t children = 0;
    for (const auto& cell : store.read_public_state().cells) {
        children += directory::children_in(cell, 0, 15).value();
    }
    CHECK(children == 9);
}

TEST_CASE("Cells on the old Tokyo datum are taken, flagged, and named as such") {
    TownDesk desk;
    desk.options.profile = "estat-mesh-tokyo-datum";
    const auto list = desk.read(
        "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T1,T2\n,,,,人口総数,０～１４歳人口総数\n49377000,0,,,30,5\n", "a.txt");
    CHECK(list.profile == "estat-mesh-tokyo-datum");
    CHECK(desk.report.rows.flagged == 1);
    CHECK(desk.issues("mesh_tokyo_datum") == 1);
}

TEST_CASE("Towns come and go with their import, and the same file again changes nothing") {
    ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "t.shirube", directory::OpenMode::write_or_create);
    ImportOptions options;
    options.kind = directory::ImportKind::population;
    options.files = {folder.write("p.csv", k_by_sex + "99201,1,潮見野市,2026/1/1,丘,60,30,30,0,0,1,2,3,4,30,\n")};
    const auto report = run_import(store, options, {});
    REQUIRE(report);
    CHECK(report->entities.added == 1);
    auto state = store.read_public_state();
    REQUIRE(state.cells.size() == 1);
    CHECK(state.cells[0].town == "丘");
    CHECK_FALSE(state.cells[0].position); // no gazetteer
    const auto again = run_import(store, options, {});
    REQUIRE(again);
    CHECK(again->entities.unchanged == 1);
    CHECK(again->entities.added + again->entities.changed + again->entities.gone == 0);
    store.undo(again->import_id);
    store.undo(report->import_id);
    CHECK(store.read_public_state().cells.empty());
}
