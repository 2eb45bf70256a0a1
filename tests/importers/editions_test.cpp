// The editions in which districts are published, as they come: layers of their own, two layers in one file, archives.
#include "importers/districts/districts.hpp"
#include "importers/import.hpp"
#include "vector_maker.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

struct EditionDesk : Desk {
    EditionDesk() : Desk(directory::ImportKind::districts) {}

    std::vector<directory::BatchList> read(const std::string& bytes, const fs::path& path = "list") {
        auto lists = read_districts(path, bytes, {}, intake);
        if (!lists) {
            FAIL(lists.error().code << " " << lists.error().a);
        }
        REQUIRE(report.rows.adds_up());
        return std::move(*lists);
    }
};

const directory::DistrictReading& reading(const directory::BatchRow& row) {
    return std::get<directory::DistrictReading>(row.reading);
}

/// "code name" of the rows.
std::set<std::string> names(const directory::BatchList& list) {
    std::set<std::string> all;
    for (const auto& row : list.rows) {
        all.insert(reading(row).municipality + " " + reading(row).name);
    }
    return all;
}

std::string n03(const std::string& county, const std::string& name, const std::string& code) {
    return R"("N03_001":"千葉県","N03_002":null,"N03_003":")" + county + R"(","N03_004":")" + name +
           R"(","N03_007":")" + code + "\"";
}

/// A shapefile of squares as its members, in the encoding that is asked for.
std::vector<std::pair<std::string, std::string>> shapefile_of(const std::vector<std::string>& columns,
                                                              const std::vector<std::vector<std::string>>& rows,
                                                              OGRwkbGeometryType type, const std::string& encoding) {
    GDALAllRegister();
    ScratchFolder folder;
    const fs::path path = folder.path() / "made.shp";
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
    GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    const std::string option = "ENCODING=" + encoding;
    const char* options[] = {option.c_str(), nullptr};
    OGRLayer* layer = dataset->CreateLayer("made", nullptr, type, const_cast<char**>(options));
    for (const std::string& column : columns) {
        OGRFieldDefn field(column.c_str(), OFTString);
        field.SetWidth(60);
        layer->CreateField(&field);
    }
    double west = 137.1;
    for (const auto& values : rows) {
        OGRFeature row(layer->GetLayerDefn());
        for (std::size_t i = 0; i < values.size(); ++i) {
            row.SetField(static_cast<int>(i), values[i].c_str());
        }
        if (type == wkbPoint) {
            OGRPoint point(west, 33.2);
            row.SetGeometry(&point);
        } else {
            OGRLinearRing ring;
            for (const auto& [x, y] : {std::pair{0.0, 0.0}, {0.0, 0.01}, {0.01, 0.01}, {0.01, 0.0}, {0.0, 0.0}}) {
                ring.addPoint(west + x, 33.2 + y);
            }
            OGRPolygon polygon;
            polygon.addRing(&ring);
            row.SetGeometry(&polygon);
        }
        west += 0.02;
        REQUIRE(layer->CreateFeature(&row) == OGRERR_NONE);
    }
    dataset.reset();
    std::vector<std::pair<std::string, std::string>> members;
    for (const char* extension : {".shp", ".dbf", ".cpg"}) {
        members.emplace_back(extension, bytes_of(fs::path(path).replace_extension(extension)));
    }
    return members;
}

void add(std::vector<std::pair<std::string, std::string>>& to, const std::string& stem,
         const std::vector<std::pair<std::string, std::string>>& members) {
    for (const auto& [extension, bytes] : members) {
        to.emplace_back(stem + extension, bytes);
    }
}

} // namespace

TEST_CASE("Every edition of school districts goes into its own layer, or the one that is asked for") {
    EditionDesk desk;
    const std::map<std::string, std::pair<std::string, std::string>> editions{
        {R"("A27_005":"99201","A27_006":"市","A27_007":"浜小学校","A27_008":"x")", {"a27-2010", "shogakkoku"}},
        {R"("A27_001":"99201","A27_002":"市","A27_003":"浜小学校","A27_004":"港町1")", {"a27-2013", "shogakkoku"}},
        {R"("A27_001":"99201","A27_002":"市","A27_003":"B199220100001","A27_004":"浜小学校","A27_005":"港町1")",
         {"a27-2021", "shogakkoku"}},
        {R"("A32_006":"99201","A32_007":"市","A32_008":"浜中学校","A32_009":"港町1","A32_010":"x")",
         {"a32-2016", "chugakkoku"}},
        {R"("A32_001":"99201","A32_002":"市","A32_003":"C199220100001","A32_004":"浜中学校","A32_005":"港町1")",
         {"a32-2021", "chugakkoku"}},
    };
    for (const auto& [properties, wanted] : editions) {
        const auto lists = desk.read(collection({feature(properties, square(137.1, 33.2))}));
        REQUIRE(lists.size() == 1);
        CHECK(lists[0].profile == wanted.first);
        CHECK(lists[0].layer == wanted.second);
        CHECK(reading(lists[0].rows.at(0)).layer == wanted.second);
        CHECK(reading(lists[0].rows[0]).name.starts_with("浜"));
    }
    desk.options.layer = "custom";
    CHECK(desk.read(collection({feature(editions.begin()->first, square(137.1, 33.2))}))[0].layer == "custom");
}

