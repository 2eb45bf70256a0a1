// Rejected rows written back: verbatim, with their reasons, harmless to a spreadsheet, and known again when they are
// mended.
#include "importers/rejects.hpp"

#include "importers/csv.hpp"
#include "importers/decode.hpp"

#include <catch2/catch.hpp>

#include <random>

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
    const std::vector<std::string> letters{"'", "=", "+", "-", "@", "\t", "\r", "a", "港", " ", "\"", ",", "\n"};
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
        }
    }
    CHECK(take_rejects(written) == "=list");
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        REQUIRE(written.records[i].cells == table.rows[i].cells);
    }
}

TEST_CASE("mended rows are a list of their own, and those mended twice another") {
    CHECK(name_of_mended("児童館一覧") == "児童館一覧 の直し");
    CHECK(name_of_mended("児童館一覧 の直し") == "児童館一覧 の直し2");
    CHECK(name_of_mended("児童館一覧 の直し2") == "児童館一覧 の直し3");
    CHECK(is_mended_list("児童館一覧 の直し2"));
    CHECK_FALSE(is_mended_list("児童館一覧"));
    CHECK_FALSE(is_mended_list("靴 の直し方")); // somebody's own name
    CHECK(name_of_mended("靴 の直し方") == "靴 の直し方 の直し");
    CHECK(name_of_mended_like("A の直し2", "B") == "B の直し2");
    CHECK(name_of_mended_like("A の直し", "B の直し7") == "B の直し");
}
