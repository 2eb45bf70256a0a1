#include "importers/needs.hpp"

#include "importers/import.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::NeedReading;
using directory::Unit;

namespace {

const std::string k_header =
    "指標,区域の層,区域コード,区域名,市区町村コード,メッシュコード,期間_開始,期間_終了,年度,値,単位,秘匿,出典,備考\n";

struct NeedsDesk : Desk {
    NeedsDesk() : Desk(directory::ImportKind::needs) {}

    directory::DistrictBook districts{{{"chugakkoku", "99201-浜中", "浜中学校", "99201"},
                                       {"chugakkoku", "99201-丘中", "丘中学校", "99201"},
                                       {"chugakkoku", "99202-浜中", "浜中学校", "99202"}}};

    directory::BatchList read(const std::string& rows) {
        auto list = read_needs("needs.csv", k_header + rows, districts, intake);
        REQUIRE(list);
        REQUIRE(report.rows.adds_up());
        REQUIRE(list->size() == 1);
        return std::move(list->front());
    }
};

const NeedReading& need(const directory::BatchList& list, std::size_t row) {
    return std::get<NeedReading>(list.rows.at(row).reading);
}

} // namespace

TEST_CASE("A figure of need has an indicator, an area, a period, a unit and a source") {
    NeedsDesk desk;
    const auto list = desk.read(
        "出生数,中学校区,,浜中学校,99201,,2025-04-01,2026-03-31,,\"1,234\",人,,人口動態,\n"
        "量の見込み,,,丘中学校,99201,,,,令和8年度,１２.5,人日,,計画,\n"
        "不登校,市区町村,,,992011,,,,2024,38,人,,,\n"
        "相談,メッシュ,,,,493770001,,,令和元年度,4,件,,,\n");
    REQUIRE(list.rows.size() == 4);
    CHECK(desk.report.rows.accepted == 4);
    CHECK(list.profile == "needs-plain");
    CHECK(need(list, 0).value == 1234);
    CHECK(need(list, 0).layer == "chugakkoku");
    CHECK(need(list, 0).name == "浜中学校");
    CHECK(need(list, 0).source == "人口動態");
    CHECK(need(list, 1).unit == Unit::person_days);
    CHECK(need(list, 1).value == 12.5);
    CHECK(directory::to_string(*need(list, 1).from) == "2026-04-01");
    CHECK(directory::to_string(*need(list, 1).to) == "2027-03-31");
    CHECK(need(list, 2).layer == "municipality");
    CHECK(need(list, 2).code == "99201");
    CHECK(need(list, 3).layer == "mesh");
    CHECK(directory::to_string(*need(list, 3).from) == "2019-04-01");
}

TEST_CASE("Every unit is read by its code and by the words lists have for it") {
    NeedsDesk desk;
    std::string rows;
    const std::vector<std::pair<std::string, Unit>> units{{"世帯", Unit::households},
                                                          {"人", Unit::persons},
                                                          {"延べ人数", Unit::cumulative_persons},
                                                          {"人日", Unit::person_days},
                                                          {"泊", Unit::nights},
                                                          {"回", Unit::sessions},
                                                          {"時間", Unit::hours},
                                                          {"nights", Unit::nights},
                                                          {"person_days", Unit::person_days},
                                                          {"延人数", Unit::cumulative_persons},
                                                          {"件", Unit::cases},
                                                          {"％", Unit::percent},
                                                          {"%", Unit::percent}};
    for (std::size_t i = 0; i < units.size(); ++i) {
        rows += "数" + std::to_string(i) + ",市区町村,,,99201,,,,2025,1," + units[i].first + ",,,\n";
    }
    const auto list = desk.read(rows);
    REQUIRE(list.rows.size() == units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        CAPTURE(units[i].first);
        CHECK(need(list, i).unit == units[i].second);
    }
}

TEST_CASE("What is kept back or left out is unknown, not zero; zero is zero") {
    NeedsDesk desk;
    const auto list = desk.read(
        "a,市区町村,,,99201,,,,2025,X,人,,,\nb,市区町村,,,99201,,,,2025,*,人,,,\n"
        "c,市区町村,,,99201,,,,2025,－,人,,,\nd,市区町村,,,99201,,,,2025,3,人,秘匿,,\n"
        "e,市区町村,,,99201,,,,2025,,人,,,\nf,市区町村,,,99201,,,,2025,0,人,0,,\n"
        "g,市区町村,,,99201,,,,2025,約百,人,,,\n");
    REQUIRE(list.rows.size() == 7);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(need(list, i).suppressed);
        CHECK_FALSE(need(list, i).value);
    }
    CHECK_FALSE(need(list, 4).suppressed);
    CHECK_FALSE(need(list, 4).value);
    CHECK(need(list, 5).value == 0);
    CHECK_FALSE(need(list, 5).suppressed);
    CHECK_FALSE(need(list, 6).value);
    CHECK(desk.issues("figure_unreadable") == 1);
    CHECK(desk.report.rows.flagged == 1);
}

TEST_CASE("A row that cannot say what, in which unit or where is rejected with the reason") {
    NeedsDesk desk;
    const auto list = desk.read(
        ",市区町村,,,99201,,,,2025,1,人,,,\n出生数,市区町村,,,99201,,,,2025,1,,,,\n"
        "出生数,市区町村,,,99201,,,,2025,1,匹,,,\n出生数,,,,,,,,2025,1,人,,,\n"
        "出生数,どこか の 層,,浜,99201,,,,2025,1,人,,,\n出生数,メッシュ,,,,12,,,2025,1,人,,,\n"
        "出生数,市区町村,,,abc,,,,2025,1,人,,,\n\n");
    CHECK(list.rows.empty());
    CHECK(desk.report.rows.rejected == 7);
    CHECK(desk.report.rows.blank == 1);
    CHECK(desk.issues("need_indicator_missing") == 1);
    CHECK(desk.issues("need_unit_unknown") == 2);
    CHECK(desk.issues("need_area_missing") == 1);
    CHECK(desk.issues("need_layer_unknown") == 1);
    CHECK(desk.issues("mesh_code_malformed") == 1);
    CHECK(desk.issues("district_municipality_malformed") == 1);
}

