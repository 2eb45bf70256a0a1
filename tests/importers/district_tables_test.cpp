// Districts out of tables: what they are made of, and the addresses that belong to schools.
#include "importers/districts/tables.hpp"
#include "importers/files/csv.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

struct TableDesk : Desk {
    TableDesk() : Desk(directory::ImportKind::districts) {}

    std::vector<directory::BatchList> read(const std::string& text,
                                           const std::vector<directory::DistrictName>& known = {}) {
        const auto table = read_table(text, limits);
        REQUIRE(table);
        auto lists = read_district_table(*table, known, options.profile, intake);
        REQUIRE(lists);
        return std::move(*lists);
    }
};

const directory::DistrictReading& reading(const directory::BatchRow& row) {
    return std::get<directory::DistrictReading>(row.reading);
}

std::vector<directory::DistrictName> two_schools() {
    return {{"chugakkoku", "99201-浜中学校", "浜中学校", "99201", true},
            {"chugakkoku", "99201-山中学校", "山中学校", "99201", true},
            {"shikuchoson", "99341-谷町", "谷町", "99341", true},
            {"chiku", "99201-北", "北", "99201", false}};
}

const std::string k_members =
    "区域コード,区域名,市区町村コード,構成区域の層,構成区域,対象外,開始年月日,終了年月日,状態\n";

} // namespace

TEST_CASE("A district names its members, several in a cell or one a row") {
    TableDesk desk;
    const auto lists = desk.read(k_members +
                                     "1,浜圏,99201,中学校区,浜中学校、山中学校,,令和7年4月1日,2030-03-31,現存\n"
                                     "2,谷圏,99201,市区町村,99341,,,,\n"
                                     "3,混圏,99201,,chugakkoku:浜中学校、shikuchoson:99341,,,,\n",
                                 two_schools());
    REQUIRE(lists.size() == 1);
    CHECK(lists[0].layer == "sodan_kuiki");
    CHECK(lists[0].profile == k_members_profile);
    REQUIRE(lists[0].rows.size() == 3);
    const auto& first = reading(lists[0].rows[0]);
    CHECK(first.school_code == "99201-1");
    CHECK(first.members == std::vector<directory::DistrictMember>{{"chugakkoku", "99201", "浜中学校"},
                                                                  {"chugakkoku", "99201", "山中学校"}});
    CHECK(first.valid_from == directory::parse_day("2025-04-01"));
    CHECK(first.valid_to == directory::parse_day("2030-03-31"));
    CHECK(first.geometry.empty());
    CHECK(reading(lists[0].rows[1]).members == std::vector<directory::DistrictMember>{{"shikuchoson", "99341", ""}});
    CHECK(reading(lists[0].rows[2]).members.size() == 2);
    CHECK(desk.report.rows.accepted == 3);
    CHECK(desk.report.issues.empty());
}

TEST_CASE("A member nobody has, one without an area and a town are told, and the row is kept") {
    TableDesk desk;
    const auto lists = desk.read(k_members +
                                     ",a,99201,中学校区,谷中学校,,,,\n,b,99201,地区,北,,,,\n"
                                     ",c,99201,町字,港町1丁目、浜町,,,,\n,d,99201,相談機関の区域,a,,,,\n",
                                 two_schools());
    CHECK(desk.issues("member_without_geometry") == 4);
    CHECK(desk.issue("member_without_geometry").row == 2);
    CHECK(desk.issue("member_without_geometry").value == "谷中学校");
    CHECK(desk.report.rows.flagged == 3);
    CHECK(desk.report.rows.accepted == 1); // a district of the same table is no stranger
    REQUIRE(reading(lists[0].rows[2]).addresses.size() == 2);
    CHECK(reading(lists[0].rows[2]).addresses[0].town == "港町");
    CHECK(reading(lists[0].rows[2]).addresses[0].chome == 1);
}

TEST_CASE("A district that is set apart, ended or planned is not counted") {
    TableDesk desk;
    const auto lists = desk.read(k_members +
                                     ",a,99201,,浜中学校,○,,,\n,b,99201,,浜中学校,,,,休止\n"
                                     ",c,99201,,浜中学校,,,,廃止\n,d,99201,,浜中学校,,,2027-03-31,廃止\n"
                                     ",e,99201,,浜中学校,,,,謎\n,f,99201,,浜中学校,,2027-04-01,2026-04-01,\n",
                                 two_schools());
    using directory::DistrictStatus;
    CHECK(reading(lists[0].rows[0]).status == DistrictStatus::suspended);
    CHECK(reading(lists[0].rows[1]).status == DistrictStatus::suspended);
    CHECK(reading(lists[0].rows[2]).status == DistrictStatus::suspended);
    CHECK(reading(lists[0].rows[3]).status == DistrictStatus::active);
    CHECK(desk.issues("code_unknown") == 1);
    CHECK(desk.issues("date_order") == 1);
    CHECK_FALSE(reading(lists[0].rows[5]).valid_from);
}

TEST_CASE("A row of a member table that says nothing is rejected with its reason") {
    TableDesk desk;
    const auto lists = desk.read(k_members +
                                     ",,99201,,浜中学校,,,,\n,a,,,浜中学校,,,,\n,b,99201,,,,,,\n"
                                     ",c,99201,惑星,浜中学校,,,,\n,,,,,,,,\n",
                                 two_schools());
    CHECK(lists[0].rows.empty());
    CHECK(desk.report.rows.rejected == 4);
    CHECK(desk.report.rows.blank == 1);
    CHECK(desk.issue("district_name_missing").row == 2);
    CHECK(desk.issue("district_municipality_missing").row == 3);
    CHECK(desk.issue("members_missing").row == 4);
    CHECK(desk.issue("member_layer_unknown").value == "惑星");
}

