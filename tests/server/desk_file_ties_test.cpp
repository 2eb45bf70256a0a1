// A steward hands over a list of ties, or of meetings: recognised, compared, kept and taken back as one of places is.
#include "directory/network/network.hpp"
#include "directory/store.hpp"
#include "directory/store/lists_of_owner.hpp"
#include "server/staff/desk/file/dropped_files.hpp"
#include "tests/importers/workbook_maker.hpp"
#include "tests/importers/zip_writer.hpp"
#include "tests/server/support/file_sender.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/tie_forms.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <string>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

const std::string k_ties = "つながり,から,へ,への種類,情報提供,つなぎ,備考\r\n";
const std::string k_meetings = "会議体,種類,構成員,開催\r\n";

std::string accept_field(const Answer& page) { return hidden_value(page, "id=\"decide\"", "seen"); }

Answer accepted(const DeskWorker& steward, const std::string& address, const Answer& page) {
    return looked_at(steward, steward.post(address, {{"do", "accept"}, {"seen", accept_field(page)}}));
}

std::size_t ties_of(StaffTown& town) {
    return Store::open(town.store(), OpenMode::read).read_public_state().relations.size();
}

std::size_t imports_of(StaffTown& town) { return Store::open(town.store(), OpenMode::read).history().size(); }

} // namespace

TEST_CASE("A list of ties is recognised, shown with what is wrong at its cell, and kept when it is accepted",
          "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto imports = imports_of(town);
    const auto sent = send_file(steward, "つながり.csv",
                                in_cp932(k_ties + "委託,公の会,しおかぜ,,,,\r\n委託,公の会,うみねこ,,,,はじめて\r\n"
                                                  "紹介,公の会,しおかぜ,,たくさん,,\r\n"
                                                  "まほう,公の会,しおかぜ,,,,\r\n"));
    const auto page = looked_at(steward, sent);
    REQUIRE(says(page, "つながりの一覧（潮見野市）"));
    CHECK(says(page, "Shift_JIS (CP932)"));
    CHECK(says(page, "公の会 → うみねこ"));
    CHECK(says(page, "たくさん"));
    CHECK(figure_of(page, "rows", "rejected") == 1);
    CHECK(figure_of(page, "rows", "flagged") + figure_of(page, "rows", "accepted") == 3);
    CHECK(figure_of(page, "change", "added") == 3);
    // Whoever accepts knows who will see them: how many were sent on is of the staff, as rows of referrals are.
    CHECK(figure_of(page, "seen", "public") == 2);
    CHECK(figure_of(page, "seen", "staff") == 1);
    CHECK(says(page, "見えるのは：この市区町村の職員"));
    CHECK_FALSE(says(page, "見えるのは：みんな"));
    CHECK_FALSE(says(page, "id=\"places\"")); // who is tied is found among names: nothing of it is on a map yet
    CHECK(imports_of(town) == imports);
    CHECK(ties_of(town) == 0);

    const auto address = header_of(sent, "Location");
    REQUIRE(says(accepted(steward, address, page), "取り込みました"));
    CHECK(ties_of(town) == 2); // how many were sent on is not told to everybody
    const auto lists = directory::lists_of_owner(town.store(), ImportKind::relations, std::string{k_here});
    REQUIRE(lists.size() == 1);
    CHECK(lists.front().name == "つながりの一覧（潮見野市）");
    CHECK(lists.front().rows == 3);
    CHECK(directory::lists_of_owner(town.store(), ImportKind::relations, std::string{k_there}).empty());
}

TEST_CASE("A row that names a place kept for staff is said to be theirs, and stays theirs when it is in", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto sent =
        send_file(steward, "つながり.csv", k_ties + "委託,公の会,浜会館,場所,,,\r\n委託,公の会,潮の居場所,場所,,,\r\n");
    const auto page = looked_at(steward, sent);
    CHECK(figure_of(page, "seen", "public") == 1);
    CHECK(figure_of(page, "seen", "staff") == 1);
    REQUIRE(says(accepted(steward, header_of(sent, "Location"), page), "取り込みました"));
    CHECK(ties_of(town) == 1); // as was said
}

