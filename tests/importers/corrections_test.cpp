// Corrections by hand as a steward writes them: taken whole or not at all, and the pairs of `shirube links` that need
// no more than one column.
#include "importers/corrections.hpp"

#include "importers/import.hpp"
#include "importers/templates/decision_sheet.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::CorrectedField;
using directory::CorrectionReading;

namespace {

const std::string k_header =
    "対象ID,相手ID,判定,決めた日,決めた人,理由,名称,住所,緯度,経度,電話番号,開催曜日,開催開始時間,開催終了時間,定員,"
    "状態,"
    "確度,最終確認日\n";
const std::string k_known = "0123456789abc";
const std::string k_other = "zzzzzzzzzzzzz";

struct CorrectionsDesk : Desk {
    CorrectionsDesk() : Desk(directory::ImportKind::corrections) {}

    directory::BatchList read(const std::string& rows) {
        const Locator nowhere({});
        const CorrectionDesk desk{.taxonomy = directory::Taxonomy::shipped(),
                                  .locator = nowhere,
                                  .stands = [](const std::string& id) { return id == k_known || id == k_other; }};
        auto list = read_corrections("corrections.csv", k_header + rows, desk, intake);
        REQUIRE(list);
        REQUIRE(report.rows.adds_up());
        REQUIRE(list->size() == 1);
        return std::move(list->front());
    }
    /// What keeps one row from being taken.
    std::vector<std::string> refusal(const std::string& row) {
        CorrectionsDesk fresh;
        CHECK(fresh.read(row + "\n").rows.empty());
        CHECK(fresh.report.rows.rejected == 1);
        std::vector<std::string> codes;
        for (const auto& [code, count] : fresh.report.issue_counts) {
            codes.push_back(code);
        }
        return codes;
    }
};

const CorrectionReading& correction(const directory::BatchList& list, std::size_t row) {
    return std::get<CorrectionReading>(list.rows.at(row).reading);
}

using Codes = std::vector<std::string>;

/// A town's store with files imported as the command line does.
struct Town {
    ScratchFolder folder;
    directory::Store store =
        directory::Store::open(folder.path() / "town.shirube", directory::OpenMode::write_or_create);

