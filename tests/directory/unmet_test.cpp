// Unmet need: what is kept of it and what is not, and that what planners are told gives no small count away, held
// against every table that it could be.
#include "directory/unmet.hpp"

#include "directory/unmet/told.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

using namespace shirube::directory;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month;

namespace {

constexpr year_month k_november = year{2026} / month{11};

struct Place {
    std::filesystem::path folder = shirube::tests::new_scratch_folder("shirube-unmet");
    std::filesystem::path file = unmet_beside(folder / "town.shirube");
    ~Place() { std::filesystem::remove_all(folder); }
};

UnmetKey key(std::string need, std::string district = "99201-higashi", UnmetBand band = UnmetBand::years_6_11,
             year_month when = k_november) {
    return {"99201", when, std::move(district), band, std::move(need)};
}

std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file, const char* sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    std::vector<std::vector<std::string>> rows;
    const auto take = [](void* into, int columns, char** cells, char**) {
        std::vector<std::string> row;
        for (int i = 0; i < columns; ++i) {
            row.emplace_back(cells[i] == nullptr ? "" : cells[i]);
        }
        static_cast<std::vector<std::vector<std::string>>*>(into)->push_back(std::move(row));
        return 0;
    };
    CHECK(sqlite3_exec(database, sql, take, &rows, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    return rows;
}

std::string code_of_opening(const std::filesystem::path& file) {
    try {
        Unmet::open(file);
    } catch (const UnmetError& error) {
        return error.code();
    }
    return "none";
}

} // namespace

TEST_CASE("A count of unmet need is a month, a district, a band, a need and a number, and nothing else is kept") {
    const Place place;
    CHECK(place.file.filename() == "town.shirube.unmet");
    auto unmet = Unmet::open_or_create(place.file);
    unmet.count(key("meals"));
    unmet.count(key("study", "", UnmetBand::parents));
    unmet.count(key("meals"));
    struct stat facts{};
    REQUIRE(::stat(place.file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0600U);
    // What there is a column for is all that can be kept: a new one must be looked at here.
    CHECK(rows_of(place.file, "SELECT name FROM pragma_table_info('unmet') ORDER BY cid") ==
          std::vector<std::vector<std::string>>{{"owner"}, {"month"}, {"district"}, {"band"}, {"need"}, {"count"}});
    CHECK(rows_of(place.file, "SELECT name FROM sqlite_master WHERE type = 'table'").size() == 1);
    CHECK(rows_of(place.file, "SELECT month / 12, month % 12 + 1, district, band, need, count FROM unmet") ==
          std::vector<std::vector<std::string>>{{"2026", "11", "", "parents", "study", "1"},
                                                {"2026", "11", "99201-higashi", "6_11", "meals", "2"}});
    const auto all = Unmet::open(place.file).all("99201");
    REQUIRE(all.size() == 2);
    CHECK(all[1].of == key("meals"));
    CHECK(all[1].count == 2);
    CHECK(unmet.all("99341").empty());
    CHECK(unmet.all(std::nullopt).size() == 2);
}

TEST_CASE("Two who counted in another order leave the same bytes of counters, and no log of writes") {
    const Place a;
    const Place b;
    auto first = Unmet::open_or_create(a.file);
    auto second = Unmet::open_or_create(b.file);
    for (const char* need : {"meals", "study", "talk"}) {
        first.count(key(need));
    }
    for (const char* need : {"talk", "meals", "study"}) {
        second.count(key(need));
    }
    CHECK(rows_of(a.file, "SELECT * FROM unmet") == rows_of(b.file, "SELECT * FROM unmet"));
    auto log = a.file;
    log += "-wal";
    CHECK((!std::filesystem::exists(log) || std::filesystem::file_size(log) == 0));
}

TEST_CASE("Many count at once and none is lost") {
    const Place place;
    Unmet::open_or_create(place.file);
    std::vector<std::thread> people;
    for (int i = 0; i < 4; ++i) {
        people.emplace_back([&place] {
            auto unmet = Unmet::open(place.file);
            for (int n = 0; n < 10; ++n) {
                unmet.count(key("meals"));
            }
        });
    }
    for (auto& person : people) {
        person.join();
    }
    CHECK(Unmet::open(place.file).all("99201").at(0).count == 40);
}

TEST_CASE("A file of something else is refused with a sentence and stays as it is") {
    const Place place;
    CHECK(code_of_opening(place.file) == "unmet_missing");
    std::ofstream(place.file) << "これは数ではない。十分に長い、ただの文章です。";
    CHECK(code_of_opening(place.file) == "unmet_foreign");
    std::filesystem::remove(place.file);
    Unmet::open_or_create(place.file);
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(place.file.c_str(), &database) == SQLITE_OK);
    sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
    sqlite3_close(database);
    CHECK(code_of_opening(place.file) == "unmet_newer");
}

TEST_CASE("Ages go into their bands, and bands and quarters are read back") {
    for (const auto& [years, months, code] : std::vector<std::tuple<int, int, std::string_view>>{{0, 0, "0_2"},
                                                                                                 {2, 11, "0_2"},
                                                                                                 {3, 0, "3_5"},
                                                                                                 {5, 11, "3_5"},
                                                                                                 {6, 0, "6_11"},
                                                                                                 {11, 11, "6_11"},
                                                                                                 {12, 0, "12_14"},
                                                                                                 {14, 11, "12_14"},
                                                                                                 {15, 0, "15_17"},
                                                                                                 {17, 11, "15_17"},
                                                                                                 {18, 0, "18_39"},
                                                                                                 {39, 11, "18_39"},
                                                                                                 {40, 0, "unknown"}}) {
        CHECK(code_of(unmet_band_of(years * 12 + months)) == code);
    }
    for (const auto band : k_unmet_bands) {
        CHECK(parse_unmet_band(code_of(band)) == band);
    }
    CHECK_FALSE(parse_unmet_band("7"));
    CHECK(quarter_of(k_november).first == year{2026} / month{10});
    CHECK(quarter_of(year{2027} / month{3}).first == year{2027} / month{1});
    CHECK(quarter_of(year{2026} / month{4}).last() == year{2026} / month{6});
}

namespace {

constexpr std::int64_t k_least = 3;
const std::vector<std::string> k_districts{"a", "b"};
const std::vector<std::string> k_needs{"meals", "study"};
constexpr std::size_t k_cells = 6; // two needs by two districts and elsewhere

using Cells = std::array<std::int64_t, k_cells>;

std::vector<UnmetCount> counts_of(const Cells& cells) {
    std::vector<UnmetCount> counts;
    for (std::size_t i = 0; i < k_cells; ++i) {
        if (cells[i] > 0) {
            const auto place = i % 3;
            counts.push_back({key(k_needs[i / 3], place < 2 ? k_districts[place] : ""), cells[i]});
        }
    }
    return counts;
}

UnmetQuarter told_of(const Cells& cells, bool is_running = false) {
    return told_unmet(counts_of(cells), quarter_of(k_november), is_running, k_districts, k_least);
}

std::int64_t total_of(const Cells& cells, std::size_t first = 0, std::size_t last = k_cells) {
    std::int64_t sum = 0;
    for (std::size_t i = first; i < last; ++i) {
        sum += cells[i];
    }
    return sum;
}

const UnmetByNeed* of_need(const UnmetQuarter& told, std::size_t need) {
    for (const auto& row : told.needs) {
        if (row.need == k_needs[need]) {
            return &row;
        }
    }
    return nullptr;
}

bool agrees(const ToldUnmet& told, std::int64_t value) {
    return !told.value ||
           (told.at_least ? value >= *told.value && value < *told.value + k_least : value == *told.value);
}

/// Whether the table could be the one that was told of, by its figures: what is withheld may be anything, nothing too.
bool could_be(const Cells& cells, const UnmetQuarter& told) {
    bool fits = agrees(told.total, total_of(cells));
    for (std::size_t need = 0; need < k_needs.size() && fits; ++need) {
        const auto total = total_of(cells, need * 3, need * 3 + 3);
        const auto* row = of_need(told, need);
        fits = row == nullptr ? total == 0 : agrees(row->total, total);
        for (std::size_t i = 0; row != nullptr && i < 3 && fits; ++i) {
            fits = agrees(row->by_district[i], cells[need * 3 + i]);
        }
    }
    return fits;
}

void each_table(std::int64_t most, Cells& cells, std::size_t at, const std::function<void(const Cells&)>& visit) {
    if (at == k_cells) {
        visit(cells);
        return;
    }
    for (std::int64_t value = 0; value <= most; ++value) {
        cells[at] = value;
        each_table(most - value, cells, at + 1, visit);
    }
    cells[at] = 0;
}

} // namespace

TEST_CASE("No small count of unmet need is told, nor can it be computed: all tables that fit are tried") {
    std::mt19937 random(20261127);
    std::vector<Cells> all;
    Cells empty{};
    each_table(12, empty, 0, [&](const Cells& cells) { all.push_back(cells); });
    for (int round = 0; round < 150; ++round) {
        Cells truth{};
        const auto total = std::uniform_int_distribution<int>(1, 8)(random);
        for (int i = 0; i < total; ++i) {
            ++truth[std::uniform_int_distribution<std::size_t>(0, k_cells - 1)(random)];
        }
        for (const bool is_running : {false, true}) {
            const auto told = told_of(truth, is_running);
            REQUIRE(could_be(truth, told));
            std::array<std::set<std::int64_t>, k_cells> possible;
            std::array<std::set<std::int64_t>, 2> possible_totals;
            for (const auto& cells : all) {
                if (could_be(cells, told)) {
                    for (std::size_t i = 0; i < k_cells; ++i) {
                        possible[i].insert(cells[i]);
                    }
                    possible_totals[0].insert(total_of(cells, 0, 3));
                    possible_totals[1].insert(total_of(cells, 3, 6));
                }
            }
            const auto is_small = [](std::int64_t value) { return value > 0 && value < k_least; };
            CHECK((told.total.value.has_value() || is_small(total_of(truth))));
            for (std::size_t need = 0; need < 2; ++need) {
                const auto* row = of_need(told, need);
                if (is_small(total_of(truth, need * 3, need * 3 + 3))) {
                    CHECK_FALSE(row->total.value);
                    CHECK(possible_totals.at(need).size() >= static_cast<std::size_t>(k_least));
                }
                for (std::size_t i = 0; row != nullptr && i < 3; ++i) {
                    if (is_small(truth[need * 3 + i])) {
                        CHECK_FALSE(row->by_district[i].value);
                        CHECK(possible[need * 3 + i].size() >= static_cast<std::size_t>(k_least));
                    }
                }
            }
        }
    }
}

TEST_CASE("While a quarter runs one more does not show until a whole step is full, and afterwards it is exact") {
    const auto of = [](std::int64_t count, bool is_running) {
        return told_of({count, 0, 0, 0, 0, 0}, is_running).needs.at(0).total;
    };
    CHECK(of(3, true) == of(5, true));
    CHECK(of(5, true) == ToldUnmet{3, true});
    CHECK(of(6, true) == ToldUnmet{6, true});
    CHECK(of(5, false) == ToldUnmet{5, false});
    CHECK_FALSE(of(2, true).value);
}

TEST_CASE("A quarter holds its three months, no others, and districts of elsewhere together") {
    std::vector<UnmetCount> counts{{key("meals", "a", UnmetBand::parents, year{2026} / month{9}), 50},
                                   {key("meals", "a", UnmetBand::parents, year{2026} / month{10}), 4},
                                   {key("meals", "a", UnmetBand::parents, year{2026} / month{12}), 5},
                                   {key("meals", "elsewhere"), 3},
                                   {key("meals", ""), 3},
                                   {key("meals", "a", UnmetBand::parents, year{2027} / month{1}), 70}};
    const auto told = told_unmet(counts, quarter_of(k_november), false, k_districts, k_least);
    CHECK(told.total == ToldUnmet{15});
    REQUIRE(told.needs.size() == 1);
    CHECK(told.needs[0].by_district == std::vector<ToldUnmet>{{9}, {0}, {6}});
    CHECK(told.by_band.at(static_cast<std::size_t>(UnmetBand::parents)) == ToldUnmet{9});
    CHECK(told_unmet(counts, quarter_of(year{2020} / month{1}), false, k_districts, k_least).total == ToldUnmet{0});
}
