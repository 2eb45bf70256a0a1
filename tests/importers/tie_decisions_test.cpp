// Decisions by hand on ties and meetings: they stand over the row of a list, field by field, each can be taken back by
// itself in any order, and what cannot be read is not taken.
#include "directory/network/tie_decisions.hpp"

#include "importers/relations/decision_cells.hpp"
#include "importers/relations/written_tie.hpp"
#include "importers/written_row.hpp"
#include "tests/scratch_folder.hpp"

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
using directory::ImportKind;
using directory::RelationReading;
using directory::Visibility;

namespace {

struct Town {
    std::filesystem::path path = tests::new_scratch_folder("shirube-decisions");
    directory::Store store = directory::Store::open(path / "town.shirube", directory::OpenMode::write_or_create);
    int next = 0;

    Town() = default;
    Town(const Town&) = delete;
    Town& operator=(const Town&) = delete;
    ~Town() { std::filesystem::remove_all(path); }

    std::int64_t import(const std::string& csv, const std::string& list, ImportKind kind = ImportKind::relations,
                        const std::string& owner = "") {
        const auto file = path / "list.csv";
        std::ofstream(file) << csv;
        ImportOptions made = options(list);
        made.kind = kind;
        made.owner = owner;
        made.files = {file};
        const auto report = run_import(store, made, {});
        REQUIRE(report);
        return report->import_id;
    }

    static ImportOptions options(const std::string& list) {
        ImportOptions made;
        made.kind = ImportKind::relations;
        made.files = {"画面.csv"};
        made.list = list;
        made.municipality = "99201";
        made.as_of = "2026-10-01";
        return made;
    }

    /// What somebody decided; 0 where it was not taken.
    std::int64_t decide(WrittenCells cells, const std::string& owner = "99201") {
        cells.emplace_back("決めた日", "2026-10-02");
        cells.emplace_back("決めた人", "資源コーディネーター");
        cells.emplace_back("理由", "電話で聞いた");
        auto made = options("決めたこと " + std::to_string(next++ + 100));
        made.owner = owner;
        const auto report = append_written_row(store, made, cells);
        REQUIRE(report);
        codes.clear();
        for (const auto& issue : report->issues) {
            codes.push_back(issue.code);
        }
        return report->import_id;
    }

    std::vector<std::string> codes; ///< of the last decision

    [[nodiscard]] directory::State state(Visibility up_to = Visibility::coordinator) const {
        return store.read_state({.municipality = "99201", .owners = {{"99201", up_to}}});
    }

    [[nodiscard]] RelationReading tie() const {
        const auto now = state();
        REQUIRE(now.relations.size() == 1);
        return now.relations.front().reading;
    }
};

const std::string k_ties = "つながり,から,へ,情報提供,つなぎ,結果の共有,期間,開始日,終了日,備考,公開範囲\n";
const std::string k_one = k_ties + "紹介,甲の会,乙の家,12,,0,2025年度,2024-04-01,,元の備考,\n";
const std::string k_meetings = "会議体,種類,構成員,開催\n要対協,,甲の会; 99341:甲の会; 乙の家,年4回\n";

WrittenCells mending(WrittenCells cells, const std::string& target, const std::string& columns) {
    cells.emplace_back("対象ID", target);
    cells.emplace_back("直した列", columns);
    return cells;
}

void set(WrittenCells& cells, std::string_view column, const std::string& text) {
    std::ranges::find(cells, column, &WrittenCells::value_type::first)->second = text;
}

/// Whether the check tells of a decision whose tie is in no list.
bool waits(const Town& town) {
    return std::ranges::any_of(town.store.check(), [](const directory::Finding& finding) {
        return finding.code == "tie_decision_without_target" && !finding.is_error;
    });
}

bool has(const std::vector<std::string>& codes, std::string_view code) {
    return std::ranges::find(codes, code) != codes.end();
}

} // namespace

