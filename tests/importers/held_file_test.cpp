// Files that somebody has handed over: what they are, what they would do, and that they then do that.
#include "importers/held_file.hpp"

#include "directory/store/lists_of_owner.hpp"
#include "importers/written_row.hpp"
#include "tests/importers/workbook_maker.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::importers;
using directory::ImportKind;
using importers::test::text_row;
using importers::test::xlsx_of;

namespace {

struct Folder {
    std::filesystem::path path = tests::new_scratch_folder("shirube-held");
    std::filesystem::path file = path / "town.shirube";
    directory::Store store = directory::Store::open(file, directory::OpenMode::write_or_create);
    ~Folder() { std::filesystem::remove_all(path); }
};

const std::string k_header = "事業,名称,住所,市区町村コード,好きな色\r\n";
const std::string k_rows =
    "jidokan,浜の館,浜町1,99201,青\r\nkodomo_shokudo,沖の食堂,沖町2,99201,\r\nねこ,山の家,山1,99201,\r\n";

ImportOptions options(const std::string& list) {
    ImportOptions made;
    made.list = list;
    made.as_of = "2026-11-01";
    made.language = "en";
    return made;
}

std::string state_of(const directory::Store& store) {
    std::string all;
    const auto state = store.read_public_state();
    for (const auto& site : state.sites) {
        all += site.id + " " + site.name + "\n";
    }
    return all + std::to_string(store.history().size());
}

void add_row(directory::Store& store, const std::string& list, const std::string& municipality,
             const std::string& visibility = {}) {
    auto of_row = options(list);
    of_row.files = {"row.csv"};
    const auto report = append_written_row(store, of_row,
                                           {{"事業", "jidokan"},
                                            {"名称", list + municipality + visibility},
                                            {"住所", "町1"},
                                            {"市区町村コード", municipality},
                                            {"公開範囲", visibility}});
    REQUIRE(report.has_value());
    REQUIRE(report->import_id > 0);
}

} // namespace

TEST_CASE("A held file tells its layout, its encoding, where its header stands and what its columns are", "[held]") {
    const HeldFile file{.name = "a.csv", .bytes = "児童館など\r\n2026年11月\r\n" + k_header + k_rows};
    const auto found = recognise_held(file, "en");
    REQUIRE(found.has_value());
    CHECK(found->kind == ContentKind::text);
    CHECK(found->encoding == Encoding::utf8);
    REQUIRE(found->tables.size() == 1);
    const auto& table = found->tables.front();
    CHECK(table.profile == "shirube-template");
    CHECK(table.header_row == 3);
    CHECK(table.table.header.at(1) == "名称");
    REQUIRE(table.table.records.size() == 3);
    CHECK(table.table.records.front().row == 4);
    REQUIRE(table.understood.size() == 5);
    CHECK(table.understood.at(1) == "名称");
    CHECK(table.understood.at(4).empty());
    const auto first_line = recognise_held({.name = "b.csv", .bytes = k_header + k_rows}, "en");
    CHECK(first_line->tables.front().header_row == 1);

    const auto failure_of = [](const std::string& bytes, const Limits& limits = {}) {
        const auto read = recognise_held({.name = "c.csv", .bytes = bytes, .limits = limits}, "en");
        return read ? std::string{} : read.error().code;
    };
    CHECK(failure_of("") == "file_empty");
    CHECK(failure_of("a,b\r\n1,2\r\n") == "table_header_unknown");
    CHECK(failure_of("%PDF-1.7\n") == "content_wrong_kind");
    CHECK(failure_of(k_header + k_rows, {.table_cells = 9}) == "table_too_big");
}

TEST_CASE("A header that no layout knows is told with the nearest layout first, and with no option of a command",
          "[held]") {
    const auto message_of = [](const std::string& bytes) {
        const auto read = recognise_held({.name = "c.csv", .bytes = bytes}, "en");
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == "table_header_unknown");
        CHECK_FALSE(read.error().wrong_use);
        return read.error().message;
    };
    const auto begins = [](const std::string& message, const std::string& nearest) {
        INFO(message);
        CHECK(message.find("missing: " + nearest + ".") != std::string::npos);
        CHECK(message.find("--") == std::string::npos);
        for (const char* tried : {"relations-template", "forums-template", "shirube-template", "cafeteria-49"}) {
            CHECK(message.find(tried) != std::string::npos);
        }
    };
    begins(message_of("つなかり,から,へ,からの市町村\r\n委託,公の会,しおかぜ,99201\r\n"),
           "relations-template (つながり)");
    // A title above it, and its header misspelt.
    begins(message_of("会議の一覧\r\n会議休,種類,区域の層,構成員,年間回数\r\n浜の会議,,,公の会,4\r\n"),
           "forums-template (会議体)");
    begins(message_of("事業,名,住所,公開範囲,公開同意日\r\njidokan,浜の館,浜町1,,\r\n"), "shirube-template (名称)");
}

