// A steward hands over a file: what is shown is what an import then does, nothing changes before it is accepted, and
// nobody else sees it.
#include "directory/store.hpp"
#include "directory/store/lists_of_owner.hpp"
#include "importers/import.hpp"
#include "server/staff/desk/file/dropped_files.hpp"
#include "tests/importers/zip_writer.hpp"
#include "tests/scratch_folder.hpp"
#include "tests/server/support/file_sender.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

const std::string k_header = "事業,名称,住所,電話番号,市区町村コード\r\n";
/// Eight invented places, as last month's list has them.
std::string row(int n, const std::string& phone = "000-0000-0001", const std::string& programme = "kodomo_shokudo") {
    return programme + ",しおかぜ" + std::to_string(n) + ",沖町1-2-" + std::to_string(n) + "," + phone + ",992011\r\n";
}
std::string rows(int from, int to) {
    std::string all;
    for (int n = from; n <= to; ++n) {
        all += row(n);
    }
    return all;
}
const std::string k_list = "ひな形の一覧（潮見野市）";

std::size_t imports_of(StaffTown& town) { return Store::open(town.store(), OpenMode::read).history().size(); }

/// All that everybody reads, as text.
std::string public_state(StaffTown& town) {
    const auto state = Store::open(town.store(), OpenMode::read).read_public_state();
    std::string all;
    for (const auto& site : state.sites) {
        all += site.id + site.name + site.address + "\n";
    }
    for (const auto& service : state.services) {
        all += service.id + service.phone + std::to_string(static_cast<int>(service.certainty)) + "\n";
    }
    return all;
}

std::string address_of(const Answer& sent) { return header_of(sent, "Location"); }

/// Accepts what a page shows. \returns the page when it is done
Answer accept(const DeskWorker& steward, const std::string& address, const Answer& page, bool sure = false) {
    Query fields{{"do", "accept"}, {"seen", hidden_value(page, "id=\"decide\"", "seen")}};
    if (sure) {
        fields.emplace_back("sure", "yes");
    }
    return looked_at(steward, steward.post(address, fields));
}

/// Last month's list, in force. Other lists of its layout stand in the town: that it is a new one is said.
void put_list(const DeskWorker& steward) {
    const auto sent = send_file(steward, "先月.csv", in_cp932(k_header + rows(1, 8)));
    REQUIRE(says(looked_at(steward, sent), k_list));
    const auto page = looked_at(
        steward,
        steward.post(address_of(sent), {{"do", "again"}, {"list", ""}, {"new_list", k_list}, {"as_of", "2026-10-01"}}));
    REQUIRE(says(accept(steward, address_of(sent), page), "取り込みました"));
}

std::set<std::string> phones_of(StaffTown& town) {
    std::set<std::string> phones;
    for (const auto& listed : directory::rows_of_list(town.store(), ImportKind::resources, k_list)) {
        for (const auto& [column, cell] : listed.cells) {
            if (column == "電話番号") {
                phones.insert(listed.name + " " + cell);
            }
        }
    }
    return phones;
}

/// What `shirube import` would say of the same file over a copy of the same store.
importers::Report imported_beside(StaffTown& town, const std::string& name, const std::string& bytes,
                                  const std::string& list) {
    const auto folder = new_scratch_folder("shirube-beside");
    const auto copy = folder / "town.shirube";
    for (const char* part : {"", "-wal"}) {
        if (std::filesystem::exists(town.store().string() + part)) {
            std::filesystem::copy(town.store().string() + part, copy.string() + part);
        }
    }
    std::ofstream(folder / name, std::ios::binary) << bytes;
    importers::ImportOptions options;
    options.files = {folder / name};
    options.list = list;
    options.municipality = k_here;
    auto store = Store::open(copy, OpenMode::write);
    const auto report = importers::run_import(store, options, {});
    std::filesystem::remove_all(folder);
    REQUIRE(report.has_value());
    return *report;
}

} // namespace

