// Landmarks on their whole way: files into a store, again, in a newer edition, taken back; and real schools.
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "importers/locating/town_extent.hpp"
#include "landmarks_town.hpp"
#include "locating_real_data.hpp"

#include <iostream>
#include <map>
#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;
using directory::LandmarkKind;

namespace {

struct Town {
    ScratchFolder folder;
    directory::Store store =
        directory::Store::open(folder.path() / "town.shirube", directory::OpenMode::write_or_create);

    std::expected<Report, ImportFailure> import(ImportKind kind, const fs::path& file,
                                                const std::string& municipality = {}, const std::string& list = {}) {
        ImportOptions options;
        options.kind = kind;
        options.files = {file};
        options.municipality = municipality;
        options.list = list;
        options.language = "en";
        return run_import(store, options, {});
    }

    Report must(ImportKind kind, const fs::path& file, const std::string& municipality = {},
                const std::string& list = {}) {
        auto report = import(kind, file, municipality, list);
        INFO(file << (report ? std::string{} : report.error().message));
        REQUIRE(report.has_value());
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    void add_demonstration_gazetteer() {
        must(ImportKind::gazetteer, demo_data("gazetteer/ja/標県/潮見野市.json"), "99201", "市");
        must(ImportKind::gazetteer, demo_data("gazetteer/ja/標県/磯辺郡沖ノ浜町.json"), "99341", "町");
    }

    [[nodiscard]] directory::Reader reader() const {
        return directory::Reader(directory::Snapshot::build(store.read_public_state(), directory::Taxonomy::shipped(),
                                                            directory::Holidays::shipped()));
    }
};

std::int64_t lines_of(const fs::path& file, std::string_view what) {
    const std::string bytes = bytes_of(file);
    std::int64_t count = 0;
    for (std::size_t at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + what.size())) {
        ++count;
    }
    return count;
}

} // namespace

TEST_CASE("The demonstration town's landmarks go in whole, and the same again changes nothing") {
    Town town;
    town.add_demonstration_gazetteer();
    const std::vector<fs::path> files{demo_data("landmarks/N02_99_Station.geojson"),
                                      demo_data("landmarks/P29-21_99.geojson"), demo_data("landmarks/99SHIRUB.CSV"),
                                      demo_data("landmarks/目印.csv")};
    std::int64_t accepted = 0;
    for (const fs::path& file : files) {
        const Report report = town.must(ImportKind::landmarks, file);
        CHECK(report.rows.accepted == report.rows.read);
        CHECK(report.unlocated == 0);
        accepted += report.rows.accepted - report.joined;
        const Report again = town.must(ImportKind::landmarks, file);
        CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
    }
    const auto state = town.store.read_public_state();
    CHECK(static_cast<std::int64_t>(state.landmarks.size()) == accepted);
    std::map<LandmarkKind, std::int64_t> kinds;
    for (const auto& row : state.landmarks) {
        ++kinds[row.reading.kind];
        CHECK_FALSE(row.reading.municipality_name.empty());
        CHECK(row.list != directory::k_no_index);
    }
    CHECK(kinds[LandmarkKind::station] == lines_of(files[0], "N02_005"));
    CHECK(kinds[LandmarkKind::school] == lines_of(files[1], "P29_004"));
    CHECK(kinds[LandmarkKind::postal_code] == lines_of(files[2], "\r\n") - 1); // one runs over two rows
    CHECK(kinds[LandmarkKind::facility] == lines_of(files[3], "\r\n") - 1);    // and a header
    const auto check = town.store.check();
    CHECK(std::ranges::none_of(check, &directory::Finding::is_error));

    const auto reader = town.reader();
    const auto stations = reader.suggest("潮見野駅", 10);
    REQUIRE(stations.size() == 1); // of two lines
    CHECK(stations[0].label == "潮見野");
    CHECK(stations[0].detail == "潮見野市");
    CHECK(reader.landmarks_called("潮見野駅").size() == 2);
    CHECK(reader.suggest("9999018", 10).at(0).detail == "潮見野市若葉台");
    CHECK(reader.suggest("futagotoudai", 10).at(0).label == "双子灯台");

    for (const auto& import : town.store.history()) {
        if (import.kind == ImportKind::landmarks && import.undone_at.empty()) {
            town.store.undo(import.id);
        }
    }
    CHECK(town.store.read_public_state().landmarks.empty());
}

