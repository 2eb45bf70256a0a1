// Rows that are written into a form: they go the way of files, whole or not at all.
#include "importers/written_row.hpp"

#include "directory/store/listed_row.hpp"
#include "importers/corrections.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace shirube;
using namespace shirube::importers;
using directory::ImportKind;

namespace {

struct Folder {
    std::filesystem::path path = tests::new_scratch_folder("shirube-written");
    std::filesystem::path file = path / "town.shirube";
    directory::Store store = directory::Store::open(file, directory::OpenMode::write_or_create);
    ~Folder() { std::filesystem::remove_all(path); }
};

ImportOptions options(ImportKind kind, const std::string& list) {
    ImportOptions made;
    made.kind = kind;
    made.files = {"画面.csv"};
    made.list = list;
    made.as_of = "2026-11-01";
    return made;
}

const WrittenCells k_place{
    {"事業", "jidokan"}, {"名称", "浜の\"家\", 二階\n奥"}, {"住所", "浜町1-2"}, {"市区町村コード", "99201"}};

std::string only_service(const directory::Store& store) {
    const auto state = store.read_public_state();
    return state.services.size() == 1 ? state.services.front().id : std::string{};
}

} // namespace

TEST_CASE("A written row is the row of a file of the same table", "[desk]") {
    Folder written;
    const auto report = append_written_row(written.store, options(ImportKind::resources, "a"), k_place);
    REQUIRE(report);
    CHECK(report->import_id > 0);
    CHECK(report->rows.read == 1);

    Folder filed;
    const auto path = filed.path / "a.csv";
    std::ofstream(path) << table_of(k_place);
    auto by_file = options(ImportKind::resources, "a");
    by_file.files = {path};
    REQUIRE(run_import(filed.store, by_file, {}));

    const auto ours = written.store.read_public_state();
    const auto theirs = filed.store.read_public_state();
    REQUIRE(ours.sites.size() == 1);
    REQUIRE(theirs.sites.size() == 1);
    CHECK(ours.sites.front().name == theirs.sites.front().name);
    CHECK(ours.sites.front().name == "浜の\"家\", 二階 奥");
    CHECK(ours.sites.front().address == theirs.sites.front().address);
}

TEST_CASE("A written row that is not taken puts nothing in the place of what stands", "[desk]") {
    Folder folder;
    REQUIRE(append_written_row(folder.store, options(ImportKind::resources, "a"), k_place));
    const auto before = folder.store.history().size();
    const auto id = only_service(folder.store);
    REQUIRE_FALSE(id.empty());

    const auto no_name = append_written_row(folder.store, options(ImportKind::resources, "a"),
                                            {{"事業", "jidokan"}, {"名称", ""}, {"住所", "浜町9"}});
    REQUIRE(no_name);
    CHECK(no_name->import_id == 0);
    CHECK(std::ranges::any_of(no_name->issues, [](const Issue& issue) { return issue.code == "name_missing"; }));

    const auto no_reason =
        append_written_row(folder.store, options(ImportKind::corrections, "b"),
                           {{std::string(k_correction_target), id},
                            {"電話番号", "000-0000-0001"},
                            {"決めた日", "2026-11-01"},
                            {"決めた人", std::string(directory::label_of(directory::Decider::coordinator))},
                            {"理由", ""}});
    REQUIRE(no_reason);
    CHECK(no_reason->import_id == 0);
    CHECK(no_reason->issues.front().code == "correction_reason_missing");

    const auto example = append_written_row(folder.store, options(ImportKind::resources, "a"),
                                            {{"事業", "なんでもない事業"}, {"名称", "浜"}});
    REQUIRE(example);
    CHECK(example->import_id == 0);

    CHECK(folder.store.history().size() == before);
    CHECK(only_service(folder.store) == id);
}

TEST_CASE("A written correction takes effect, and its undo takes it back", "[desk]") {
    Folder folder;
    REQUIRE(append_written_row(folder.store, options(ImportKind::resources, "a"), k_place));
    const auto id = only_service(folder.store);
    const auto report =
        append_written_row(folder.store, options(ImportKind::corrections, "手直し 1"),
                           {{std::string(k_correction_target), id},
                            {"電話番号", "000-0000-0001"},
                            {"決めた日", "2026-11-01"},
                            {"決めた人", std::string(directory::label_of(directory::Decider::coordinator))},
                            {"理由", "電話で聞いた"}});
    REQUIRE(report);
    REQUIRE(report->import_id > 0);
    CHECK(folder.store.read_public_state().services.front().phone == "000-0000-0001");
    folder.store.undo(report->import_id);
    CHECK(folder.store.read_public_state().services.front().phone.empty());
}

TEST_CASE("A written row is read back as it was written, in its newest edition", "[desk]") {
    Folder folder;
    REQUIRE(append_written_row(folder.store, options(ImportKind::resources, "a"), k_place));
    auto row = directory::listed_row(folder.file, ImportKind::resources, "a");
    REQUIRE(row);
    REQUIRE(row->size() == k_place.size());
    CHECK(row->at(0) == k_place[0]);
    CHECK(row->at(1).second == "浜の\"家\", 二階 奥");
    (*row)[2].second = "浜町3-4";
    const auto newer = append_written_row(folder.store, options(ImportKind::resources, "a"), *row);
    REQUIRE(newer);
    CHECK(directory::listed_row(folder.file, ImportKind::resources, "a")->at(2).second == "浜町3-4");
    folder.store.undo(newer->import_id);
    CHECK(directory::listed_row(folder.file, ImportKind::resources, "a")->at(2).second == "浜町1-2");
    CHECK_FALSE(directory::listed_row(folder.file, ImportKind::resources, "b"));
    CHECK_FALSE(directory::listed_row(folder.file, ImportKind::corrections, "a"));
}