TEST_CASE("A row that names another municipality's is everybody's only where everybody knows whom it names", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto sent = send_file(steward, "つながり.csv",
                                "つながり,から,へ,への種類,への市町村\r\n委託,公の会,知らない会,団体,99341\r\n"
                                "委託,公の会,沖会館,場所,99341\r\n");
    const auto page = looked_at(steward, sent);
    CHECK(figure_of(page, "seen", "if_known") == 2); // which of them is known is not asked
    CHECK(figure_of(page, "seen", "public") == -1);
    REQUIRE(says(accepted(steward, header_of(sent, "Location"), page), "取り込みました"));
    CHECK(ties_of(town) == 1); // 沖会館 is on a public list
}

TEST_CASE("Of a row that was decided on, the decision says who will see it", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    import_tie_list(town, "市の契約一覧",
                    {{"つながり", "委託"}, {"から", "潮見野市"}, {"へ", "なみの会"}, {"公開範囲", "職員"}});
    const auto send = [&](const char* name) {
        return looked_at(steward,
                         send_file(steward, name, "つながり,から,へ,公開範囲\r\n委託,潮見野市,なみの会,職員\r\n",
                                   {{"list", "市の契約一覧"}}));
    };
    const auto before = send("前.csv");
    CHECK(figure_of(before, "change", "same") == 1);
    CHECK(figure_of(before, "seen", "staff") == 1);
    const std::string path = "/staff/desk/ties/" + tie_to(town, "なみの会")->id;
    REQUIRE(kept_import(steward.post(path, mending(steward.get(path), {{"visibility", "公開"}}))) > 0);
    REQUIRE(ties_of(town) == 1); // everybody sees it now
    const auto after = send("後.csv");
    CHECK(figure_of(after, "seen", "public") == 1);
    CHECK(figure_of(after, "seen", "staff") == -1);
    CHECK_FALSE(says(after, "見えるのは："));
}

TEST_CASE("A row of places is told as its row or its programme has it", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto page =
        looked_at(steward, send_file(steward, "一覧.csv",
                                     "事業,名称,住所,公開範囲\r\n児童館,あかり児童館,浜町5-6,\r\n"
                                     "こども食堂,夜の鍋,浜町5-7,職員\r\n母子生活支援施設,みはらし荘,浜町5-8,\r\n"));
    CHECK(figure_of(page, "seen", "public") == 1);
    CHECK(figure_of(page, "seen", "staff") == 1);
    CHECK(figure_of(page, "seen", "coordinator") == 1);
}

TEST_CASE("Whom the directory does not have is said beside a row that is taken", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto page = looked_at(steward, send_file(steward, "つながり.csv",
                                                   k_ties + "委託,公の会,浜会館,場所,,,\r\n"
                                                            "委託,公の会,どこにもない所,,,,\r\n"
                                                            "委託,公の会,浜公館,場所,,,\r\n"
                                                            "調整,公の会,北川中学校,,,,\r\n"));
    CHECK(figure_of(page, "rows", "rejected") == 0);
    CHECK(says(page, "<p class=\"quiet\">名前だけ：「どこにもない所」は、この台帳にない</p>"));
    CHECK(says(page, "<p class=\"quiet\">名前だけ：「北川中学校」という区域は、どの区域の一覧にもない</p>"));
    CHECK_FALSE(says(page, "名前だけ：「公の会」"));
    CHECK_FALSE(says(page, "名前だけ：「浜会館」"));
    CHECK(says(page, "名前だけ：「浜公館」は、この台帳にない <strong>「浜会館」のことですか。</strong></p>"));
    CHECK(says(page, "名前だけの相手がある行：3。"));
    CHECK(says(page, "区域の名前：1。"));
    CHECK(says(page, "value=\"accept\"")); // a list may come before the places that it speaks of
}

TEST_CASE("A column that is not read is named, with the one that may be meant", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto page = looked_at(
        steward, send_file(steward, "つながり.csv",
                           "つながり,から,へ,情報提共,まったく関係のない見出し\r\n委託,公の会,しおかぜ,3,x\r\n"));
    CHECK(says(page, "<details open><summary><span>列 5 のうち、読まない列 2</span>"));
    CHECK(says(page, "「情報提共」の列は読みません。 <strong>「情報提供」のことなら、"));
    CHECK(says(page, "「まったく関係のない見出し」の列は読みません。</p>"));
    town.desk().dropped_files().forget_old(DroppedFiles::Clock::now() + std::chrono::hours(2));
    const auto all_read =
        looked_at(steward, send_file(steward, "つながり.csv", k_ties + "委託,公の会,しおかぜ,,,,\r\n"));
    CHECK(says(all_read, "<details><summary><span>列 7 のうち、読まない列 0</span>"));
}

