// Further schedules and venues of children's cafeterias, as files beside their list and as a second sheet.
#include "importers/resources/further_schedules.hpp"

#include "importers/import.hpp"
#include "support.hpp"
#include "workbook_maker.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

struct Town {
    ScratchFolder folder;
    Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);

    std::expected<Report, ImportFailure> import(std::vector<fs::path> files) {
        ImportOptions options;
        options.files = std::move(files);
        options.language = "en";
        return run_import(store, options, {});
    }

    Report done(std::vector<fs::path> files) {
        auto report = import(std::move(files));
        if (!report) {
            FAIL(report.error().code << " " << report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    /// Venues of a place's schedules, in order.
    std::vector<std::string> venues(const std::string& name) const {
        std::vector<std::string> venues;
        const auto state = store.read_public_state();
        for (const auto& service : state.services) {
            if (state.sites[service.site].name == name) {
                for (const auto& schedule : service.schedules) {
                    venues.push_back(schedule.venue);
                }
            }
        }
        return venues;
    }
};

const std::string k_main =
    "全国地方公共団体コード,ID,市区町村名,名称,住所,開催頻度,開催曜日,開催日時特記事項,予約方法\n"
    "992011,1,潮見野市,浜食堂,潮見野市浜町1,5,土,毎月第3土曜日,不要\n"
    "992011,2,潮見野市,丘食堂,潮見野市丘町2,,,,不要\n";
const std::string k_further = "ID,住所,方書,開催頻度,開催曜日,開催日,開催開始時間,開催終了時間,開催日時特記事項\n";

using Venues = std::vector<std::string>;

} // namespace

TEST_CASE("A further schedule becomes one of its place's, with the venue, whichever file comes first") {
    for (const bool main_first : {true, false}) {
        Town town;
        const fs::path main = town.folder.write("shokudo.csv", k_main);
        const fs::path further =
            town.folder.write("shokudo_tsuika.csv",
                              k_further + "1,潮見野市港町5,みなと公園,,,,,,毎月第1日曜日\n1,潮見野市南町3,,,,,,,\n");
        const Report report = town.done(main_first ? std::vector{main, further} : std::vector{further, main});
        CHECK(report.rows.accepted == 4);
        CHECK(report.entities.added == 2);
        CHECK(town.venues("浜食堂") == Venues{"", "みなと公園（潮見野市港町5）", "潮見野市南町3"});
        CHECK(town.venues("丘食堂").empty());
        const Report again = town.done({main, further});
        CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
        CHECK(again.entities.unchanged == 2);
    }
}

TEST_CASE("Undo takes further schedules away with the import that brought them") {
    Town town;
    const fs::path main = town.folder.write("shokudo.csv", k_main);
    town.done({main});
    const Report both =
        town.done({main, town.folder.write("shokudo_tsuika.csv", k_further + "2,潮見野市港町5,,,,,,,\n")});
    CHECK(town.venues("丘食堂") == Venues{"潮見野市港町5"});
    town.store.undo(both.import_id);
    CHECK(town.venues("丘食堂").empty());
}

TEST_CASE("A further schedule of a place that the list does not hold is rejected with its number") {
    Town town;
    const Report report = town.done({town.folder.write("shokudo.csv", k_main),
                                     town.folder.write("shokudo_tsuika.csv", k_further + "7,潮見野市港町5,,,,,,,\n")});
    CHECK(report.rows.rejected == 1);
    const auto issue = std::ranges::find(report.issues, "further_parent_missing", &Issue::code);
    REQUIRE(issue != report.issues.end());
    CHECK(issue->row == 2);
    CHECK(issue->message.find('7') != std::string::npos);
}

TEST_CASE("Files of several municipalities, each counting from one, find their own lists by their names") {
    Town town;
    std::string other = k_main;
    for (std::size_t at = 0; (at = other.find("浜食堂", at)) != std::string::npos;) {
        other.replace(at, std::string("浜食堂").size(), "島食堂");
    }
    const Report report = town.done({town.folder.write("a.csv", k_main), town.folder.write("b.csv", other),
                                     town.folder.write("b_tsuika.csv", k_further + "1,潮見野市港町5,,,,,,,\n")});
    CHECK(report.rows.rejected == 0);
    CHECK(town.venues("浜食堂") == Venues{""});
    CHECK(town.venues("島食堂") == Venues{"", "潮見野市港町5"});
}

TEST_CASE("In a workbook the second sheet is joined by 追加情報NO, numbered rows without content are blank") {
    Town town;
    const std::string book = xlsx_of(
        {{"基本情報", text_row(1, {"NO", "都道府県コード又は市区町村コード", "都道府県", "市区町村名", "名称", "住所",
                                   "開催頻度", "開催曜日", "予約方法", "追加情報NO"}) +
                          text_row(2, {"1", "99", "標県", "潮見野市", "浜食堂", "潮見野市浜町1", "", "", "", "2"}) +
                          text_row(3, {"2", "99", "標県", "潮見野市", "丘食堂", "潮見野市丘町2", "", "", "", ""}) +
                          "<row r=\"4\"><c r=\"A4\" s=\"0\"/></row>"},
         {"追加情報", text_row(1, {"NO", "住所", "方書", "開催頻度", "開催曜日", "開催日"}) + text_row(2, {"1"}) +
                          text_row(3, {"2", "潮見野市港町5", "", "", "", ""})}});
    const Report report = town.done({town.folder.write("shokudo.xlsx", book)});
    CHECK(report.profiles == std::vector<std::string>{"cafeteria-49"});
    CHECK(report.rows.rejected == 0);
    CHECK(report.rows.blank == 2);
    CHECK(report.rows.accepted + report.rows.flagged == 3);
    CHECK(town.venues("浜食堂") == Venues{"潮見野市港町5"});
    CHECK(town.venues("丘食堂").empty());
}

TEST_CASE("Tokyo's lists with their further schedules: every row of those finds its place") {
    const fs::path folder = real_data("tokyo/kodomo_shokudo");
    if (folder.empty()) {
        return;
    }
    Town town;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    const Report report = town.done(files);
    CHECK(report.issue_counts.count("further_parent_missing") == 0);
    const auto state = town.store.read_public_state();
    std::int64_t elsewhere = 0;
    for (const auto& service : state.services) {
        elsewhere += std::ranges::count_if(service.schedules, [](const auto& one) { return !one.venue.empty(); });
    }
    CHECK(elsewhere == 8); // rows of the four files, counted by hand
    const Report again = town.done(files);
    CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
}

TEST_CASE("Saitama's workbook comes in whole, its numbered and empty rows blank") {
    const fs::path path = real_data("saitama/110001_kodomoshokudo.xlsx");
    if (path.empty()) {
        return;
    }
    Town town;
    const Report report = town.done({path});
    CHECK(report.rows.read == 999 + 999);
    CHECK(report.rows.accepted + report.rows.flagged == 248);
    CHECK(report.rows.rejected == 0);
    CHECK(report.rows.blank == 1998 - 248);
    CHECK(report.issue_counts.count("municipality_unreadable") == 0);
    for (const Issue& issue : report.issues) {
        CHECK(issue.sheet == "基本情報");
    }
}
