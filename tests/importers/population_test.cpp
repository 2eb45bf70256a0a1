#include "importers/population/population.hpp"

#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/population/age_columns.hpp"
#include "support.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::PopulationReading;
using Kind = MeshColumn::Kind;

namespace {

const std::string k_header =
    "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001142001,T001142002,T001142004,T001142034\n"
    ",,,,　人口（総数）,　人口（総数）　男,　０～１４歳人口　総数,　世帯総数\n";

struct MeshDesk : Desk {
    Locator locator{{}};

    MeshDesk() : Desk(directory::ImportKind::population) {}

    directory::BatchList read(const std::string& bytes) {
        auto lists = read_population("tbl.txt", bytes, locator, intake);
        REQUIRE(lists);
        REQUIRE(lists->size() == 1);
        REQUIRE(report.rows.adds_up());
        return std::move(lists->front());
    }

    std::string refused(const std::string& bytes) {
        const auto list = read_population("tbl.txt", bytes, locator, intake);
        REQUIRE_FALSE(list);
        CHECK(list.error().file.starts_with("tbl.txt"));
        return list.error().code;
    }
};

const directory::PopulationReading& reading(const directory::BatchRow& row) {
    return std::get<directory::PopulationReading>(row.reading);
}

void check_band(std::string_view label, int from, std::optional<int> to) {
    const MeshColumn column = understand_mesh_label(label);
    CAPTURE(label);
    CHECK(column.kind == Kind::band);
    CHECK(column.from_age_years == from);
    CHECK(column.to_age_years == to);
}

} // namespace

TEST_CASE("A mesh column is what its label says, digits and dashes of any width") {
    CHECK(understand_mesh_label("　人口（総数）").kind == Kind::total);
    CHECK(understand_mesh_label("人口総数").kind == Kind::total);
    check_band("　０～１４歳人口　総数", 0, 15);
    check_band("0〜4歳人口 総数", 0, 5);
    check_band("総数　５－９歳", 5, 10);
    check_band("１５歳以上人口　総数", 15, std::nullopt);
    check_band("18歳未満人口", 0, 18);
    check_band("３歳人口　総数", 3, 4);
}

TEST_CASE("Columns by sex, of households, foreigners or unknown age are none of ours") {
    for (const char* label : {"人口（総数）　男", "０～１４歳人口　女", "世帯総数", "外国人人口　総数",
                              "年齢不詳人口　総数", "一般世帯数", "６歳未満世帯員のいる一般世帯数",
                              "世帯主の年齢が２０～２９歳の１人世帯数", "総数", "", "KEY_CODE", "14～0歳人口"}) {
        CAPTURE(label);
        CHECK(understand_mesh_label(label).kind == Kind::other);
    }
}

TEST_CASE("Of bands that overlap those are kept that can be added up, in the finest pieces") {
    const auto kept = [](const std::vector<std::pair<int, std::optional<int>>>& bands) {
        std::vector<MeshColumn> columns;
        for (const auto& [from, to] : bands) {
            columns.push_back({.kind = Kind::band, .from_age_years = from, .to_age_years = to});
        }
        keep_bands_apart(columns);
        std::vector<std::pair<int, std::optional<int>>> left;
        for (const MeshColumn& column : columns) {
            if (column.kind == Kind::band) {
                left.emplace_back(column.from_age_years, column.to_age_years);
            }
        }
        return left;
    };
    using Bands = std::vector<std::pair<int, std::optional<int>>>;
    const std::nullopt_t over = std::nullopt;
    // The 2020 census table by mesh: 0–14, 15+, 15–64, 18+, 20+, 65+, 75+, 85+, 95+.
    CHECK(
        kept({{0, 15}, {15, over}, {15, 65}, {18, over}, {20, over}, {65, over}, {75, over}, {85, over}, {95, over}}) ==
        Bands{{0, 15}, {15, 65}, {65, over}});
    CHECK(kept({{0, 15}, {0, 5}, {5, 10}, {10, 15}, {15, 65}}) == Bands{{0, 5}, {5, 10}, {10, 15}, {15, 65}});
    CHECK(kept({{0, 5}, {0, 15}, {15, over}}) == Bands{{0, 15}, {15, over}});
    CHECK(kept({{10, 15}, {0, 5}}) == Bands{{10, 15}, {0, 5}});
    CHECK(kept({{18, over}}) == Bands{{18, over}});
    CHECK(kept({}).empty());
}