TEST_CASE("School districts by address: one row a school, as the municipal standard data set has it") {
    TableDesk desk;
    const auto lists = desk.read(
        "全国地方公共団体コード,学校ID,学校名称,通学区域の住所,備考\n"
        "992011,1,浜小学校,\"港町1丁目、2丁目1番～10番\",\n"
        "992011,2,浜中学校,港町全域,\n"
        "992011,3,谷義務教育学校,大字谷の一部,\n"
        "992011,4,海高等学校,市内全域,\n"
        "992011,5,,港町,\n992011,6,山小学校,,\n");
    REQUIRE(lists.size() == 2);
    CHECK(lists[0].layer == "chugakkoku");
    CHECK(lists[1].layer == "shogakkoku");
    REQUIRE(lists[0].rows.size() == 2);
    REQUIRE(lists[1].rows.size() == 2);
    CHECK(reading(lists[1].rows[0]).name == "浜小学校");
    CHECK(reading(lists[1].rows[0]).addresses.size() == 2);
    CHECK(reading(lists[1].rows[1]).name == "谷義務教育学校");
    CHECK(desk.report.rows.accepted == 2);
    CHECK(desk.report.rows.flagged == 1);
    CHECK(desk.report.rows.out_of_scope == 1);
    CHECK(desk.report.rows.rejected == 2);
    CHECK(desk.issue("address_range_unread").row == 4);
    CHECK(desk.issue("addresses_missing").row == 7);
}

TEST_CASE("School districts by address: one row a town, its numbers and its schools beside it") {
    TableDesk desk;
    desk.options.municipality = "99201";
    const auto lists = desk.read(
        "町名,番地,小学校,中学校\n港町一丁目,1番～10番,浜小学校,浜中学校\n"
        "港町一丁目,11番以降,山小学校,浜中学校・山中学校\n");
    REQUIRE(lists.size() == 2);
    CHECK(lists[0].rows.size() == 3);
    CHECK(lists[1].rows.size() == 2);
    CHECK(desk.report.rows.accepted == 2);

    TableDesk one;
    one.options.municipality = "99201";
    one.options.layer = "shogakkoku";
    CHECK(one.read("町名,番地,小学校,中学校\n港町,,浜小学校,浜中学校\n").at(0).rows.size() == 1);
}

TEST_CASE("A town written behind its prefecture and municipality is the town") {
    TableDesk desk;
    const auto lists = desk.read(
        "全国地方公共団体コード,市区町村名,学校名称,通学区域の住所\n"
        "99201,潮見野市,浜小学校,\"潮見野市港町1丁目、標県潮見野市大字北山、浜町\"\n");
    const auto& rules = reading(lists[0].rows.at(0)).addresses;
    REQUIRE(rules.size() == 3);
    CHECK(rules[0].town == "港町");
    CHECK(rules[0].chome == 1);
    CHECK(rules[1].town == "北山");
    CHECK(rules[2].town == "浜町");
}

TEST_CASE("The columns of 小中学校通学区域情報 as the data set defines them, its kinds of school as codes") {
    TableDesk desk;
    const std::string header =
        "全国地方公共団体コード,学校ID,学校コード,学校名称,学校名称カナ,行政サービス拠点種別,学校所在地_都道府県名,"
        "学校所在地_郡名,学校所在地_市区町村名,学校所在地_行政区名,学校所在地_全国地方公共団体コード,通学区域の住所,"
        "通学区域_登録年月日,通学区域_廃止日,ポリゴン_ファイル名,特記事項\n";
    const auto lists = desk.read(
        header +
        "992011,1,B199220100001,浜学園,,1503,標県,,潮見野市,,992011,港町1丁目全域;港町2丁目1番地～5番地,2020-04-01,,,\n"
        "992011,2,C199220100002,浜学園,,1504,標県,,潮見野市,,992011,潮見野市港町全域,2020-04-01,,,\n"
        "992011,3,,丘小学校,,1503a,標県,,潮見野市,,992011,丘町,2020-04-01,2024-03-31,,\n"
        "992011,4,,谷小学校,,1503a,標県,,潮見野市,,992011,谷町,2020-04-01,2999-03-31,,\n");
    REQUIRE(lists.size() == 2);
    CHECK(desk.report.rows.out_of_scope == 1); // it has ended
    CHECK(desk.report.rows.rejected == 0);
    CHECK(desk.report.rows.flagged == 0);
    const auto& middle = lists[0].layer == "chugakkoku" ? lists[0] : lists[1];
    const auto& elementary = lists[0].layer == "chugakkoku" ? lists[1] : lists[0];
    REQUIRE(elementary.rows.size() == 2);
    CHECK(reading(elementary.rows[0]).school_code == "B199220100001");
    REQUIRE(reading(elementary.rows[0]).addresses.size() == 2);
    CHECK(reading(elementary.rows[0]).addresses[0].chome == 1);
    CHECK(reading(elementary.rows[1]).name == "谷小学校");
    REQUIRE(middle.rows.size() == 1);
    CHECK(reading(middle.rows[0]).municipality == "99201");
    CHECK(reading(middle.rows[0]).addresses.at(0).town == reading(elementary.rows[0]).addresses.at(0).town);
}

TEST_CASE("A table of neither kind says what each kind needs") {
    TableDesk desk;
    const auto table = read_table("名前,場所\na,b\n", desk.limits);
    const auto lists = read_district_table(*table, {}, "", desk.intake);
    REQUIRE_FALSE(lists);
    CHECK(lists.error().code == "header_unknown_districts");
    CHECK(lists.error().a.find("構成区域") != std::string::npos);
}
