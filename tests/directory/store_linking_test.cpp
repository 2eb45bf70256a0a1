// Linking in the store: one site of two lists, one service of two lists, ids that lead on and come back.
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

struct Town {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);

    [[nodiscard]] std::string site_at(const std::string& name) const {
        for (const auto& site : store.read_public_state().sites) {
            if (site.name == name) {
                return site.id;
            }
        }
        return {};
    }
    [[nodiscard]] std::string leads_to(const std::string& id) const {
        for (const auto& moved : store.read_public_state().moved) {
            if (moved.id == id) {
                return moved.to;
            }
        }
        return {};
    }
    void check_sound() const {
        for (const auto& finding : store.check()) {
            INFO(finding.code << ": " << finding.sentence_en);
            CHECK_FALSE(finding.is_error);
        }
    }
};

Batch hall(const std::string& list, const std::string& name, const std::string& address,
           const std::string& programme = "jidokan", const std::string& as_of = "2026-04-01") {
    return resources(list, {row_of("1", resource(name, address, programme))}, as_of);
}

} // namespace

TEST_CASE("One place in two spellings is one site; the id that goes leads to the other, and both come back by undo") {
    Town town;
    town.store.append(hall("a", "浜児童館", "浜町1-2-3"));
    const auto first = town.site_at("浜児童館");
    // The same place alone in a store of the same secret would have its own id.
    const auto other = town.store.append(hall("b", "潮見野市立浜児童館", "浜町一丁目2番3号", "kodomo_shokudo", "2025"));
    const auto state = town.store.read_public_state();
    REQUIRE(state.sites.size() == 1);
    CHECK(state.services.size() == 2);
    CHECK(state.sites[0].name == "浜児童館");
    const auto merged = state.sites[0].id;
    if (merged != first) {
        CHECK(town.leads_to(first) == merged);
    }
    REQUIRE(state.moved.size() == 1);
    CHECK(state.moved[0].to == merged);
    town.check_sound();
    town.store.undo(other.import_id);
    CHECK(town.site_at("浜児童館") == first);
    CHECK(town.leads_to(first).empty());
    town.check_sound();
}

TEST_CASE("One programme at one site in two lists is one service, which names both and fills what one leaves unknown") {
    Town town;
    auto sparse = resource("浜児童館", "浜町1-2-3");
    sparse.services[0].phone = "000-000-0001";
    town.store.append(resources("a", {row_of("1", sparse)}, "2026-05"));
    const auto edition = edition_of(town.store);
    auto rich = resource("浜児童館", "浜町1-2-3");
    rich.organization = {};
    rich.services[0].phone = "000-000-0009";
    rich.services[0].fee = Fee::free;
    rich.services[0].capacity = 30;
    rich.services[0].department = "子育て支援課";
    const auto second = town.store.append(resources("b", {row_of("7", rich)}, "2026-04"));
    CHECK(second.entities.added == 1);
    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 1);
    const auto& service = state.services[0];
    CHECK(service.phone == "000-000-0001"); // as the newer list says
    CHECK(service.fee == Fee::free);
    CHECK(service.capacity == 30);
    CHECK(service.department == "子育て支援課");
    CHECK(state.lists[service.list].name == "a");
    REQUIRE(service.other_lists.size() == 1);
    CHECK(state.lists[service.other_lists[0]].name == "b");
    REQUIRE(state.moved.size() == 1);
    CHECK(state.moved[0].to == service.id);
    town.check_sound();
    town.store.undo(second.import_id);
    CHECK(edition_of(town.store) == edition);
    CHECK(town.store.read_public_state().services.at(0).fee == Fee::unknown);
    town.check_sound();
}

TEST_CASE("Two organizations with one programme at one site, or two rows of one list, are two services") {
    Town town;
    auto one = resource("浜会館", "浜町1-2-3", "kodomo_shokudo");
    one.organization.name = "はまの会";
    auto other = one;
    other.organization.name = "みなとの会";
    town.store.append(resources("a", {row_of("1", one)}));
    town.store.append(resources("b", {row_of("1", other)}));
    CHECK(town.store.read_public_state().services.size() == 2);
    CHECK(town.store.read_public_state().sites.size() == 1);
    town.store.append(resources("c", {row_of("1", one), row_of("2", one)}));
    CHECK(town.store.read_public_state().services.size() == 3);
    town.check_sound();
}