TEST_CASE("Between two open bands of children lie those whom no column counts, and all bands still add up") {
    const std::vector<std::string> labels{"人口（総数）",           "０～１４歳人口　総数", "１５歳以上人口　総数",
                                          "１５～６４歳人口　総数", "１８歳以上人口　総数", "６５歳以上人口　総数"};
    const AgeColumns columns(labels);
    const auto read = [&](const std::vector<std::string>& cells) {
        PopulationReading reading;
        columns.read(cells, reading, [](std::size_t, std::string_view cell) { FAIL(cell); });
        return reading;
    };
    const auto whole = read({"100", "20", "80", "60", "74", "20"});
    std::int64_t everybody = 0;
    std::optional<std::int64_t> pupils;
    for (const auto& band : whole.bands) {
        everybody += band.count.value();
        if (band.from_age_years == 15 && band.to_age_years == 18) {
            pupils = band.count;
        }
    }
    CHECK(everybody == 100);
    CHECK(pupils == 6);
    // Kept back, or wrong: unknown, and not none.
    for (const auto& cells : {std::vector<std::string>{"100", "20", "*", "60", "74", "20"},
                              std::vector<std::string>{"100", "20", "70", "60", "74", "20"}}) {
        for (const auto& band : read(cells).bands) {
            if (band.from_age_years == 15) {
                CHECK_FALSE(band.count);
            }
        }
    }
    CHECK(columns.understood(2) == "ages 15-17");
    CHECK(columns.understood(4) == "ages 18 and over");
    CHECK(columns.understood(3).empty());
}

TEST_CASE("Cells are read at 1 km, 500 m and 250 m with their totals by age") {
    MeshDesk desk;
    const auto list = desk.read(k_header +
                                "53394611,0,,,120,60,20,50\n533946112,0,,,30,15,5,12\n"
                                "5339461123,0,,,7,3,0,2\n");
    REQUIRE(list.rows.size() == 3);
    CHECK(list.profile == "estat-mesh");
    CHECK(desk.report.rows.accepted == 3);
    CHECK(reading(list.rows[0]).mesh == "53394611");
    CHECK(reading(list.rows[0]).total == 120);
    REQUIRE(reading(list.rows[0]).bands.size() == 1);
    CHECK(reading(list.rows[0]).bands[0].to_age_years == 15);
    CHECK(reading(list.rows[0]).bands[0].count == 20);
    CHECK(reading(list.rows[2]).bands[0].count == 0);
    CHECK(list.rows[0].row == 3);
}

TEST_CASE("A suppressed cell's detail is unknown, not zero, and its host says whose it carries") {
    MeshDesk desk;
    const auto list = desk.read(k_header +
                                "5339461121,2,5339461123,,9,4,*,3\n5339461122,2,5339461123,,8,4,*,2\n"
                                "5339461123,1,,5339461121;5339461122,100,50,23,40\n");
    CHECK(desk.report.rows.accepted == 3);
    CHECK(reading(list.rows[0]).total == 9);
    CHECK_FALSE(reading(list.rows[0]).bands[0].count);
    CHECK(reading(list.rows[0]).suppressed_into == "5339461123");
    CHECK(reading(list.rows[2]).carries == std::vector<std::string>{"5339461121", "5339461122"});
    CHECK(reading(list.rows[2]).bands[0].count == 23);
}

TEST_CASE("A code that names no square is rejected at its column, and a repeated one is not counted twice") {
    MeshDesk desk;
    const auto list = desk.read(k_header +
                                "53398611,0,,,1,1,1,1\n533946115,0,,,1,1,1,1\n5339461,0,,,1,1,1,1\n"
                                "53394611,0,,,5,1,1,1\n53394611,0,,,5,1,1,1\n");
    CHECK(list.rows.size() == 1);
    CHECK(desk.report.rows.rejected == 4);
    CHECK(desk.issues("mesh_code_malformed") == 3);
    CHECK(desk.issue("mesh_code_malformed").column == "KEY_CODE");
    CHECK(desk.issue("mesh_code_malformed").row == 3);
    CHECK(desk.issue("mesh_code_repeated").row == 7);
}

