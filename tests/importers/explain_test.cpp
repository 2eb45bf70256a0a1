// --explain: what each column was understood as, with three values, for every kind of list.
#include "importers/import.hpp"
#include "importers/report/explanation.hpp"
#include "vector_maker.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

struct Explained {
    ScratchFolder folder;
    Report report;

    void import(ImportKind kind, const std::vector<std::pair<std::string, std::string>>& files,
                const std::string& profile = {}) {
        Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);
        ImportOptions options;
        options.kind = kind;
        for (const auto& [name, bytes] : files) {
            options.files.push_back(folder.write(name, bytes));
        }
        options.profile = profile;
        options.explain = true;
        options.dry_run = true;
        options.language = "en";
        auto done = run_import(store, options, {});
        if (!done) {
            FAIL(done.error().message);
        }
        report = std::move(*done);
    }

    [[nodiscard]] const ColumnExplained& column(std::string_view name) const {
        const auto found = std::ranges::find(report.columns, name, &ColumnExplained::column);
        REQUIRE(found != report.columns.end());
        return *found;
    }
};

using Values = std::vector<std::string>;

} // namespace

TEST_CASE("Polygons: the attributes an edition has, and the others, which are kept verbatim") {
    Explained town;
    std::vector<std::string> features;
    for (const char* name : {"浜中学校", "丘中学校", "浜中学校", "谷中学校", "北中学校"}) {
        features.push_back(
            feature(R"("A32_001":"99201","A32_002":"潮見野市","A32_003":")" + std::string(name) + R"(","x":"1")",
                    square(137.1 + 0.02 * static_cast<double>(features.size()), 33.1)));
    }
    town.import(ImportKind::districts, {{"a.geojson", collection(features)}});
    CHECK(town.column("A32_001").understood == "市区町村コード");
    CHECK(town.column("A32_001").samples == Values{"99201"});
    CHECK(town.column("A32_003").understood == "区域名");
    CHECK(town.column("A32_003").samples == Values{"浜中学校", "丘中学校", "谷中学校"});
    CHECK(town.column("x").understood.empty());
    CHECK(town.column("x").samples == Values{"1"});
    CHECK(town.column("x").file.ends_with("a.geojson"));
}

TEST_CASE("Tables of districts, needs, holidays and people are explained column by column") {
    Explained members;
    members.import(
        ImportKind::districts,
        {{"m.csv", "区域名,市区町村コード,構成区域の層,構成区域,謎\n東,99201,町字,浜町,\n西,99201,町字,丘町,?\n"}});
    CHECK(members.column("構成区域").understood == "構成区域");
    CHECK(members.column("構成区域").samples == Values{"浜町", "丘町"});
    CHECK(members.column("謎").understood.empty());

    Explained addresses;
    addresses.import(ImportKind::districts, {{"a.csv", "学校名,市区町村コード,通学区域\n浜中学校,99201,浜町\n"}});
    CHECK(addresses.column("学校名").understood == "学校名称");
    CHECK(addresses.column("通学区域").understood == "通学区域の住所");
    CHECK(addresses.column("通学区域").samples == Values{"浜町"});

    Explained needs;
    needs.import(ImportKind::needs, {{"n.csv",
                                      "指標,市区町村コード,年度,値,単位,担当電話\n"
                                      "出生数,99201,2024,120,人,000-0000-0001\n"}});
    CHECK(needs.column("値").understood == "値");
    CHECK(needs.column("値").samples == Values{"120"});
    CHECK(needs.column("担当電話").samples.empty());

    Explained holidays;
    holidays.import(ImportKind::holidays, {{"h.csv", "国民の祝日月日,国民の祝日名称\n2030/1/1,元日\n"}});
    CHECK(holidays.column("国民の祝日月日").understood == "国民の祝日・休日月日");
    CHECK(holidays.column("国民の祝日名称").samples == Values{"元日"});

    Explained landmarks;
    landmarks.import(ImportKind::landmarks, {{"l.csv", "名称,名称カナ,種類,電話\n標駅,シルベエキ,駅,000-0000-0001\n"}});
    CHECK(landmarks.column("名称カナ").understood == "名称_カナ");
    CHECK(landmarks.column("種類").samples == Values{"駅"});
    CHECK(landmarks.column("電話").samples.empty());

    Explained mesh;
    mesh.import(ImportKind::population,
                {{"tblT001141H4937.txt",
                  "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001141001,T001141004\n,,,,人口総数,０～１４歳人口　総数\n"
                  "49377000,0,,,100,12\n49377001,0,,,50,5\n"}});
    CHECK(mesh.column("KEY_CODE").understood == "メッシュ・町丁のコード");
    CHECK(mesh.column("KEY_CODE").samples == Values{"49377000", "49377001"});
    CHECK(mesh.column("０～１４歳人口　総数").understood == "ages 0-14");
    CHECK(mesh.column("０～１４歳人口　総数").samples == Values{"12", "5"});

    Explained towns;
    towns.import(ImportKind::population, {{"t.csv",
                                           "全国地方公共団体コード,地域コード,地域名,総人口,0-4歳の男性,"
                                           "0-4歳の女性\n992011,1,浜町,120,6,5\n"}});
    CHECK(towns.column("地域名").understood == "地域名");
    CHECK(towns.column("地域名").samples == Values{"浜町"});
    CHECK(towns.column("0-4歳の女性").understood == "ages 0-4");
}

TEST_CASE("Further schedules are explained beside their list") {
    Explained town;
    town.import(ImportKind::resources,
                {{"list.csv",
                  "ID,都道府県コード又は市区町村コード,名称,住所,開催頻度,開催曜日,開催日,開催開始時間,開催終了時間,"
                  "開催日時特記事項,追加情報NO,予約方法\n1,992011,浜の食堂,浜町1,,土,,11:00,13:00,,,\n"},
                 {"list_tsuika.csv",
                  "ID,開催頻度,開催曜日,開催日,開催開始時間,開催終了時間,開催日時特記事項,住所,方書\n"
                  "1,,日,,11:00,13:00,,丘町,公民館\n"}},
                "cafeteria-49");
    const auto of_further = std::ranges::find_if(town.report.columns, [](const ColumnExplained& column) {
        return column.file.ends_with("_tsuika.csv") && column.column == "開催曜日";
    });
    REQUIRE(of_further != town.report.columns.end());
    CHECK(of_further->understood == "開催曜日");
    CHECK(of_further->samples == Values{"日"});
}

TEST_CASE("Samples show no contact, not even within a text, and are cut to a line's length") {
    Explained town;
    town.import(
        ImportKind::resources,
        {{"a.csv", "事業,名称,備考,電話番号\n児童館,浜の館,連絡は 090-0000-0000 まで,000-0000-0001\n児童館,丘の館," +
                       std::string(300, 'x') + ",\n"}});
    CHECK(town.column("電話番号").samples.empty());
    const Values& notes = town.column("備考").samples;
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].find("090") == std::string::npos);
    CHECK(notes[1].size() < 60);
}

TEST_CASE("What was understood is shown on the terminal, layout first") {
    Explained town;
    town.import(ImportKind::resources, {{"a.csv", "謎,名称,事業\nx,浜の館,児童館\ny,丘の館,児童館\n"}});
    const std::string text = to_text(town.report, "en");
    CHECK(text.find("  名称 → 名称: 浜の館 | 丘の館\n") != std::string::npos);
    CHECK(text.find("  謎 → (not read): x | y\n") != std::string::npos);
    CHECK(text.find("layout: shirube-template\n") != std::string::npos);
    CHECK(to_text(town.report, "ja").find("様式: shirube-template\n") != std::string::npos);
}