TEST_CASE("A complete list is believed before a partial one that is newer") {
    Town town;
    auto partial = resource("浜児童館", "浜町1-2-3");
    partial.services[0].phone = "000-000-0002";
    town.store.append(resources("b", {row_of("1", partial)}, "2026-09"));
    auto own = resource("浜児童館", "浜町1-2-3");
    own.services[0].phone = "000-000-0001";
    town.store.append(complete(resources("a", {row_of("1", own)}, "2026-04")));
    CHECK(town.store.read_public_state().services.at(0).phone == "000-000-0001");
}

TEST_CASE("A row that a partial edition leaves out is stale, one that a complete edition leaves out has ended") {
    Town town;
    const auto two = resources(
        "児童館", {row_of("1", resource("浜児童館", "浜1-1")), row_of("2", resource("山児童館", "山2-2"))}, "2025");
    town.store.append(two);
    const auto edition = edition_of(town.store);
    const auto yama = service_id(town.store.read_public_state(), "山児童館");
    const auto yama_site = town.site_at("山児童館");
    const auto only = resources("児童館", {row_of("1", resource("浜児童館", "浜1-1"))}, "2026");

    const auto partial = town.store.append(only);
    CHECK(partial.entities.changed == 1);
    CHECK(partial.entities.gone == 0);
    auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 2);
    for (const auto& service : state.services) {
        CHECK(service.certainty == (service.id == yama ? Certainty::stale : Certainty::confirmed));
    }
    CHECK(state.ended.empty());
    town.check_sound();

    const auto whole = town.store.append(complete(only));
    CHECK(whole.entities.gone == 1);
    state = town.store.read_public_state();
    CHECK(state.services.size() == 1);
    REQUIRE(state.ended.size() == 1);
    CHECK(state.ended[0].id == yama);
    CHECK(state.ended[0].since == "2026");
    REQUIRE(state.ended_sites.size() == 1);
    CHECK(state.ended_sites[0].id == yama_site);
    CHECK(state.ended_sites[0].since == "2026");
    // The partial edition that follows says nothing of what has ended.
    const auto again = town.store.append(only);
    CHECK(town.store.read_public_state().services.size() == 1);
    town.check_sound();

    town.store.undo(whole.import_id);
    CHECK(town.store.read_public_state().services.size() == 2);
    town.store.undo(again.import_id);
    town.store.undo(partial.import_id);
    CHECK(edition_of(town.store) == edition);
    CHECK(town.store.read_public_state().ended.empty());
    CHECK(town.store.read_public_state().ended_sites.empty());
    town.check_sound();
}

TEST_CASE(
    "A place that another list still has has not ended, and one that only something hidden has is not told apart") {
    Town town;
    town.store.append(complete(hall("児童館", "浜児童館", "浜町1-2-3")));
    const auto site = town.site_at("浜児童館");
    const auto dining = town.store.append(hall("食堂", "浜児童館", "浜町1-2-3", "kodomo_shokudo"));
    town.store.append(hall("ひみつ", "浜児童館", "浜町1-2-3", "boshi_seikatsu"));
    town.store.append(complete(resources("児童館", {}, "2027")));
    CHECK(town.store.read_public_state().ended.size() == 1);
    CHECK(town.store.read_public_state().ended_sites.empty());
    town.store.undo(dining.import_id);
    REQUIRE(town.store.read_public_state().ended_sites.size() == 1);
    CHECK(town.store.read_public_state().ended_sites[0].id == site);
    town.check_sound();
}

TEST_CASE("What was hidden and has ended is not told to have been there") {
    Town town;
    const auto home = [](std::vector<BatchRow> rows) {
        auto list = list_of("母子", std::move(rows));
        list.claims = {{"boshi_seikatsu", "99201", true}};
        return batch_of(ImportKind::resources, {list});
    };
    town.store.append(home({row_of("1", resource("秘密の家", "秘密2-2", "boshi_seikatsu"))}));
    const auto gone = town.store.append(home({}));
    CHECK(gone.entities.gone == 1);
    CHECK(town.store.read_public_state().ended.empty());
    CHECK(town.store.read_public_state().ended_sites.empty());
    CHECK(town.store.read_public_state().moved.empty());
}