TEST_CASE("What a file would change is shown, nothing is changed, and what is accepted is what was shown", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    put_list(steward);
    CHECK(phones_of(town).size() == 8);
    const auto before = public_state(town);
    const auto imports = imports_of(town);

    // This month: 1 has another number, 2 is gone, 9 is new, and one row is of no programme that anybody knows.
    const std::string bytes = in_cp932("こども食堂の一覧,,,,\r\n" + k_header + row(1, "000-0000-0009") + rows(3, 9) +
                                       row(10, "000-0000-0001", "ねこかふぇ"));
    const auto sent = send_file(steward, "今月.csv", bytes);
    const auto page = looked_at(steward, sent);
    CHECK(page.status == 200);
    CHECK(page.caching == Caching::none);
    CHECK(says(page, "CP932"));
    CHECK(says(page, "この台帳の新しい版です"));
    CHECK(says(page, "見出しは 2 行目、その下に 9 行"));
    CHECK(figure_of(page, "change", "added") == 1);
    CHECK(figure_of(page, "change", "changed") == 1);
    CHECK(figure_of(page, "change", "gone") == 1);
    CHECK(figure_of(page, "change", "same") == 6);
    CHECK(says(page, "<del>000-0000-0001</del> → <ins>000-0000-0009</ins>"));
    // The row that is not taken comes first, its very cell marked, with the sentence beside it.
    CHECK(says(page,
               "<tr class=\"fate-rejected\"><th scope=\"row\">11</th><td class=\"name\">"
               "<span class=\"text\">しおかぜ10</span></td><td class=\"said\">"));
    CHECK(says(page,
               "<td class=\"bad\"><span class=\"vh\">ここを直す:</span> <span class=\"text\">ねこかふぇ</span></td>"));
    CHECK(page.content().find("fate-rejected") < page.content().find("fate-taken"));
    const auto beside = imported_beside(town, "今月.csv", bytes, k_list);
    CHECK(figure_of(page, "rows", "accepted") == beside.rows.accepted);
    CHECK(figure_of(page, "rows", "flagged") == beside.rows.flagged);
    CHECK(figure_of(page, "rows", "rejected") == beside.rows.rejected);
    CHECK(beside.rows.rejected == 1);
    CHECK(says(page, beside.issues.front().message));
    CHECK(public_state(town) == before);
    CHECK(imports_of(town) == imports);

    const auto done = accept(steward, address_of(sent), page);
    const auto history = Store::open(town.store(), OpenMode::read).history();
    REQUIRE(history.size() == imports + 1);
    CHECK(says(done, "番号は " + std::to_string(history.back().id)));
    CHECK(says(done, "shirube undo " + std::to_string(history.back().id)));
    CHECK(history.back().files.find("今月.csv") != std::string::npos);
    auto expected = std::set<std::string>{"しおかぜ1 000-0000-0009"};
    for (int n = 3; n <= 9; ++n) {
        expected.insert("しおかぜ" + std::to_string(n) + " 000-0000-0001");
    }
    CHECK(phones_of(town) == expected);
    // Which row was turned away, by its number and its name, and where to send it mended.
    CHECK(says(done, "11 行目 <span>しおかぜ10</span></h3>"));
    CHECK(says(done, beside.issues.front().message));
    CHECK(says(done, "直したファイルを送る"));
    CHECK_FALSE(says(done, "12 行目"));
    // It is over: the same page accepts nothing more.
    CHECK(steward.post(address_of(sent), {{"do", "accept"}, {"seen", "x"}}).status == 422);
    CHECK(imports_of(town) == imports + 1);
    Store::open(town.store(), OpenMode::write).undo(history.back().id);
    CHECK(public_state(town) == before);
}

TEST_CASE("A problem quotes the cell that it is about, unless its sentence does", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    std::string far = "<b>北</b>の";
    for (int i = 0; i < 70; ++i) {
        far += "方";
    }
    const auto page = previewed(steward, "一覧.csv",
                                "事業,名称,住所,緯度,経度,市区町村コード\r\n"
                                "kodomo_shokudo,しおかぜ1,沖町1-2-1," +
                                    far +
                                    ",137.1,992011\r\n"
                                    "kodomo_shokudo,しおかぜ2,沖町1-2-2,北のほう,137.1,992011\r\n"
                                    "ねこかふぇ,しおかぜ3,沖町1-2-3,,,992011\r\n");
    CHECK(says(page, "<b>緯度</b> <q>北のほう</q>: "));
    CHECK(says(page, "<b>緯度</b> <q>&lt;b&gt;北&lt;/b&gt;の方"));
    CHECK_FALSE(says(page, "<b>北</b>"));
    const std::string content{page.content()};
    const auto quoted = content.find("<q>&lt;b&gt;北");
    REQUIRE(quoted != std::string::npos);
    const std::string quote = content.substr(quoted, content.find("</q>", quoted) - quoted);
    CHECK(quote.ends_with("方…"));
    CHECK(quote.size() < far.size());
    CHECK(says(page, "「ねこかふぇ」"));
    CHECK_FALSE(says(page, "<q>ねこかふぇ</q>"));
}

