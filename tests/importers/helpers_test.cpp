// Visiting helpers as counts: what is read, what is turned away, and that no person ever comes in.
#include "importers/helpers/helpers.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "importers/helpers/person_columns.hpp"
#include "importers/import.hpp"
#include "importers/templates/list_templates.hpp"
#include "support.hpp"
#include "template_row.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::HelperCountReading;

namespace {

const std::string k_header = "団体名,市町村,事業,区域,曜日,時間帯,できること,人数,時点,備考\n";

struct HelpersTable : Desk {
    HelpersTable() : Desk(directory::ImportKind::helpers) {}

    Locator locator = tests::small_locator();
    directory::DistrictBook districts{
        {{"chugakkoku", "99201-浜中", "浜中学校", "99201"}, {"chugakkoku", "99201-丘中", "丘中学校", "99201"}}};

    std::expected<std::vector<directory::BatchList>, FileProblem> read_file(const std::string& bytes,
                                                                            const char* name = "helpers.csv") {
        return read_helpers(name, bytes,
                            {.taxonomy = directory::Taxonomy::shipped(), .locator = locator, .districts = districts},
                            intake);
    }
    directory::BatchList read(const std::string& rows) {
        auto lists = read_file(k_header + rows);
        REQUIRE(lists);
        REQUIRE(report.rows.adds_up());
        REQUIRE(lists->size() == 1);
        return std::move(lists->front());
    }
};

const HelperCountReading& helpers(const directory::BatchList& list, std::size_t row) {
    return std::get<HelperCountReading>(list.rows.at(row).reading);
}

} // namespace

TEST_CASE("Helpers are counted by organization, area, weekdays and skill") {
    HelpersTable desk;
    const auto list = desk.read(
        "NPO法人てとて,99201,子育て世帯訪問支援,chugakkoku:浜中学校,月～金,9時～17時,家事,６人,令和8年10月1日,\n"
        "標助産師会,潮見野市,養育支援訪問,丘中学校,火木,,沐浴,2,2026-09,日によって\n"
        "ひまわりの会,992011,,,,,,,,\n"
        "ひまわりの会,99201,,全域,土,,外国語,0,,\n");
    REQUIRE(list.rows.size() == 4);
    CHECK(desk.report.rows.accepted == 4);
    CHECK(list.profile == "helpers-template");
    const auto& first = helpers(list, 0);
    CHECK(first.organization == "NPO法人てとて");
    CHECK(first.municipality == "99201");
    CHECK(first.programme == "setai_homon");
    CHECK(first.layer == "chugakkoku");
    CHECK(first.area == "浜中学校");
    CHECK(first.weekdays == 0b0011111);
    CHECK(first.hours == "9時～17時");
    CHECK(first.skill == "家事");
    CHECK(first.count == 6);
    CHECK(first.counted_on == directory::parse_day("2026-10-01"));
    CHECK(helpers(list, 1).municipality == "99201"); // by its name
    CHECK(helpers(list, 1).layer == "chugakkoku");
    CHECK(helpers(list, 1).counted_on == directory::parse_day("2026-09-01"));
    CHECK_FALSE(helpers(list, 2).count); // unknown, which is not none
    CHECK(helpers(list, 2).layer.empty());
    CHECK(helpers(list, 2).weekdays == 0);
    CHECK(helpers(list, 3).count == 0);
    CHECK(helpers(list, 3).layer.empty());
}

TEST_CASE("What cannot be read is told and unknown; what would make a count wrong is turned away") {
    HelpersTable desk;
    const auto list = desk.read(
        "会,99201,,chugakkoku:山中学校,,,,3,,\n"     // a district that may come yet
        "会,99201,,,晴れた日,,,数人,いつか,\n"       // three cells that say nothing
        ",99201,,,,,,3,,\n"                          // whose?
        "会,どこか町,,,,,,3,,\n"                     // where?
        "会,,,,,,,3,,\n"                             // where?
        "会,99201,なぞの事業,,,,,3,,\n"              // for what?
        "個人,99201,,,,,,1,,\n"                      // a person
        "標野さん,99201,,,,,,1,,\n"                  // a person
        "会,99201,,,月,,,5,,\n会,99201,,,月,,,7,,\n" // which of them?
        "てとて（記入例）,99201,,,,,,3,,\n"
        "\n");
    CHECK(desk.report.rows.flagged == 2);
    CHECK(desk.report.rows.rejected == 6);
    CHECK(desk.report.rows.out_of_scope == 1);
    CHECK(desk.report.rows.blank == 1);
    CHECK(desk.issues("helpers_area_unknown") == 1);
    CHECK(desk.issues("weekdays_unreadable") == 1);
    CHECK(desk.issues("number_unreadable") == 1);
    CHECK(desk.issues("date_unreadable") == 1);
    CHECK(desk.issues("helpers_organization_missing") == 1);
    CHECK(desk.issues("helpers_municipality_unknown") == 1);
    CHECK(desk.issues("helpers_municipality_missing") == 1);
    CHECK(desk.issues("programme_unknown") == 1);
    CHECK(desk.issues("helpers_organization_person") == 2);
    CHECK_FALSE(helpers(list, 1).count);
}

