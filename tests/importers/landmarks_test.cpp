// Stations and schools out of the state's files, and the table a municipality writes by hand.
#include "geopackage_maker.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/templates/list_templates.hpp"
#include "landmarks_town.hpp"
#include "vector_maker.hpp"
#include "zip_writer.hpp"

#include <limits>
#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::LandmarkKind;

namespace {

std::string platform(const std::string& line, const std::string& company, const std::string& name,
                     const std::string& coordinates) {
    return feature(R"("N02_001":"11","N02_002":"2","N02_003":")" + line + R"(","N02_004":")" + company +
                       R"(","N02_005":")" + name + "\"",
                   R"({"type":"LineString","coordinates":)" + coordinates + "}");
}

std::string school(const std::string& school_class, const std::string& name, const std::string& state,
                   const std::string& point, const std::string& municipality = "99201") {
    return feature(R"("P29_001":")" + municipality + R"(","P29_002":"C1","P29_003":")" + school_class +
                       R"(","P29_004":")" + name + R"(","P29_005":"港町1-2","P29_006":"3","P29_007":")" + state +
                       R"(","P29_008":"00","P29_009":"")",
                   point.empty() ? "null" : R"({"type":"Point","coordinates":)" + point + "}");
}

} // namespace

TEST_CASE("A station stands halfway along its platform, measured on the ground") {
    LandmarkTown town;
    // An L: 400 m east, then 200 m north. Halfway, 300 m, is three quarters of the first leg.
    const auto stations = town.taken(
        "N02-23_Station.geojson",
        collection({platform("海岸線", "標鉄道", "標", "[[137.10,33.15],[137.104284,33.15],[137.104284,33.151803]]")}));
    REQUIRE(stations.size() == 1);
    CHECK(stations[0].kind == LandmarkKind::station);
    CHECK(stations[0].name == "標");
    CHECK(stations[0].detail == "海岸線（標鉄道）");
    CHECK(stations[0].accuracy_m == 0);
    REQUIRE(stations[0].position.has_value());
    CHECK(stations[0].position->lon == Approx(137.103213).margin(2e-6));
    CHECK(stations[0].position->lat == Approx(33.15).margin(1e-9));
    CHECK(town.desk.report.located["exact"] == 1);
}

TEST_CASE("A line of several parts has its middle where half of all its length is; a point without length is itself") {
    LandmarkTown town;
    const auto stations = town.taken(
        "s.geojson", collection({feature(R"("N02_003":"甲","N02_004":"乙","N02_005":"二")",
                                         R"({"type":"MultiLineString","coordinates":[[[137.10,33.15],[137.101,33.15]],)"
                                         R"([[137.12,33.15],[137.123,33.15]]]})"),
                                 platform("甲", "乙", "点", "[[137.11,33.15],[137.11,33.15]]")}));
    REQUIRE(stations.size() == 2);
    CHECK(stations[0].position->lon == Approx(137.121).margin(1e-6)); // 1 + 1 of 1 + 3
    CHECK(stations[1].position->lon == Approx(137.11).margin(1e-9));
}

TEST_CASE("A closed line is the point of a station, and still an area where districts are read") {
    const std::string ring =
        collection({platform("甲", "乙", "環", "[[137.10,33.15],[137.101,33.15],[137.101,33.151],[137.10,33.15]]")});
    const auto places = read_vector_file("r.geojson", ring, {}, {.shapes = WantedShapes::places}).value();
    CHECK(std::holds_alternative<geo::LonLat>(places.features.at(0).shape));
    const auto areas = read_vector_file("r.geojson", ring, {}, {.shapes = WantedShapes::polygons}).value();
    CHECK(areas.features.at(0).note == ShapeNote::closed_line);
    CHECK(std::holds_alternative<geo::MultiPolygon>(areas.features.at(0).shape));
    const auto any = read_vector_file("r.geojson", ring, {}).value();
    CHECK(any.features.at(0).note == ShapeNote::closed_line);
}