TEST_CASE("What is cancelled is gone, and nothing was changed", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto before = public_state(town);
    const auto imports = imports_of(town);
    const auto folder_before = std::distance(std::filesystem::directory_iterator(town.store().parent_path()), {});
    const auto sent = send_file(steward, "../../一覧.csv", k_header + rows(1, 3));
    const auto page = looked_at(steward, sent);
    CHECK(says(page, "<h1>一覧.csv</h1>"));
    CHECK(says(steward.get("/staff/desk/file"), "一覧.csv"));
    // Nothing of it lies in the folder, under any name.
    CHECK(std::distance(std::filesystem::directory_iterator(town.store().parent_path()), {}) == folder_before);
    CHECK(steward.post(address_of(sent), {{"do", "cancel"}}).status == 303);
    CHECK(steward.get(address_of(sent)).status == 404);
    CHECK_FALSE(says(steward.get("/staff/desk/file"), "一覧.csv"));
    CHECK(public_state(town) == before);
    CHECK(imports_of(town) == imports);
}

TEST_CASE("A file is its sender's alone, whoever knows its number", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const DeskWorker colleague(town, "colleague", k_here);
    const DeskWorker neighbour(town, "neighbour", k_there);
    const auto sent = send_file(steward, "一覧.csv", k_header + rows(1, 3));
    const auto page = looked_at(steward, sent);
    const auto imports = imports_of(town);
    for (const auto* other : {&colleague, &neighbour}) {
        const auto answer = other->get(address_of(sent));
        CHECK(answer.status == 404);
        CHECK_FALSE(says(answer, "しおかぜ"));
        for (const char* what : {"accept", "cancel", "again"}) {
            CHECK(other->post(address_of(sent), {{"do", what}, {"seen", hidden_value(page, "id=\"decide\"", "seen")}})
                      .status == 404);
        }
        CHECK_FALSE(says(other->get("/staff/desk/file"), "一覧.csv"));
    }
    CHECK(steward.get(address_of(sent)).status == 200);
    CHECK(imports_of(town) == imports);
    for (const auto role : {directory::Role::viewer, directory::Role::caseworker, directory::Role::planner}) {
        const DeskWorker one(town, std::string{directory::code_of(role)}, k_here, role);
        CHECK(one.get("/staff/desk/file").status == 403);
        CHECK(send_file(one, "一覧.csv", k_header + rows(1, 1)).status == 403);
    }
    // Without the session's own word no form is taken, nor from elsewhere.
    auto forged = form_with_file("/staff/desk/file", steward.token, {{"csrf", "x"}}, "一覧.csv", "a,b\r\n1,2\r\n");
    CHECK(town.ask(forged).status == 403);
    forged = form_with_file("/staff/desk/file", steward.token, {{"csrf", steward.csrf}}, "一覧.csv", "a,b\r\n");
    forged.origin = "https://elsewhere.example";
    CHECK(town.ask(forged).status == 403);
}

TEST_CASE("Where much would go it is said, and a tick is asked for", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    put_list(steward);
    const auto imports = imports_of(town);
    const auto few = send_file(steward, "少し.csv", k_header + rows(1, 6)); // two of eight: a quarter
    CHECK_FALSE(says(looked_at(steward, few), "別のファイルか"));
    CHECK(steward.post(address_of(few), {{"do", "cancel"}}).status == 303);
    const auto sent = send_file(steward, "半分.csv", k_header + rows(1, 5)); // three of eight
    const auto page = looked_at(steward, sent);
    CHECK(says(page, "今ある 8 行のうち 3 行"));
    CHECK(figure_of(page, "change", "gone") == 3);
    const Query without_tick{{"do", "accept"}, {"seen", hidden_value(page, "id=\"decide\"", "seen")}};
    const auto refused = steward.post(address_of(sent), without_tick);
    CHECK(refused.status == 422);
    CHECK(says(refused, "印を付けて"));
    CHECK(imports_of(town) == imports);
    CHECK(says(accept(steward, address_of(sent), page, true), "取り込みました"));
    CHECK(phones_of(town).size() == 5);
}

