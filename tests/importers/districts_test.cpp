#include "importers/districts/districts.hpp"

#include "vector_maker.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

std::string a32(const std::string& code, const std::string& ward, const std::string& school) {
    return R"("A32_001":")" + code + R"(","A32_002":")" + ward + R"(","A32_003":")" + school + "\"";
}

struct DistrictDesk : Desk {
    DistrictDesk() : Desk(directory::ImportKind::districts) {}

    directory::BatchList read(const std::string& bytes) {
        auto lists = read_districts("list.geojson", bytes, {}, intake);
        REQUIRE(lists);
        REQUIRE(report.rows.adds_up());
        REQUIRE(lists->size() == 1);
        return std::move(lists->front());
    }

    std::size_t districts(const directory::BatchList& list) { return count_districts(std::span(&list, 1)); }
};

const directory::DistrictReading& reading(const directory::BatchRow& row) {
    return std::get<directory::DistrictReading>(row.reading);
}

} // namespace

TEST_CASE("Polygons of one school of one ward are one district; a name recurs across wards") {
    DistrictDesk desk;
    const auto list = desk.read(collection({
        feature(a32("13101", "千代田区", "第一中学校"), square(139.70, 35.6)),
        feature(a32("13101", "千代田区", "第一中学校"), square(139.72, 35.6)),
        feature(a32("13101", "千代田区", "第一 中学校"), square(139.74, 35.6)),
        feature(a32("13102", "中央区", "第一中学校"), square(139.76, 35.6)),
    }));
    CHECK(list.profile == "a32-2013");
    CHECK(desk.report.rows.accepted == 4);
    CHECK(desk.districts(list) == 2);
    CHECK(reading(list.rows[0]).layer == "chugakkoku");
    CHECK(reading(list.rows[0]).municipality_name == "千代田区");
    CHECK(reading(list.rows[2]).name == "第一 中学校");
    CHECK(list.rows[0].cells == R"({"A32_001":"13101","A32_002":"千代田区","A32_003":"第一中学校"})");
}

TEST_CASE("A row's key stays the same over editions in another order, and differs between polygons") {
    const std::string first = feature(a32("13101", "千代田区", "麹町中学校"), square(139.70, 35.6));
    const std::string second = feature(a32("13101", "千代田区", "麹町中学校"), square(139.72, 35.6));
    DistrictDesk desk;
    const auto one = desk.read(collection({first, second}));
    const auto other = desk.read(collection({second, first}));
    CHECK(one.rows[0].key == other.rows[1].key);
    CHECK(one.rows[1].key == other.rows[0].key);
    CHECK(one.rows[0].key != one.rows[1].key);
}

TEST_CASE("Districts that overlap are both kept") {
    DistrictDesk desk;
    const auto list = desk.read(collection({
        feature(a32("13101", "千代田区", "麹町中学校"), square(139.70, 35.6)),
        feature(a32("13101", "千代田区", "神田一橋中学校"), square(139.705, 35.6)),
    }));
    CHECK(desk.report.rows.accepted == 2);
    CHECK(desk.districts(list) == 2);
}

TEST_CASE("A broken ring is mended and its row flagged") {
    DistrictDesk desk;
    const auto list = desk.read(collection({feature(a32("13101", "千代田区", "麹町中学校"), bow_tie(139.7, 35.6))}));
    CHECK(desk.report.rows.flagged == 1);
    CHECK(list.rows.at(0).flagged);
    CHECK(reading(list.rows[0]).geometry.size() == 2);
    CHECK(desk.issue("ring_mended").row == 1);
}

TEST_CASE("A suspended school's district is suspended, and its name stays as written") {
    DistrictDesk desk;
    const auto list = desk.read(collection({
        feature(a32("99201", "潮見野市", "奥山中学校（休校）"), square(137.1, 33.2)),
        feature(a32("99201", "潮見野市", "谷中学校(休校中)"), square(137.2, 33.2)),
        feature(a32("99201", "潮見野市", "海中学校"), square(137.3, 33.2)),
    }));
    CHECK(reading(list.rows[0]).status == directory::DistrictStatus::suspended);
    CHECK(reading(list.rows[0]).name == "奥山中学校（休校）");
    CHECK(reading(list.rows[1]).status == directory::DistrictStatus::suspended);
    CHECK(reading(list.rows[2]).status == directory::DistrictStatus::active);
}

TEST_CASE("A code that lost its leading zero is repaired; a missing one is what the command line says") {
    DistrictDesk desk;
    desk.options.municipality = "01102";
    const auto list = desk.read(collection({
        feature(a32("1101", "札幌市中央区", "中島中学校"), square(141.3, 43.0)),
        feature(a32("", "札幌市北区", "北中学校"), square(141.4, 43.0)),
    }));
    CHECK(reading(list.rows[0]).municipality == "01101");
    CHECK(reading(list.rows[1]).municipality == "01102");
}

