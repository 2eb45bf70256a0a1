// What is hidden leaves nothing behind where it meets what more people may see: no id, no value of a place, no
// difference between a row that is hidden since and one that is gone.
#include "directory/audience.hpp"
#include "directory/reader.hpp"
#include "directory/store/sqlite.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const Day k_today = *parse_day("2026-11-26");

ResourceReading kept(const std::string& name, const std::string& address, Visibility visibility) {
    auto reading = resource(name, address);
    reading.services[0].visibility = visibility;
    return reading;
}

State state_for(const Store& store, Visibility up_to) {
    return store.read_state(store.audience_of("99201", up_to, k_today));
}

Reader reader_of(const Store& store) {
    return Reader(Snapshot::build(store.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
}

struct Fixture {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);
};

/// The same place twice, once for staff and once for coordinators, who know more of it.
void add_place_of_two_classes(Store& store) {
    auto known_to_staff = kept("潮の家", "浜2-2", Visibility::staff);
    known_to_staff.organization = {"潮の会", "", ""};
    auto known_to_coordinators = kept("潮の家", "浜2-2", Visibility::coordinator);
    known_to_coordinators.site.building = "調整の棟";
    known_to_coordinators.site.kana = "ちょうせい";
    known_to_coordinators.organization = {"潮の会", "調整の種別", ""};
    store.append(resources("現場", {row_of("1", known_to_staff)}, "2026-04-01"));
    store.append(resources("調整", {row_of("1", known_to_coordinators)}, "2026-10-01"));
}

} // namespace

TEST_CASE("What coordinators know of a place that all staff see is told to coordinators alone") {
    Fixture town;
    add_place_of_two_classes(town.store);
    const auto state = state_for(town.store, Visibility::staff);
    REQUIRE(state.sites.size() == 1);
    CHECK(state.sites[0].building.empty());
    CHECK(state.sites[0].kana.empty());
    REQUIRE(state.organizations.size() == 1);
    CHECK(state.organizations[0].kind.empty());
    const auto more = state_for(town.store, Visibility::coordinator);
    CHECK(more.services.size() == 2);
    CHECK(more.organizations[0].kind == "調整の種別");
}

TEST_CASE("A hidden service in front of a public one changes no id") {
    Fixture town;
    auto reading = resource("浜会館", "浜1-1");
    town.store.append(resources("会館", {row_of("1", reading)}));
    const std::string id = town.store.read_public_state().services.at(0).id;
    auto first = reading.services[0];
    first.programme = "boshi_seikatsu";
    reading.services.insert(reading.services.begin(), first);
    town.store.append(resources("会館", {row_of("1", reading)}));
    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 1);
    CHECK(state.services[0].id == id);
    CHECK(state_for(town.store, Visibility::coordinator).services.size() == 2);
}

TEST_CASE("An id from the time when a row was hidden leads nowhere once it is public, nor when it is gone") {
    Fixture town;
    town.store.append(complete(resources("現場", {row_of("1", kept("潮の家", "", Visibility::staff))})));
    const std::string hidden = state_for(town.store, Visibility::staff).sites.at(0).id;
    town.store.append(complete(resources("現場", {row_of("1", kept("潮の家", "", Visibility::everyone))})));
    const std::string shown = town.store.read_public_state().sites.at(0).id;
    CHECK(shown != hidden);
    CHECK(reader_of(town.store).find_moved(hidden) == nullptr);
    town.store.append(complete(resources("現場", {row_of("2", resource("丘の家", "丘1-1"))})));
    const auto reader = reader_of(town.store);
    CHECK(reader.find_ended_site(shown) != nullptr);
    CHECK(reader.find_ended_site(hidden) == nullptr);
}

