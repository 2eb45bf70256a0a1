// Stores that older programs wrote, opened by this one: whatever form they have, they say what a fresh import says.
#include "directory/embedded_file.hpp"
#include "directory/store/schema.hpp"
#include "directory/store/sqlite.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

using namespace shirube::directory;
using namespace shirube::directory::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> texts(Database& database, const std::string& sql) {
    Statement statement(database, sql);
    std::vector<std::string> found;
    while (statement.step()) {
        found.emplace_back(statement.text(0));
    }
    return found;
}

/// The forms there ever were, oldest first, as they were shipped.
std::vector<std::string> forms() {
    std::vector<std::string> found;
    for (const auto& file : shirube::embedded_data()) {
        if (file.path.starts_with("schema/")) {
            found.emplace_back(file.content);
        }
    }
    return found;
}

void execute(Database& database, const std::string& sql) { database.run(sql.c_str()); }

/// Copies what both have of a table.
void copy(Database& database, const std::string& table) {
    const auto columns = texts(database, fmt::format("SELECT name FROM pragma_table_info('{0}', 'main') WHERE name IN "
                                                     "(SELECT name FROM pragma_table_info('{0}', 'now'))",
                                                     table));
    execute(database,
            fmt::format("INSERT INTO main.{0} ({1}) SELECT {1} FROM now.{0}", table, fmt::join(columns, ", ")));
}

/// A store of an older form with the lists of a present one, as its program left it.
void make_older(const fs::path& path, std::size_t form, const fs::path& now) {
    Database database(path, Database::Mode::create);
    execute(database, "PRAGMA journal_mode = WAL");
    execute(database, fmt::format("ATTACH DATABASE '{}' AS now", now.string()));
    execute(database, "BEGIN");
    execute(database, "SELECT InitSpatialMetaData()");
    const auto untouched = texts(database, "SELECT name FROM main.sqlite_master WHERE type = 'table'");
    const auto shipped = forms();
    for (std::size_t i = 0; i < form; ++i) {
        execute(database, shipped[i]);
    }
    std::set<std::string> ours;
    for (const auto& table : texts(database, R"(SELECT name FROM main.sqlite_master WHERE type = 'table'
            AND name NOT LIKE 'idx\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\')")) {
        if (std::ranges::find(untouched, table) == untouched.end()) {
            ours.insert(table);
        }
    }
    REQUIRE(ours.contains("source_row"));
    for (const auto& table : ours) {
        copy(database, table);
    }
    constexpr std::size_t k_knows_links = 4;
    if (form < k_knows_links) {
        // Programs before linking wrote each place as its own row has it, and knew no stale rows.
        execute(database, R"(DELETE FROM service WHERE row_id IN (SELECT row_id FROM now.row_past))");
        execute(database, R"(DELETE FROM site)");
        execute(database, R"(INSERT INTO site (site_id, official_name, public_name, kana, address, building,
                municipality, municipality_name, position_quality, accuracy_m, located_by, geom)
            SELECT place_id, name, '', '', address, '', municipality, municipality_name, 'exact', NULL, 'row',
                MakePoint(137.05, 33.2, 4326) FROM now.stated_place
            WHERE row_id IN (SELECT row_id FROM service) GROUP BY place_id)");
        execute(database, R"(UPDATE service SET site_id =
            (SELECT place_id FROM now.stated_place s WHERE s.row_id = service.row_id))");
        execute(database, R"(UPDATE link SET reason = 'same folded name and address', entity_id = coalesce(
                (SELECT place_id FROM now.stated_place s WHERE s.list_id = link.list_id AND s.key = link.key), entity_id)
            WHERE role = 'site')");
    }
    execute(database, fmt::format("PRAGMA user_version = {}", form));
    execute(database, fmt::format("PRAGMA application_id = {}", k_application_id));
    execute(database, "COMMIT");
}