TEST_CASE("A district that no list has is kept and flagged, and so is a name that two municipalities have") {
    NeedsDesk desk;
    const auto list = desk.read(
        "出生数,中学校区,,星中学校,99201,,,,2025,1,人,,,\n出生数,中学校区,,浜中学校,,,,,2025,1,人,,,\n"
        "出生数,中学校区,99202-浜中,,,,,,2025,1,人,,,\n");
    REQUIRE(list.rows.size() == 3);
    CHECK(desk.issues("need_district_unknown") == 2);
    CHECK(desk.report.rows.flagged == 2);
    CHECK(desk.issue("need_district_unknown").row == 2);
    CHECK(desk.issue("need_district_unknown").column == "区域名");
}

TEST_CASE("A period that ends before it begins is not used, and a row without one says so") {
    NeedsDesk desk;
    const auto list = desk.read("a,市区町村,,,99201,,2026-04-01,2025-03-31,,1,人,,,\nb,市区町村,,,99201,,,,,1,人,,,\n");
    CHECK_FALSE(need(list, 0).from);
    CHECK_FALSE(need(list, 0).to);
    CHECK(desk.issues("date_order") == 1);
    CHECK(desk.issues("need_period_missing") == 1);
}

TEST_CASE("A table that is none of needs says which columns it lacks") {
    NeedsDesk desk;
    const auto list = read_needs("x.csv", "指標,値\na,1\n", desk.districts, desk.intake);
    REQUIRE_FALSE(list);
    CHECK(list.error().code == "needs_header_unknown");
    CHECK(list.error().a == "単位, 区域コード / 区域名 / 市区町村コード / メッシュコード");
}

TEST_CASE("A figure is one number in the unit of its column, or none") {
    const auto value_of = [](const std::string& cell, const std::string& unit) {
        NeedsDesk desk;
        const auto list = desk.read("出生数,市区町村,,,99201,,,,2025,\"" + cell + "\"," + unit + ",,,\n");
        return std::pair{list.rows.empty() ? std::nullopt : need(list, 0).value, desk.report.rows.flagged};
    };
    using Told = std::pair<std::optional<double>, std::int64_t>;
    CHECK(value_of("1,234", "人") == Told{1234, 0});
    CHECK(value_of("１２ 人", "人") == Told{12, 0});
    for (const char* cell : {"5\n6", "1 2", "5²", "3,5", "1,2"}) {
        INFO(cell);
        CHECK(value_of(cell, "人") == Told{std::nullopt, 1});
    }
    CHECK(value_of("50%", "人") == Told{std::nullopt, 1});
    CHECK(value_of("12世帯", "人") == Told{std::nullopt, 1});
    CHECK(value_of("12人", "%") == Told{std::nullopt, 1});
    CHECK(value_of("50%", "%") == Told{50, 0});
    CHECK(value_of("0.5", "%") == Told{0.5, 1}); // a workbook's 50 %
}

TEST_CASE("A row of a layer of districts that names none is nobody's, not the municipality's") {
    NeedsDesk desk;
    const auto list = desk.read("出生数,中学校区,,,99201,,,,2025,6,人,,,\n出生数,,,,99201,,,,2025,7,人,,,\n");
    CHECK(desk.report.rows.rejected == 1);
    CHECK(desk.issues("need_area_missing") == 1);
    REQUIRE(list.rows.size() == 1);
    CHECK(need(list, 0).layer == "municipality");
}

TEST_CASE("Cells made to harm are bounded: long words, huge and strange numbers") {
    NeedsDesk desk;
    const std::string longest(100'000, 'a');
    const auto list = desk.read(longest + ",市区町村,,,99201,,,,2025," + std::string(5000, '9') + ",人,,,\n" +
                                "b,市区町村,,,99201,,,,2025,nan,人,,,\nc,市区町村,,,99201,,,,2025,-5,人,,,\n"
                                "d,市区町村,,,99201,,,,2025,1e300,人,,,\ne,市区町村,,,99201,,,,2025,inf,人,,,\n" +
                                "f,市区町村,,,99201,,,,2025,1," + longest + ",,,\n");
    CHECK(desk.report.rows.rejected == 1);
    REQUIRE(list.rows.size() == 5);
    CHECK(need(list, 0).indicator.size() < 1000);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK_FALSE(need(list, i).value);
    }
    CHECK(desk.issues("figure_unreadable") == 5);
}

TEST_CASE("The example that is handed out is taken whole") {
    Desk desk(directory::ImportKind::needs);
    const auto bytes = bytes_of(fs::path(SHIRUBE_SOURCE_DIR) / "static/examples/needs-plain.csv");
    const directory::DistrictBook districts(
        {{"chugakkoku", "C1", "標川中学校", "99201"}, {"chugakkoku", "C2", "潮見中学校", "99201"}});
    const auto list = read_needs("needs-plain.csv", bytes, districts, desk.intake);
    REQUIRE(list);
    REQUIRE(list->size() == 1);
    CHECK(list->front().rows.size() == 7);
    CHECK(desk.report.rows.accepted == 7);
}
