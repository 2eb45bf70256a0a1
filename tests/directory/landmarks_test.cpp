// Stations, schools, halls and postal codes: kept and taken back like any list, found by name, by place and while
// somebody types.
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;
using Kind = Suggestion::Kind;

namespace {

LandmarkReading landmark(LandmarkKind kind, const std::string& name, const std::string& kana, const std::string& detail,
                         std::optional<geo::LonLat> position = geo::LonLat{137.1, 33.15},
                         const std::string& municipality_name = "潮見野市") {
    LandmarkReading reading;
    reading.kind = kind;
    reading.name = name;
    reading.kana = kana;
    reading.detail = detail;
    reading.municipality = municipality_name.empty() ? "" : "99201";
    reading.municipality_name = municipality_name;
    reading.position = position;
    return reading;
}

Batch landmarks(const std::string& list, const std::vector<LandmarkReading>& readings) {
    std::vector<BatchRow> rows;
    for (const LandmarkReading& reading : readings) {
        rows.push_back(
            row_of(fmt::format("{}|{}|{}", reading.name, reading.detail, reading.municipality_name), reading));
    }
    return batch_of(ImportKind::landmarks, {list_of(list, std::move(rows))});
}

Reader reader_of(const std::vector<LandmarkReading>& readings) {
    State state;
    state.lists.emplace_back();
    for (const LandmarkReading& reading : readings) {
        state.landmarks.push_back({reading, 0});
    }
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

std::vector<LandmarkReading> town() {
    return {
        landmark(LandmarkKind::station, "潮見野", "シオミノ", "標海岸線"),
        landmark(LandmarkKind::station, "潮見野", "シオミノ", "標川線"),
        landmark(LandmarkKind::station, "潮見野", "シオミノ", "市電"),
        landmark(LandmarkKind::station, "東潮見野", "ヒガシシオミノ", "標海岸線"),
        landmark(LandmarkKind::station, "潮見野", "シオミノ", "標海岸線", geo::LonLat{137.9, 33.15}, "磯辺郡沖ノ浜町"),
        landmark(LandmarkKind::school, "潮見野小学校", "シオミノショウガッコウ", "小学校"),
        landmark(LandmarkKind::facility, "潮見野", "", "なにか", std::nullopt, "余所"),
        landmark(LandmarkKind::postal_code, "999-9001", "エキマエ", "駅前"),
        landmark(LandmarkKind::postal_code, "999-9001", "ナカマチ", "中町"),
        landmark(LandmarkKind::postal_code, "999-9002", "シオジ", "汐路")};
}

std::string suggested(const Reader& reader, const std::string& typed) {
    std::string text;
    for (const Suggestion& each : reader.suggest(typed, 20)) {
        text += fmt::format("{}{} ({}, {})", text.empty() ? "" : "; ", each.label, each.detail, each.id);
    }
    return text;
}

} // namespace

TEST_CASE("A list of landmarks comes, changes and is taken back; the same again changes nothing") {
    const StoreFolder folder;
    Store store = Store::open(folder / "store", OpenMode::write_or_create);
    const std::string empty = edition_of(store);
    const auto first = store.append(landmarks("駅", town()));
    CHECK(first.entities.added == 10);
    const State state = store.read_public_state();
    REQUIRE(state.landmarks.size() == 10);
    const std::string edition = edition_of(store);
    CHECK(edition != empty);
    for (const LandmarkReading& wanted : town()) {
        CHECK(std::ranges::count(state.landmarks, wanted, &LandmarkRow::reading) == 1);
    }
    CHECK(state.lists.at(state.landmarks[0].list).name == "駅");

    const auto again = store.append(landmarks("駅", town()));
    CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
    CHECK(again.entities.unchanged == 10);
    CHECK(edition_of(store) == edition);

    auto moved = town();
    moved[3].position = geo::LonLat{137.2, 33.15};
    moved.erase(moved.begin());
    const auto newer = store.append(landmarks("駅", moved));
    CHECK(newer.entities.changed == 1);
    CHECK(newer.entities.gone == 1);
    CHECK(store.read_public_state().landmarks.size() == 9);
    CHECK(edition_of(store) != edition);

    store.undo(newer.import_id);
    CHECK(edition_of(store) == edition);
    store.undo(again.import_id);
    CHECK(edition_of(store) == edition);
    store.undo(first.import_id);
    CHECK(store.read_public_state().landmarks.empty());
    CHECK(edition_of(store) == empty);
    CHECK(store.check().empty());
}

TEST_CASE("The names of lists of landmarks tell whose they are") {
    const StoreFolder folder;
    Store store = Store::open(folder / "store", OpenMode::write_or_create);
    store.append(landmarks("目印", town()));
    CHECK(store.municipalities_of(ImportKind::landmarks, "目印") == std::set<std::string>{"99201"});
    CHECK(store.municipalities_of(ImportKind::resources, "目印").empty());
}

TEST_CASE("A station is called by its name with or without its 駅, other landmarks by theirs alone") {
    const Reader reader = reader_of(town());
    const auto called = [&](const std::string& name) {
        std::string text;
        for (const auto row : reader.landmarks_called(name)) {
            const auto& reading = reader.landmarks()[row].reading;
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", code_of(reading.kind), reading.detail);
        }
        return text;
    };
    CHECK(called("潮見野駅") == "station 標海岸線, station 標川線, station 市電, station 標海岸線");
    CHECK(called("潮見野") == "station 標海岸線, station 標川線, station 市電, station 標海岸線, facility なにか");
    CHECK(called("999-9001") == "postal_code 駅前, postal_code 中町");
    CHECK(called("９９９－９００１") == "postal_code 駅前, postal_code 中町");
    CHECK(called("9999001") == "postal_code 駅前, postal_code 中町");
    CHECK(called("潮見野小学校") == "school 小学校");
    CHECK(called("潮見野小学校駅").empty());
    CHECK(called("潮見").empty());
    CHECK(called("").empty());
}

TEST_CASE("A station and a school that are called after a town are read as the town is") {
    const Reader reader = reader_of({landmark(LandmarkKind::postal_code, "999-9002", "ミナミハマ", "南浜"),
                                     landmark(LandmarkKind::postal_code, "999-9003", "シオジ", "汐路"),
                                     landmark(LandmarkKind::station, "南浜", "", "標海岸線"),
                                     landmark(LandmarkKind::school, "汐路第一小学校", "", ""),
                                     landmark(LandmarkKind::school, "南浜中学校", "", ""),
                                     landmark(LandmarkKind::station, "知らない町", "", "標川線")});
    CHECK(suggested(reader, "みなみはまえ") == "南浜 (潮見野市, station)");
    const std::string by_letters = suggested(reader, "minamihama");
    CHECK(by_letters.find("南浜 (潮見野市, station)") != std::string::npos);
    CHECK(by_letters.find("南浜中学校 (潮見野市, school)") != std::string::npos);
    CHECK(suggested(reader, "しおじ").starts_with("汐路第一小学校 (潮見野市, school)"));
    CHECK(suggested(reader, "しらないまち").empty());
    CHECK(reader.landmarks_called("みなみはまえき").size() == 1);
    CHECK(reader.landmarks_called("ミナミハマ中学校").empty());
    CHECK(reader.landmarks_called("みなみはまちゅうがっこう").size() == 1);
    CHECK(reader.landmarks_called("みなみはま").empty()); // the town itself is its postal code's
}

TEST_CASE("A station of three lines is suggested once, one of the same name elsewhere apart") {
    const Reader reader = reader_of(town());
    CHECK(suggested(reader, "潮見野駅") ==
          "潮見野 (潮見野市, station); 潮見野 (磯辺郡沖ノ浜町, station); 東潮見野 (潮見野市, station)");
}

TEST_CASE("What is called so whole stands before what begins so, and that before what holds it") {
    const Reader reader = reader_of(town());
    CHECK(suggested(reader, "潮見野") ==
          "潮見野 (潮見野市, station); 潮見野 (磯辺郡沖ノ浜町, station); "
          "潮見野小学校 (潮見野市, school); 東潮見野 (潮見野市, station)");
    CHECK(suggested(reader, "シオミノショウ") == "潮見野小学校 (潮見野市, school)");
}

TEST_CASE("Kana of either kind and Latin letters find a landmark by its reading") {
    const Reader reader = reader_of(town());
    const std::string all = suggested(reader, "シオミノ");
    CHECK(all ==
          "潮見野 (潮見野市, station); 潮見野 (磯辺郡沖ノ浜町, station); 潮見野小学校 (潮見野市, school); "
          "東潮見野 (潮見野市, station)");
    CHECK(suggested(reader, "しおみの") == all);
    CHECK(suggested(reader, "ｼｵﾐﾉ") == all);
    CHECK(suggested(reader, "shiomino") == all);
    CHECK(suggested(reader, "Shiomino") == all);
    CHECK(suggested(reader, "higashi") == "東潮見野 (潮見野市, station)");
    CHECK(suggested(reader, "しおみのしょうがっこう") == "潮見野小学校 (潮見野市, school)");
}

TEST_CASE("A postal code is found with and without its dash, and its towns are told apart") {
    const Reader reader = reader_of(town());
    CHECK(suggested(reader, "9999001") == "999-9001 (潮見野市駅前, postal_code); 999-9001 (潮見野市中町, postal_code)");
    CHECK(suggested(reader, "999-9001") == suggested(reader, "9999001"));
    CHECK(suggested(reader, "999-90") ==
          "999-9001 (潮見野市駅前, postal_code); 999-9001 (潮見野市中町, postal_code); "
          "999-9002 (潮見野市汐路, postal_code)");
    CHECK(suggested(reader, "汐路") == "999-9002 (潮見野市汐路, postal_code)");
}

TEST_CASE("What nobody can place is suggested to nobody, and known by its name all the same") {
    const Reader reader = reader_of({landmark(LandmarkKind::facility, "無い館", "ナイカン", "", std::nullopt)});
    CHECK(suggested(reader, "無い館").empty());
    CHECK(reader.landmarks_called("無い館").size() == 1);
    CHECK_FALSE(reader.nearest_landmark(LandmarkKind::facility, {137.1, 33.15}, 100'000).has_value());
}

TEST_CASE("The nearest landmark of a kind is the nearest of all of that kind") {
    std::mt19937 dice(7);
    std::uniform_real_distribution<double> lon(137.0, 137.3);
    std::uniform_real_distribution<double> lat(33.0, 33.3);
    std::vector<LandmarkReading> readings;
    for (int i = 0; i < 300; ++i) {
        const auto kind = static_cast<LandmarkKind>(i % 4);
        readings.push_back(landmark(kind, fmt::format("目印{}", i), "", "",
                                    i % 7 == 0 ? std::nullopt : std::optional(geo::LonLat{lon(dice), lat(dice)})));
    }
    const Reader reader = reader_of(readings);
    int found = 0;
    for (int i = 0; i < 200; ++i) {
        const geo::LonLat at{lon(dice), lat(dice)};
        for (const auto kind : {LandmarkKind::station, LandmarkKind::school, LandmarkKind::facility}) {
            const double within_m = i % 2 == 0 ? 1500 : 50'000;
            double best_m = within_m;
            bool is_there = false;
            for (const LandmarkReading& reading : readings) {
                const double m = reading.position ? geo::distance_m(*reading.position, at) : INFINITY;
                if (reading.kind == kind && m <= best_m) {
                    best_m = m;
                    is_there = true;
                }
            }
            const auto nearest = reader.nearest_landmark(kind, at, within_m);
            REQUIRE(nearest.has_value() == is_there);
            if (nearest) {
                ++found;
                CHECK(reader.landmarks()[nearest->landmark].reading.kind == kind);
                CHECK(nearest->distance_m == Approx(best_m).epsilon(2e-3));
            }
        }
        CHECK_FALSE(reader.nearest_landmark(LandmarkKind::postal_code, at, 50'000).has_value()); // it is a whole town
    }
    CHECK(found > 300);
}
