// Corrections by hand in the store: they go before what lists say, name themselves as a source, and can be taken back.
#include "directory/store/sqlite.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

struct Town {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);

    [[nodiscard]] ServiceRow service(const std::string& id) const {
        const auto services = store.read_public_state().services;
        const auto found = std::ranges::find(services, id, &ServiceRow::id);
        REQUIRE(found != services.end());
        return *found;
    }
    [[nodiscard]] SiteRow site_of(const std::string& service_id) const {
        const auto state = store.read_public_state();
        const auto found = std::ranges::find(state.services, service_id, &ServiceRow::id);
        REQUIRE(found != state.services.end());
        return state.sites[found->site];
    }
    [[nodiscard]] std::vector<std::string> sources_of(const std::string& id) const {
        const auto state = store.read_public_state();
        const auto found = std::ranges::find(state.services, id, &ServiceRow::id);
        REQUIRE(found != state.services.end());
        std::vector<std::string> names{state.lists[found->list].name};
        for (const auto list : found->other_lists) {
            names.push_back(state.lists[list].name);
        }
        return names;
    }
    [[nodiscard]] std::string id_of(const std::string& place) const {
        return service_id(store.read_public_state(), place);
    }
    void check_sound() const {
        for (const auto& finding : store.check()) {
            INFO(finding.code << ": " << finding.sentence_en);
            CHECK_FALSE(finding.is_error);
        }
    }
};

CorrectionReading correction(const std::string& target, const std::string& on = "2026-06-01") {
    CorrectionReading reading;
    reading.target = target;
    reading.on = parse_day(on);
    reading.by = Decider::coordinator;
    reading.reason = "電話で確かめた";
    return reading;
}

CorrectionReading phone_of(const std::string& target, const std::string& phone, const std::string& on = "2026-06-01") {
    auto reading = correction(target, on);
    reading.fields = {CorrectedField::phone};
    reading.service.phone = phone;
    return reading;
}

CorrectionReading decision(const std::string& a, const std::string& b, bool same,
                           const std::string& on = "2026-06-01") {
    auto reading = correction(a, on);
    reading.other = b;
    reading.same = same;
    return reading;
}

Batch corrections(const std::string& list, std::vector<CorrectionReading> readings) {
    std::vector<BatchRow> rows;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        rows.push_back(row_of(std::to_string(i), std::move(readings[i])));
    }
    return batch_of(ImportKind::corrections, {list_of(list, std::move(rows))});
}

Batch hall(const std::string& list, const std::string& phone, const std::string& as_of = "2026-04-01") {
    auto reading = resource("浜児童館", "浜町1-2-3");
    reading.services[0].phone = phone;
    return resources(list, {row_of("1", reading)}, as_of);
}

} // namespace

TEST_CASE(
    "A corrected telephone goes before every list's, its list is named as a source, and undo gives the old back") {
    Town town;
    town.store.append(hall("児童館", "000-000-0001"));
    const auto edition = edition_of(town.store);
    const auto id = town.id_of("浜児童館");
    const auto made = town.store.append(corrections("直し", {phone_of(id, "000-000-0009")}));
    CHECK(made.entities.added == 1);
    CHECK(made.lost_corrections == 0);
    CHECK(town.service(id).phone == "000-000-0009");
    CHECK(town.sources_of(id) == std::vector<std::string>{"児童館", "直し"});
    town.check_sound();

    SECTION("the same list again changes nothing") {
        const auto corrected = edition_of(town.store);
        const auto again = town.store.append(corrections("直し", {phone_of(id, "000-000-0009")}));
        CHECK(again.entities.unchanged == 1);
        CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
        CHECK(edition_of(town.store) == corrected);
    }
    SECTION("a newer edition of the corrected list changes what was not corrected, and nothing else") {
        auto reading = resource("浜児童館", "浜町1-2-3");
        reading.services[0].phone = "000-000-0002";
        reading.services[0].capacity = 40;
        town.store.append(resources("児童館", {row_of("1", reading)}, "2027-04-01"));
        CHECK(town.service(id).phone == "000-000-0009");
        CHECK(town.service(id).capacity == 40);
        town.check_sound();
    }
    SECTION("undone, the list's own value is back") {
        town.store.undo(made.import_id);
        CHECK(edition_of(town.store) == edition);
        CHECK(town.sources_of(id) == std::vector<std::string>{"児童館"});
        town.check_sound();
    }
    SECTION("left out of a newer edition of the corrections, it is withdrawn") {
        town.store.append(corrections("直し", {}));
        CHECK(town.service(id).phone == "000-000-0001");
    }
    SECTION("the history of the service tells it") {
        const auto history = town.store.history_of(id);
        REQUIRE(history.size() == 2);
        CHECK(history[1].list == "直し");
    }
}

TEST_CASE("Of two corrections of one value the newer decision holds, in whichever order they came") {
    const auto phone_after = [](bool newer_first) {
        Town town;
        town.store.append(hall("児童館", "000-000-0001"));
        const auto id = town.id_of("浜児童館");
        const auto older = corrections("a", {phone_of(id, "000-000-0002", "2026-06-01")});
        const auto newer = corrections("b", {phone_of(id, "000-000-0003", "2026-07-01")});
        town.store.append(newer_first ? newer : older);
        town.store.append(newer_first ? older : newer);
        return town.service(id).phone;
    };
    CHECK(phone_after(true) == "000-000-0003");
    CHECK(phone_after(false) == "000-000-0003");
}

