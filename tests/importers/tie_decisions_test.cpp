// Decisions by hand on ties and meetings: they stand over the row of a list, field by field, each can be taken back by
// itself in any order, and what cannot be read is not taken.
#include "directory/network/tie_decisions.hpp"

#include "directory/store/decided_rows.hpp"
#include "importers/relations/written_tie.hpp"
#include "importers/written_row.hpp"
#include "tests/importers/decided_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

/// Whether the check tells of a decision whose tie is in no list.
bool waits(const DecidedTown& town) {
    return std::ranges::any_of(town.store.check(), [](const directory::Finding& finding) {
        return finding.code == "tie_decision_without_target" && !finding.is_error;
    });
}

bool has(const std::vector<std::string>& codes, std::string_view code) {
    return std::ranges::find(codes, code) != codes.end();
}

} // namespace

TEST_CASE("a decision changes what it names of a tie and nothing else, and is taken back alone", "[network][desk]") {
    DecidedTown town;
    town.import(k_one_referral, "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    put_in(cells, "備考", "直した備考");
    put_in(cells, "つなぎ", "5");
    put_in(cells, "期間", "別の期間"); // written, but not said to be mended
    const auto first = town.decide(mending_of(cells, before.id, "備考、つなぎ"));
    REQUIRE(first > 0);
    auto after = town.state().relations.front();
    CHECK(after.id == before.id);
    CHECK(after.reading.note == "直した備考");
    CHECK(after.reading.referrals.linked == 5);
    CHECK(after.reading.referrals.informed == 12);
    CHECK(after.reading.period == "2025年度");
    CHECK(after.reading.decided.reason == "電話で聞いた");
    CHECK(town.state().lists[after.list].name == "市の一覧"); // the list it comes from, not that of the decision

    auto emptied = cells_of(after.reading);
    put_in(emptied, "結果の共有", "");
    put_in(emptied, "開始日", "");
    const auto second = town.decide(mending_of(emptied, before.id, "結果の共有、開始日"));
    REQUIRE(second > 0);
    CHECK_FALSE(town.tie().referrals.fed_back.has_value()); // unknown, not zero
    CHECK_FALSE(town.tie().valid_from.has_value());
    town.store.undo(first);
    CHECK(town.tie().note == "元の備考");
    CHECK_FALSE(town.tie().referrals.linked.has_value());
    CHECK_FALSE(town.tie().referrals.fed_back.has_value());
    town.store.undo(second);
    CHECK(town.tie() == before.reading);
}

TEST_CASE("a tie that never was is seen by nobody until that is taken back", "[network][desk]") {
    DecidedTown town;
    town.import(k_head_of_ties + "委託,甲の会,乙の家,,,,,,,,公開\n", "市の一覧");
    const auto before = town.state().relations.front();
    WrittenCells cells = cells_of(before.reading);
    cells.emplace_back("対象ID", before.id);
    cells.emplace_back("判断", "誤り");
    const auto wrong = town.decide(cells);
    REQUIRE(wrong > 0);
    CHECK(town.state().relations.empty());
    CHECK(town.store.read_public_state().relations.empty());
    town.import(k_head_of_ties + "委託,甲の会,乙の家,,,,,,,新しい版,公開\n", "市の一覧"); // the list still says so
    CHECK(town.state().relations.empty());
    town.store.undo(wrong);
    CHECK(town.tie().note == "新しい版");
}

TEST_CASE("a decision stands over newer editions of a list, and waits where its tie is gone", "[network][desk]") {
    DecidedTown town;
    town.import(k_one_referral, "市の一覧");
    REQUIRE(town.mend("終了日", "2026-03-31") > 0);
    const auto newer = town.import(k_head_of_ties + "紹介,甲の会,乙の家,99,,0,2025年度,2024-04-01,,,\n", "市の一覧");
    CHECK(town.tie().referrals.informed == 99);
    CHECK(town.tie().valid_to == directory::parse_day("2026-03-31"));
    const auto without = town.import(k_head_of_ties + "紹介,丙の会,乙の家,1,,,,,,,\n", "市の一覧");
    CHECK_FALSE(town.tie().valid_to.has_value());
    CHECK(waits(town));
    town.store.undo(without);
    CHECK_FALSE(waits(town));
    CHECK(town.tie().valid_to == directory::parse_day("2026-03-31"));
    town.store.undo(newer);
    CHECK(town.tie().referrals.informed == 12);
    CHECK(town.tie().valid_to == directory::parse_day("2026-03-31"));
}

TEST_CASE("only those whose tie it is decide on it, and it stays theirs", "[network][desk]") {
    DecidedTown town;
    town.import(k_one_referral, "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    put_in(cells, "備考", "よその直し");
    put_in(cells, "公開範囲", "公開");
    REQUIRE(town.decide(mending_of(cells, before.id, "備考、公開範囲"), "99341") > 0);
    CHECK(town.tie().note == "元の備考");
    CHECK(town.store.read_public_state().relations.empty());
    CHECK(directory::rows_decided_for_whom(town.path / "town.shirube").empty()); // nor is it said to be everybody's
    put_in(cells, "からの市町村", "99341");                                      // the end moves, the tie does not
    REQUIRE(town.decide(mending_of(cells, before.id, "からの市町村")) > 0);
    CHECK(town.tie().from.municipality == "99341");
    CHECK(town.tie().owner == "99201");
    CHECK(town.store.read_state({.municipality = "99341", .owners = {{"99341", Visibility::coordinator}}})
              .relations.empty());
    CHECK(directory::rows_decided_for_whom(town.path / "town.shirube").empty()); // nothing was said of for whom it is
    REQUIRE(town.mend("公開範囲", "調整機関") > 0);
    const auto rows = directory::rows_decided_for_whom(town.path / "town.shirube");
    REQUIRE(rows.size() == 1);
    CHECK(rows.begin()->first.first == "市の一覧");
    CHECK(rows.begin()->second == Visibility::coordinator);
}

TEST_CASE("who decided and why is for the own staff, the day for everybody", "[network][desk]") {
    DecidedTown town;
    town.import(k_head_of_ties + "委託,甲の会,乙の家,,,,,,,,公開\n", "市の一覧");
    REQUIRE(town.mend("最終確認日", "2026-10-02") > 0);
    const auto own = town.tie();
    CHECK(own.decided.by == directory::Decider::coordinator);
    CHECK(own.confirmed_on == directory::parse_day("2026-10-02"));
    for (const auto& other :
         {town.store.read_public_state(),
          town.store.read_state({.municipality = "99341", .owners = {{"99341", Visibility::coordinator}}})}) {
        REQUIRE(other.relations.size() == 1);
        CHECK(other.relations.front().reading.confirmed_on == directory::parse_day("2026-10-02"));
        CHECK(other.relations.front().reading.decided.reason.empty());
        CHECK_FALSE(other.relations.front().reading.decided.by.has_value());
        CHECK(other.lists.size() == 1); // no list of decisions
    }
}

TEST_CASE("a decision with a cell that cannot be read is not taken; doubts elsewhere are the tie's own",
          "[network][desk]") {
    DecidedTown town;
    town.import(k_head_of_ties + "紹介,甲の会,乙の家,3,9,,,,,,\n",
                "市の一覧"); // more linked than told: a doubt of the list
    const auto before = town.state().relations.front();
    const auto try_with = [&](std::string_view column, const std::string& text, const std::string& columns) {
        auto cells = cells_of(before.reading);
        put_in(cells, column, text);
        return town.decide(mending_of(cells, before.id, columns));
    };
    CHECK(try_with("最終確認日", "2026-10-02", "最終確認日") > 0);
    CHECK(try_with("終了日", "いつか", "終了日") == 0);
    CHECK(try_with("つなぎ", "10", "つなぎ") == 0);
    CHECK(has(town.codes, "tie_counts_order"));
    CHECK(try_with("備考", "x", "備考、何か") == 0);
    CHECK(has(town.codes, "tie_column_unknown"));
    CHECK(try_with("備考", "x", "") == 0);
    CHECK(has(town.codes, "tie_decision_empty"));
    auto cells = cells_of(before.reading);
    cells.emplace_back("対象ID", before.id);
    cells.emplace_back("判断", "たぶん");
    CHECK(town.decide(cells) == 0);
    CHECK(has(town.codes, "tie_verdict_unknown"));
    CHECK(town.decide(mending_of(cells_of(before.reading), "x", "備考")) == 0);
    CHECK(has(town.codes, "correction_id_malformed"));
    // A tie that is written by hand for the first time is as strict.
    CHECK(town.decide({{"つながり", "紹介"}, {"から", "甲の会"}, {"へ", "丁の会"}, {"情報提供", "五つ"}}) == 0);
    CHECK(town.decide({{"つながり", "紹介"}, {"から", "山田さん"}, {"へ", "丁の会"}}) == 0);
    CHECK(town.decide({{"つながり", "紹介"}, {"から", "甲の会"}, {"へ", "丁の会"}, {"情報提供", "5"}}) > 0);
    CHECK(town.state().relations.size() == 2);
}

TEST_CASE("a decision whose cell names no day is taken, and says as which it was read", "[network][desk]") {
    DecidedTown town;
    town.import(k_one_referral, "市の一覧");
    REQUIRE(town.mend("終了日", "2026-05") > 0);
    CHECK(has(town.codes, "tie_date_span"));
    CHECK(town.tie().valid_to == directory::parse_day("2026-05-31"));
}

TEST_CASE("members join and leave one by one, and each is taken back alone", "[network][desk]") {
    DecidedTown town;
    town.import(k_one_meeting, "会議の一覧");
    const auto before = town.state().forums.front();
    const auto member = [&](const char* name, const char* verdict, const char* day) {
        auto cells = cells_of(before.reading);
        put_in(cells, "構成員", name);
        cells.emplace_back("対象ID", before.id);
        cells.emplace_back("判断", verdict);
        cells.emplace_back("構成員の日", day);
        return town.decide(cells);
    };
    const auto members = [&] {
        std::vector<std::string> all;
        const auto state = town.state(); // gone before the loop where it is its temporary
        for (const auto& each : state.forums.front().reading.members) {
            all.push_back(cell_of_member(each) + (each.joined_on ? " " + directory::to_string(*each.joined_on) : "") +
                          (each.left_on ? " -" + directory::to_string(*each.left_on) : ""));
        }
        return all;
    };
    using Names = std::vector<std::string>;
    const auto joined = member("丙の会", "加わった", "2026-05-01");
    const auto left = member("99341:甲の会", "抜けた", "2026-03-31");
    const auto never = member("乙の家", "いなかった", "");
    REQUIRE((joined > 0 && left > 0 && never > 0));
    CHECK(members() == Names{"甲の会", "99341:甲の会 -2026-03-31", "丙の会 2026-05-01"});
    CHECK(member("甲の会", "抜けた", "") == 0);
    CHECK(has(town.codes, "tie_member_day_missing"));
    CHECK(member("甲の会; 乙の家", "抜けた", "2026-03-31") == 0);
    CHECK(has(town.codes, "tie_member_one"));
    town.store.undo(left);
    CHECK(members() == Names{"甲の会", "99341:甲の会", "丙の会 2026-05-01"});
    town.store.undo(joined);
    town.store.undo(never);
    CHECK(town.state().forums.front().reading == before.reading);
}

TEST_CASE("a row written of a tie or a meeting reads as the same", "[network][desk]") {
    DecidedTown town;
    town.import(
        "つながり,から,からの市町村,へ,への種類,への市町村,区域の層,事業,開始日,終了日,情報提供,つなぎ,"
        "結果の共有,期間,条件,出典,備考,公開範囲,最終確認日\n"
        "委託,標市,99201,なみの会,,,,shien_kyoten,2024-04-01,2027-03-31,,,,,,契約一覧,\"毎年, \"\"見直す\"\"\",公開,\n"
        "紹介,センター,99201,うみねこ食堂,場所,,,,,,359,45,0,令和7年度,,,,,2026-09-01\n"
        "調整,標の実会,99201,みなと中学校,,,shogakkoku,,,,,,,,,,,調整機関,\n"
        "相互利用,,99201,,市町村,99341,,byoji_hoiku,,,,,,,\"相互利用、1日2,000円、月～金\",協定書,,,\n"
        "構成員,なみの会,99201,要対協,,99341,,,,,,,,,,,,職員,\n",
        "市の一覧");
    town.import(
        "会議体,種類,市町村,区域の層,区域,開催,年間回数,構成員,開始日,終了日,出典,備考,公開範囲,最終確認日\n"
        "要対協,要保護児童対策地域協議会,99201,,,年4回,,甲の会; 99341:甲の会,2020-04-01,,要綱,,,\n"
        "東の会,,99201,chugakkoku,東中学校,ときどき,2.5,,,2026-03-31,,,職員,2026-09-01\n",
        "会議の一覧");
    const auto before = town.state();
    CHECK(before.relations.size() == 5);
    CHECK(before.forums.size() == 2);
    const auto again = [&](const WrittenCells& cells) {
        DecidedTown other;
        const auto report = append_written_row(other.store, DecidedTown::options("写し"), cells);
        REQUIRE(report);
        REQUIRE(report->import_id > 0);
        CHECK(report->issues.empty());
        return other.state();
    };
    for (const auto& row : before.relations) {
        const auto copy = again(cells_of(row.reading));
        REQUIRE(copy.relations.size() == 1);
        CHECK(copy.relations.front().reading == row.reading);
    }
    for (const auto& row : before.forums) {
        const auto copy = again(cells_of(row.reading));
        REQUIRE(copy.forums.size() == 1);
        CHECK(copy.forums.front().reading == row.reading);
    }
}

TEST_CASE("decisions taken back in any order leave what those that stand say", "[network][desk]") {
    // The model: for each column the text of the last decision that stands and names it, else the list's own.
    const std::vector<std::string> columns{"期間", "備考", "出典", "条件"};
    std::mt19937 random(20261127);
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    DecidedTown town;
    town.import(k_head_of_ties + "委託,甲の会,乙の家,,,,元の期間,,,元の備考,公開\n", "市の一覧");
    const auto before = town.state().relations.front();
    const auto base = cells_of(before.reading);
    struct Said {
        std::int64_t import = 0;
        std::map<std::string, std::string> cells;
        bool stands = true;
    };
    std::vector<Said> all;
    const auto check = [&] {
        const auto now = cells_of(town.tie());
        for (const auto& column : columns) {
            std::string wanted{cell_at(base, column)};
            for (const auto& said : all) {
                if (const auto found = said.cells.find(column); said.stands && found != said.cells.end()) {
                    wanted = found->second;
                }
            }
            CHECK(cell_at(now, column) == wanted);
        }
    };
    for (int step = 0; step < 40; ++step) {
        const auto standing = std::ranges::count_if(all, &Said::stands);
        if (standing > 0 && below(3) == 0) {
            auto& gone = *std::ranges::next(all.begin(), static_cast<std::ptrdiff_t>(below(all.size())));
            if (gone.stands) {
                town.store.undo(gone.import);
                gone.stands = false;
            }
        } else {
            Said said;
            auto cells = cells_of(town.tie());
            std::string named;
            for (const auto& column : columns) {
                if (below(2) == 0) {
                    said.cells[column] = below(4) == 0 ? "" : "値" + std::to_string(step);
                    put_in(cells, column, said.cells[column]);
                    named += (named.empty() ? "" : "、") + column;
                }
            }
            if (named.empty()) {
                continue;
            }
            said.import = town.decide(mending_of(cells, before.id, named));
            REQUIRE(said.import > 0);
            all.push_back(std::move(said));
        }
        check();
    }
    CHECK(all.size() > 10);
}
