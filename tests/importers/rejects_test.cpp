// Rejected rows written back: verbatim, with their reasons, harmless to a spreadsheet, and known again when they are
// mended.
#include "importers/report/rejects.hpp"

#include "directory/store/sqlite.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/import.hpp"
#include "importers/report/rejects_file.hpp"
#include "tests/importers/support.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <random>
#include <set>

using namespace shirube;
using namespace shirube::importers;

namespace {

RejectedTable one_table() {
    RejectedTable table{.list = "児童館一覧",
                        .profile = "shirube-template",
                        .file = "list.csv",
                        .sheet = {},
                        .header = {"事業", "名称", "=備考"},
                        .rows = {}};
    table.rows.push_back({.row = 5,
                          .cells = {"児童かん", "-みなと", "'=1+1", "surplus"},
                          .issues = {{.column = "事業", .code = "programme_unknown", .message = "ありません。"},
                                     {.code = "row_too_long", .message = "余りました。"}}});
    table.rows.push_back({.row = 9, .cells = {"児童館"}, .issues = {{.column = "名称", .code = "name_missing"}}});
    return table;
}

Table table_of(const SheetBook& book) { return read_table(decode(to_csv(book)).value().text, Limits{}).value(); }

} // namespace

TEST_CASE("rejected rows are written verbatim under their header, with list, row, code and sentence behind") {
    const std::vector tables{one_table()};
    const Table written = table_of(rejects_book(tables));
    CHECK(written.header == std::vector<std::string>{"事業", "名称", "'=備考", "", "台帳", "行", "理由コード", "理由"});
    REQUIRE(written.records.size() == 2);
    CHECK(written.records[0].cells == std::vector<std::string>{"児童かん", "'-みなと", "''=1+1", "surplus",
                                                               "児童館一覧", "5", "programme_unknown;row_too_long",
                                                               "事業: ありません。 / 余りました。"});
    CHECK(written.records[1].cells ==
          std::vector<std::string>{"児童館", "", "", "", "児童館一覧", "9", "name_missing", "名称: "});
}

TEST_CASE("the import takes off what was added, and no other table") {
    const std::vector tables{one_table()};
    Table written = table_of(rejects_book(tables));
    written.header.emplace_back(""); // what spreadsheets leave behind
    CHECK(take_rejects(written) == "児童館一覧");
    CHECK(written.header == std::vector<std::string>{"事業", "名称", "=備考", ""});
    CHECK(written.records[0].cells == std::vector<std::string>{"児童かん", "-みなと", "'=1+1", "surplus"});

    Table own{.file = {}, .sheet = {}, .header = {"事業", "名称", "理由"}, .records = {{2, {"児童館", "'=x", "y"}}}};
    CHECK_FALSE(take_rejects(own).has_value());
    CHECK(own.records[0].cells[1] == "'=x");
}

TEST_CASE("no cell begins like a formula, and every cell comes back as it was") {
    std::mt19937 random(20261125);
    const std::vector<std::string> letters{"'",  "=", "+",  "-", "@",  "＝", "＠", "\t",
                                           "\r", "a", "港", " ", "\"", ",",  "\n"};
    RejectedTable table{.list = "=list", .profile = {}, .file = {}, .sheet = {}, .header = {"a", "b", "c"}, .rows = {}};
    for (std::int64_t row = 2; row < 2000; ++row) {
        RejectedRow rejected{.row = row, .cells = {}, .issues = {}};
        for (int i = 0; i < 3; ++i) {
            std::string cell;
            for (std::size_t n = random() % 5; n > 0; --n) {
                cell += letters[random() % letters.size()];
            }
            rejected.cells.push_back(std::move(cell));
        }
        table.rows.push_back(std::move(rejected));
    }
    const std::vector tables{table};
    Table written = table_of(rejects_book(tables));
    REQUIRE(written.records.size() == table.rows.size());
    for (const Record& record : written.records) {
        for (const std::string& cell : record.cells) {
            CHECK((cell.empty() || std::string("=+-@\t\r").find(cell.front()) == std::string::npos));
            CHECK_FALSE((cell.starts_with("＝") || cell.starts_with("＠")));
        }
    }
    CHECK(take_rejects(written) == "=list");
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        REQUIRE(written.records[i].cells == table.rows[i].cells);
    }
}