TEST_CASE("Lists of two kinds in one file: the first is read, the other is known for what it is", "[held]") {
    const std::string places =
        text_row(1, {"事業", "名称", "市区町村コード"}) + text_row(2, {"jidokan", "浜の館", "99201"});
    const std::string ties = text_row(1, {"つながり", "から", "へ"}) + text_row(2, {"委託", "公の会", "しおかぜ"});
    const std::string notes = text_row(1, {"品名", "値段"}) + text_row(2, {"りんご", "百円"});
    for (const bool ties_first : {true, false}) {
        INFO(ties_first);
        const auto read = recognise_held(
            {.name = "a.xlsx",
             .bytes = xlsx_of(
                 {{"一枚目", ties_first ? ties : places}, {"二枚目", ties_first ? places : ties}, {"三枚目", notes}})},
            "en");
        REQUIRE(read.has_value());
        CHECK(read->rows == (ties_first ? ImportKind::relations : ImportKind::resources));
        REQUIRE(read->tables.size() == 3);
        CHECK_FALSE(read->tables[0].profile.empty());
        CHECK_FALSE(read->tables[0].is_other_kind);
        CHECK(read->tables[1].profile.empty());
        CHECK(read->tables[1].is_other_kind);
        CHECK(read->tables[2].profile.empty());
        CHECK_FALSE(read->tables[2].is_other_kind);
    }
}

TEST_CASE("What is tried changes nothing, and the import does what was tried and what a file would do", "[held]") {
    Folder held;
    const HeldFile file{.name = "今月.csv", .bytes = k_header + k_rows};
    const auto before = state_of(held.store);
    const auto tried = try_held(held.store, options("館"), file, {});
    REQUIRE(tried.has_value());
    CHECK(state_of(held.store) == before);
    CHECK(tried->report.import_id == 0);
    CHECK(tried->report.rows.rejected == 1);
    REQUIRE(tried->lists.size() == 1);
    CHECK(tried->lists.front().rows.size() == 2);
    const auto done = import_held(held.store, options("館"), file, {});
    REQUIRE(done.has_value());
    CHECK(done->import_id > 0);
    auto numberless = *done;
    numberless.import_id = 0;
    CHECK(to_json_text(numberless, ReportPart::without_entities) ==
          to_json_text(tried->report, ReportPart::without_entities));
    CHECK(done->entities.added == tried->report.entities.added);

    Folder filed;
    auto by_file = options("館");
    by_file.files = {filed.path / "今月.csv"};
    std::ofstream(by_file.files.front(), std::ios::binary) << file.bytes;
    const auto from_disk = run_import(filed.store, by_file, {});
    REQUIRE(from_disk.has_value());
    CHECK(from_disk->rows.accepted == done->rows.accepted);
    CHECK(from_disk->rows.flagged == done->rows.flagged);
    CHECK(from_disk->entities.added == done->entities.added);
    CHECK(from_disk->issues.front().message == done->issues.front().message);
    CHECK(held.store.keys_of(ImportKind::resources, "館") == filed.store.keys_of(ImportKind::resources, "館"));

    const auto rows = directory::rows_of_list(held.file, ImportKind::resources, "館");
    REQUIRE(rows.size() == 2);
    CHECK(rows.front().name == "浜の館");
    CHECK(rows.front().cells.at(4) == std::pair<std::string, std::string>("好きな色", "青"));
    CHECK(directory::rows_of_list(held.file, ImportKind::resources, "ない").empty());
}

TEST_CASE("Lists are a municipality's by where their places lie, and none that hides another's rows is told",
          "[held]") {
    Folder folder;
    add_row(folder.store, "わたしたち", "99201");
    add_row(folder.store, "隠した", "99201", "職員");
    add_row(folder.store, "となり", "99341");
    auto theirs = options("となりの持ちもの");
    theirs.files = {"row.csv"};
    theirs.owner = "99341";
    REQUIRE(append_written_row(folder.store, theirs,
                               {{"事業", "jidokan"},
                                {"名称", "こちらにある館"},
                                {"住所", "町2"},
                                {"市区町村コード", "99201"},
                                {"公開範囲", "職員"}})
                ->import_id > 0);
    std::vector<std::string> names;
    for (const auto& list : directory::lists_of_owner(folder.file, directory::ImportKind::resources, "99201")) {
        names.push_back(list.name);
        CHECK(list.rows == 1);
        CHECK(list.as_of == "2026-11-01");
        CHECK_FALSE(list.complete);
    }
    std::ranges::sort(names);
    CHECK(names == std::vector<std::string>{"わたしたち", "隠した"});
}