TEST_CASE("A file with a column of persons is refused as a whole, wherever the column stands") {
    for (const char* column : {"氏名", "お名前", "支援員名", "ヘルパー名", "電話番号", "携帯", "メール", "住所",
                               "フリガナ", "生年月日", "連絡先"}) {
        INFO(column);
        CHECK(is_person_column(column));
        HelpersTable desk;
        const auto refused = desk.read_file("団体名,人数,市町村," + std::string(column) + "\n会,3,99201,x\n");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "helpers_of_persons");
        CHECK(refused.error().a == column);
        CHECK(desk.report.rows.read == 0);
    }
    for (const char* column : {"団体名", "市町村", "人数", "できること", "備考", "時点"}) {
        CHECK_FALSE(is_person_column(column));
    }
    HelpersTable desk; // a title above, and no column of ours at all
    const auto named = desk.read_file("訪問支援員名簿\n氏名,曜日\n標野はな,月\n");
    REQUIRE_FALSE(named);
    CHECK(named.error().code == "helpers_of_persons");
    const auto below = desk.read_file("令和8年度\n団体名,人数,氏名\n会,3,標野はな\n");
    REQUIRE_FALSE(below);
    CHECK(below.error().code == "helpers_of_persons");
}

TEST_CASE("Another table, and contacts inside of cells, do not come in") {
    HelpersTable desk;
    const auto other = desk.read_file("名称,住まい\na,b\n");
    REQUIRE_FALSE(other);
    CHECK(other.error().code == "helpers_header_unknown");
    const auto list = desk.read("会,99201,,,,,電話 000-0000-0000,3,,mail@example.jp まで\n");
    REQUIRE(list.rows.size() == 1);
    CHECK(helpers(list, 0).skill.find("0000") == std::string::npos);
    CHECK(helpers(list, 0).note.find("example") == std::string::npos);
}

TEST_CASE("The template of helpers is recognised, and its examples are taken for none") {
    const auto* of = find_template("helpers");
    REQUIRE(of != nullptr);
    for (const auto form : {TemplateForm::csv, TemplateForm::xlsx, TemplateForm::ods}) {
        HelpersTable desk;
        const auto lists = desk.read_file(template_file(*of, form), form == TemplateForm::csv    ? "helpers.csv"
                                                                    : form == TemplateForm::xlsx ? "helpers.xlsx"
                                                                                                 : "helpers.ods");
        REQUIRE(lists);
        CHECK(desk.report.rows.out_of_scope == static_cast<std::int64_t>(of->examples.size()));
        CHECK(desk.report.rows.accepted == 0);
        CHECK(desk.report.rows.adds_up());
    }
}

TEST_CASE("Counts go to their own municipality's staff alone, name their edition and no other, and go with an undo") {
    ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "t.shirube", directory::OpenMode::write_or_create);
    const auto snapshot = [&](const directory::Audience& audience) {
        return directory::Snapshot::build(store.read_state(audience), directory::Taxonomy::shipped(),
                                          directory::Holidays::shipped());
    };
    const auto theirs = directory::Audience{"99201", {{"99201", directory::Visibility::staff}}};
    const auto others = directory::Audience{"99341", {{"99341", directory::Visibility::staff}}};
    const auto everyone = directory::Audience{};
    const auto before_theirs = snapshot(theirs);
    const auto before_others = snapshot(others);
    const auto before_everyone = snapshot(everyone);

    ImportOptions options;
    options.kind = directory::ImportKind::helpers;
    options.files = {
        folder.write("訪問支援員.csv", k_header + "会,99201,子育て世帯訪問支援,,月,,家事,3,2026-10-01,\n")};
    const auto report = run_import(store, options, {});
    REQUIRE(report);
    CHECK(report->entities.added == 1);

    const auto after = snapshot(theirs);
    CHECK(after->edition != before_theirs->edition);
    REQUIRE(after->ties->helper_counts.size() == 1);
    CHECK(after->ties->helper_counts[0].reading.count == 3);
    CHECK(snapshot(others)->ties->helper_counts.empty());
    CHECK(snapshot(others)->edition == before_others->edition);
    CHECK(snapshot(everyone)->ties->helper_counts.empty());
    CHECK(snapshot(everyone)->edition == before_everyone->edition);

    const auto again = run_import(store, options, {});
    REQUIRE(again);
    CHECK(again->entities.unchanged == 1);
    CHECK(snapshot(theirs)->edition == after->edition);
    store.undo(again->import_id);
    store.undo(report->import_id);
    CHECK(snapshot(theirs)->ties->helper_counts.empty());
}