TEST_CASE("Municipalities are one layer, a designated city's wards another, and no land is lost between them") {
    EditionDesk desk;
    const auto lists = desk.read(collection({
        feature(n03("", "銚子市", "12202"), square(140.80, 35.7)),
        feature(n03("", "銚子市", "12202"), square(140.82, 35.7)),
        feature(n03("千葉市", "中央区", "12101"), square(140.10, 35.6)),
        feature(n03("千葉市", "緑区", "12105"), square(140.12, 35.6)),
        feature(n03("香取郡", "多古町", "12347"), square(140.40, 35.7)),
        feature(n03("", "千代田区", "13101"), square(139.75, 35.7)),
        feature(n03("", "所属未定地", ""), square(140.00, 35.6)),
    }));
    REQUIRE(lists.size() == 2);
    CHECK(lists[0].layer == "shikuchoson");
    CHECK(lists[0].profile == "n03");
    CHECK(names(lists[0]) == std::set<std::string>{"12202 銚子市", "12100 千葉市", "12347 多古町", "13101 千代田区"});
    CHECK(lists[0].rows.size() == 6);
    CHECK(lists[1].layer == "ku");
    CHECK(names(lists[1]) == std::set<std::string>{"12101 中央区", "12105 緑区"});
    CHECK(reading(lists[1].rows[0]).municipality_name == "千葉市中央区");
    CHECK(desk.report.rows.accepted == 6);
    CHECK(desk.report.rows.out_of_scope == 1);
    CHECK(count_districts(lists) == 6);
}

TEST_CASE("From 2024 on a ward stands in a column of its own, and a county before its town") {
    EditionDesk desk;
    const auto with = [](const std::string& county, const std::string& name, const std::string& ward,
                         const std::string& code) {
        return R"("N03_001":"千葉県","N03_003":")" + county + R"(","N03_004":")" + name + R"(","N03_005":")" + ward +
               R"(","N03_007":")" + code + "\"";
    };
    const auto lists = desk.read(collection({
        feature(with("", "千葉市", "中央区", "12101"), square(140.10, 35.6)),
        feature(with("香取郡", "多古町", "", "12347"), square(140.40, 35.7)),
    }));
    REQUIRE(lists.size() == 2);
    CHECK(lists[0].profile == "n03-2024");
    CHECK(names(lists[0]) == std::set<std::string>{"12100 千葉市", "12347 多古町"});
    CHECK(names(lists[1]) == std::set<std::string>{"12101 中央区"});
}

TEST_CASE(
    "A zip holds one file in two encodings, the same as GeoJSON, and its XML: the one in UTF-8 is read, and told") {
    const std::vector<std::string> columns{"A32_001", "A32_002", "A32_003", "A32_004", "A32_005"};
    const std::vector<std::vector<std::string>> rows{{"99201", "市", "C199220100001", "浜中学校", "港町1"}};
    std::vector<std::pair<std::string, std::string>> members{{"A32-23_99/KS-META.xml", "<x/>"},
                                                             {"A32-23_99/A32-23_99.geojson", collection({})}};
    add(members, "A32-23_99/Shift-JIS/A32-23_99", shapefile_of(columns, rows, wkbPolygon, "CP932"));
    add(members, "A32-23_99/UTF-8/A32-23_99", shapefile_of(columns, rows, wkbPolygon, "UTF-8"));
    EditionDesk desk;
    const auto lists = desk.read(zip_of(members), "A32-23_99_GML.zip");
    REQUIRE(lists.size() == 1);
    CHECK(names(lists[0]) == std::set<std::string>{"99201 浜中学校"});
    CHECK(desk.issues("archive_member_chosen") == 1);
    CHECK(desk.issue("archive_member_chosen").message.find("UTF-8/A32-23_99.shp") != std::string::npos);
}