TEST_CASE("Of an archive of railways the stations are read, not the lines between them, in UTF-8") {
    const std::string stations = collection({platform("海岸線", "標鉄道", "標", "[[137.10,33.15],[137.101,33.15]]")});
    const std::string sections =
        collection({feature(R"("N02_001":"11","N02_002":"2","N02_003":"海岸線","N02_004":"標鉄道")",
                            R"({"type":"LineString","coordinates":[[137.1,33.1],[137.2,33.1]]})")});
    LandmarkTown town;
    CHECK(town.taken("N02-23_GML.zip", zip_of({{"N02-23_GML/UTF-8/N02-23_RailroadSection.geojson", sections},
                                               {"N02-23_GML/UTF-8/N02-23_Station.geojson", stations}}))
              .size() == 1);
    CHECK(town.desk.issues("archive_member_chosen") == 1);

    const ScratchFolder folder;
    const std::vector<std::string> columns{"N02_003", "N02_004", "N02_005"};
    const auto file =
        geopackage(folder, {{.name = "N02-23_RailroadSection",
                             .columns = {"N02_003"},
                             .features = {{{"海岸線"}, "LINESTRING(137.1 33.1,137.2 33.1)"}},
                             .type = wkbLineString},
                            {.name = "N02-23_Station",
                             .columns = columns,
                             .features = {{{"海岸線", "標鉄道", "標"}, "LINESTRING(137.1 33.15,137.102 33.15)"}},
                             .type = wkbLineString}});
    LandmarkTown other;
    const auto taken = other.taken(file.string(), bytes_of(file));
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].position->lon == Approx(137.101).margin(1e-9));

    LandmarkTown lines;
    const auto refused = lines.read("lines.geojson", sections);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "landmarks_header_unknown");
    CHECK(refused.error().a.find("n02-station (N02_005)") != std::string::npos);
}

TEST_CASE("Of the country's stations those near the gazetteer's towns are kept; without a gazetteer all are") {
    // 沖ノ浜 lies at 137.20: 30 km are 0.3216° of longitude.
    const std::string file = collection({platform("甲", "乙", "近", "[[137.515,33.15],[137.5152,33.15]]"),
                                         platform("甲", "乙", "遠", "[[137.525,33.15],[137.5252,33.15]]"),
                                         platform("甲", "乙", "外国", "[[10.0,50.0],[10.1,50.0]]"),
                                         feature(R"("N02_003":"甲","N02_004":"乙","N02_005":"無形")", "null")});
    LandmarkTown town;
    const auto near = town.taken("s.geojson", file);
    REQUIRE(near.size() == 1);
    CHECK(near[0].name == "近");
    CHECK(near[0].municipality.empty()); // near, and in nobody's town
    CHECK(town.desk.report.rows.out_of_scope == 1);
    CHECK(town.desk.report.rows.rejected == 2);
    CHECK(town.desk.issues("landmarks_outside") == 1);
    CHECK(town.desk.issues("facility_outside_japan") == 1);
    CHECK(town.desk.issues("geometry_missing") == 1);

    LandmarkTown all;
    all.within_m = 0;
    CHECK(all.taken("s.geojson", file).size() == 2);
    LandmarkTown nowhere{std::vector<directory::TownReading>{}};
    CHECK(nowhere.taken("s.geojson", file).size() == 2);
}

TEST_CASE("A station is in the municipality whose town holds its platforms, and in none where they lie in two") {
    const std::vector<directory::TownReading> border{town_of("99201", "潮見野市", "西", 137.100, 500),
                                                     town_of("99341", "磯辺郡沖ノ浜町", "東", 137.104, 500)};
    LandmarkTown town(border);
    const auto stations =
        town.taken("s.geojson", collection({platform("甲", "乙", "西口", "[[137.100,33.15],[137.1001,33.15]]"),
                                            platform("甲", "乙", "境", "[[137.101,33.15],[137.1011,33.15]]"),
                                            platform("丙", "乙", "境", "[[137.103,33.15],[137.1031,33.15]]"),
                                            platform("丁", "乙", "西口", "[[137.104,33.16],[137.1041,33.16]]")}));
    REQUIRE(stations.size() == 4);
    CHECK(stations[0].municipality == "99201");
    CHECK(stations[0].municipality_name == "潮見野市");
    CHECK(stations[1].municipality.empty());
    CHECK(stations[2].municipality_name.empty());
    CHECK(stations[3].municipality.empty()); // 1.1 km from any town: outside its radius
}

