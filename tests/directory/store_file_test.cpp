// The store as a file: what other programs see of it, and what becomes of files that are none.
#include "directory/store/schema.hpp"
#include "directory/store/sqlite.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>
#include <iterator>

using namespace shirube::directory;
using namespace shirube::directory::test;
namespace fs = std::filesystem;

namespace {

std::string answer(Database& database, std::string_view sql) {
    Statement statement(database, sql);
    std::string text;
    while (statement.step()) {
        text += (text.empty() ? "" : " ") + std::string{statement.text(0)};
    }
    return text;
}

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A store with a little of everything.
void fill(Store& store) {
    store.append(resources("児童館", {row_of("1", resource("浜児童館", "浜1-1"))}));
    store.append(batch_of(ImportKind::districts, {list_of("A32", {row_of("1", district("浜中学校", 137.0))})}));
    store.append(batch_of(ImportKind::population, {list_of("人口", {row_of("1", cell("49377000", 5))})}));
    TownReading town;
    town.town = "浜";
    town.position = {137.05, 33.2};
    store.append(batch_of(ImportKind::gazetteer, {list_of("町", {row_of("1", town)})}));
}

} // namespace

TEST_CASE("A store says in its header what it is, and keeps a write-ahead log") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store::open(path, OpenMode::write_or_create); // closed again, the log is written back
    CHECK(bytes_of(path).substr(68, 4) == "SHRB");
    Database database(path, Database::Mode::read_only);
    CHECK(answer(database, "PRAGMA application_id") == std::to_string(0x53485242));
    const std::filesystem::path schema = std::filesystem::path(SHIRUBE_SOURCE_DIR) / "directory/data/schema";
    const auto forms = std::distance(std::filesystem::directory_iterator(schema), {});
    CHECK(answer(database, "PRAGMA user_version") == std::to_string(forms));
    CHECK(answer(database, "PRAGMA journal_mode") == "wal");
}

TEST_CASE("Opening a store again makes nothing new") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    const auto look = [&] {
        Database database(path, Database::Mode::read_only);
        return answer(database, "SELECT type || name || coalesce(sql, '') FROM sqlite_master ORDER BY 1") +
               answer(database, "SELECT hex(value) FROM store_secret");
    };
    Store::open(path, OpenMode::write_or_create);
    const auto first = look();
    REQUIRE(first.size() > 10'000);
    for (const auto mode : {OpenMode::write, OpenMode::write_or_create, OpenMode::read}) {
        Store::open(path, mode);
        CHECK(look() == first);
    }
}

TEST_CASE("Geometries stand in real columns with spatial indexes, as GIS programs expect") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store store = Store::open(path, OpenMode::write_or_create);
    fill(store);
    Database database(path, Database::Mode::read_write); // CheckSpatialIndex wants to write
    CHECK(answer(database, R"(SELECT f_table_name || ':' || geometry_type || ':' || srid || ':' || spatial_index_enabled
        FROM geometry_columns ORDER BY f_table_name)") ==
          "district:6:4326:1 gazetteer_town:1:4326:1 population_cell:3:4326:1 site:1:4326:1 source_geometry:6:4326:0");
    CHECK(answer(database, "SELECT GeometryType(geom) FROM district") == "MULTIPOLYGON");
    CHECK(answer(database, "SELECT ST_IsValid(geom) FROM district") == "1");
    CHECK(answer(database, "SELECT ST_AsText(geom) FROM site") == "POINT(137.05 33.2)");
    CHECK(answer(database, "SELECT GeometryType(geom) || ST_SRID(geom) FROM population_cell") == "POLYGON4326");
    CHECK(answer(database, "SELECT count(*) FROM gazetteer_town WHERE ST_X(geom) > 137") == "1");
    // The index answers, not only the column.
    for (const char* table : {"site", "district", "population_cell", "gazetteer_town"}) {
        CHECK(answer(database, std::string("SELECT CheckSpatialIndex('") + table + "', 'geom')") == "1");
        CHECK(answer(database, std::string("SELECT count(*) FROM ") + table +
                                   " WHERE rowid IN (SELECT rowid FROM SpatialIndex WHERE f_table_name = '" + table +
                                   "' AND search_frame = BuildMbr(137.0, 33.0, 137.2, 33.5, 4326))") == "1");
    }
}