TEST_CASE("An edition that brings the schools' points beside their districts is read for its districts") {
    std::vector<std::pair<std::string, std::string>> members;
    add(members, "A27-10_99-g_PublicElementarySchool",
        shapefile_of({"A27_001", "A27_002", "A27_003", "A27_004"}, {{"99201", "市", "浜小学校", "港町1"}}, wkbPoint,
                     "CP932"));
    add(members, "A27-10_99-g_SchoolDistrict",
        shapefile_of({"A27_005", "A27_006", "A27_007", "A27_008"}, {{"99201", "市", "浜小学校", "港町1"}}, wkbPolygon,
                     "CP932"));
    EditionDesk desk;
    const auto lists = desk.read(zip_of(members));
    CHECK(lists[0].profile == "a27-2010");
    CHECK(lists[0].rows.size() == 1);
    CHECK(desk.issue("archive_member_chosen").message.find("SchoolDistrict") != std::string::npos);
}

TEST_CASE("Beside municipalities stand their outlines by prefecture: the municipalities are read") {
    const auto outline = collection({feature(n03("", "", ""), square(140.1, 35.6))});
    const auto municipalities = collection({feature(n03("", "銚子市", "12202"), square(140.8, 35.7))});
    EditionDesk desk;
    const auto lists =
        desk.read(zip_of({{"N03-24_12_prefecture.geojson", outline}, {"N03-24_12.geojson", municipalities}}),
                  "N03-24_12_GML.zip");
    CHECK(names(lists[0]) == std::set<std::string>{"12202 銚子市"});
    CHECK(desk.issue("archive_member_chosen").message.find("N03-24_12.geojson") != std::string::npos);
}

TEST_CASE("Two kinds of districts in one archive are asked about, and a path out of it is only a name") {
    const auto file = [](const std::string& name) {
        return collection(
            {feature(R"("A32_001":"99201","A32_002":"市","A32_003":")" + name + "\"", square(137.1, 33.2))});
    };
    Desk desk(directory::ImportKind::districts);
    const auto two =
        read_districts("x.zip", zip_of({{"a.geojson", file("浜")}, {"b.geojson", file("山")}}), {}, desk.intake);
    REQUIRE_FALSE(two);
    CHECK(two.error().code == "vector_many_layers");
    const auto out = read_districts("x.zip", zip_of({{"../../etc/a.geojson", file("浜")}}), {}, desk.intake);
    CHECK((out || out.error().code.starts_with("archive_") || out.error().code == "vector_wrong_kind"));
}

TEST_CASE("Tokyo's wards come as closed lines: 112 of them make 23 municipalities and no ward of a city") {
    const fs::path path = real_data("tokyo/wards.geojson");
    if (path.empty()) {
        return;
    }
    EditionDesk desk;
    const auto lists = desk.read(bytes_of(path), path);
    REQUIRE(lists.size() == 1);
    CHECK(lists[0].layer == "shikuchoson");
    CHECK(desk.report.rows.read == 112);
    CHECK(desk.report.rows.flagged == 112);
    CHECK(desk.issues("line_as_polygon") + desk.issues("ring_mended") == 112);
    CHECK(count_districts(lists) == 23);
    const auto koto = std::ranges::count_if(
        lists[0].rows, [](const directory::BatchRow& row) { return reading(row).name == "江東区"; });
    CHECK(koto == 71);
}

TEST_CASE("Chiba City: 137 polygons make 121 elementary-school districts, 63 make 55 of middle schools") {
    const fs::path path = real_data("chiba/A27-10_chiba_city.geojson");
    if (path.empty()) {
        return;
    }
    EditionDesk desk;
    const auto lists = desk.read(bytes_of(path), path);
    CHECK(lists[0].layer == "shogakkoku");
    CHECK(desk.report.rows.read == 137);
    CHECK(count_polygon_rows(lists) == 137);
    // As counted by ogrinfo: SELECT count(*) FROM (SELECT DISTINCT A27_005, A27_007 FROM "A27-10_chiba_city")
    CHECK(count_districts(lists) == 121);
    EditionDesk middle;
    const fs::path other = real_data("chiba/A32-13_chiba_city.geojson");
    const auto districts = middle.read(bytes_of(other), other);
    CHECK(count_polygon_rows(districts) == 63);
    CHECK(count_districts(districts) == 55);
}