TEST_CASE("mended rows are a list of their own, and those mended twice another") {
    CHECK(directory::name_of_mended("児童館一覧") == "児童館一覧 の直し");
    CHECK(directory::name_of_mended("児童館一覧 の直し") == "児童館一覧 の直し2");
    CHECK(directory::name_of_mended("児童館一覧 の直し2") == "児童館一覧 の直し3");
    CHECK(directory::is_mended_list("児童館一覧 の直し2"));
    CHECK_FALSE(directory::is_mended_list("児童館一覧"));
    CHECK_FALSE(directory::is_mended_list("靴 の直し方")); // somebody's own name
    CHECK(directory::name_of_mended("靴 の直し方") == "靴 の直し方 の直し");
    CHECK(directory::name_of_mended_like("A の直し2", "B") == "B の直し2");
    CHECK(directory::name_of_mended_like("A の直し", "B の直し7") == "B の直し");
    CHECK(directory::origin_of_mended("児童館一覧 の直し2") == "児童館一覧");
    CHECK(directory::origin_of_mended("靴 の直し方") == "靴 の直し方");
}

namespace {

/// Imports a file and keeps its rejected rows.
Report import_file(directory::Store& store, const std::filesystem::path& file, const std::string& list = {},
                   Completeness completeness = Completeness::unstated,
                   directory::ImportKind kind = directory::ImportKind::resources) {
    ImportOptions options;
    options.kind = kind;
    options.files = {file};
    options.list = list;
    options.municipality = "99201";
    options.completeness = completeness;
    options.keep_rejects = true;
    options.language = "en";
    const auto report = run_import(store, options, {});
    INFO((report ? std::string{} : report.error().message));
    REQUIRE(report.has_value());
    return *report;
}

std::size_t services(directory::Store& store) { return store.read_public_state().services.size(); }

std::string replaced_in(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("what is mended is added to its list, and mended once more it stays") {
    const test::ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "store", directory::OpenMode::write_or_create);
    const auto list = folder.write("list.csv",
                                   "ID,事業,名称,電話番号\r\n"
                                   "1,児童館,みなと児童館,\r\n"
                                   "2,児童かん,きた児童館,000-0000-0002\r\n"
                                   "3,児童かん,-みなみ児童館,\r\n");
    const Report first = import_file(store, list, "児童館一覧", Completeness::complete);
    CHECK(first.rows.rejected == 2);
    CHECK(services(store) == 1);
    REQUIRE(first.rejects.size() == 1);
    CHECK(first.rejects[0].list == "児童館一覧");
    CHECK(to_json_text(first).find("000-0000-0002") == std::string::npos);

    const auto file = folder.path() / "mend.csv";
    CHECK(write_rejects(file, first.rejects).value() == std::vector{file});
    struct stat facts{};
    REQUIRE(::stat(file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0600U); // it holds contacts
    const std::string written = test::bytes_of(file);
    CHECK(
        written.starts_with("\xef\xbb\xbf"
                            "ID,事業,名称,電話番号,台帳,行,理由コード,理由\r\n"));
    CHECK(written.find("000-0000-0002") != std::string::npos);

    // One of the two is mended: it is added, and the other is still wrong.
    const auto half = folder.write("half.csv", replaced_in(written, "児童かん", "児童館"));
    const Report second = import_file(store, half, {}, Completeness::complete);
    CHECK(second.rows.rejected == 1);
    CHECK(services(store) == 2);
    REQUIRE(second.rejects.size() == 1);
    CHECK(second.rejects[0].list == "児童館一覧 の直し");

    // The last one goes into a list of its own too: nothing that was mended before goes.
    REQUIRE(write_rejects(file, second.rejects).has_value());
    const auto rest = folder.write("rest.csv", replaced_in(test::bytes_of(file), "児童かん", "児童館"));
    const Report third = import_file(store, rest);
    CHECK(third.rows.rejected == 0);
    CHECK(write_rejects(file, third.rejects).value().empty());
    const auto state = store.read_public_state();
    CHECK(state.services.size() == 3);
    CHECK(std::ranges::any_of(state.sites, [](const auto& site) { return site.name == "-みなみ児童館"; }));
    std::size_t complete = 0;
    for (const auto& of : state.lists) {
        for (const auto& claim : of.claims) {
            complete += claim.complete ? 1 : 0;
        }
    }
    CHECK(complete == 1); // the list itself, never what was missing from it
}

TEST_CASE("every list kept by hand gives its rejected rows back, and takes them mended") {
    struct Case {
        directory::ImportKind kind;
        const char* name;
        std::string text;
        std::string wrong;
        std::string right;
    };
    const std::vector<Case> cases{
        {directory::ImportKind::needs, "needs.csv",
         "指標,市区町村コード,年度,値,単位,備考\r\n出生数,99201,2024,300,人,\r\n出生数,99201,2025,310,匹,確かめる\r\n",
         "匹", "人"},
        {directory::ImportKind::holidays, "holidays.csv",
         "国民の祝日・休日月日,国民の祝日・休日名称\r\n2030/1/1,元日\r\n2030/13/1,不思議の日\r\n", "2030/13/1",
         "2030/1/14"},
        {directory::ImportKind::holidays, "twice.csv",
         "国民の祝日・休日月日,国民の祝日・休日名称\r\n2030/1/1,元日\r\n2030/1/1,成人の日\r\n", "2030/1/1",
         "2030/1/14"},
        {directory::ImportKind::landmarks, "landmarks.csv",
         "名称,種類,緯度,経度,市区町村コード\r\n標駅,駅,33.15,137.1,99201\r\n城山,お城,33.15,137.1,99201\r\n", "お城",
         "施設"},
        {directory::ImportKind::relations, "ties.csv",
         "つながり,から,からの市町村,へ\r\n委託,標市,99201,なみの会\r\n仲良し,標市,99201,食堂\r\n", "仲良し", "承継"},
        {directory::ImportKind::districts, "members.csv",
         "区域名,市区町村コード,構成区域\r\n北地区,99201,浜中学校\r\n南地区,9920x,港中学校\r\n", "9920x", "99201"},
        {directory::ImportKind::districts, "addresses.csv",
         "学校名,市区町村コード,通学区域\r\n浜中学校,99201,港町一丁目\r\n港中学校,9920x,港町二丁目\r\n", "9920x",
         "99201"},
        {directory::ImportKind::corrections, "corrections.csv",
         "対象ID,相手ID,判定,決めた日,決めた人,理由,電話番号\r\n"
         "2abcdefghjkmn,,,2026-05-01,資源コーディネーター,聞いた,000-0000-0001\r\n"
         "2abcdefghjkmp,,,2026-05-01,隣の人,聞いた,000-0000-0002\r\n",
         "隣の人", "資源コーディネーター"}};
    for (const Case& each : cases) {
        INFO(each.name);
        const test::ScratchFolder folder;
        auto store = directory::Store::open(folder.path() / "store", directory::OpenMode::write_or_create);
        const auto import = [&](const std::filesystem::path& file, const std::string& list = {}) {
            return import_file(store, file, list, Completeness::unstated, each.kind);
        };
        const Report first = import(folder.write(each.name, each.text), "手もと");
        CHECK(first.rows.rejected == 1);
        CHECK(first.rows.accepted + first.rows.flagged == 1);
        REQUIRE(first.rejects.size() == 1);
        CHECK(first.rejects[0].list == "手もと");
        REQUIRE(first.rejects[0].rows.size() == 1);
        CHECK(first.rejects[0].rows[0].row == 3);
        REQUIRE_FALSE(first.rejects[0].rows[0].issues.empty());
        CHECK_FALSE(first.rejects[0].rows[0].issues[0].message.empty());

        const auto file = folder.path() / "mend.csv";
        REQUIRE(write_rejects(file, first.rejects).value() == std::vector{file});
        const auto mended = folder.write("mended.csv", replaced_in(test::bytes_of(file), each.wrong, each.right));
        const Report second = import(mended);
        CHECK(second.rows.rejected == 0);
        CHECK(second.rows.accepted + second.rows.flagged == 1);
        const Report again = import(mended);
        CHECK(again.entities.added + again.entities.changed + again.entities.gone == 0);
        std::set<std::string> lists;
        for (const auto& list : store.read_public_state().lists) {
            lists.insert(list.name);
        }
        for (const auto& correction : store.corrections()) {
            lists.insert(correction.list); // the public is not told of those that correct nothing
        }
        CHECK(lists == std::set<std::string>{"手もと", "手もと の直し"});
    }
}

TEST_CASE("mended holidays and members of districts belong to the list they were rejected from") {
    const test::ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "store", directory::OpenMode::write_or_create);
    const auto mend = [&](directory::ImportKind kind, const char* text, const char* list, const char* wrong,
                          const char* right) {
        const Report first = import_file(store, folder.write("list.csv", text), list, Completeness::unstated, kind);
        REQUIRE(first.rows.rejected == 1);
        const auto file = folder.path() / "mend.csv";
        REQUIRE(write_rejects(file, first.rejects).has_value());
        const auto mended = folder.write("mended.csv", replaced_in(test::bytes_of(file), wrong, right));
        CHECK(import_file(store, mended, {}, Completeness::unstated, kind).rows.rejected == 0);
    };
    mend(directory::ImportKind::holidays,
         "国民の祝日・休日月日,国民の祝日・休日名称\r\n2030/1/1,元日\r\n2030/5/5x,こどもの日\r\n2030/11/3,文化の日\r\n",
         "祝日", "2030/5/5x", "2030/5/5");
    CHECK(store.read_public_state().holidays.size() == 3);
    // Reaching farther than the list itself, the mended day takes no other one away.
    mend(directory::ImportKind::holidays,
         "国民の祝日・休日月日,国民の祝日・休日名称\r\n2031/1/1,元日\r\n2031/5/5,こどもの日\r\n2031/11/3x,文化の日\r\n",
         "次の祝日", "2031/11/3x", "2031/11/3");
    CHECK(store.read_public_state().holidays.size() == 3);
    mend(directory::ImportKind::districts,
         "区域名,市区町村コード,構成区域の層,構成区域\r\n東,99201,中学校区,浜中学校\r\n東,99201,丁目,港中学校\r\n",
         "圏域", "丁目,", "中学校区,");
    const auto path = folder.path() / "store";
    directory::Database database(path, directory::Database::Mode::read_only);
    directory::Statement members(database, "SELECT count(*) FROM district_member");
    REQUIRE(members.step());
    CHECK(members.integer(0) == 2);
}

TEST_CASE("rows mended in two goes are both there, and the same file again changes nothing") {
    const test::ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "store", directory::OpenMode::write_or_create);
    const auto import = [&](const std::string& text) {
        return import_file(store, folder.write("m.csv", text), {}, Completeness::unstated,
                           directory::ImportKind::needs);
    };
    const std::string header = "指標,市区町村コード,年度,値,単位,台帳,行,理由コード,理由\r\n";
    CHECK(import(header + "出生数,99201,2024,300,人,手もと,2,x,y\r\n").rows.accepted == 1);
    CHECK(import(header + "出生数,99201,2025,310,人,手もと,3,x,y\r\n").rows.accepted == 1);
    CHECK(store.read_public_state().needs.size() == 2);
    CHECK(import(header + "出生数,99201,2025,310,人,手もと,3,x,y\r\n").entities.gone == 0);
    CHECK(store.read_public_state().needs.size() == 2);
    // Whoever mends both in one file has one list in the end.
    import(header + "出生数,99201,2024,301,人,手もと,2,x,y\r\n出生数,99201,2025,310,人,手もと,3,x,y\r\n");
    std::size_t values = 0;
    for (const auto& need : store.read_public_state().needs) {
        values += need.reading.value == 301 ? 1 : 0;
    }
    CHECK(values == 1);