TEST_CASE("A place that moved takes its new position, or none, and its building stays behind") {
    Town town;
    auto reading = resource("浜児童館", "浜町1-2-3");
    reading.site.building = "浜会館2階";
    town.store.append(resources("児童館", {row_of("1", reading)}));
    const auto id = town.id_of("浜児童館");
    auto moved = correction(id);
    moved.fields = {CorrectedField::address};
    moved.site.address = "山町9-9";
    town.store.append(corrections("直し", {moved}));
    const auto site = town.site_of(id);
    CHECK(site.address == "山町9-9");
    CHECK(site.building.empty());
    CHECK_FALSE(site.position);
    CHECK(site.municipality == "99201");
    CHECK(site.name == "浜児童館");
}

TEST_CASE("A value that is cleared is unknown, and no other list fills it") {
    Town town;
    town.store.append(hall("児童館", "000-000-0001"));
    town.store.append(hall("公共施設", "000-000-0002", "2025"));
    const auto id = town.id_of("浜児童館");
    town.store.append(corrections("直し", {phone_of(id, "")}));
    CHECK(town.service(id).phone.empty());
    CHECK(town.sources_of(id).size() == 3);
}

TEST_CASE("Which section answers for a service can be corrected and cleared by hand") {
    Town town;
    auto stated = resource("浜児童館", "浜町1-2-3");
    stated.services[0].department = "児童課";
    town.store.append(resources("児童館", {row_of("1", stated)}));
    const auto id = town.id_of("浜児童館");
    auto renamed = correction(id);
    renamed.fields = {CorrectedField::department};
    renamed.service.department = "こども未来課";
    const auto made = town.store.append(corrections("直し", {renamed}));
    CHECK(town.service(id).department == "こども未来課");
    renamed.on = parse_day("2026-06-02");
    renamed.service.department.clear();
    town.store.append(corrections("消し", {renamed}));
    CHECK(town.service(id).department.empty());
    town.store.undo(made.import_id);
    CHECK(town.service(id).department.empty());
}

TEST_CASE("What a place's own id corrects holds for every service there; what a service's corrects, for that service") {
    Town town;
    town.store.append(resources("児童館", {row_of("1", resource("浜児童館", "浜町1-2-3"))}));
    town.store.append(resources("食堂", {row_of("1", resource("浜児童館", "浜町1-2-3", "kodomo_shokudo"))}));
    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 2);
    REQUIRE(state.sites.size() == 1);
    auto closed = correction(state.sites[0].id);
    closed.fields = {CorrectedField::status};
    closed.service.status = Status::closed;
    town.store.append(corrections("直し", {closed, phone_of(state.services[0].id, "000-000-0005")}));
    CHECK(town.service(state.services[0].id).status == Status::closed);
    CHECK(town.service(state.services[1].id).status == Status::closed);
    CHECK(town.service(state.services[0].id).phone == "000-000-0005");
    CHECK(town.service(state.services[1].id).phone.empty());
}

TEST_CASE("A correction of a service that is shown as another list's corrects the one that is shown") {
    Town town;
    town.store.append(hall("児童館", "000-000-0001", "2027"));
    const auto first = town.id_of("浜児童館");
    const auto made = town.store.append(hall("公共施設", "000-000-0002", "2025"));
    REQUIRE(town.store.read_public_state().moved.size() == 1);
    const auto other = town.store.read_public_state().moved[0].id;
    REQUIRE(other != first);
    const auto corrected = town.store.append(corrections("直し", {phone_of(other, "000-000-0009")}));
    CHECK(corrected.lost_corrections == 0);
    CHECK(town.service(first).phone == "000-000-0009");

    // Its own list undone, it has nothing to speak of: that is told, and the value is the list's again.
    town.store.undo(made.import_id);
    CHECK(town.service(first).phone == "000-000-0001");
    REQUIRE(town.store.lost_corrections().size() == 1);
    CHECK(town.store.lost_corrections()[0].id == other);
    CHECK(town.sources_of(first) == std::vector<std::string>{"児童館"});
    town.check_sound();
}

TEST_CASE("A stale service that somebody confirmed is confirmed") {
    Town town;
    town.store.append(resources(
        "児童館", {row_of("1", resource("浜児童館", "浜1-1")), row_of("2", resource("山児童館", "山2-2"))}, "2025"));
    const auto id = town.id_of("山児童館");
    town.store.append(resources("児童館", {row_of("1", resource("浜児童館", "浜1-1"))}, "2026"));
    CHECK(town.service(id).certainty == Certainty::stale);
    auto confirmed = correction(id);
    confirmed.fields = {CorrectedField::certainty, CorrectedField::last_confirmed_on};
    confirmed.service.last_confirmed_on = parse_day("2026-06-01");
    town.store.append(corrections("直し", {confirmed}));
    CHECK(town.service(id).certainty == Certainty::confirmed);
    CHECK(to_string(*town.service(id).last_confirmed_on) == "2026-06-01");
}

