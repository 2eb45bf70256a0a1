// GeoPackages: read where they hold a list, refused where they hold anything that runs.
#include "importers/files/geopackage.hpp"

#include "geopackage_maker.hpp"
#include "importers/import.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;
using directory::OpenMode;
using directory::Store;

namespace {

MadeLayer places() {
    return {.name = "施設",
            .columns = {"名称", "事業", "住所"},
            .features = {{{"浜の館", "児童館", "潮見野市浜町1"}, "POINT(137.1 33.1)"},
                         {{"丘の館", "児童館", "潮見野市丘町2"}, "POINT(137.2 33.2)"},
                         {{"宙の館", "児童館", ""}, ""}},
            .type = wkbPoint};
}

MadeLayer districts(const std::string& name = "中学校区") {
    return {.name = name,
            .columns = {"A32_001", "A32_002", "A32_003"},
            .features = {{{"99201", "潮見野市", "浜中学校"}, square_wkt(137.1, 33.1)},
                         {{"99201", "潮見野市", "丘中学校"}, square_wkt(137.2, 33.1)}},
            .type = wkbPolygon};
}

std::expected<VectorFile, FileProblem> read(const fs::path& path, const WantedLayer& wanted = {},
                                            const Limits& limits = {}) {
    return read_vector_file(path, bytes_of(path), limits, wanted);
}

struct Town {
    ScratchFolder folder;
    Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);

    std::expected<Report, ImportFailure> import(ImportKind kind, const fs::path& file,
                                                const std::string& profile = {}) {
        ImportOptions options;
        options.kind = kind;
        options.files = {file};
        options.profile = profile;
        options.language = "en";
        return run_import(store, options, {});
    }
};

} // namespace

TEST_CASE("A GeoPackage's only layer is read in its order, with its shapes and texts") {
    const ScratchFolder folder;
    const auto file = read(geopackage(folder, {places()}));
    REQUIRE(file);
    CHECK(file->columns == std::vector<std::string>{"名称", "事業", "住所"});
    REQUIRE(file->features.size() == 3);
    CHECK(file->features[1].row == 2);
    CHECK(file->features[1].values[0] == "丘の館");
    const auto position = std::get<geo::LonLat>(file->features[0].shape);
    CHECK(position.lon == Approx(137.1));
    CHECK(position.lat == Approx(33.1));
    CHECK(file->features[2].shape.index() == 0);
    CHECK(file->chosen_member.empty());
}

TEST_CASE("Of several layers the one with the wanted shapes is read, or the one that is named") {
    const ScratchFolder folder;
    const fs::path path = geopackage(folder, {places(), districts(), districts("小学校区")});
    const auto many = read(path, {.shapes = WantedShapes::polygons});
    REQUIRE_FALSE(many);
    CHECK(many.error().code == "vector_many_layers");
    CHECK(many.error().a == "施設, 中学校区, 小学校区");

    const auto points = read(path, {.shapes = WantedShapes::points});
    REQUIRE(points);
    CHECK(points->chosen_member == "施設");
    const auto named = read(path, {.shapes = WantedShapes::polygons, .name = "小学校区"});
    REQUIRE(named);
    CHECK(named->chosen_member == "小学校区");
    CHECK(named->features.size() == 2);
    const auto missing = read(path, {.name = "高校区"});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "layer_missing");
    CHECK(missing.error().b.find("施設") != std::string::npos);
}

TEST_CASE("Coordinates in a plane become degrees") {
    const ScratchFolder folder;
    MadeLayer layer = places();
    layer.epsg = 6677; // plane rectangular, zone IX, whose origin lies at 139°50′E 36°N
    layer.features = {{{"浜の館", "児童館", ""}, "POINT(0 0)"}};
    const auto file = read(geopackage(folder, {layer}));
    REQUIRE(file);
    const auto position = std::get<geo::LonLat>(file->features.at(0).shape);
    CHECK(position.lon == Approx(139.0 + 50.0 / 60).margin(1e-6));
    CHECK(position.lat == Approx(36.0).margin(1e-6));
}

TEST_CASE("A GeoPackage with anything that runs when it is read is refused, triggers aside") {
    const ScratchFolder folder;
    const auto refused = [&](const std::string& statement) {
        const auto file = read(geopackage(folder, {places()}, {statement}, "hostile.gpkg"));
        fs::remove(folder.path() / "hostile.gpkg");
        return file ? std::string("read") : file.error().code + " " + file.error().a;
    };
    CHECK(refused("CREATE VIEW endless AS WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x "
                  "FROM t") == "geopackage_unsafe VIEW endless");
    CHECK(refused("CREATE VIRTUAL TABLE words USING fts5(word)") == "geopackage_unsafe VIRTUAL TABLE words");
    CHECK(refused("CREATE TABLE big (a TEXT, b TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL)") ==
          "geopackage_unsafe GENERATED COLUMN, big");
    CHECK(refused("CREATE TRIGGER \"never run\" AFTER DELETE ON \"施設\" BEGIN SELECT 1; END") == "read");
}