    ImportOptions options;
    options.kind = directory::ImportKind::needs;
    options.files = {folder.write(
        "torn.csv", "台帳,指標,市区町村コード,年度,値,単位,行,理由コード\r\n手もと,出生数,99201,2024,1,人,2,x\r\n")};
    const auto torn = run_import(store, options, {});
    REQUIRE_FALSE(torn);
    CHECK(torn.error().message.find("理由コード") != std::string::npos);
}

TEST_CASE("tables of other headers go to files of their own, and wrong names are refused") {
    const test::ScratchFolder folder;
    RejectedTable other = one_table();
    other.header = {"別", "の", "列"};
    const std::vector tables{one_table(), other};
    const auto csv = folder.path() / "mend.csv";
    CHECK(write_rejects(csv, tables).value() == std::vector{csv, folder.path() / "mend-2.csv"});
    const auto xlsx = folder.path() / "mend.xlsx";
    CHECK(write_rejects(xlsx, tables).value() == std::vector{xlsx});
    CHECK(test::bytes_of(xlsx).starts_with("PK"));
    CHECK(write_rejects(folder.path() / "no/mend.csv", tables).error().code == "rejects_unwritable");
    std::vector long_cell{one_table()};
    long_cell[0].rows[0].cells[0] = std::string(40'000, 'x');
    CHECK(write_rejects(xlsx, long_cell).error().code == "rejects_cell_too_long");

    ImportOptions options;
    options.files = {csv};
    CHECK(check_rejects(folder.path() / "mend.pdf", options).error().code == "rejects_wrong_form");
    CHECK(check_rejects(csv, options).error().code == "rejects_is_input");
    CHECK(check_rejects(folder.path() / "no/mend.csv", options).error().code == "rejects_unwritable");
    const std::size_t files = folder.files();
    CHECK(check_rejects(folder.path() / "new.csv", options).has_value());
    CHECK(folder.files() == files);
    options.kind = directory::ImportKind::gazetteer;
    CHECK(check_rejects(folder.path() / "new.csv", options).error().code == "rejects_wrong_kind");
}
