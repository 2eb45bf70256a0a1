// Several gazetteers in one store, and each of them undone.
#include "directory/blocks.hpp"
#include "directory/gazetteer.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

TownReading town(const std::string& name, double lat, const std::string& municipality = "潮見野市",
                 const std::string& code = "") {
    TownReading reading;
    reading.prefecture = "標県";
    reading.municipality = code;
    reading.municipality_name = municipality;
    reading.town = name;
    reading.position = {137.05, lat};
    reading.accuracy_m = 300;
    return reading;
}

TownReading blocks_of(const std::string& name, double lat, std::vector<Block> blocks) {
    TownReading reading = town(name, lat);
    reading.blocks = std::make_shared<const std::string>(pack_blocks(std::move(blocks)));
    reading.is_middle_of_blocks = true;
    return reading;
}

Block block(const std::string& number, bool is_shown, double lat) {
    return {.number = number, .is_shown = is_shown, .position = {137.05, lat}, .accuracy_m = 50};
}

Batch gazetteer(const std::string& profile, const std::string& name, const std::string& as_of,
                std::vector<TownReading> towns) {
    std::vector<BatchRow> rows;
    for (TownReading& reading : towns) {
        rows.push_back(row_of(reading.municipality_name + reading.town, reading));
    }
    BatchList list = list_of(name, std::move(rows), as_of);
    list.profile = profile;
    return batch_of(ImportKind::gazetteer, {list});
}

const TownReading* find(const std::vector<TownReading>& towns, const std::string& name) {
    const auto found = std::ranges::find(towns, name, &TownReading::town);
    return found == towns.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("A town is the registry's, else the ministry's, else Geolonia's, and of one kind the newest's") {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);
    store.append(gazetteer("isj-town", "isj-town:標県", "2020", {town("港町一丁目", 33.2), town("大字谷戸", 33.2)}));
    store.append(gazetteer("abr-town", "abr-town:標県", "2019", {town("港町1丁目", 33.1)}));
    store.append(gazetteer("geolonia", "geolonia:標県", "2026",
                           {town("港町一丁目", 33.3), town("谷戸", 33.3), town("本町", 33.3)}));
    store.append(gazetteer("isj-town", "isj-town:古い", "2010", {town("谷戸", 33.4), town("本町", 33.4)}));
    const auto lat = [&](const std::string& name) {
        const auto towns = store.read_gazetteer();
        const auto* found = find(towns, name);
        return found == nullptr ? 0 : found->position.lat;
    };
    CHECK(lat("港町1丁目") == 33.1);
    CHECK(lat("大字谷戸") == 33.2);
    CHECK(lat("本町") == 33.4); // the ministry's oldest before Geolonia's newest
    CHECK(store.read_gazetteer().size() == 3);
    store.undo(2);
    CHECK(lat("港町一丁目") == 33.2);
    store.undo(1);
    CHECK(lat("港町一丁目") == 33.3);
    CHECK(lat("谷戸") == 33.4);
    store.undo(4);
    CHECK(lat("谷戸") == 33.3);
}

TEST_CASE("Blocks and lots come each from the first list that has any of the town") {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);
    store.append(gazetteer(
        "isj-block", "isj-block:標県", "2020",
        {blocks_of("港町一丁目", 33.2, {block("1", true, 33.21), block("9", true, 33.21), block("77", false, 33.22)}),
         blocks_of("岬", 33.25, {block("5", false, 33.25)})}));
    store.append(gazetteer("abr-block", "abr-block:標県", "2024",
                           {blocks_of("港町1丁目", 33.1, {block("1", true, 33.11), block("2", true, 33.11)})}));
    store.append(gazetteer("geolonia", "geolonia:標県", "2026", {town("港町一丁目", 33.3)}));
    auto towns = store.read_gazetteer();
    REQUIRE(towns.size() == 2);
    const auto* port = find(towns, "港町一丁目");
    REQUIRE(port != nullptr);
    CHECK(port->position.lat == 33.3); // a town's own point goes before any middle of blocks
    REQUIRE(port->blocks);
    CHECK(find_block(*port->blocks, "1", true)->position.lat == Approx(33.11));
    CHECK(find_block(*port->blocks, "2", true));
    CHECK_FALSE(find_block(*port->blocks, "9", true)); // the registry's blocks are the town's
    CHECK(find_block(*port->blocks, "77", false));     // and the ministry's lots, which the registry has not
    const auto* cape = find(towns, "岬");
    REQUIRE(cape != nullptr);
    CHECK(cape->position.lat == 33.25); // nobody else knows the town
    store.undo(2);
    towns = store.read_gazetteer();
    CHECK(find_block(*find(towns, "港町一丁目")->blocks, "9", true));
    store.undo(1);
    towns = store.read_gazetteer();
    CHECK_FALSE(find(towns, "港町一丁目")->blocks);
    CHECK(find(towns, "岬") == nullptr);
}