TEST_CASE("Stations of one name, line and company are told apart by their order, and a long company is left out") {
    LandmarkTown town;
    const auto lists = town.read(
        "s.geojson", collection({platform("甲線", "とても長い名前の鉄道", "標", "[[137.10,33.15],[137.101,33.15]]"),
                                 platform("甲線", "とても長い名前の鉄道", "標", "[[137.12,33.15],[137.121,33.15]]"),
                                 platform("甲線", "標", "", "[[137.12,33.15],[137.121,33.15]]")}));
    REQUIRE(lists.has_value());
    const auto& rows = lists->at(0).rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].key != rows[1].key);
    CHECK(rows[1].key == rows[0].key + "#2");
    CHECK(std::get<directory::LandmarkReading>(rows[0].reading).detail == "甲線");
    CHECK(town.desk.report.rows.accepted == 2);
    CHECK(town.desk.issues("landmark_name_missing") == 1);
    CHECK(lists->at(0).name == "n02-station");
    CHECK(lists->at(0).publisher == "国土交通省（国土数値情報）");
}

TEST_CASE("Schools of every class are landmarks; one that rests says so, and protected names stay out") {
    LandmarkTown town;
    const auto lists = town.read(
        "P29-21_99.geojson",
        collection({school("16001", "浜小学校", "1", "[137.10,33.15]"),
                    school("16002", "丘中学校", "2", "[137.12,33.15]"),
                    school("16014", "標学園", "1", "[137.12,33.15]"), school("16099", "なにか", "1", "[137.12,33.15]"),
                    school("16001", "遠い小学校", "1", "[139.5,35.6]", "13101"),
                    school("16001", "無位置小学校", "1", ""), school("16001", "余所の小学校", "1", "", "13101"),
                    school("16001", "母子生活支援施設内分校", "1", "[137.10,33.15]"),
                    school("16001", "", "1", "[137.10,33.15]")}));
    REQUIRE(lists.has_value());
    REQUIRE(town.desk.report.rows.adds_up());
    std::vector<directory::LandmarkReading> taken;
    for (const auto& row : lists->at(0).rows) {
        taken.push_back(std::get<directory::LandmarkReading>(row.reading));
    }
    REQUIRE(taken.size() == 5);
    CHECK(taken[0].detail == "小学校");
    CHECK(taken[0].municipality_name == "潮見野市");
    CHECK(taken[1].detail == "中学校（休校）");
    CHECK(taken[2].detail == "義務教育学校");
    CHECK(taken[3].detail.empty());
    CHECK(taken[4].name == "無位置小学校"); // by its address, as well as that is known
    CHECK(taken[4].position.has_value());
    CHECK(taken[4].accuracy_m == 500);
    CHECK(town.desk.report.rows.out_of_scope == 2);
    CHECK(town.desk.report.rows.rejected == 2);
    CHECK(town.desk.issues("landmark_protected") == 1);
    for (const Issue& issue : town.desk.report.issues) {
        CHECK(issue.value.find("母子") == std::string::npos);
    }
    CHECK(lists->at(0).name == "p29-school"); // of two prefectures
}

TEST_CASE("The template takes a name alone, and a position by degrees or by the address") {
    LandmarkTown town;
    const auto taken = town.taken("目印.csv",
                                  "名称,名称_カナ,種類,説明,住所,緯度,経度,市区町村コード\n"
                                  "標駅,シルベエキ,駅,海岸線,,33.15,137.10,99201\n"
                                  "公会堂,,,,標県潮見野市港町1丁目2番,,,\n"
                                  "文化会館,,facility,,,,,99201\n"
                                  "９９９－９０００,,郵便番号,港町,,33.15,137.10,99201\n"
                                  "（記入例）見本駅,,駅,,,33.15,137.10,99201\n"
                                  ",,,,,,,\n");
    REQUIRE(taken.size() == 4);
    CHECK(taken[0].kind == LandmarkKind::station);
    CHECK(taken[0].kana == "シルベエキ");
    CHECK(taken[0].municipality_name.empty());
    CHECK(taken[1].kind == LandmarkKind::facility);
    CHECK(taken[1].position.has_value());
    CHECK(taken[1].accuracy_m == 500);
    CHECK(taken[1].municipality == "99201");
    CHECK_FALSE(taken[2].position.has_value());
    CHECK(taken[3].name == "999-9000");
    CHECK(taken[3].kind == LandmarkKind::postal_code);
    CHECK(town.desk.issues("landmark_without_position") == 1);
    CHECK(town.desk.report.rows.out_of_scope == 1);
    CHECK(town.desk.report.rows.blank == 1);
    CHECK(town.desk.report.unlocated == 1);
}