TEST_CASE("A count that is no number is unknown and told at its cell") {
    MeshDesk desk;
    const auto list =
        desk.read(k_header + "53394611,0,,,…,1,x12,1\n53394612,0,,,5\n53394613,3,bad,5;53394611,1,1,1,1\n");
    CHECK(desk.report.rows.flagged == 3);
    CHECK_FALSE(reading(list.rows[0]).total);
    CHECK_FALSE(reading(list.rows[0]).bands[0].count);
    CHECK(desk.issue("count_unreadable").column == "T001142001");
    CHECK_FALSE(reading(list.rows[1]).bands[0].count);
    CHECK(reading(list.rows[1]).total == 5);
    CHECK(desk.issues("mesh_suppression_unknown") == 1);
    CHECK(desk.issues("mesh_partner_malformed") == 2);
    CHECK(reading(list.rows[2]).carries == std::vector<std::string>{"53394611"});
}

TEST_CASE("Blank lines of a mesh table are counted as blank") {
    MeshDesk desk;
    const auto list = desk.read(k_header + "53394611,0,,,1,1,1,1\n\n,,,,,,,\n");
    CHECK(list.rows.size() == 1);
    CHECK(desk.report.rows.read == 3);
    CHECK(desk.report.rows.blank == 2);
}

TEST_CASE("Columns are found by label, wherever they stand") {
    MeshDesk desk;
    const auto list =
        desk.read("KEY_CODE,T1,T2,T3\n,世帯総数,１０～１４歳人口　総数,０～４歳人口　総数\n53394611,9,3,4\n");
    REQUIRE(reading(list.rows[0]).bands.size() == 2);
    CHECK(reading(list.rows[0]).bands[0].from_age_years == 10);
    CHECK(reading(list.rows[0]).bands[1].count == 4);
    CHECK_FALSE(reading(list.rows[0]).total);
}

TEST_CASE("Without labels, ages or a key there is nothing to understand") {
    MeshDesk desk;
    CHECK(desk.refused("KEY_CODE,T001142004\n53394611,20\n") == "mesh_labels_missing");
    CHECK(desk.refused("KEY_CODE,T001142004\n") == "mesh_labels_missing");
    CHECK(desk.refused("KEY_CODE,T001142034\n,世帯総数\n53394611,20\n") == "mesh_ages_missing");
    CHECK(desk.refused("名称,住所\n青葉,1\n") == "mesh_header_unknown");
    CHECK(desk.refused("\n\n") == "mesh_header_unknown");
    CHECK(desk.refused(std::string("KEY_CODE\0,", 10)) == "binary_content");
    CHECK(desk.refused(zip_of({{"a.png", "x"}})) == "archive_without_table");
}

TEST_CASE("A zip is read like the text inside it") {
    MeshDesk desk;
    CHECK(desk.read(zip_of({{"tblT001142Q5339.txt", k_header + "53394611,0,,,120,60,20,50\n"}})).rows.size() == 1);
}

TEST_CASE("The demonstration town: no child is lost or made on the way in") {
    const fs::path path = demo_data("population/tblT001142Q_99.txt");
    REQUIRE(fs::exists(path));
    const std::string bytes = bytes_of(path);

    // The independent way: add the column up as it stands, hosts included, '*' left out.
    std::int64_t children = 0;
    std::int64_t everyone = 0;
    std::int64_t row = 0;
    const auto text = decode(bytes);
    REQUIRE(text);
    REQUIRE(text->encoding == Encoding::cp932);
    REQUIRE(for_each_record(text->text, ',', {}, [&](Record& record) {
        if (++row > 2 && record.cells.size() > 7) {
            everyone += std::stoll(record.cells[4]);
            children += record.cells[7] == "*" ? 0 : std::stoll(record.cells[7]);
        }
        return Walk::go_on;
    }));

    MeshDesk desk;
    std::int64_t children_read = 0;
    std::int64_t everyone_read = 0;
    std::int64_t by_age_read = 0;
    for (const auto& cell : desk.read(bytes).rows) {
        everyone_read += reading(cell).total.value();
        for (const auto& band : reading(cell).bands) {
            by_age_read += band.count.value_or(0);
            if (band.from_age_years == 0 && band.to_age_years == 15) {
                children_read += band.count.value_or(0);
            }
        }
    }
    CHECK(children > 1000);
    CHECK(children_read == children);
    CHECK(everyone_read == everyone);
    CHECK(by_age_read == everyone);
    CHECK(desk.report.rows.rejected == 0);
}