TEST_CASE("A newer edition of the state's file takes the place of the one before, whatever it is called") {
    Town town;
    town.add_demonstration_gazetteer();
    const auto bytes = bytes_of(demo_data("landmarks/N02_99_Station.geojson"));
    town.must(ImportKind::landmarks, town.folder.write("N02-23_Station.geojson", bytes));
    auto newer = bytes;
    newer.replace(newer.find("\"南浜\""), std::string("\"南浜\"").size(), "\"南浜海岸\"");
    const Report report = town.must(ImportKind::landmarks, town.folder.write("N02-24_Station.geojson", newer));
    CHECK(report.lists == std::vector<std::string>{"n02-station"});
    CHECK(report.entities.added == 1);
    CHECK(report.entities.gone == 1);
    CHECK(report.entities.unchanged == 9);
}

TEST_CASE("Two municipalities' tables of one file name do not take each other's place") {
    Town town;
    const std::string header = "名称,緯度,経度\n";
    town.must(ImportKind::landmarks, town.folder.write("a/目印.csv", header + "公会堂,33.15,137.1\n"), "99201");
    const auto other =
        town.import(ImportKind::landmarks, town.folder.write("b/目印.csv", header + "役場,33.15,137.3\n"), "99341");
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().code == "list_name_taken");
    CHECK(town.store.read_public_state().landmarks.size() == 1);
}

TEST_CASE("Rows of landmarks that repeat one another are told, and both are there") {
    Town town;
    const Report report =
        town.must(ImportKind::landmarks,
                  town.folder.write("目印.csv", "名称,緯度,経度\n公会堂,33.15,137.1\n公会堂,33.16,137.1\n"), "99201");
    CHECK(report.rows.flagged == 1);
    CHECK(report.issue_counts.at("duplicate_key") == 1);
    CHECK(town.store.read_public_state().landmarks.size() == 2);
}

TEST_CASE("Real schools are landmarks, near the towns they name") {
    const fs::path file = real_data("chiba/P29-13_12.shp");
    const fs::path towns_of_chiba = real_data("gazetteer/geolonia/ja/千葉県");
    if (file.empty() || towns_of_chiba.empty()) {
        return;
    }
    LandmarkTown town(tests::read_towns(towns_of_chiba));
    const auto lists = town.read(file.string(), bytes_of(file));
    REQUIRE(lists.has_value());
    const RowCounts& rows = town.desk.report.rows;
    CHECK(rows.read == 1543);
    CHECK(rows.accepted + rows.flagged == 1543);
    CHECK(rows.adds_up());
    CHECK(lists->at(0).name == "p29-school:千葉県");
    std::map<std::string, int> classes;
    std::set<std::string> keys;
    for (const auto& row : lists->at(0).rows) {
        const auto& school = std::get<directory::LandmarkReading>(row.reading);
        ++classes[school.detail];
        CHECK(school.position.has_value());
        keys.insert(row.key);
    }
    CHECK(classes["小学校"] == 838); // counted in the file by its class column
    CHECK(classes["中学校"] == 408);
    CHECK(classes[""] == 0);

    // Of one city's towns what is 30 km around it.
    auto of_one_city = tests::read_towns(towns_of_chiba);
    std::erase_if(of_one_city, [](const auto& each) { return each.municipality_name != "市川市"; });
    LandmarkTown city(std::move(of_one_city));
    const auto near = city.read(file.string(), bytes_of(file));
    REQUIRE(near.has_value());
    CHECK(city.desk.report.rows.out_of_scope > 300);
    CHECK(city.desk.report.rows.out_of_scope + static_cast<std::int64_t>(near->at(0).rows.size()) == 1543);
}

TEST_CASE("The municipality that a point is said to lie in is the one its school names, where one is said") {
    const fs::path file = real_data("chiba/P29-13_12.shp");
    const fs::path towns_of_chiba = real_data("gazetteer/geolonia/ja/千葉県");
    if (file.empty() || towns_of_chiba.empty()) {
        return;
    }
    LandmarkTown town(tests::read_towns(towns_of_chiba));
    const auto lists = town.read(file.string(), bytes_of(file));
    REQUIRE(lists.has_value());
    // The gazetteer has no codes here: which name a code has is what most of its schools say.
    std::map<std::string, std::map<std::string, int>> names_of;
    int unsaid = 0;
    for (const auto& row : lists->at(0).rows) {
        const auto& school = std::get<directory::LandmarkReading>(row.reading);
        const auto there = town.around.municipality_at(*school.position);
        unsaid += there ? 0 : 1;
        if (there) {
            ++names_of[school.municipality][there->name];
        }
    }
    int right = 0;
    int wrong = 0;
    for (const auto& [code, names] : names_of) {
        int best = 0;
        int all = 0;
        for (const auto& [name, count] : names) {
            best = std::max(best, count);
            all += count;
        }
        right += best;
        wrong += all - best;
    }
    std::cout << "municipality of 1543 schools by the nearest town: " << right << " right, " << wrong << " wrong, "
              << unsaid << " unsaid\n";
    CHECK(wrong * 100 < right);
    CHECK(unsaid * 10 < right);
}