TEST_CASE("A doubtful pair is found by check, and is not linked") {
    Town town;
    town.store.append(hall("a", "浜児童館", "浜町1-2-3"));
    auto elsewhere = resource("浜児童館", "");
    elsewhere.site.position.reset();
    elsewhere.site.quality = PositionQuality::none;
    town.store.append(resources("b", {row_of("1", elsewhere)}));
    CHECK(town.store.read_public_state().sites.size() == 2);
    const auto findings = town.store.check();
    CHECK(std::ranges::count(findings, "doubtful_pair", &Finding::code) == 1);
}

TEST_CASE("The queue names both places and what speaks for them") {
    Town town;
    town.store.append(hall("a", "浜児童館", "浜町1-2-3"));
    auto elsewhere = resource("浜児童館", "");
    elsewhere.site.position.reset();
    elsewhere.site.quality = PositionQuality::none;
    const auto second = town.store.append(resources("b", {row_of("1", elsewhere)}));
    const auto pairs = town.store.doubtful_places();
    REQUIRE(pairs.size() == 1);
    CHECK(pairs[0].a.name == "浜児童館");
    CHECK(pairs[0].a.lists.at(0) != pairs[0].b.lists.at(0));
    CHECK(pairs[0].reason_en.find("same name, address unknown") != std::string::npos);
    CHECK(pairs[0].reason_ja.find("住所不明") != std::string::npos);
    town.store.undo(second.import_id);
    CHECK(town.store.doubtful_places().empty());
}

TEST_CASE("A service's history names every import, what it changed, and where it no longer stood") {
    Town town;
    const auto edition = [](const std::string& phone) {
        auto reading = resource("浜児童館", "浜1-1");
        reading.services[0].phone = phone;
        return resources("児童館", {row_of("1", reading)}, "2026");
    };
    town.store.append(edition("000-000-0001"));
    const auto id = service_id(town.store.read_public_state(), "浜児童館");
    const auto changed = town.store.append(edition("000-000-0002"));
    town.store.append(complete(resources("児童館", {row_of("2", resource("山児童館", "山2-2"))}, "2027")));
    town.store.undo(changed.import_id);

    const auto history = town.store.history_of(id);
    REQUIRE(history.size() == 3);
    CHECK(history[0].changes.empty());
    CHECK(history[0].list == "児童館");
    CHECK(history[0].row == 2);
    REQUIRE(history[1].changes.size() == 1);
    CHECK(history[1].changes[0].field.find("phone") != std::string::npos);
    CHECK(history[1].changes[0].before == "\"000-000-0001\"");
    CHECK(history[1].changes[0].after == "\"000-000-0002\"");
    CHECK_FALSE(history[1].undone_at.empty());
    CHECK_FALSE(history[2].listed);
    CHECK(history[2].in_force);
    CHECK(town.store.history_of("0000000000000").empty());
}

TEST_CASE(
    "A list with the wider word and one with the narrower speak of one service, and of two kinds of it they do not") {
    Town town;
    town.store.append(hall("市", "浜児童館", "浜町1-2-3", "jidokan_small"));
    const auto before = edition_of(town.store);
    const auto wide = town.store.append(hall("県", "浜児童館", "浜町1-2-3", "jidokan", "2027"));
    auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 1); // whichever list is believed
    CHECK(Taxonomy::shipped().at(state.services[0].programme).code == "jidokan_small");
    CHECK(state.services[0].other_lists.size() == 1);
    town.check_sound();
    town.store.undo(wide.import_id);
    CHECK(edition_of(town.store) == before);
    town.store.append(hall("別", "浜児童館", "浜町1-2-3", "jidokan_center"));
    town.store.append(hall("食", "浜児童館", "浜町1-2-3", "kodomo_shokudo"));
    CHECK(town.store.read_public_state().services.size() == 3);
}