TEST_CASE("Of two files that are looked at, the second is shown anew once the first is in", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker one(town, "one", k_here);
    const DeskWorker two(town, "two", k_here);
    put_list(one);
    const auto first = send_file(one, "甲.csv", k_header + row(1, "000-0000-0011") + rows(2, 8));
    const auto second = send_file(two, "乙.csv", k_header + row(1, "000-0000-0022") + rows(2, 8));
    const auto page_of_first = looked_at(one, first);
    const auto page_of_second = looked_at(two, second);
    REQUIRE(says(accept(one, address_of(first), page_of_first), "取り込みました"));
    const auto imports = imports_of(town);
    const auto anew = accept(two, address_of(second), page_of_second);
    CHECK(says(anew, "見ている間に台帳が変わった"));
    CHECK(says(anew, "<del>000-0000-0011</del> → <ins>000-0000-0022</ins>"));
    CHECK(imports_of(town) == imports);
    CHECK(phones_of(town).contains("しおかぜ1 000-0000-0011"));
    CHECK(says(accept(two, address_of(second), anew), "取り込みました"));
    CHECK(phones_of(town).contains("しおかぜ1 000-0000-0022"));
}

TEST_CASE("Each file that cannot be read is told what to do about it", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto imports = imports_of(town);
    CHECK(says(send_file(steward, "空.csv", ""), "ファイルが空です"));
    CHECK(says(send_file(steward, "", ""), "ファイルが選ばれていません"));
    CHECK(send_file(steward, "日.csv", k_header + rows(1, 1), {{"as_of", "きのう"}}).status == 422);
    auto cut = form_with_file("/staff/desk/file", steward.token, {{"csrf", steward.csrf}}, "a.csv", "a,b\r\n1,2\r\n");
    cut.body.resize(cut.body.size() - 30);
    cut.csrf = steward.csrf;
    CHECK(says(town.ask(cut), "途中までしか届きませんでした"));
    const std::string zip = importers::test::zip_of({{"一覧.csv", k_header + rows(1, 3)}});
    std::string locked_mark;
    for (const char c : std::string("EncryptedPackage")) {
        locked_mark += {c, '\0'};
    }
    const std::string locked = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(600, '\0') + locked_mark;
    const std::vector<std::tuple<std::string, std::string, std::string>> files{
        {"鍵.xlsx", locked, "パスワードを外して"},
        {"一覧.pdf", "%PDF-1.7\n%%EOF\n", "一覧として読めない種類"},
        {"絵.csv", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "文字のファイルではありません"},
        {"一覧.xlsx", zip.substr(0, zip.size() / 2), "途中で切れているか"},
        {"一覧.zip", importers::test::zip_of({{"読んで.pdf", "%PDF-1.7"}}), "zip の中に、表のファイル"},
        {"別.csv", "品名,値段\r\nりんご,100\r\n", "どの一覧の様式とも合いません"},
        {"見出し.csv", k_header, "見出しの下に行がありません"},
        {"隣.csv", "事業,名称,住所,市区町村コード\r\nkodomo_shokudo,おき,沖ノ浜町1,99341\r\n", "ほかの市区町村の場所"},
        {"引用.csv", k_header + "kodomo_shokudo,\"しお,沖町1\r\n", "引用符"},
    };
    for (const auto& [name, bytes, sentence] : files) {
        INFO(name);
        const auto sent = send_file(steward, name, bytes);
        const auto page = looked_at(steward, sent);
        CHECK(says(page, sentence));
        CHECK(says(page, "台帳は何も変わっていません"));
        CHECK_FALSE(says(page, "value=\"accept\""));
        CHECK(steward.post(address_of(sent), {{"do", "cancel"}}).status == 303);
    }
    CHECK(imports_of(town) == imports);
}

TEST_CASE("An archive is read as the list in it, and a choice of list, day and source is kept", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto sent = send_file(steward, "一覧.zip", importers::test::zip_of({{"一覧.csv", k_header + rows(1, 3)}}),
                                {{"as_of", "2026-11-01"}, {"licence", "CC BY 4.0"}, {"source", "こども課"}});
    const auto address = address_of(sent);
    const auto first = looked_at(steward, sent);
    CHECK(figure_of(first, "change", "added") == 3);
    const auto again = looked_at(steward, steward.post(address, {{"do", "again"},
                                                                 {"list", ""},
                                                                 {"new_list", "食堂の台帳"},
                                                                 {"as_of", "2026-11-02"},
                                                                 {"licence", "CC BY 4.0"},
                                                                 {"source", "こども課"},
                                                                 {"extent", "complete"}}));
    REQUIRE(says(again, "食堂の台帳（潮見野市）"));
    REQUIRE(says(accept(steward, address, again), "取り込みました"));
    const auto lists = directory::lists_of_owner(town.store(), directory::ImportKind::resources, std::string{k_here});
    const auto found = std::ranges::find(lists, "食堂の台帳（潮見野市）", &directory::StandingList::name);
    REQUIRE(found != lists.end());
    CHECK(found->as_of == "2026-11-02");
    CHECK(found->licence == "CC BY 4.0");
    CHECK(found->source == "こども課");
    CHECK(found->publisher == "潮見野市");
    CHECK(found->complete);
    CHECK(found->rows == 3);
    // The next one leaves them out, and they stay as they were; its file may be called anything.
    const auto next = send_file(steward, "12月.csv", k_header + rows(1, 4));
    REQUIRE(says(accept(steward, address_of(next), looked_at(steward, next)), "取り込みました"));
    const auto renewed = directory::lists_of_owner(town.store(), directory::ImportKind::resources, std::string{k_here});
    const auto newer = std::ranges::find(renewed, "食堂の台帳（潮見野市）", &directory::StandingList::name);
    REQUIRE(newer != renewed.end());
    CHECK(newer->rows == 4);
    CHECK(newer->complete);
    CHECK(newer->licence == "CC BY 4.0");
}