TEST_CASE("What is kept from the public is no landmark, and no list of services is taken for one") {
    LandmarkTown town;
    const auto taken = town.taken("目印.csv",
                                  "名称,種類,住所,緯度,経度\n"
                                  "母子生活支援施設 浜,施設,,33.15,137.10\n"
                                  "里親 山田家,施設,,33.15,137.10\n"
                                  "丘の家,施設,非公開,33.15,137.10\n"
                                  "山,山,,33.15,137.10\n"
                                  "12-3,郵便番号,,33.15,137.10\n");
    CHECK(taken.empty());
    CHECK(town.desk.report.rows.rejected == 5);
    CHECK(town.desk.issues("landmark_protected") == 3);
    CHECK(town.desk.issues("landmark_kind_unknown") == 1);
    CHECK(town.desk.issues("postal_code_malformed") == 1);
    for (const auto* header : {"事業,名称,住所", "名称,公開範囲", "名称,公開同意日"}) {
        const auto refused = town.read("field.csv", std::string(header) + "\na,b,c\n");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "landmarks_of_resources");
    }
    CHECK(town.read("x.csv", "名前,場所\na,b\n").error().code == "landmarks_header_unknown");
}

TEST_CASE("Positions that cannot be are dropped, and huge cells are shortened, never an end") {
    LandmarkTown town;
    const auto taken = town.taken("目印.csv",
                                  "名称,説明,緯度,経度,市区町村コード\n"
                                  "甲,,137.10,33.15,99201\n"
                                  "乙,,51.5,0.1,99201\n"
                                  "丙,,0,0,99201\n"
                                  "丁,,33.15,,99201\n"
                                  "戊,,inf,nan,99201\n"
                                  "己,,33.15,137.10,abc\n" +
                                      std::string("庚,") + std::string(200'000, 'x') + ",33.15,137.10,99201\n");
    REQUIRE(taken.size() == 7);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK_FALSE(taken[i].position.has_value());
    }
    CHECK(taken[5].municipality.empty());
    CHECK(taken[6].detail.size() < 400);
    CHECK(town.desk.report.rows.flagged == 6);
    CHECK(town.desk.issues("position_swapped") == 1);
    CHECK(town.desk.issues("position_outside_japan") == 1);

    for (const std::string& bytes :
         {std::string("\xff\xfe\x00\xd8", 4), std::string("名称\n\x80\x81\xff"), std::string("PK\x03\x04"),
          std::string("{\"type\":\"FeatureCollection\",\"features\":[{]}")}) {
        CHECK_FALSE(town.read("x.csv", bytes).has_value());
    }
}

TEST_CASE("A line with coordinates that are none is no station and breaks nothing") {
    LandmarkTown town;
    const auto taken = town.taken(
        "s.geojson", collection({platform("甲", "乙", "丙", "[[1e308,33.15],[-1e308,33.15]]"),
                                 platform("甲", "乙", "丁", "[[500,33.15],[137.1,95.0]]"),
                                 platform("甲", "乙", "戊", "[[137.1,33.15]]"), platform("甲", "乙", "己", "[]")}));
    CHECK(taken.size() <= 1); // of one point GDAL may make a line or nothing
    CHECK(town.desk.report.rows.rejected >= 3);
}

TEST_CASE("The template that is handed out is taken as it is, its examples left out") {
    const ListTemplate* of = find_template("landmarks");
    REQUIRE(of != nullptr);
    CHECK(of->kind == directory::ImportKind::landmarks);
    for (const TemplateForm form : {TemplateForm::csv, TemplateForm::xlsx, TemplateForm::ods}) {
        LandmarkTown town;
        const auto lists = town.read("目印." + std::string(extension_of(form)), template_file(*of, form));
        INFO((lists ? std::string{} : lists.error().code));
        REQUIRE(lists.has_value());
        CHECK(lists->at(0).rows.empty());
        CHECK(town.desk.report.rows.rejected == 0);
        CHECK(town.desk.report.rows.out_of_scope == static_cast<std::int64_t>(of->examples.size()));
    }
    // Without their mark the examples are good rows: one of each kind.
    std::string csv = template_file(*of, TemplateForm::csv);
    for (std::size_t at = csv.find("（記入例）"); at != std::string::npos; at = csv.find("（記入例）")) {
        csv.erase(at, std::string_view("（記入例）").size());
    }
    LandmarkTown town;
    const auto taken = town.taken("目印.csv", csv);
    CHECK(town.desk.report.rows.rejected == 0);
    std::set<LandmarkKind> kinds;
    for (const auto& each : taken) {
        kinds.insert(each.kind);
    }
    CHECK(kinds.size() == 4);
}