/// Lists of every kind that the form knows.
/// \returns the import that is undone later
std::int64_t fill(Store& store, std::size_t form) {
    auto own = resource("浜児童館", "浜町1-2-3");
    own.services[0].phone = "000-000-0001";
    auto dining = resource("潮見野市立浜児童館", "浜町一丁目2番3号", "kodomo_shokudo");
    auto again = resource("浜児童館", "浜町1-2-3");
    again.organization = {};
    again.services[0].fee = Fee::free;
    const auto hill = row_of("2", resource("山児童館", "山町2-2"));
    store.append(resources("児童館", {row_of("1", own), hill}, "2025"));
    store.append(resources("児童館", {row_of("1", own)}, "2026")); // partial: the other is left out, and stale
    store.append(complete(resources("完全", {row_of("9", resource("丘児童館", "丘1-1"))}, "2025")));
    store.append(complete(resources("完全", {}, "2026")));
    store.append(resources("公共施設", {row_of("1", again)}, "2024"));
    const auto undone = store.append(resources("食堂", {row_of("1", dining)}, "2026-05")).import_id;
    store.append(resources("ひみつ", {row_of("1", resource("秘密の家", "秘密2-2", "boshi_seikatsu"))}));
    store.append(batch_of(ImportKind::districts, {list_of("A32", {row_of("1", district("浜中学校", 137.0)),
                                                                  row_of("2", district("山中学校", 137.1))})}));
    store.append(batch_of(ImportKind::population, {list_of("人口", {row_of("49377000", cell("49377000", 5)),
                                                                    row_of("49377001", cell("49377001", 7))})}));
    TownReading town;
    town.town = "浜町";
    town.municipality_name = "潮見野市";
    town.position = {137.05, 33.2};
    town.accuracy_m = 300;
    store.append(batch_of(ImportKind::gazetteer, {list_of("町", {row_of("1", town)})}));
    if (form >= 2) {
        DistrictReading merged;
        merged.layer = "chiku";
        merged.municipality = "99201";
        merged.municipality_name = "潮見野市";
        merged.name = "浜と山";
        merged.members = {{"chugakkoku", "99201", "浜中学校"}, {"chugakkoku", "99201", "山中学校"}};
        auto areas = batch_of(ImportKind::districts, {list_of("地区", {row_of("1", merged)})});
        areas.layer = "chiku";
        store.append(areas);
    }
    if (form >= 3) {
        NeedReading need;
        need.indicator = "量の見込み";
        need.layer = "chugakkoku";
        need.name = "浜中学校";
        need.municipality = "99201";
        need.value = 12;
        store.append(batch_of(ImportKind::needs, {list_of("需要", {row_of("1", need)})}));
        HolidayReading holiday;
        holiday.day = *parse_day("2027-01-01");
        holiday.name = "元日";
        store.append(batch_of(ImportKind::holidays, {list_of("祝日", {row_of("1", holiday)})}));
    }
    return undone;
}

} // namespace

TEST_CASE("A store of any older form says what a fresh import of its lists says, and can be undone like one") {
    const auto newest = forms().size();
    REQUIRE(newest >= 5);
    for (std::size_t form = 1; form < newest; ++form) {
        INFO("form " << form);
        StoreFolder folder;
        std::int64_t import_id = 0;
        std::string edition;
        {
            Store fresh = Store::open(folder / "now.shirube", OpenMode::write_or_create);
            import_id = fill(fresh, form);
            edition = edition_of(fresh);
            const auto state = fresh.read_public_state();
            REQUIRE(state.sites.size() == 2);
            REQUIRE(state.services.size() == 3);
            REQUIRE(state.ended.size() == 1);
        }
        make_older(folder / "old.shirube", form, folder / "now.shirube");
        CHECK(refusal([&] { Store::open(folder / "old.shirube", OpenMode::read); }) == "store_older");
        Store old = Store::open(folder / "old.shirube", OpenMode::write);
        CHECK(edition_of(old) == edition);
        CHECK(old.read_public_state().ended.size() == 1);
        for (const auto& finding : old.check()) {
            INFO(finding.code << ": " << finding.sentence_en);
            CHECK_FALSE(finding.is_error);
        }
        Store fresh = Store::open(folder / "now.shirube", OpenMode::write);
        old.undo(import_id);
        fresh.undo(import_id);
        CHECK(edition_of(old) == edition_of(fresh));
        // What is imported next finds the rows that were there.
        const auto next = resources("児童館", {row_of("2", resource("山児童館", "山町2-2"))}, "2027");
        const auto after = old.append(next);
        CHECK(after.entities.changed == fresh.append(next).entities.changed);
        CHECK(edition_of(old) == edition_of(fresh));
    }
}