    Report import(directory::ImportKind kind, const std::string& name, const std::string& bytes) {
        ImportOptions options;
        options.kind = kind;
        options.files = {folder.write(name, bytes)};
        options.municipality = "99201";
        options.language = "en";
        auto report = run_import(store, options, [](std::string_view, std::size_t, std::size_t) {});
        if (!report) {
            FAIL(report.error().message);
        }
        return std::move(*report);
    }
};

std::string replaced_all(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

} // namespace

TEST_CASE("A correction names what it corrects, when, in which role and why, and says nothing of the rest") {
    CorrectionsDesk desk;
    const auto list =
        desk.read(k_known +
                  ",,,令和8年6月1日,資源コーディネーター,電話で確かめた,,,,,000-0000-0009,火～土,9:30,17:30,"
                  "消す,,,2026-06-01\n");
    REQUIRE(list.rows.size() == 1);
    CHECK(desk.report.rows.accepted == 1);
    const auto& read = correction(list, 0);
    CHECK(read.target == k_known);
    CHECK(directory::to_string(*read.on) == "2026-06-01");
    CHECK(read.by == directory::Decider::coordinator);
    CHECK(read.reason == "電話で確かめた");
    // Who was asked on a day is confirmed.
    CHECK(read.fields == std::vector<CorrectedField>{CorrectedField::capacity, CorrectedField::certainty,
                                                     CorrectedField::schedules, CorrectedField::phone,
                                                     CorrectedField::last_confirmed_on});
    CHECK(read.service.phone == "000-0000-0009");
    CHECK_FALSE(read.service.capacity);
    REQUIRE(read.service.schedules.size() == 1);
    CHECK(read.service.certainty == directory::Certainty::confirmed);
    CHECK(list.profile == "corrections");
    CHECK(list.rows[0].cells.find("火～土") != std::string::npos);
}

TEST_CASE("A row is taken whole or not at all: of a cell that cannot be read nothing is made unknown") {
    CorrectionsDesk desk;
    const std::string who = ",,,2026-06-01,その他,確かめた,";
    CHECK(desk.refusal(k_known + who + ",,,,でんわ,,,,,,,") == Codes{"correction_unread", "phone_unreadable"});
    CHECK(desk.refusal(k_known + who + ",,,,,,,,多数,,,") == Codes{"correction_unread", "number_unreadable"});
    CHECK(desk.refusal(k_known + who + ",,33.2,,,,,,,,,") == Codes{"correction_unread", "position_half"});
    CHECK(desk.refusal(k_known + who + ",,,,,,,,,こわれた,,") == Codes{"code_unknown", "correction_unread"});
    CHECK(desk.refusal(k_known + who + "消す,,,,,,,,,,,") == Codes{"correction_cannot_clear"});
    CHECK(desk.refusal(k_known + who + ",,,,,,,,,,,") == Codes{"correction_empty"});
    CHECK(desk.refusal(k_known + who + "里親 山田家,,,,,,,,,,,") == Codes{"private_home"});
}

TEST_CASE("Without an ID, a day, a role or a reason nothing is corrected; a person's name is no role") {
    CorrectionsDesk desk;
    const std::string phone = ",,,,000-0000-0009,,,,,,,";
    CHECK(desk.refusal(",,,2026-06-01,その他,確かめた," + phone) == Codes{"correction_id_missing"});
    CHECK(desk.refusal("J-001,,,2026-06-01,その他,確かめた," + phone) == Codes{"correction_id_malformed"});
    CHECK(desk.refusal(k_known + ",,,,その他,確かめた," + phone) == Codes{"correction_date_missing"});
    CHECK(desk.refusal(k_known + ",,,2026-06-01,山田,確かめた," + phone) == Codes{"correction_by_unknown"});
    CHECK(desk.refusal(k_known + ",,,2026-06-01,その他,," + phone) == Codes{"correction_reason_missing"});
}

TEST_CASE("A pair is decided by one word; one without it waits, and is no error") {
    CorrectionsDesk desk;
    const std::string who = ",2026-06-01,その他,確かめた,,,,,,,,,,,,\n";
    const auto list = desk.read(k_known + "," + k_other + ",同じ" + who + k_known + "," + k_other + "," + who);
    REQUIRE(list.rows.size() == 1);
    CHECK(correction(list, 0).same);
    CHECK(correction(list, 0).other == k_other);
    CHECK(desk.report.rows.out_of_scope == 1);
    CHECK(desk.report.issue_counts.empty());
    const std::string one_line = who.substr(0, who.size() - 1);
    CHECK(desk.refusal(k_known + "," + k_other + ",たぶん" + one_line) == Codes{"correction_verdict_unknown"});
    CHECK(desk.refusal(k_known + "," + k_known + ",同じ" + one_line) == Codes{"correction_pair_of_one"});
    CHECK(desk.refusal(k_known + ",,同じ" + one_line) == Codes{"correction_id_missing"});
    CHECK(desk.refusal(k_known + "," + k_other + ",別,2026-06-01,その他,確かめた,,,,,000-0000-0009,,,,,,,") ==
          Codes{"correction_mixed"});
}

TEST_CASE("A correction of what is not there yet is kept and told") {
    CorrectionsDesk desk;
    const auto list = desk.read("aaaaaaaaaaaaa,,,2026-06-01,その他,確かめた,,,,,000-0000-0009,,,,,,,\n");
    CHECK(list.rows.size() == 1);
    CHECK(desk.report.rows.flagged == 1);
    CHECK(desk.issues("correction_target_unknown") == 1);
}

TEST_CASE("A table that is no list of corrections is refused with the columns it lacks") {
    CorrectionsDesk desk;
    const Locator nowhere({});
    const CorrectionDesk reader{.taxonomy = directory::Taxonomy::shipped(),
                                .locator = nowhere,
                                .stands = [](const std::string&) { return true; }};
    const auto list = read_corrections("a.csv", "事業,名称\n児童館,浜児童館\n", reader, desk.intake);
    REQUIRE_FALSE(list);
    CHECK(list.error().code == "corrections_header_unknown");
    CHECK(list.error().a.find("対象ID") != std::string::npos);
}

TEST_CASE("The template of corrections is read back as it is filled in, in every form") {
    ListTemplate of = *find_template("corrections");
    for (auto& row : of.examples) {
        for (std::string& cell : row) {
            if (const auto at = cell.find("（記入例）"); at != std::string::npos) {
                cell.erase(at, std::string_view("（記入例）").size()); // else it counts as an example and no more
            }
        }
    }
    for (const auto form : {TemplateForm::csv, TemplateForm::xlsx, TemplateForm::ods}) {
        Town town;
        const auto report = town.import(directory::ImportKind::corrections,
                                        "corrections." + std::string(extension_of(form)), template_file(of, form));
        INFO(extension_of(form));
        CHECK(report.rows.read == 4);
        CHECK(report.rows.flagged == 4);
        CHECK(report.issue_counts == std::map<std::string, std::int64_t>{{"correction_target_unknown", 5}});
        CHECK(report.lost_corrections == 4);
    }
}

TEST_CASE("The pairs that links writes go in again with one column filled, and the next file keeps what was decided") {
    Town town;
    town.import(directory::ImportKind::resources, "a.csv",
                "事業,名称,住所\nこども食堂,はまなす,標市浜町1-2-3\nこども食堂,=みなと,標市港町4-5\n");
    town.import(directory::ImportKind::resources, "b.csv",
                "事業,名称,住所\n児童館,はまなす児童館,標市浜町1-2-3\n児童館,=みなと児童館,標市港町4-5\n");
    REQUIRE(town.store.doubtful_places().size() == 2);
    const auto today = *directory::parse_day("2026-06-01");
    const auto written = decision_file(town.store, today, TemplateForm::csv);
    CHECK(written.find(",=") == std::string::npos); // no spreadsheet calculates a name
    // As it is nothing is decided.
    const auto undecided = town.import(directory::ImportKind::corrections, "pairs.csv", written);
    CHECK(undecided.rows.out_of_scope == 2);
    CHECK(town.store.doubtful_places().size() == 2);

    const auto filled = replaced_all(written, ",,2026-06-01,", ",同じ,2026-06-01,");
    const auto decided = town.import(directory::ImportKind::corrections, "pairs.csv", filled);
    CHECK(decided.rows.accepted == 2);
    CHECK(decided.entities.added == 2);
    CHECK(decided.lost_corrections == 0);
    CHECK(town.store.doubtful_places().empty());
    CHECK(town.store.read_public_state().sites.size() == 2);
    CHECK(town.store.read_public_state().services.size() == 4);

    const auto again = town.import(directory::ImportKind::corrections, "pairs.csv",
                                   decision_file(town.store, *directory::parse_day("2026-09-09"), TemplateForm::csv));
    CHECK(again.entities.unchanged == 2);
    CHECK(again.entities.gone == 0);
    CHECK(town.store.read_public_state().sites.size() == 2);
}

TEST_CASE("A correction by the ID on a service's page reaches the page, and undo takes it back") {
    Town town;
    const auto list = town.import(directory::ImportKind::resources, "a.csv",
                                  "事業,名称,住所,電話番号\n児童館,浜児童館,標市浜町1-2-3,000-0000-0001\n");
    const auto id = town.store.read_public_state().services.at(0).id;
    const auto report =
        town.import(directory::ImportKind::corrections, "直し.csv",
                    k_header + id + ",,,2026-06-01,その他,確かめた,浜こども館,,,,000-0000-0009,,,,,,,\n");
    CHECK(report.rows.accepted == 1);
    auto state = town.store.read_public_state();
    CHECK(state.services.at(0).phone == "000-0000-0009");
    CHECK(state.sites.at(0).name == "浜こども館");
    CHECK(state.services.at(0).id == id);
    REQUIRE(state.services.at(0).other_lists.size() == 1);
    CHECK(state.lists.at(state.services.at(0).other_lists[0]).name == "corrections:直し");
    town.store.undo(report.import_id);
    state = town.store.read_public_state();
    CHECK(state.services.at(0).phone == "000-0000-0001");
    CHECK(state.sites.at(0).name == "浜児童館");

    // Gone with its list, it is told at the next import, and by a check.
    town.import(directory::ImportKind::corrections, "直し.csv",
                k_header + id + ",,,2026-06-01,その他,確かめた,浜こども館,,,,,,,,,,,\n");
    town.store.undo(list.import_id);
    const auto next =
        town.import(directory::ImportKind::resources, "b.csv", "事業,名称,住所\n児童館,山児童館,標市山町1-1\n");
    CHECK(next.lost_corrections == 1);
    CHECK(to_text(next, "en").find("1 corrections by hand do nothing now") != std::string::npos);
    const auto findings = town.store.check();
    CHECK(std::ranges::count(findings, "correction_without_target", &directory::Finding::code) == 1);
}

TEST_CASE("A correction of half a schedule is refused, for it would drop the other half unseen") {
    const auto row = [](const std::string& days, const std::string& from, const std::string& to) {
        return k_known + ",,,2026-05-01,資源コーディネーター,電話で確かめた,,,,,," + days + "," + from + "," + to +
               ",,,,";
    };
    CorrectionsDesk desk;
    CHECK(desk.refusal(row("月～金", "", "")) == Codes{"correction_schedule_partial"});
    CHECK(desk.refusal(row("", "10:00", "15:00")) == Codes{"correction_schedule_partial"});
    CHECK(desk.read(row("月～金", "10:00", "15:00") + "\n").rows.size() == 1);
    CorrectionsDesk cleared;
    const auto list = cleared.read(row("月～金", "消す", "") + "\n");
    REQUIRE(list.rows.size() == 1);
    CHECK(correction(list, 0).fields == std::vector{CorrectedField::schedules});
}