TEST_CASE("A row that a complete list keeps from the public since is answered as one that is gone") {
    Fixture town;
    town.store.append(complete(resources("会館", {row_of("1", resource("浜会館", "浜1-1"))})));
    const auto before = town.store.read_public_state();
    const auto undone = town.store
                            .append(complete(resources(
                                "会館", {row_of("1", kept("浜会館", "浜1-1", Visibility::staff))}, "2026-10-01")))
                            .import_id;
    const auto reader = reader_of(town.store);
    CHECK(reader.services().empty());
    REQUIRE(reader.find_ended(before.services[0].id) != nullptr);
    CHECK(reader.find_ended(before.services[0].id)->since == "2026-10-01");
    CHECK(reader.find_ended_site(before.sites[0].id) != nullptr);
    CHECK(state_for(town.store, Visibility::staff).services.size() == 1);
    town.store.undo(undone);
    CHECK(town.store.read_public_state().services.size() == 1);
    CHECK(reader_of(town.store).find_ended(before.services[0].id) == nullptr);
}

TEST_CASE("A row that a partial list keeps from the public since is not shown for being left out") {
    Fixture town;
    town.store.append(resources("会館", {row_of("1", resource("浜会館", "浜1-1"))}));
    town.store.append(resources("会館", {row_of("1", kept("浜会館", "浜1-1", Visibility::staff))}));
    CHECK(town.store.read_public_state().services.empty());
    town.store.append(resources("会館", {row_of("2", resource("丘会館", "丘1-1"))}));
    const auto state = town.store.read_public_state();
    REQUIRE(state.services.size() == 1);
    CHECK(state.sites[0].name == "丘会館");
}

TEST_CASE("A store of a form that forgot hidden rows remembers them again") {
    const StoreFolder folder;
    const auto path = folder / "town.shirube";
    const auto remembered = [&] {
        Database database(path, Database::Mode::read_only);
        Statement rows(database, "SELECT count(*) FROM hidden_row_past");
        REQUIRE(rows.step());
        return rows.integer(0);
    };
    {
        auto hidden = resource("路地会館", "路地1-1");
        hidden.services[0].visibility = Visibility::staff;
        auto store = Store::open(path, OpenMode::write_or_create);
        store.append(resources("会館", {row_of("1", resource("浜会館", "浜1-1")), row_of("2", hidden)}));
        store.append(resources("会館", {row_of("1", resource("浜会館", "浜1-1"))}));
    }
    REQUIRE(remembered() == 1);
    {
        Database database(path, Database::Mode::read_write);
        database.run("DROP TABLE hidden_row_past");
        database.run("PRAGMA user_version = 17");
    }
    Store::open(path, OpenMode::write);
    CHECK(remembered() == 1);
}

TEST_CASE("A store whose hidden rows had other places is derived anew, and the public sees what it saw") {
    const StoreFolder folder;
    const auto path = folder / "town.shirube";
    std::string edition;
    std::string hidden;
    {
        auto store = Store::open(path, OpenMode::write_or_create);
        store.append(resources("会館", {row_of("1", resource("浜会館", "浜1-1"))}));
        add_place_of_two_classes(store);
        edition = edition_of(store);
        hidden = state_for(store, Visibility::staff).sites.at(1).id;
    }
    {
        Database database(path, Database::Mode::read_write);
        database.run("UPDATE link SET role = 'site' WHERE role = 'hidden site'");
        // What forms since then have added.
        database.run("DROP TABLE landmark; DROP TABLE kept_document_version; DROP TABLE kept_document");
        database.run("DROP TABLE relation; DROP TABLE forum; DROP TABLE helper_count; DROP TABLE hidden_row_past");
        database.run("ALTER TABLE service DROP COLUMN use_terms");
        database.run("ALTER TABLE service DROP COLUMN department");
        database.run("PRAGMA user_version = 12");
    }
    const auto store = Store::open(path, OpenMode::write);
    CHECK(edition_of(store) == edition);
    CHECK(state_for(store, Visibility::staff).sites.at(1).id == hidden);
    Database database(path, Database::Mode::read_only);
    Statement links(database, "SELECT count(*) FROM link WHERE role = 'hidden site'");
    REQUIRE(links.step());
    CHECK(links.integer(0) == 2);
}