TEST_CASE("The next list of ties renews the one that stands, row by row", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto first =
        send_file(steward, "春.csv", k_ties + "委託,公の会,しおかぜ,,,,\r\n委託,公の会,うみねこ,,,,\r\n");
    REQUIRE(says(accepted(steward, header_of(first, "Location"), looked_at(steward, first)), "取り込みました"));

    const auto next =
        send_file(steward, "秋.csv", k_ties + "委託,公の会,しおかぜ,,,,毎月\r\n委託,公の会,はまなす,,,,\r\n");
    const auto page = looked_at(steward, next);
    CHECK(says(page, "この台帳の新しい版です"));
    CHECK(figure_of(page, "change", "added") == 1);
    CHECK(figure_of(page, "change", "changed") == 1);
    CHECK(figure_of(page, "change", "gone") == 1);
    CHECK(says(page, "<ins>毎月</ins>"));
    CHECK(says(page, "この台帳からなくなります"));
    const auto english = looked_at(steward, steward.post(header_of(next, "Location") + "?lang=en", {{"do", "again"}}));
    CHECK(says(english, "List of ties"));
    REQUIRE(says(looked_at(steward, steward.post(header_of(next, "Location"),
                                                 {{"do", "accept"}, {"sure", "yes"}, {"seen", accept_field(page)}})),
                 "取り込みました"));
    CHECK(ties_of(town) == 2);
    const auto rows = directory::rows_of_list(town.store(), ImportKind::relations, "つながりの一覧（潮見野市）");
    CHECK(std::ranges::count(rows, "公の会 → はまなす", &directory::StandingRow::name) == 1);
    CHECK(std::ranges::count(rows, "公の会 → うみねこ", &directory::StandingRow::name) == 0);
}

TEST_CASE("Meetings are a list of their own, and a file of both is kept as two", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto sent = send_file(steward, "会議.csv", k_meetings + "浜の会議,実務者会議,公の会;しおかぜ,毎月\r\n");
    const auto page = looked_at(steward, sent);
    REQUIRE(says(page, "会議体の一覧（潮見野市）"));
    REQUIRE(says(accepted(steward, header_of(sent, "Location"), page), "取り込みました"));
    const auto lists = directory::lists_of_owner(town.store(), ImportKind::relations, std::string{k_here});
    REQUIRE(lists.size() == 1);
    CHECK(lists.front().profile == "forums-template");
    // Another layout of the same kind of rows: no edition of the list of meetings.
    const auto ties = looked_at(steward, send_file(steward, "つながり.csv", k_ties + "委託,公の会,しおかぜ,,,,\r\n"));
    CHECK(says(ties, "まだありません"));
}

TEST_CASE("An archive of both is two lists, and renews both whatever its file is called", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto archive = [](const std::string& note) {
        return importers::test::zip_of({{"つながり.csv", k_ties + "委託,公の会,しおかぜ,,,," + note + "\r\n"},
                                        {"会議体.csv", k_meetings + "浜の会議,実務者会議,公の会;しおかぜ,毎月\r\n"}});
    };
    const auto sent = send_file(steward, "網.zip", archive(""));
    const auto page = looked_at(steward, sent);
    REQUIRE(says(page, "つながりの一覧（潮見野市）"));
    REQUIRE(says(page, "会議体の一覧（潮見野市）"));
    REQUIRE(says(accepted(steward, header_of(sent, "Location"), page), "取り込みました"));
    const auto next = looked_at(steward, send_file(steward, "網 12月.zip", archive("毎月")));
    CHECK(figure_of(next, "change", "added") == 0);
    CHECK(figure_of(next, "change", "changed") == 1);
    CHECK(figure_of(next, "change", "gone") == 0);
    CHECK(figure_of(next, "change", "same") == 1);
}