TEST_CASE("The triggers that keep geometries right and indexed are ours, and do what SpatiaLite's do") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store store = Store::open(path, OpenMode::write_or_create);
    fill(store);
    Database database(path, Database::Mode::read_write);
    const auto refused = [&](const char* sql) {
        try {
            database.run(sql);
        } catch (const StoreError& error) {
            return std::string_view(error.what()).find("violates Geometry constraint") != std::string_view::npos;
        }
        return false;
    };
    for (const std::string table : {"site", "gazetteer_town", "population_cell"}) {
        CAPTURE(table);
        const auto set = [&](const char* geometry) { return "UPDATE " + table + " SET geom = " + geometry; };
        const auto is_indexed = [&] { return answer(database, "SELECT CheckSpatialIndex('" + table + "', 'geom')"); };
        const auto entries = [&] { return answer(database, "SELECT count(*) FROM idx_" + table + "_geom"); };
        CHECK(refused(set("MakePoint(137, 33, 3857)").c_str()));
        CHECK(refused(set("MakePointZ(137, 33, 5, 4326)").c_str()));
        CHECK(refused(set("GeomFromText('LINESTRING(137 33, 138 34)', 4326)").c_str()));
        CHECK(refused(set("x'00'").c_str()));
        CHECK(is_indexed() == "1");
        database.run(set(table == "population_cell" ? "BuildMbr(140.1, 35.3, 140.3, 35.7, 4326)"
                                                    : "MakePoint(140.123456789, 35.987654321, 4326)")
                         .c_str());
        CHECK(is_indexed() == "1");
        CHECK(entries() == "1");
        CHECK(answer(database, "SELECT count(*) FROM " + table +
                                   " WHERE rowid IN (SELECT rowid FROM SpatialIndex WHERE f_table_name = '" + table +
                                   "' AND search_frame = BuildMbr(140.0, 35.0, 140.2, 36.0, 4326))") == "1");
        CHECK(answer(database, "SELECT last_update > '2026' FROM geometry_columns_time WHERE f_table_name = '" + table +
                                   "'") == "1");
        database.run(set("NULL").c_str());
        CHECK(entries() == "0");
    }
}

