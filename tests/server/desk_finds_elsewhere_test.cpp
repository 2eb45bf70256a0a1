// A place found in the field is the desk's own: one whose address lies in another municipality is refused, and what no
// gazetteer knows is not.
#include "directory/store.hpp"
#include "tests/server/support/desk_town.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::OpenMode;
using directory::Store;

namespace {

/// The gazetteer's part of the town next door.
void add_neighbour(StaffTown& town) {
    directory::TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = k_there;
    reading.municipality_name = "沖ノ浜町";
    reading.town = "元町";
    reading.position = {137.6, 33.2};
    reading.accuracy_m = 400;
    directory::BatchRow row;
    row.key = "元町";
    row.file = "neighbour.json";
    row.row = 1;
    row.cells = "[]";
    row.reading = std::move(reading);
    directory::BatchList list;
    list.name = "隣の町丁目";
    list.profile = "geolonia";
    list.rows.push_back(std::move(row));
    directory::Batch batch;
    batch.kind = directory::ImportKind::gazetteer;
    batch.lists.push_back(std::move(list));
    batch.files = "[]";
    batch.report = "{}";
    Store::open(town.store(), OpenMode::write).append(batch);
    town.desk().note_written();
}

Query found_at(const std::string& address) {
    return {{"programme", "kodomo_shokudo"}, {"name", "路地の食堂"}, {"address", address}};
}

} // namespace

TEST_CASE("A find whose address lies in another municipality is refused at its address", "[desk]") {
    StaffTown town;
    put_work_on_the_desk(town);
    add_neighbour(town);
    const DeskWorker coordinator(town, "coordinator", k_here);
    const auto imports = [&] { return Store::open(town.store(), OpenMode::read).history().size(); };
    const auto before = imports();
    for (const char* address : {"標県沖ノ浜町元町1-2", "沖ノ浜町元町1-2", "標県沖ノ浜町だれも知らない所5"}) {
        INFO(address);
        const auto refused = coordinator.post("/staff/month", found_at(address));
        CHECK(refused.status == 422);
        CHECK(says(refused, "住所: その住所は「沖ノ浜町」にあります"));
        CHECK(says(refused, address)); // what was typed stays
    }
    CHECK(imports() == before);
    for (const char* address : {"浜町7-8", "標県潮見野市沖町1", "どこでもない町5-6"}) {
        INFO(address);
        CHECK(kept_import(coordinator.post("/staff/month", found_at(address))) > 0);
    }
    // It is the town next door's own.
    const DeskWorker neighbour(town, "neighbour", k_there);
    CHECK(kept_import(neighbour.post("/staff/month", found_at("標県沖ノ浜町元町1-2"))) > 0);
}