TEST_CASE("What only looks like a GeoPackage is refused with a reason") {
    const ScratchFolder folder;
    const fs::path whole = geopackage(folder, {places()});
    const std::string bytes = bytes_of(whole);
    const auto code = [&](std::string_view written) {
        const fs::path path = folder.write("broken.gpkg", written);
        const auto file = read(path);
        return file ? std::string("read") : file.error().code;
    };
    CHECK(code(bytes.substr(0, 100)) == "vector_unreadable");
    CHECK(code("SQLite format 3") == "vector_wrong_kind");
    // Cut off, or with one page of nonsense: a reason, or what can still be read; never a crash.
    for (std::size_t at = 4096; at < bytes.size(); at += 4096) {
        const std::string cut = code(bytes.substr(0, at));
        CHECK((cut == "vector_unreadable" || cut == "content_wrong_kind"));
        std::string scribbled = bytes;
        scribbled.replace(at, 512, std::string(512, '\x5a'));
        const std::string read = code(scribbled);
        CAPTURE(at, read);
        CHECK((read == "read" || read == "vector_unreadable" || read == "content_wrong_kind"));
    }

    Store::open(folder.path() / "other.sqlite", OpenMode::write_or_create);
    CHECK(code(bytes_of(folder.path() / "other.sqlite")) != "read");
}

TEST_CASE("A file whose last changes are still in its log is not read, one whose log is gone is") {
    const ScratchFolder folder;
    const fs::path path = geopackage(folder, {places()});
    std::string bytes = bytes_of(path);
    bytes[18] = bytes[19] = 2; // as QGIS leaves it
    folder.write("list.gpkg", bytes);
    REQUIRE(read(path));
    CHECK(read(path)->features.size() == 3);
    folder.write("list.gpkg-wal", "changes");
    const auto file = read(path);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == "geopackage_open");
    CHECK(file.error().a == "list.gpkg-wal");
}

TEST_CASE("A GeoPackage past a limit is refused") {
    const ScratchFolder folder;
    const fs::path path = geopackage(folder, {places()});
    const auto code = [&](void (*tighten)(Limits&)) {
        Limits limits;
        tighten(limits);
        const auto file = read(path, {}, limits);
        return file ? std::string("read") : file.error().code;
    };
    CHECK(code([](Limits& limits) { limits.features = 2; }) == "vector_too_many");
    CHECK(code([](Limits& limits) { limits.columns = 2; }) == "too_many_columns");
    CHECK(code([](Limits& limits) { limits.table_cells = 8; }) == "table_too_big");
    CHECK(code([](Limits& limits) { limits.cell_bytes = 5; }) == "cell_too_long");
    CHECK(code([](Limits& limits) { limits.database_objects = 3; }) == "vector_unreadable");
}

TEST_CASE("Lists and districts come in from a GeoPackage, zipped or not, as from any other file") {
    Town town;
    const fs::path path = geopackage(town.folder, {places(), districts()});
    const auto drawn = town.import(ImportKind::districts, path);
    REQUIRE(drawn);
    CHECK(drawn->profiles == std::vector<std::string>{"a32-2013"});
    CHECK(drawn->rows.accepted == 2);
    CHECK(drawn->issue_counts.at("archive_member_chosen") == 1);

    const auto ambiguous = town.import(ImportKind::resources, path);
    REQUIRE_FALSE(ambiguous);
    CHECK(ambiguous.error().code == "vector_many_layers");
    const fs::path mapping =
        town.folder.write("mapping.json", R"({"layer":"施設","columns":{"名称":"名称","事業":"事業","住所":"住所"}})");
    const auto listed = town.import(ImportKind::resources, path, mapping.string());
    REQUIRE(listed);
    CHECK(listed->rows.read == 3);
    CHECK(listed->rows.rejected == 0);
    CHECK(listed->located.at("exact") == 2);

    const fs::path zip = town.folder.write("list.zip", zip_of({{"a/list.gpkg", bytes_of(path)}, {"readme.txt", "x"}}));
    const auto zipped = town.import(ImportKind::resources, zip, mapping.string());
    REQUIRE(zipped);
    CHECK(zipped->rows.read == 3);
}