TEST_CASE("Corrections may come before what they speak of; until then they are told as without a target") {
    Town town;
    const auto made = town.store.append(hall("児童館", "000-000-0001"));
    const auto id = town.id_of("浜児童館");
    town.store.undo(made.import_id);
    const auto early = town.store.append(corrections("直し", {phone_of(id, "000-000-0009")}));
    CHECK(early.lost_corrections == 1);
    const auto findings = town.store.check();
    CHECK(std::ranges::count(findings, "correction_without_target", &Finding::code) == 1);
    const auto after = town.store.append(hall("児童館", "000-000-0001"));
    CHECK(after.lost_corrections == 0);
    CHECK(town.service(id).phone == "000-000-0009");
}

TEST_CASE("A doubtful pair is decided: one site, or two that nobody is asked about again; undone, it is doubtful") {
    Town town;
    town.store.append(resources("a", {row_of("1", resource("はまなす", "浜町1-2-3", "kodomo_shokudo"))}));
    town.store.append(resources("b", {row_of("1", resource("はまなす児童館", "浜町1-2-3"))}));
    const auto edition = edition_of(town.store);
    const auto doubts = town.store.doubtful_places();
    REQUIRE(doubts.size() == 1);
    const auto same = town.store.append(corrections("直し", {decision(doubts[0].a.id, doubts[0].b.id, true)}));
    CHECK(same.lost_corrections == 0);
    auto state = town.store.read_public_state();
    CHECK(state.sites.size() == 1);
    CHECK(state.services.size() == 2);
    CHECK(state.moved.size() == 1);
    CHECK(town.store.doubtful_places().empty());
    town.check_sound();

    SECTION("a newer decision goes before") {
        town.store.append(corrections("後", {decision(doubts[0].b.id, doubts[0].a.id, false, "2026-07-01")}));
        CHECK(town.store.read_public_state().sites.size() == 2);
        CHECK(town.store.doubtful_places().empty());
        // The older one no longer does anything, and that is told.
        REQUIRE(town.store.lost_corrections().size() == 1);
        CHECK(town.store.lost_corrections()[0].why == LostCorrection::Why::contradicted);
        CHECK(town.store.lost_corrections()[0].written.list == "直し");
    }
    SECTION("apart: nobody is asked again") {
        town.store.undo(same.import_id);
        CHECK(town.store.doubtful_places().size() == 1);
        town.store.append(corrections("別", {decision(doubts[0].a.id, doubts[0].b.id, false)}));
        CHECK(town.store.doubtful_places().empty());
        CHECK(town.store.read_public_state().sites.size() == 2);
        CHECK(town.store.lost_corrections().empty());
    }
    SECTION("undone, it is as it was") {
        town.store.undo(same.import_id);
        CHECK(edition_of(town.store) == edition);
        CHECK(town.store.doubtful_places().size() == 1);
        CHECK(town.store.read_public_state().moved.empty());
    }
}

TEST_CASE("What was linked by itself is parted by a decision, by the ids of services too") {
    Town town;
    town.store.append(resources("a", {row_of("1", resource("浜児童館", "浜町1-2-3"))}));
    const auto first = town.id_of("浜児童館");
    auto dining = resource("潮見野市立浜児童館", "浜町一丁目2番3号", "kodomo_shokudo");
    town.store.append(resources("b", {row_of("1", dining)}));
    auto state = town.store.read_public_state();
    REQUIRE(state.sites.size() == 1);
    REQUIRE(state.services.size() == 2);
    const auto& a = state.services[0].id;
    const auto& b = state.services[1].id;
    town.store.append(corrections("直し", {decision(a, b, false)}));
    CHECK(town.store.read_public_state().sites.size() == 2);
    CHECK(town.store.lost_corrections().empty());
    CHECK((first == a || first == b));
    town.check_sound();
}

TEST_CASE("A correction of something hidden changes nothing that the public sees, nor is its list named") {
    Town town;
    town.store.append(hall("児童館", "000-000-0001"));
    const auto edition = edition_of(town.store);
    auto shelter = resource("浜児童館", "浜町1-2-3", "boshi_seikatsu");
    shelter.services[0].phone = "000-000-0003";
    town.store.append(resources("ひみつ", {row_of("1", shelter)}));
    REQUIRE(edition_of(town.store) == edition);
    // Its id is nowhere in public; the store's own file has it.
    Database file(town.folder / "town.shirube", Database::Mode::read_only);
    Statement select(file, R"(SELECT public_id FROM entity JOIN service ON service_id = entity_id
        WHERE visibility <> 'public')");
    REQUIRE(select.step());
    auto renamed = phone_of(std::string{select.text(0)}, "000-000-0009");
    renamed.fields.push_back(CorrectedField::name);
    renamed.site.official_name = "ひみつの家";
    const auto made = town.store.append(corrections("ひみつの直し", {renamed}));
    CHECK(made.lost_corrections == 0);
    CHECK(edition_of(town.store) == edition);
    town.check_sound();
}