TEST_CASE("A municipality has the fullest name and the code that any gazetteer gives it") {
    std::vector<ListedTown> listed;
    listed.push_back({town("本町", 33.1, "沖ノ浜町", "99341"), 0});
    listed.push_back({town("本町", 33.2, "磯辺郡沖ノ浜町"), 1});
    listed.push_back({town("東町", 33.2, "磯辺郡沖ノ浜町"), 1});
    listed.push_back({town("東町", 33.2, "山辺郡大浜町"), 1});
    listed.push_back({town("東町", 33.2, "海辺郡大浜町"), 1}); // two of one name stay two
    const auto merged = merge_gazetteers(listed);
    REQUIRE(merged.size() == 4);
    const auto main = std::ranges::find(merged, "本町", &TownReading::town);
    CHECK(main->municipality_name == "磯辺郡沖ノ浜町");
    CHECK(main->municipality == "99341");
    CHECK(main->position.lat == 33.1);
    CHECK(std::ranges::count(merged, "磯辺郡沖ノ浜町", &TownReading::municipality_name) == 2);
}

TEST_CASE("Gazetteers imported and undone in any order are the same gazetteer, as a slow reckoning has it") {
    // Each list as (profile rank, date, name), each with random towns of one municipality.
    std::mt19937 random(3);
    const std::vector<std::string> profiles{"abr-town", "isj-town", "geolonia"};
    for (int round = 0; round < 12; ++round) {
        StoreFolder folder;
        Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);
        struct Known {
            std::int64_t import = 0;
            std::size_t rank = 0;
            std::string as_of;
            std::map<std::string, double> towns;
            bool stands = true;
        };
        std::vector<Known> known;
        for (int i = 0; i < 7; ++i) {
            Known list{.rank = random() % 3, .as_of = std::to_string(2020 + random() % 3), .towns = {}};
            std::vector<TownReading> towns;
            for (int name = 0; name < 6; ++name) {
                if (random() % 2 == 0) {
                    const double lat = 33 + 0.001 * i + 0.01 * name;
                    list.towns["町" + std::to_string(name)] = lat;
                    towns.push_back(town("町" + std::to_string(name), lat));
                }
            }
            list.import =
                store.append(gazetteer(profiles[list.rank], "l" + std::to_string(i), list.as_of, towns)).import_id;
            known.push_back(list);
            if (random() % 3 == 0) {
                auto& gone = known[random() % known.size()];
                if (gone.stands) {
                    store.undo(gone.import);
                    gone.stands = false;
                }
            }
            std::map<std::string, const Known*> best;
            for (const Known& each : known) {
                for (const auto& [name, lat] : each.towns) {
                    const Known*& first = best[name];
                    const auto before = [](const Known& a, const Known& b) {
                        return a.rank != b.rank     ? a.rank < b.rank
                               : a.as_of != b.as_of ? a.as_of > b.as_of
                                                    : a.import > b.import;
                    };
                    if (each.stands && (first == nullptr || before(each, *first))) {
                        first = &each;
                    }
                }
            }
            std::map<std::string, double> expected;
            for (const auto& [name, list_of_town] : best) {
                if (list_of_town != nullptr) {
                    expected[name] = list_of_town->towns.at(name);
                }
            }
            std::map<std::string, double> found;
            for (const auto& reading : store.read_gazetteer()) {
                found[reading.town] = reading.position.lat;
            }
            CHECK(found == expected);
        }
    }
}
