// Names of lists that are written on pages are theirs alone: no file takes one, and none of several rows is taken for
// the one that somebody wrote.
#include "directory/desk/page_lists.hpp"
#include "directory/store/listed_row.hpp"
#include "importers/held_file.hpp"
#include "importers/written_row.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ImportKind;

namespace {

const std::string k_places =
    "事業,名称,市区町村コード,公開範囲\r\njidokan,浜の館,99201,職員\r\njidokan,沖の館,99201,職員\r\n";
const std::string k_ties = "つながり,から,へ\r\n委託,公の会,しおかぜ\r\n";

struct Town {
    ScratchFolder folder;
    fs::path file = folder.path() / "town.shirube";
    directory::Store store = directory::Store::open(file, directory::OpenMode::write_or_create);

    static ImportOptions options(ImportKind kind, const std::string& list) {
        ImportOptions made;
        made.kind = kind;
        made.list = list;
        made.municipality = "99201";
        made.language = "en";
        return made;
    }
};

} // namespace

TEST_CASE("No file is brought in under a name of what is written on pages", "[desk]") {
    Town town;
    for (const std::string list : {"現場で見つけた場所", "現場で見つけた場所（潮見野市）0123456789",
                                   "画面からのつながり（潮見野市） 2026-11-01 x-01", "画面からの手直し"}) {
        INFO(list);
        CHECK(directory::is_page_list(list));
        for (const auto& [kind, csv] : {std::pair{ImportKind::resources, k_places}, {ImportKind::relations, k_ties}}) {
            auto options = Town::options(kind, list);
            const HeldFile held{.name = "list.csv", .bytes = csv};
            const auto tried = try_held(town.store, options, held, {});
            REQUIRE_FALSE(tried.has_value());
            CHECK(tried.error().code == "list_name_reserved");
            CHECK_FALSE(import_held(town.store, options, held, {}).has_value());
            options.files = {town.folder.write("list.csv", csv)};
            const auto refused = run_import(town.store, options, {});
            REQUIRE_FALSE(refused.has_value());
            CHECK(refused.error().code == "list_name_reserved");
            CHECK(refused.error().wrong_use);
            CHECK(refused.error().message.find(list) != std::string::npos);
        }
    }
    CHECK(town.store.history().empty());
    CHECK_FALSE(directory::is_page_list("現場の台帳（架空）"));
    // A name that holds theirs further on is nobody's.
    auto options = Town::options(ImportKind::resources, "市の現場で見つけた場所");
    CHECK(import_held(town.store, options, {.name = "list.csv", .bytes = k_places}, {}).has_value());
}

TEST_CASE("A row of a page is kept under such a name", "[desk]") {
    Town town;
    auto options = Town::options(ImportKind::resources, "現場で見つけた場所（潮見野市）0123456789");
    options.files = {"職員の画面.csv"};
    const WrittenCells cells{
        {"事業", "jidokan"}, {"名称", "浜の館"}, {"市区町村コード", "99201"}, {"公開範囲", "職員"}};
    const auto kept = append_written_row(town.store, options, cells);
    REQUIRE(kept.has_value());
    CHECK(kept->import_id > 0);
    CHECK(directory::listed_row(town.file, ImportKind::resources, options.list) == cells);
}

TEST_CASE("Of a list of several rows none is the one that a page wrote", "[desk]") {
    Town town;
    const HeldFile two{.name = "list.csv", .bytes = k_places};
    REQUIRE(import_held(town.store, Town::options(ImportKind::resources, "館"), two, {}).has_value());
    CHECK_FALSE(directory::listed_row(town.file, ImportKind::resources, "館").has_value());
    const HeldFile one{.name = "list.csv", .bytes = k_places.substr(0, k_places.find("jidokan,沖の館"))};
    REQUIRE(import_held(town.store, Town::options(ImportKind::resources, "館"), one, {}).has_value());
    const auto row = directory::listed_row(town.file, ImportKind::resources, "館");
    REQUIRE(row.has_value());
    CHECK(row->at(1).second == "浜の館");
}
