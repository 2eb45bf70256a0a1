#include "importers/gazetteer/gazetteer.hpp"

#include "support.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

struct GazetteerDesk : Desk {
    GazetteerDesk() : Desk(directory::ImportKind::gazetteer) {}

    GazetteerInput read(const fs::path& path) {
        auto input = read_gazetteer(std::vector{path}, intake);
        REQUIRE(input);
        REQUIRE(report.rows.adds_up());
        return std::move(*input);
    }
};

const directory::TownReading& reading(const directory::BatchRow& row) {
    return std::get<directory::TownReading>(row.reading);
}

constexpr std::string_view k_towns = R"([{"town":"飯田橋一丁目","koaza":"","lat":35.69847,"lng":139.749414},
{"town":"飯田橋二丁目","koaza":"","lat":35.699206,"lng":139.750564}])";
constexpr std::string_view k_village = R"([{"town":"大字一宮","koaza":"東浪見","lat":35.37,"lng":140.36}])";

} // namespace

TEST_CASE("Prefecture and municipality of a town are its folder and its file, the 郡 kept") {
    const ScratchFolder folder;
    folder.write("ja/東京都/千代田区.json", k_towns);
    folder.write("ja/千葉県/長生郡一宮町.json", k_village);
    folder.write("ja/千葉県/読んで.txt", "x");
    for (const char* path : {"ja", "ja/東京都", "ja/東京都/千代田区.json"}) {
        GazetteerDesk desk;
        const auto input = desk.read(folder.path() / path);
        const auto& tokyo = input.lists.back();
        CHECK(tokyo.name == "geolonia:東京都");
        REQUIRE(tokyo.rows.size() == 2);
        CHECK(reading(tokyo.rows[0]).prefecture == "東京都");
        CHECK(reading(tokyo.rows[0]).municipality_name == "千代田区");
        CHECK(reading(tokyo.rows[1]).town == "飯田橋二丁目");
        CHECK(reading(tokyo.rows[1]).position == geo::LonLat{139.750564, 35.699206});
        CHECK(reading(tokyo.rows[1]).accuracy_m > 0);
        CHECK(tokyo.rows[1].row == 2);
        CHECK(tokyo.rows[0].key == "千代田区|飯田橋一丁目|");
    }
    GazetteerDesk desk;
    const auto input = desk.read(folder.path() / "ja");
    REQUIRE(input.lists.size() == 2);
    CHECK(reading(input.lists[0].rows[0]).municipality_name == "長生郡一宮町");
    CHECK(reading(input.lists[0].rows[0]).koaza == "東浪見");
    CHECK(input.files.size() == 2);
    CHECK(input.files[0].sha256.size() == 64);
}

TEST_CASE("A name that the file system took apart is put together again") {
    const ScratchFolder folder;
    folder.write("東京都/か\u3099け市.json", k_village);
    GazetteerDesk desk;
    CHECK(reading(desk.read(folder.path()).lists[0].rows[0]).municipality_name == "がけ市");
}

TEST_CASE("A town without a name or a position, or outside Japan, is rejected where it stands") {
    const ScratchFolder folder;
    folder.write("東京都/千代田区.json", R"([{"town":"","koaza":"","lat":35,"lng":139},
        {"town":"一番町","koaza":"","lat":null,"lng":null},{"town":"二番町","koaza":"","lat":139.7,"lng":35.6},
        {"town":"三番町","koaza":null,"lat":35.6,"lng":139.7}])");
    GazetteerDesk desk;
    const auto input = desk.read(folder.path() / "東京都");
    CHECK(desk.report.rows.rejected == 3);
    CHECK(input.lists[0].rows.size() == 1);
    CHECK(desk.issue("town_name_missing").row == 1);
    CHECK(desk.issue("town_position_missing").value == "一番町");
    CHECK(desk.issue("town_outside_japan").row == 3);
    CHECK(desk.issue("town_outside_japan").file.ends_with("千代田区.json"));
}

TEST_CASE("Broken JSON, another kind of JSON and an empty folder are refused with their place") {
    const ScratchFolder folder;
    GazetteerDesk desk;
    const auto refused = [&](const fs::path& path) {
        const auto input = read_gazetteer(std::vector{path}, desk.intake);
        REQUIRE_FALSE(input);
        return input.error();
    };
    const auto broken = refused(folder.write("東京都/a.json", k_towns.substr(0, k_towns.find("飯田橋二丁目"))));
    CHECK(broken.code == "json_malformed");
    CHECK(broken.row == 2);
    CHECK(broken.file.ends_with("a.json"));
    CHECK(refused(folder.write("東京都/b.json", R"({"東京都":["千代田区"]})")).code == "gazetteer_wrong_kind");
    CHECK(refused(folder.write("東京都/c.json", "[1,2]")).code == "gazetteer_wrong_kind");
    CHECK(refused(folder.write("東京都/d.json", "")).code == "file_empty");
    // Held as a tree it would take a gigabyte.
    CHECK(refused(folder.write("東京都/e.json", "[" + std::string(std::size_t{17} << 20U, ' ') + "]")).code ==
          "file_too_big");
    fs::create_directories(folder.path() / "empty");
    CHECK(refused(folder.path() / "empty").code == "folder_without_gazetteer");
    CHECK(refused(folder.path() / "nowhere").code == "file_missing");
}

TEST_CASE("The gazetteer of three prefectures: every town that has a position is taken") {
    const fs::path path = real_data("gazetteer/geolonia/ja");
    if (path.empty()) {
        return;
    }
    GazetteerDesk desk;
    const auto input = desk.read(path);
    CHECK(input.lists.size() == 3);
    CHECK(desk.report.rows.accepted > 16'000);
    CHECK(desk.report.rows.flagged == 0);
    CHECK(desk.report.rows.rejected == desk.issues("town_position_missing"));
    for (const auto& list : input.lists) {
        for (const auto& row : list.rows) {
            REQUIRE(reading(row).accuracy_m > 0);
        }
    }
}
