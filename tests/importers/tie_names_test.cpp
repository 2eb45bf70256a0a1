// Names that ties may tell: of hidden places none, of places with a public name that one, whatever came first, whatever
// was decided since, and whatever the lists no longer say.
#include "tests/importers/decided_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

using Names = std::vector<std::string>;

/// Whom the public is told that ties lead to.
Names ends_told(const DecidedTown& town) {
    Names names;
    const auto state = town.store.read_public_state();
    for (const auto& row : state.relations) {
        names.push_back(row.reading.to.name);
    }
    return names;
}

} // namespace

TEST_CASE("a name that must be kept from the public keeps a mended tie from it", "[network][desk]") {
    DecidedTown town;
    town.import(k_head_of_ties + "委託,甲の会,乙の家,,,,,,,,公開\n", "市の一覧");
    const auto before = town.state().relations.front();
    auto cells = cells_of(before.reading);
    put_in(cells, "へ", "○○母子生活支援施設");
    put_in(cells, "公開範囲", "公開");
    REQUIRE(town.decide(mending_of(cells, before.id, "へ")) > 0);
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
    DecidedTown town;
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
    put_in(cells, "へ", "路地の会");
    REQUIRE(town.decide(mending_of(cells, beach->id, "へ")) > 0);
    CHECK(names(town.store.read_public_state()) == Names{"表の会", "沖の会議", "浜の会議"});
}

TEST_CASE("a place is called to others as it is publicly called, and an organization's name is no hidden place's",
          "[network][desk]") {
    DecidedTown town;
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
    DecidedTown town;
    town.import("事業,名称,住所,市区町村コード\n児童館,浜の館,標市浜1-1,99201\n", "児童館", ImportKind::resources);
    town.import(
        "事業,名称,住所,市区町村コード,公開範囲\n学習支援,浜の館,標市浜1-1,99201,職員\n"
        "学習支援,路地の会,標市浜2-1,99201,職員\n",
        "学習支援", ImportKind::resources);
    town.import("つながり,から,へ,への種類\n委託,標市,浜の館,場所\n委託,標市,路地の会,場所\n", "つながり",
                ImportKind::relations, "99201");
    CHECK(ends_told(town) == Names{"浜の館"});
    const auto shown = town.store.read_public_state();
    REQUIRE(shown.sites.size() == 1);
    town.import("対象ID,決めた日,決めた人,理由,名称\n" + shown.sites.front().id +
                    ",2026-06-01,資源コーディネーター,名が変わった,海の館\n",
                "直したこと", ImportKind::corrections);
    REQUIRE(town.store.read_public_state().sites.front().name == "海の館");
    CHECK(ends_told(town) == Names{"浜の館"});
}

TEST_CASE("a hidden place that a complete list has left out is named by no tie to the public", "[network][desk]") {
    DecidedTown town;
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
    DecidedTown town;
    const std::string head = "ID,事業,名称,公開名称,住所,市区町村コード,公開範囲\n";
    town.import("つながり,から,へ,への種類\n委託,標市,きつつきの家,場所\n", "つながり", ImportKind::relations, "99201");

    SECTION("by another public list") {
        town.import(head + "1,こども食堂,きつつきの家,みどりの食堂,標市浜1-1,99201,\n", "甲", ImportKind::resources);
        CHECK(ends_told(town) == Names{"みどりの食堂"});
        town.import(head + "1,児童館,きつつきの家,,標市浜1-1,99201,\n", "乙", ImportKind::resources);
        REQUIRE(town.store.read_public_state().sites.size() == 1);
        CHECK(ends_told(town) == Names{"みどりの食堂"});
    }
    SECTION("by a correction") {
        town.import(head + "1,こども食堂,きつつきの家,,標市浜1-1,99201,\n", "甲", ImportKind::resources);
        CHECK(ends_told(town) == Names{"きつつきの家"});
        const auto shown = town.store.read_public_state();
        town.import("対象ID,決めた日,決めた人,理由,公開名称\n" + shown.sites.front().id +
                        ",2026-06-01,資源コーディネーター,頼まれた,みどりの食堂\n",
                    "直したこと", ImportKind::corrections);
        CHECK(ends_told(town) == Names{"みどりの食堂"});
    }
    SECTION("by a list that has left it out since, or calls it otherwise") {
        town.import(head + "1,こども食堂,きつつきの家,みどりの食堂,標市浜1-1,99201,\n", "甲", ImportKind::resources);
        const auto left = town.import(head + "2,こども食堂,ほかの家,,標市浜2-1,99201,\n", "甲", ImportKind::resources);
        CHECK(ends_told(town) == Names{"みどりの食堂"});
        town.store.undo(left);
        CHECK(ends_told(town) == Names{"みどりの食堂"});
    }
    SECTION("a hidden one that is renamed") {
        const auto first =
            town.import(head + "1,学習支援,きつつきの家,,標市浜1-1,99201,職員\n", "甲", ImportKind::resources);
        CHECK(ends_told(town).empty());
        const auto renamed =
            town.import(head + "1,学習支援,はやぶさの家,,標市浜1-1,99201,職員\n", "甲", ImportKind::resources);
        CHECK(ends_told(town).empty());
        town.store.undo(renamed);
        CHECK(ends_told(town).empty());
        town.store.undo(first); // it never said so
        CHECK(ends_told(town) == Names{"きつつきの家"});
    }
}