TEST_CASE("Foreign keys hold while a store is written") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store store = Store::open(path, OpenMode::write_or_create);
    fill(store);
    store.undo(1);
    store.undo(2);
    Database database(path, Database::Mode::read_only);
    CHECK(answer(database, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
    CHECK(answer(database, "SELECT count(*) FROM site") == "0");
    CHECK(answer(database, "SELECT count(*) FROM organization") == "0");
    CHECK(answer(database, "SELECT count(*) FROM schedule") == "0");
    CHECK(answer(database, "SELECT count(*) FROM district") == "0");
    CHECK(answer(database, "SELECT count(*) FROM source_row") == "4"); // what was read is never lost
}

TEST_CASE("A file that is no store is refused by its kind, and not touched") {
    StoreFolder folder;
    const auto open = [&](const std::string& name, OpenMode mode) {
        return refusal([&] { Store::open(folder / name, mode); });
    };
    CHECK(open("missing.shirube", OpenMode::read) == "store_missing");
    CHECK(open("missing.shirube", OpenMode::write) == "store_missing");
    CHECK(open("no/folder/town.shirube", OpenMode::write_or_create) == "store_missing");
    CHECK_FALSE(fs::exists(folder / "missing.shirube"));
    fs::create_directory(folder / "folder");
    CHECK(open("folder", OpenMode::write_or_create) == "store_foreign");

    std::ofstream(folder / "list.csv") << "ID,名称\n" << std::string(5'000, 'x');
    {
        Database other(folder / "other.sqlite", Database::Mode::create);
        other.run("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    }
    for (const std::string name : {"list.csv", "other.sqlite"}) {
        const auto before = bytes_of(folder / name);
        for (const auto mode : {OpenMode::read, OpenMode::write, OpenMode::write_or_create}) {
            INFO(name);
            CHECK(open(name, mode) == "store_foreign");
        }
        CHECK(bytes_of(folder / name) == before);
    }
}

TEST_CASE("A store of a newer program is refused, one that lost its secret too") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store::open(path, OpenMode::write_or_create);
    const auto edit = [&](const char* sql) {
        Database database(path, Database::Mode::read_write);
        database.run(sql);
    };
    const auto newest = [&] {
        Database database(path, Database::Mode::read_only);
        return answer(database, "PRAGMA user_version");
    }();
    edit("PRAGMA user_version = 99");
    CHECK(refusal([&] { Store::open(path, OpenMode::read); }) == "store_newer");
    CHECK(refusal([&] { Store::open(path, OpenMode::write); }) == "store_newer");
    edit("PRAGMA user_version = 0");
    CHECK(refusal([&] { Store::open(path, OpenMode::read); }) == "store_older");
    edit(("PRAGMA user_version = " + newest).c_str());
    CHECK(refusal([&] { Store::open(path, OpenMode::write); }).empty());
    edit("UPDATE store_secret SET value = x'00'");
    CHECK(refusal([&] { Store::open(path, OpenMode::write); }) == "store_damaged");
    // Reading mints no id.
    CHECK(refusal([&] { Store::open(path, OpenMode::read); }).empty());
}

TEST_CASE("A store whose pages are damaged says so") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    {
        Store store = Store::open(path, OpenMode::write_or_create);
        fill(store);
    }
    const auto size = fs::file_size(path);
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(size / 3));
        file << std::string(size / 2, '\x5a');
    }
    const auto code = refusal([&] {
        const Store store = Store::open(path, OpenMode::read);
        const auto findings = store.check();
        const bool found = std::ranges::any_of(findings, [](const Finding& finding) { return finding.is_error; });
        if (found) {
            throw StoreError("store_damaged", "found by check");
        }
    });
    CHECK(code == "store_damaged");
}

TEST_CASE("A second writer is told so after a while, readers are never kept waiting") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store store = Store::open(path, OpenMode::write_or_create);
    fill(store);
    const auto edition = edition_of(store);

    Database other(path, Database::Mode::read_write);
    other.run("BEGIN IMMEDIATE");
    const auto begun = std::chrono::steady_clock::now();
    const Store reader = Store::open(path, OpenMode::read);
    CHECK(edition_of(reader) == edition);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(4));
    CHECK(refusal([&] { store.append(resources("新", {row_of("1", resource("新館", "新1-1"))})); }) == "store_busy");
    other.run("ROLLBACK");

    CHECK(edition_of(store) == edition);
    CHECK(store.history().size() == 4);
    CHECK(store.append(resources("新", {row_of("1", resource("新館", "新1-1"))})).entities.added == 1);
}

TEST_CASE("A reader sees the store change, whoever wrote it, and sees one whole state or the other") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store writer = Store::open(path, OpenMode::write_or_create);
    const Store reader = Store::open(path, OpenMode::read);
    const auto before = reader.change_counter();
    CHECK(reader.change_counter() == before);
    fill(writer);
    CHECK(reader.change_counter() != before);
    CHECK(edition_of(reader) == edition_of(writer));
}

TEST_CASE("A store that may only be read is not written") {
    StoreFolder folder;
    const auto path = folder / "town.shirube";
    Store::open(path, OpenMode::write_or_create);
    Store store = Store::open(path, OpenMode::read);
    CHECK(refusal([&] { fill(store); }) == "store_read_only");
}