TEST_CASE("Where the file does not tell which list it renews, nothing is accepted before it is said", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    put_list(steward);
    const auto sent = send_file(steward, "別の.csv", k_header + rows(20, 22));
    const auto page = looked_at(steward, sent);
    CHECK(says(page, "ファイルからは決められません"));
    CHECK_FALSE(says(page, "value=\"accept\""));
    CHECK_FALSE(says(page, "<dd><b>")); // nor is it called anything
    // None is chosen yet, the new one neither: asked again as the form stands, it is as open as before.
    CHECK(says(page, "<option value=\"\">選んでください</option>"));
    CHECK(says(page, "name=\"new_list\" type=\"text\" value=\"\""));
    const auto as_it_stands =
        looked_at(steward, steward.post(address_of(sent), {{"do", "again"}, {"list", ""}, {"new_list", ""}}));
    CHECK(says(as_it_stands, "ファイルからは決められません"));
    const auto imports = imports_of(town);
    CHECK(steward.post(address_of(sent), {{"do", "accept"}, {"seen", ""}}).status == 422);
    CHECK(imports_of(town) == imports);
    const auto chosen = looked_at(steward, steward.post(address_of(sent), {{"do", "again"}, {"list", k_list}}));
    CHECK(figure_of(chosen, "change", "gone") == 8);
    CHECK(says(chosen, "value=\"accept\""));
    // Another municipality's list is nobody's to renew here, by whatever name.
    const auto theirs = looked_at(steward, steward.post(address_of(sent), {{"do", "again"}, {"list", "沖ノ浜の現場"}}));
    CHECK(says(theirs, "選んだ台帳は、もうありません"));
    const auto named =
        looked_at(steward, steward.post(address_of(sent), {{"do", "again"}, {"new_list", "沖ノ浜の現場"}}));
    CHECK(says(named, "<option value=\"\">新しい台帳にする</option>"));
    CHECK(says(named, "沖ノ浜の現場（潮見野市）")); // names of two municipalities never meet
    CHECK(figure_of(named, "change", "gone") == 0);
    CHECK_FALSE(says(named, std::string(k_staff_there)));
}

TEST_CASE("Few files are kept of one account, and none that nobody has looked at for an hour", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < k_files_of_account; ++i) {
        const auto sent = send_file(steward, "一覧" + std::to_string(i) + ".csv", k_header + rows(1, 3));
        REQUIRE(looked_at(steward, sent).status == 200);
        kept.push_back(address_of(sent));
    }
    // One that was mended takes the place of what was looked at.
    const auto again = send_file(steward, "一覧0.csv", k_header + rows(1, 4));
    REQUIRE(looked_at(steward, again).status == 200);
    CHECK(steward.get(kept.front()).status == 404);
    kept.front() = address_of(again);
    const auto refused = send_file(steward, "別の一覧.csv", k_header + rows(1, 3));
    CHECK(refused.status == 409);
    CHECK(says(refused, "見ている途中のファイルが 2 つあります"));
    const auto now = DroppedFiles::Clock::now();
    town.desk().dropped_files().forget_old(now + std::chrono::minutes{59});
    CHECK(steward.get(kept.front()).status == 200);
    town.desk().dropped_files().forget_old(now + std::chrono::minutes{70});
    for (const auto& address : kept) {
        CHECK(steward.get(address).status == 404);
    }
    CHECK(send_file(steward, "一覧.csv", k_header + rows(1, 3)).status == 303);
}