TEST_CASE("A sheet of places beside one of ties is said to be that, and to be sent by itself", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    using importers::test::text_row;
    const std::string ties = text_row(1, {"つながり", "から", "へ"}) + text_row(2, {"委託", "公の会", "しおかぜ"});
    const std::string places = text_row(1, {"事業", "名称", "住所", "市区町村コード"}) +
                               text_row(2, {"kodomo_shokudo", "しおかぜ", "沖町1", "99201"});
    const auto of_ties = looked_at(
        steward, send_file(steward, "網.xlsx", importers::test::xlsx_of({{"つながり", ties}, {"場所", places}})));
    CHECK(says(of_ties, "「場所」は場所の一覧です"));
    CHECK(figure_of(of_ties, "change", "added") == 1);
    CHECK_FALSE(says(of_ties, "どの様式とも合わない"));
    const auto of_places = looked_at(
        steward, send_file(steward, "場所.xlsx", importers::test::xlsx_of({{"場所", places}, {"つながり", ties}})));
    CHECK(says(of_places, "「つながり」はつながりか会議体の一覧です"));
    CHECK(says(of_places, "しおかぜ"));
    CHECK_FALSE(says(of_places, "どの様式とも合わない"));
}

TEST_CASE("A misspelt column of a list of ties is named, with its layout, and no command line", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const auto page = looked_at(
        steward, send_file(steward, "つながり.csv", "つなかり,から,へ,への種類\r\n委託,公の会,しおかぜ,\r\n"));
    CHECK(says(page, "どの一覧の様式とも合いません"));
    CHECK(says(page, "relations-template (つながり)"));
    CHECK(says(page, "forums-template"));
    CHECK_FALSE(says(page, "--profile"));
}

TEST_CASE("A hidden place's name narrows its own city's tie, and tells another city nothing", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const DeskWorker neighbour(town, "tonari", k_there);
    const auto page =
        looked_at(steward, send_file(steward, "つながり.csv", k_ties + "委託,公の会,潮の居場所,場所,,,\r\n"));
    CHECK(says(page, "その場所を見られる人だけに見せます"));
    const std::string asks = "つながり,から,へ,への種類,への市町村\r\n委託,公の会,{},場所,99201\r\n";
    const auto with = [&](const std::string& name) {
        auto text = asks;
        return text.replace(text.find("{}"), 2, name);
    };
    for (const std::string name : {"潮の居場所", "潮の調整先", "どこにもない所"}) {
        INFO(name);
        const auto answer = looked_at(neighbour, send_file(neighbour, name + ".csv", with(name)));
        CHECK_FALSE(says(answer, "その場所を見られる人だけに見せます"));
        CHECK(figure_of(answer, "rows", "accepted") == 1);
        town.desk().dropped_files().forget_old(DroppedFiles::Clock::now() + std::chrono::hours(2));
    }
}

TEST_CASE("Nobody writes another municipality's ties, or is told what it keeps for its staff", "[file]") {
    StaffTown town;
    const DeskWorker steward(town, "steward", k_here);
    const DeskWorker neighbour(town, "tonari", k_there);
    const std::string theirs = "つながり,から,からの市町村,へ,公開範囲\r\n委託,おきの会,99341,おきの館,職員\r\n";
    const auto refused = looked_at(steward, send_file(steward, "隣.csv", theirs));
    CHECK(says(refused, "ほかの市区町村"));
    CHECK_FALSE(says(refused, "value=\"accept\""));
    const auto sent = send_file(neighbour, "隣.csv", theirs);
    REQUIRE(says(accepted(neighbour, header_of(sent, "Location"), looked_at(neighbour, sent)), "取り込みました"));
    CHECK(directory::lists_of_owner(town.store(), ImportKind::relations, std::string{k_here}).empty());
    CHECK(directory::lists_of_owner(town.store(), ImportKind::relations, std::string{k_there}).size() == 1);
    const auto own = looked_at(steward, send_file(steward, "隣.csv", k_ties + "委託,公の会,しおかぜ,,,,\r\n"));
    CHECK_FALSE(says(own, "沖ノ浜町"));
    CHECK_FALSE(says(own, "おきの"));
}
