#include "importers/files/csv.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

using namespace shirube::importers;
using Cells = std::vector<std::string>;

namespace {

std::vector<Record> records_of(std::string_view text, char delimiter = ',', const Limits& limits = {}) {
    std::vector<Record> records;
    const auto walked = for_each_record(text, delimiter, limits, [&](Record& record) {
        records.push_back(std::move(record));
        return Walk::go_on;
    });
    REQUIRE(walked);
    return records;
}

FileProblem problem_of(std::string_view text, const Limits& limits = {}) {
    const auto walked = for_each_record(text, ',', limits, [](Record&) { return Walk::go_on; });
    REQUIRE_FALSE(walked);
    return walked.error();
}

} // namespace

TEST_CASE("Rows are counted as a spreadsheet counts them, blank lines too") {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const std::string text = "名称,住所" + end + end + end + "青葉,1-1" + end + "," + end + "若葉,2-2" + end;
        const auto records = records_of(text);
        REQUIRE(records.size() == 6);
        CHECK(records[3].row == 4);
        CHECK(records[3].cells == Cells{"青葉", "1-1"});
        CHECK(records[5].row == 6);
        CHECK(is_blank(records[1].cells));
        CHECK(is_blank(records[4].cells));
    }
}

TEST_CASE("A file that does not end its last line has that row all the same") {
    CHECK(records_of("a,b\n1,2").size() == 2);
    CHECK(records_of("a,b\n1,").at(1).cells == Cells{"1", ""});
}

TEST_CASE("A line break in a quoted cell starts no row") {
    const auto records = records_of("名称,備考\n青葉,\"一行目\r\n二行目\n三行目\"\n若葉,\n");
    REQUIRE(records.size() == 3);
    CHECK(records[1].cells[1] == "一行目\r\n二行目\n三行目");
    CHECK(records[2].row == 3);
}

TEST_CASE("Cells stay as they are: spaces, tabs and doubled quotes") {
    const auto records = records_of(" a ,\tb\t,\"x \"\"y\"\", z\",5\" pipe\n");
    CHECK(records.at(0).cells == Cells{" a ", "\tb\t", "x \"y\", z", "5\" pipe"});
}

TEST_CASE("A quote that is never closed is told at the row where it opens") {
    const FileProblem problem = problem_of("名称,備考\n青葉,ふつう\n若葉,\"閉じない\n三行目,x\n");
    CHECK(problem.code == "quote_unclosed");
    CHECK(problem.row == 3);
}

TEST_CASE("A hundred thousand columns are refused") {
    const FileProblem problem = problem_of("a\n" + std::string(100'000, ',') + "\n");
    CHECK(problem.code == "too_many_columns");
    CHECK(problem.row == 2);
    CHECK(records_of(std::string(1999, ',')).at(0).cells.size() == 2000);
}

TEST_CASE("A cell of more than a mebibyte is refused, closed or not") {
    const std::string big((1U << 20U) + 1, 'x');
    CHECK(problem_of("a,b\n1," + big + "\n").code == "cell_too_long");
    CHECK(problem_of("a,b\n1,\"" + big + big).code == "cell_too_long");
    CHECK(records_of("1," + big.substr(1)).at(0).cells[1].size() == 1U << 20U);
}

TEST_CASE("A walk that stops sees no further record") {
    int seen = 0;
    const auto walked = for_each_record("1\n2\n\"3", ',', {}, [&](Record&) {
        ++seen;
        return seen == 2 ? Walk::stop : Walk::go_on;
    });
    CHECK(walked);
    CHECK(seen == 2);
}

TEST_CASE("What a visitor throws comes through unharmed") {
    CHECK_THROWS_AS(for_each_record("1\n", ',', {}, [](Record&) -> Walk { throw std::out_of_range("x"); }),
                    std::out_of_range);
}

TEST_CASE("Records written in quotes come back cell by cell, wherever blocks and line ends fall") {
    std::mt19937 random(7);
    const std::vector<std::string> pieces{"\"", ",", "\n", "\r", "\r\n", "あ", " ", "\t", "x", std::string(400, 'y')};
    std::vector<Cells> written;
    std::string text;
    for (int row = 0; row < 3000; ++row) {
        Cells cells(1 + random() % 4);
        for (std::string& cell : cells) {
            for (std::size_t n = random() % 4; n > 0; --n) {
                cell += pieces[random() % pieces.size()];
            }
            text += '"';
            for (const char c : cell) {
                text += c == '"' ? "\"\"" : std::string(1, c);
            }
            text += "\",";
        }
        text.pop_back();
        text += random() % 2 == 0 ? "\n" : "\r\n";
        written.push_back(std::move(cells));
    }
    REQUIRE(text.size() > 5U << 16U);
    const auto records = records_of(text);
    REQUIRE(records.size() == written.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        REQUIRE(records[i].cells == written[i]);
        REQUIRE(records[i].row == static_cast<std::int64_t>(i) + 1);
    }
}

TEST_CASE("Tabs delimit where the header has tabs and no comma") {
    CHECK(delimiter_of("名称\t住所\n青葉,1\t2\n") == '\t');
    CHECK(delimiter_of("名称,住所\t\n") == ',');
    const auto table = read_table("名称\t住所\n青葉,本館\t1-1\n", {});
    REQUIRE(table);
    CHECK(table->records.at(0).cells == Cells{"青葉,本館", "1-1"});
}

TEST_CASE("The first row that is not blank is the header, and rows after it keep their numbers") {
    const auto table = read_table("\n\n名称,住所\n\n青葉,1-1\n", {});
    REQUIRE(table);
    CHECK(table->header == Cells{"名称", "住所"});
    REQUIRE(table->records.size() == 2);
    CHECK(table->records[1].row == 5);
}

TEST_CASE("A table without a header, and one past its limit, are refused") {
    CHECK(read_table("\n \n,,\n", {}).error().code == "table_empty");
    Limits small;
    small.table_cells = 5;
    CHECK(read_table("a,b\n1,2\n3,4\n", small).error().code == "table_too_big");
}

TEST_CASE("White space of every kind is blank") {
    CHECK(trimmed("　\u00a0 青葉　館\t\r\n") == "青葉　館");
    CHECK(is_blank(Cells{"　", "\t", "", "\u00a0"}));
    CHECK_FALSE(is_blank(Cells{"", "0"}));
}
