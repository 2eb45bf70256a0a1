// What stays of a file once it is imported: which rows were turned away, of the first hundred, and nothing of a person.
#include "server/staff/desk/file/turned_away.hpp"
#include "tests/server/support/file_sender.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;

namespace {

std::size_t times_in(std::string_view text, std::string_view part) {
    std::size_t times = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
        ++times;
    }
    return times;
}

} // namespace

TEST_CASE("Of rows that were turned away the first hundred stay, without their cells and without persons", "[file]") {
    FilePreview preview;
    preview.tables.push_back({.member = "一覧.csv", .sheet = {}, .profile = "template", .columns = {"名称", "住所"}});
    for (std::int64_t row = 2; row < 152; ++row) {
        PreviewRow shown{
            .row = row, .name = "名前", .fate = RowFate::rejected, .cells = {"名前", "沖町1-2-3"}, .problems = {}};
        shown.problems.push_back({.column = 1, .sentence = "見つかりません。", .value = "沖町1-2-3"});
        if (row == 3) {
            shown.problems.push_back(
                {.column = 0, .sentence = "載せられません。", .value = "名前", .is_of_people = true});
        }
        preview.shown.push_back(shown);
    }
    preview.shown.push_back({.row = 152, .name = "取り込んだ場所"});
    const auto left = turned_away_of(preview);
    REQUIRE(left.shown.size() == k_most_turned_away);
    CHECK(left.shown.back().row == 101);
    CHECK(left.shown[0].name == "名前");
    CHECK(left.shown[0].cells.empty());
    CHECK(left.shown[0].problems.front().value == "沖町1-2-3");
    // Where a row names a person, what its other cells say goes too: an address tells as much.
    CHECK(left.shown[1].name.empty());
    REQUIRE(left.shown[1].problems.size() == 2);
    for (const CellProblem& problem : left.shown[1].problems) {
        CHECK(problem.value.empty());
        CHECK_FALSE(problem.sentence.empty());
    }
}

TEST_CASE("After a file is in, no page of it names a home, and all rows that were turned away are counted", "[file]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    std::string bytes =
        "事業,名称,住所,電話番号,市区町村コード\r\n"
        "kodomo_shokudo,しおかぜ1,沖町1-2-1,000-0000-0001,992011\r\n"
        "kodomo_shokudo,里親 山田家,沖町1-2-2,000-0000-0002,992011\r\n";
    for (int n = 3; n < 122; ++n) {
        bytes += "ねこかふぇ,しおかぜ" + std::to_string(n) + ",沖町1-2-" + std::to_string(n) + ",,992011\r\n";
    }
    const auto sent = send_file(steward, "一覧.csv", bytes, {{"new_list", "新しい台帳"}});
    const auto page = looked_at(steward, sent);
    REQUIRE(says(page, "里親 山田家")); // in its own cell, and not once more beside the sentence
    CHECK_FALSE(says(page, "<q>里親"));
    REQUIRE(figure_of(page, "rows", "rejected") == 120);
    const auto done =
        looked_at(steward, steward.post(header_of(sent, "Location"),
                                        {{"do", "accept"}, {"seen", hidden_value(page, "id=\"decide\"", "seen")}}));
    REQUIRE(says(done, "取り込みました"));
    CHECK(says(done, "3 行目</h3>"));
    CHECK(says(done, "里親などの個人の家庭は載せられません"));
    CHECK_FALSE(says(done, "山田家"));
    CHECK(says(done, "4 行目 <span>しおかぜ3</span>"));
    CHECK(says(done, "<b>120</b>"));
    CHECK(says(done, "はじめの 100 行だけ"));
    CHECK(times_in(done.content(), "<li class=\"desk-item\"><h3>") == k_most_turned_away);
}
