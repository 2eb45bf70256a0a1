// What the public may not have is not read: not as a row, not as a name, not as a difference between two editions.
#include "directory/reader.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

struct Town {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);

    Town() {
        auto list = list_of("会館", {row_of("1", resource("浜会館", "浜1-1"))});
        list.claims = {{"jidokan", "99201", true}};
        store.append(batch_of(ImportKind::resources, {list}));
    }
};

/// A home for mothers and children in the same building, run by somebody else, from a newer list.
ResourceReading home_in_the_same_building() {
    auto home = resource("浜会館", "浜1-1", "boshi_seikatsu");
    home.site.building = "秘密の3階";
    home.site.kana = "ヒミツ";
    home.site.position = shirube::geo::LonLat{137.2, 33.4};
    home.organization.name = "秘密の会";
    home.services[0].note = "秘密";
    return home;
}

} // namespace

TEST_CASE("A protected service leaves no trace in the public edition, not even beside a public one") {
    Town town;
    const auto edition = edition_of(town.store);
    auto list = list_of(
        "母子",
        {row_of("1", home_in_the_same_building()), row_of("2", resource("秘密の家", "秘密2-2", "josei_jiritsu"))},
        "2026-11-01");
    list.claims = {{"boshi_seikatsu", "99201", true}};
    const auto result = town.store.append(batch_of(ImportKind::resources, {list}));
    CHECK(result.entities.added == 2);

    CHECK(edition_of(town.store) == edition);
    const auto state = town.store.read_public_state();
    CHECK(state.services.size() == 1);
    CHECK(state.sites.size() == 1);
    CHECK(state.organizations.size() == 1);
    REQUIRE(state.lists.size() == 1);
    CHECK(state.lists[0].claims.size() == 1);
    CHECK(state.sites[0].building.empty());
    CHECK(state.sites[0].position->lat == Approx(33.2));

    const Reader reader(Snapshot::build(state, Taxonomy::shipped(), Holidays::shipped()));
    CHECK(reader.suggest("秘密", 10).empty());
    CHECK(reader.suggest("ヒミツ", 10).empty());
    SearchQuery query;
    query.text = "秘密";
    CHECK(reader.search(query).number_matched + reader.search(query).without_position_matched == 0);
    CHECK(reader.feature_fragment(0).find("秘密") == std::string_view::npos);
}

TEST_CASE("The order in which the public and the protected list came makes no difference") {
    Town town;
    const auto edition = edition_of(town.store);
    const auto first = town.store.history().at(0).id;
    town.store.append(resources("母子", {row_of("1", home_in_the_same_building())}, "2026-11-01"));
    town.store.undo(first);
    CHECK(town.store.read_public_state().sites.empty());
    CHECK(town.store.read_public_state().organizations.empty());
    auto list = list_of("会館", {row_of("1", resource("浜会館", "浜1-1"))});
    list.claims = {{"jidokan", "99201", true}};
    town.store.append(batch_of(ImportKind::resources, {list}));
    CHECK(edition_of(town.store) == edition);
}

TEST_CASE("A claim on a protected programme is not told, a list that speaks of nothing else is not named") {
    Town town;
    auto list = list_of("二つの事業", {row_of("1", resource("山会館", "山1-1"))});
    list.claims = {{"jidokan", "99201", false}, {"josei_sodan", "99201", true}};
    auto protected_only = list_of("相談のみ", {});
    protected_only.claims = {{"josei_sodan", "99201", true}};
    town.store.append(batch_of(ImportKind::resources, {list, protected_only}));
    const auto state = town.store.read_public_state();
    REQUIRE(state.lists.size() == 2);
    for (const auto& shown : state.lists) {
        CHECK(shown.name != "相談のみ");
        for (const auto& claim : shown.claims) {
            CHECK(claim.programme == "jidokan");
        }
    }
}

TEST_CASE("A row may hide a public programme's service, or show a protected one's, and only a row may") {
    Town town;
    auto field_note = resource("路地の居場所", "路地1-1");
    field_note.services[0].visibility = Visibility::staff;
    auto agreed = resource("港母子ホーム", "港1-1", "boshi_seikatsu");
    agreed.services[0].visibility = Visibility::everyone;
    town.store.append(resources("現場", {row_of("1", field_note), row_of("2", agreed)}));
    const auto state = town.store.read_public_state();
    CHECK(service_id(state, "路地の居場所").empty());
    CHECK_FALSE(service_id(state, "港母子ホーム").empty());
}

TEST_CASE("A place with a public name is never called by its official one in public") {
    Town town;
    auto reading = resource("母子生活支援施設ひまわり", "丘1-1");
    reading.site.public_name = "ひまわり館";
    reading.site.kana = "ボシセイカツシエンシセツヒマワリ";
    town.store.append(resources("居場所", {row_of("1", reading)}));
    const auto state = town.store.read_public_state();
    const auto id = service_id(state, "ひまわり館");
    REQUIRE_FALSE(id.empty());
    for (const auto& site : state.sites) {
        CHECK(site.official_name.find("母子") == std::string::npos);
        CHECK(site.kana.find("ボシ") == std::string::npos);
    }
}

TEST_CASE("What a list withholds it withholds in every field") {
    Town town;
    auto reading = resource("非公開の食堂", "");
    reading.site.position.reset();
    reading.site.quality = PositionQuality::withheld;
    town.store.append(resources("食堂", {row_of("1", reading)}));
    for (const auto& finding : town.store.check()) {
        CHECK(finding.sentence_en.find("非公開の食堂") == std::string::npos); // nobody needs to look for it
    }
}