TEST_CASE("a decision changes what it names of a tie and nothing else, and is taken back alone", "[network][desk]") {
    Town town;
    town.import(k_one, "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    set(cells, "備考", "直した備考");
    set(cells, "つなぎ", "5");
    set(cells, "期間", "別の期間"); // written, but not said to be mended
    const auto first = town.decide(mending(cells, before.id, "備考、つなぎ"));
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
    set(emptied, "結果の共有", "");
    set(emptied, "開始日", "");
    const auto second = town.decide(mending(emptied, before.id, "結果の共有、開始日"));
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
    Town town;
    town.import(k_ties + "委託,甲の会,乙の家,,,,,,,,公開\n", "市の一覧");
    const auto before = town.state().relations.front();
    WrittenCells cells = cells_of(before.reading);
    cells.emplace_back("対象ID", before.id);
    cells.emplace_back("判断", "誤り");
    const auto wrong = town.decide(cells);
    REQUIRE(wrong > 0);
    CHECK(town.state().relations.empty());
    CHECK(town.store.read_public_state().relations.empty());
    town.import(k_ties + "委託,甲の会,乙の家,,,,,,,新しい版,公開\n", "市の一覧"); // the list still says so
    CHECK(town.state().relations.empty());
    town.store.undo(wrong);
    CHECK(town.tie().note == "新しい版");
}

TEST_CASE("a decision stands over newer editions of a list, and waits where its tie is gone", "[network][desk]") {
    Town town;
    town.import(k_one, "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    set(cells, "終了日", "2026-03-31");
    REQUIRE(town.decide(mending(cells, before.id, "終了日")) > 0);
    const auto newer = town.import(k_ties + "紹介,甲の会,乙の家,99,,0,2025年度,2024-04-01,,,\n", "市の一覧");
    CHECK(town.tie().referrals.informed == 99);
    CHECK(town.tie().valid_to == directory::parse_day("2026-03-31"));
    const auto without = town.import(k_ties + "紹介,丙の会,乙の家,1,,,,,,,\n", "市の一覧");
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
    Town town;
    town.import(k_one, "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    set(cells, "備考", "よその直し");
    set(cells, "公開範囲", "公開");
    REQUIRE(town.decide(mending(cells, before.id, "備考、公開範囲"), "99341") > 0);
    CHECK(town.tie().note == "元の備考");
    CHECK(town.store.read_public_state().relations.empty());
    set(cells, "からの市町村", "99341"); // the end moves, the tie does not
    REQUIRE(town.decide(mending(cells, before.id, "からの市町村")) > 0);
    CHECK(town.tie().from.municipality == "99341");
    CHECK(town.tie().owner == "99201");
    CHECK(town.store.read_state({.municipality = "99341", .owners = {{"99341", Visibility::coordinator}}})
              .relations.empty());
}

TEST_CASE("who decided and why is for the own staff, the day for everybody", "[network][desk]") {
    Town town;
    town.import(k_ties + "委託,甲の会,乙の家,,,,,,,,公開\n", "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    set(cells, "最終確認日", "2026-10-02");
    REQUIRE(town.decide(mending(cells, before.id, "最終確認日")) > 0);
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
    Town town;
    town.import(k_ties + "紹介,甲の会,乙の家,3,9,,,,,,\n", "市の一覧"); // more linked than told: a doubt of the list
    const auto before = town.state().relations.front();
    const auto try_with = [&](std::string_view column, const std::string& text, const std::string& columns) {
        auto cells = cells_of(before.reading);
        set(cells, column, text);
        return town.decide(mending(cells, before.id, columns));
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
    CHECK(town.decide(mending(cells_of(before.reading), "x", "備考")) == 0);
    CHECK(has(town.codes, "correction_id_malformed"));
    // A tie that is written by hand for the first time is as strict.
    CHECK(town.decide({{"つながり", "紹介"}, {"から", "甲の会"}, {"へ", "丁の会"}, {"情報提供", "五つ"}}) == 0);
    CHECK(town.decide({{"つながり", "紹介"}, {"から", "山田さん"}, {"へ", "丁の会"}}) == 0);
    CHECK(town.decide({{"つながり", "紹介"}, {"から", "甲の会"}, {"へ", "丁の会"}, {"情報提供", "5"}}) > 0);
    CHECK(town.state().relations.size() == 2);
}

TEST_CASE("a name that must be kept from the public keeps a mended tie from it", "[network][desk]") {
    Town town;
    town.import(k_ties + "委託,甲の会,乙の家,,,,,,,,公開\n", "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    set(cells, "へ", "○○母子生活支援施設");
    set(cells, "公開範囲", "公開");
    REQUIRE(town.decide(mending(cells, before.id, "へ")) > 0);
    CHECK(town.store.read_public_state().relations.empty());
    CHECK(town.tie().visibility == Visibility::coordinator); // as the place itself
    CHECK(town.state(Visibility::staff).relations.empty());
}

TEST_CASE("a hidden place's name is told by no tie, whatever came first and whatever was decided since",
          "[network][desk]") {
    const std::string places =
        "事業,名称,市区町村コード,公開範囲\n学習支援,路地の会,99201,職員\n"
        "若者の居場所,夜の縁側,99201,調整機関\n学習支援,表の会,99201,職員\n"
        "こども食堂,表の会,99201,公開\n学習支援,隣の路地,99341,職員\n";
    const std::string ties =
        "つながり,から,へ,への種類,への市町村,公開範囲\n委託,標市,路地の会,場所,,公開\n"
        "委託,標市,夜の縁側,場所,,公開\n委託,標市,表の会,場所,,公開\n"
        "委託,標市,隣の路地,場所,99341,公開\n委託,標市,浜の会,場所,,公開\n";
    const std::string meetings = "会議体,構成員\n浜の会議,標市;路地の会\n沖の会議,標市;浜の会\n";
    Town town;
    town.import(ties, "つながり", ImportKind::relations, "99201");
    town.import(meetings, "会議", ImportKind::relations, "99201");
    CHECK(town.store.read_public_state().relations.size() == 4); // nobody knows of any place yet; one is another town's
    CHECK(town.store.read_public_state().forums.front().reading.members.size() == 2);
    town.import(places, "場所", ImportKind::resources);
    const auto names = [](const directory::State& state) {
        std::set<std::string> ends;
        for (const auto& row : state.relations) {
            ends.insert(row.reading.to.name);
        }
        for (const auto& row : state.forums) {
            ends.insert(row.reading.name);
        }
        return ends;
    };
    using Names = std::set<std::string>;
    // A name that everybody knows is no secret. Of another town it is told whom the public knows: hidden or not.
    CHECK(names(town.store.read_public_state()) == Names{"表の会", "浜の会", "沖の会議", "浜の会議"});
    CHECK(names(town.state(Visibility::staff)) ==
          Names{"表の会", "隣の路地", "浜の会", "沖の会議", "路地の会", "浜の会議"});
    CHECK(names(town.state()).size() == 7);
    const auto hidden = town.state(Visibility::staff);
    for (const auto& row : hidden.relations) {
        const bool is_hidden = row.reading.to.name == "路地の会" || row.reading.to.name == "隣の路地";
        CHECK((row.visibility == Visibility::staff) == is_hidden);
    }
    const auto members = [](const directory::State& state) {
        std::size_t all = 0;
        for (const auto& row : state.forums) {
            all += row.reading.members.size();
        }
        return all;
    };
    CHECK(members(town.store.read_public_state()) == 3); // the meeting stays, without one of its members
    CHECK(members(hidden) == 4);

    // Moved to a hidden place by hand, without a word of for whom it is.
    const auto all = town.state();
    const auto beach = std::ranges::find(all.relations, "浜の会",
                                         [](const directory::RelationRow& row) { return row.reading.to.name; });
    auto cells = cells_of(beach->reading);
    set(cells, "へ", "路地の会");
    REQUIRE(town.decide(mending(cells, beach->id, "へ")) > 0);
    CHECK(names(town.store.read_public_state()) == Names{"表の会", "沖の会議", "浜の会議"});
}

TEST_CASE("a place is called to others as it is publicly called, and an organization's name is no hidden place's",
          "[network][desk]") {
    Town town;
    town.import(
        "事業,名称,公開名称,運営主体,市区町村コード,公開範囲\n"
        "こども家庭センター,標市の窓口,しるべ,標市,99201,\n"
        "学習支援,標の会,,,99201,職員\n" // called like who runs the next
        "児童館,浜の館,,標の会,99201,\n"
        "学習支援,どこかの会,,,,職員\n", // nobody says where, nor whose it is
        "場所", ImportKind::resources);
    town.import("つながり,から,へ,への種類\n委託,標市,標市の窓口,場所\n委託,標市,標の会,\n委託,標市,どこかの会,場所\n",
                "つながり", ImportKind::relations, "99201");
    const auto ends = [](const directory::State& state) {
        std::set<std::string> names;
        for (const auto& row : state.relations) {
            names.insert(row.reading.to.name);
        }
        return names;
    };
    using Names = std::set<std::string>;
    CHECK(ends(town.store.read_public_state()) == Names{"しるべ", "標の会"});
    CHECK(ends(town.state()) == Names{"標市の窓口", "標の会", "どこかの会"});
}

TEST_CASE("what a public list calls a place is no secret where a correction names it otherwise since",
          "[network][desk]") {
    Town town;
    town.import("事業,名称,住所,市区町村コード\n児童館,浜の館,標市浜1-1,99201\n", "児童館", ImportKind::resources);
    town.import(
        "事業,名称,住所,市区町村コード,公開範囲\n学習支援,浜の館,標市浜1-1,99201,職員\n"
        "学習支援,路地の会,標市浜2-1,99201,職員\n",
        "学習支援", ImportKind::resources);
    town.import("つながり,から,へ,への種類\n委託,標市,浜の館,場所\n委託,標市,路地の会,場所\n", "つながり",
                ImportKind::relations, "99201");
    const auto ends = [&] {
        std::vector<std::string> names;
        const auto state = town.store.read_public_state();
        for (const auto& row : state.relations) {
            names.push_back(row.reading.to.name);
        }
        return names;
    };
    CHECK(ends() == std::vector<std::string>{"浜の館"});
    const auto shown = town.store.read_public_state();
    REQUIRE(shown.sites.size() == 1);
    town.import("対象ID,決めた日,決めた人,理由,名称\n" + shown.sites.front().id +
                    ",2026-06-01,資源コーディネーター,名が変わった,海の館\n",
                "直したこと", ImportKind::corrections);
    REQUIRE(town.store.read_public_state().sites.front().name == "海の館");
    CHECK(ends() == std::vector<std::string>{"浜の館"});
}

TEST_CASE("a hidden place that a complete list has left out is named by no tie to the public", "[network][desk]") {
    Town town;
    const std::string head = "事業,名称,市区町村コード,公開範囲\n";
    const auto list = [&](const std::string& rows) {
        const auto file = town.path / "places.csv";
        std::ofstream(file) << head << rows;
        ImportOptions made;
        made.kind = ImportKind::resources;
        made.list = "場所";
        made.municipality = "99201";
        made.files = {file};
        made.completeness = Completeness::complete;
        REQUIRE(run_import(town.store, made, {}));
    };
    const std::string stays = "学習支援,表の会,99201,公開\n";
    list(stays + "学習支援,路地の会,99201,職員\n");
    town.import("つながり,から,へ,への種類\n委託,標市,路地の会,場所\n委託,標市,表の会,場所\n", "つながり",
                ImportKind::relations, "99201");
    REQUIRE(town.store.read_public_state().relations.size() == 1);
    list(stays);
    REQUIRE(town.state().services.size() == 1);
    CHECK(town.store.read_public_state().relations.size() == 1);
    CHECK(town.state(Visibility::staff).relations.size() == 2);
}

TEST_CASE("a place that is publicly called otherwise is never told by its own name", "[network][desk]") {
    Town town;
    const std::string head = "ID,事業,名称,公開名称,住所,市区町村コード,公開範囲\n";
    const auto ends = [&] {
        std::vector<std::string> names;
        const auto state = town.store.read_public_state();
        for (const auto& row : state.relations) {
            names.push_back(row.reading.to.name);
        }
        return names;
    };
    using Names = std::vector<std::string>;
    town.import("つながり,から,へ,への種類\n委託,標市,きつつきの家,場所\n", "つながり", ImportKind::relations, "99201");

    SECTION("by another public list") {
        town.import(head + "1,こども食堂,きつつきの家,みどりの食堂,標市浜1-1,99201,\n", "甲", ImportKind::resources);
        CHECK(ends() == Names{"みどりの食堂"});
        town.import(head + "1,児童館,きつつきの家,,標市浜1-1,99201,\n", "乙", ImportKind::resources);
        REQUIRE(town.store.read_public_state().sites.size() == 1);
        CHECK(ends() == Names{"みどりの食堂"});
    }
    SECTION("by a correction") {
        town.import(head + "1,こども食堂,きつつきの家,,標市浜1-1,99201,\n", "甲", ImportKind::resources);
        CHECK(ends() == Names{"きつつきの家"});
        const auto shown = town.store.read_public_state();
        town.import("対象ID,決めた日,決めた人,理由,公開名称\n" + shown.sites.front().id +
                        ",2026-06-01,資源コーディネーター,頼まれた,みどりの食堂\n",
                    "直したこと", ImportKind::corrections);
        CHECK(ends() == Names{"みどりの食堂"});
    }
    SECTION("by a list that has left it out since, or calls it otherwise") {
        town.import(head + "1,こども食堂,きつつきの家,みどりの食堂,標市浜1-1,99201,\n", "甲", ImportKind::resources);
        const auto left = town.import(head + "2,こども食堂,ほかの家,,標市浜2-1,99201,\n", "甲", ImportKind::resources);
        CHECK(ends() == Names{"みどりの食堂"});
        town.store.undo(left);
        CHECK(ends() == Names{"みどりの食堂"});
    }
    SECTION("a hidden one that is renamed") {
        const auto first =
            town.import(head + "1,学習支援,きつつきの家,,標市浜1-1,99201,職員\n", "甲", ImportKind::resources);
        CHECK(ends().empty());
        const auto renamed =
            town.import(head + "1,学習支援,はやぶさの家,,標市浜1-1,99201,職員\n", "甲", ImportKind::resources);
        CHECK(ends().empty());
        town.store.undo(renamed);
        CHECK(ends().empty());
        town.store.undo(first); // it never said so
        CHECK(ends() == Names{"きつつきの家"});
    }
}

TEST_CASE("members join and leave one by one, and each is taken back alone", "[network][desk]") {
    Town town;
    town.import(k_meetings, "会議の一覧");
    const auto before = town.state().forums.front();
    const auto member = [&](const char* name, const char* verdict, const char* day) {
        auto cells = cells_of(before.reading);
        set(cells, "構成員", name);
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
    Town town;
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
        Town other;
        const auto report = append_written_row(other.store, Town::options("写し"), cells);
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
    Town town;
    town.import(k_ties + "委託,甲の会,乙の家,,,,元の期間,,,元の備考,公開\n", "市の一覧");
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
                    set(cells, column, said.cells[column]);
                    named += (named.empty() ? "" : "、") + column;
                }
            }
            if (named.empty()) {
                continue;
            }
            said.import = town.decide(mending(cells, before.id, named));
            REQUIRE(said.import > 0);
            all.push_back(std::move(said));
        }
        check();
    }
    CHECK(all.size() > 10);
}