TEST_CASE("Every row that is rejected says why and where") {
    DistrictDesk desk;
    const auto list = desk.read(collection({
        feature(a32("13101", "千代田区", ""), square(139.7, 35.6)),
        feature(a32("", "千代田区", "a"), square(139.7, 35.6)),
        feature(a32("千代田", "千代田区", "b"), square(139.7, 35.6)),
        feature(a32("13101", "千代田区", "c"), "null"),
        feature(a32("13101", "千代田区", "d"), R"({"type":"Point","coordinates":[139.7,35.6]})"),
        feature(a32("13101", "千代田区", "e"), square(35.6, 39.7)),
        feature(a32("13101", "千代田区", "f"),
                R"({"type":"Polygon","coordinates":[[[139.7,35.6],[139.8,35.6],[139.7,35.6],[139.7,35.6]]]})"),
    }));
    CHECK(list.rows.empty());
    CHECK(desk.report.rows.rejected == 7);
    CHECK(desk.issue("district_name_missing").column == "A32_003");
    CHECK(desk.issue("district_municipality_missing").row == 2);
    CHECK(desk.issue("district_municipality_malformed").value == "千代田");
    CHECK(desk.issue("geometry_missing").row == 4);
    CHECK(desk.issue("geometry_not_polygon").row == 5);
    CHECK(desk.issue("geometry_outside_japan").row == 6);
    CHECK(desk.issue("geometry_broken").row == 7);
}

TEST_CASE("Editions that use the same column names are told apart by what stands in them") {
    DistrictDesk desk;
    const auto newer = desk.read(collection({feature(
        R"("A32_001":"12101","A32_002":"千葉市","A32_003":"C112210000018","A32_004":"末広中学校","A32_005":"末広3")",
        square(140.1, 35.6))}));
    CHECK(newer.profile == "a32-2021");
    CHECK(reading(newer.rows[0]).name == "末広中学校");
    CHECK(reading(newer.rows[0]).school_code == "C112210000018");

    const auto older = desk.read(collection(
        {feature(R"("A32_001":"12101","A32_002":"千葉市中央区","A32_003":"末広中学校","A32_004":"12101_末広.csv")",
                 square(140.1, 35.6))}));
    CHECK(older.profile == "a32-2013");
    CHECK(reading(older.rows[0]).name == "末広中学校");

    const auto middle = desk.read(collection(
        {feature(R"("A32_006":"12101","A32_007":"千葉市","A32_008":"末広中学校","A32_009":"末広3","A32_010":"x.csv")",
                 square(140.1, 35.6))}));
    CHECK(middle.profile == "a32-2016");
}

TEST_CASE("Any GeoJSON with code, municipality and name is read as districts") {
    DistrictDesk desk;
    desk.options.layer = "nichijo_seikatsu";
    const auto list = desk.read(
        collection({feature(R"("code":"99201","municipality":"潮見野市","name":"浜圏域")", square(137.1, 33.2))}));
    CHECK(list.profile == "districts-plain");
    CHECK(reading(list.rows[0]).layer == "nichijo_seikatsu");
}

TEST_CASE("A header nobody knows says what was tried and what was missing") {
    DistrictDesk desk;
    const auto list = read_districts("wards.geojson", collection({feature(R"("prefect":"東京都")", square(139, 35))}),
                                     {}, desk.intake);
    REQUIRE_FALSE(list);
    CHECK(list.error().code == "header_unknown_districts");
    const std::string message = in_words(list.error(), "en").message;
    CHECK(message.find("wards.geojson") != std::string::npos);
    CHECK(message.find("a32-2013 (A32_001, A32_002, A32_003)") != std::string::npos);
    CHECK(message.find("districts-plain (code, municipality, name)") != std::string::npos);
}

TEST_CASE("A profile that is named is used, and one that does not exist is wrong use") {
    DistrictDesk desk;
    desk.options.profile = "a32-2014";
    const auto list = read_districts("x.geojson", collection({}), {}, desk.intake);
    REQUIRE_FALSE(list);
    CHECK(list.error().code == "profile_unknown");
    CHECK(list.error().blame == Blame::command_line);
}

TEST_CASE("Tokyo's 23 wards: 401 polygons make 382 districts and none is lost") {
    const fs::path path = real_data("tokyo/A32-13_tokyo_23_wards.geojson");
    if (path.empty()) {
        return;
    }
    DistrictDesk desk;
    const auto list = desk.read(bytes_of(path));
    CHECK(desk.report.rows.read == 401);
    CHECK(desk.report.rows.rejected == 0);
    CHECK(list.rows.size() == 401);
    CHECK(desk.districts(list) == 382);
    std::set<std::string> keys;
    for (const auto& row : list.rows) {
        keys.insert(row.key);
    }
    CHECK(keys.size() == 401);
}

TEST_CASE("Chiba City's districts of both kinds of school are read, each by its edition") {
    const fs::path middle = real_data("chiba/A32-13_chiba_city.geojson");
    const fs::path elementary = real_data("chiba/A27-10_chiba_city.geojson");
    if (middle.empty() || elementary.empty()) {
        return;
    }
    DistrictDesk desk;
    CHECK(desk.read(bytes_of(middle)).rows.size() == 63);
    desk.options.layer = "shogakkoku";
    const auto list = desk.read(bytes_of(elementary));
    CHECK(list.profile == "a27-2010");
    CHECK(list.rows.size() == 137);
    CHECK(desk.report.rows.rejected == 0);
}
