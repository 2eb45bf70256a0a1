// Reports of the public: what is kept of one and what is not, how many may wait, and what is left when they are done.
#include "directory/reports.hpp"

#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace shirube::directory;

namespace {

Day day_of(std::string_view text) { return parse_day(text).value(); }

/// A folder of its own, gone with the test.
struct Place {
    std::filesystem::path folder = shirube::tests::new_scratch_folder("shirube-reports");
    std::filesystem::path file = reports_beside(folder / "town.shirube");
    ~Place() { std::filesystem::remove_all(folder); }
};

NewReport report(std::string service, std::string_view day, std::string text = "電話がつながらない",
                 std::string owner = "99201") {
    return {std::move(service), std::move(owner), "edition", day_of(day), ReportKind::phone, std::move(text)};
}

/// Everything in the files of the reports, whatever it is.
std::string bytes_of(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

/// By SQLite itself.
std::vector<std::string> column(const std::filesystem::path& file, const char* sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    std::vector<std::string> values;
    const auto take = [](void* into, int, char** cells, char**) {
        static_cast<std::vector<std::string>*>(into)->emplace_back(cells[0] == nullptr ? "" : cells[0]);
        return 0;
    };
    CHECK(sqlite3_exec(database, sql, take, &values, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    return values;
}

} // namespace

TEST_CASE("A report is kept with its day and nothing finer, in a file that its owner alone reads") {
    const Place place;
    auto reports = Reports::open_or_create(place.file);
    REQUIRE(reports.add(report("v1", "2026-11-26")));
    struct stat facts{};
    REQUIRE(::stat(place.file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0600U);
    CHECK(place.file.filename() == "town.shirube.reports");
    // What there is a column for is all that can be kept: a new one must be looked at here.
    CHECK(column(place.file, "SELECT name FROM pragma_table_info('report') ORDER BY cid") ==
          std::vector<std::string>{"report_id", "service", "owner", "edition", "day", "kind", "text", "outcome", "note",
                                   "done_day"});
    CHECK(column(place.file, "SELECT date(day * 86400, 'unixepoch') FROM report") ==
          std::vector<std::string>{"2026-11-26"});
    const auto open = Reports::open(place.file).open_ones(std::nullopt, 10);
    REQUIRE(open.size() == 1);
    CHECK(open[0].said.service == "v1");
    CHECK(open[0].said.text == "電話がつながらない");
    CHECK(open[0].said.kind == ReportKind::phone);
    CHECK(to_string(open[0].said.day) == "2026-11-26");
    CHECK_FALSE(open[0].outcome);
}

TEST_CASE("Nobody has reported anything, a file of something else, and one of a newer program each say so") {
    const Place place;
    const auto code = [&] {
        try {
            Reports::open(place.file);
        } catch (const ReportsError& error) {
            return error.code();
        }
        return std::string{"none"};
    };
    CHECK(code() == "reports_missing");
    std::ofstream(place.file) << "これは報告ではない。十分に長い、ただの文章です。";
    CHECK(code() == "reports_foreign");
    std::filesystem::remove(place.file);
    Reports::open_or_create(place.file);
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(place.file.c_str(), &database) == SQLITE_OK);
    sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
    sqlite3_close(database);
    CHECK(code() == "reports_newer");
}

TEST_CASE("Controls, marks that turn the writing and invisible letters are gone from what is written") {
    CHECK(clean_report_text("時間が\r\nちがう\rほんとう\xe2\x80\xa8だよ\t。") == "時間が\nちがう\nほんとう\nだよ 。");
    CHECK(clean_report_text("\xe2\x80\xae"
                            "abc\xe2\x81\xa6x\xe2\x80\x8b\xef\xbb\xbfy\x01\x7f\xc2\x85") == "abcxy");
    CHECK(clean_report_text("a\xf3\xa0\x81\x81"
                            "b") == "ab");                                      // a tag character
    CHECK(clean_report_text("葛\xf3\xa0\x84\x80城") == "葛\xf3\xa0\x84\x80城"); // a variant of a character is writing
    CHECK(clean_report_text("  \n 中 \n ") == "中");
    CHECK(clean_report_text("\xff\xfe").find('\xff') == std::string::npos);
    CHECK(characters_in("葛城a") == 3);
}

TEST_CASE("So many of one service and day may wait, and so many in all; another day, and what is done, make room") {
    const Place place;
    auto reports = Reports::open_or_create(place.file);
    const ReportLimits limits{.open_of_service_a_day = 2, .open_in_all = 4};
    const auto first = reports.add(report("v1", "2026-11-26"), limits);
    REQUIRE(first);
    REQUIRE(reports.add(report("v1", "2026-11-26"), limits));
    CHECK(reports.add(report("v1", "2026-11-26"), limits).error() == ReportRefusal::service_full);
    REQUIRE(reports.add(report("v1", "2026-11-27"), limits));
    REQUIRE(reports.add(report("v2", "2026-11-26", "x", "99341"), limits));
    CHECK(reports.add(report("v3", "2026-11-27"), limits).error() == ReportRefusal::all_full);
    REQUIRE(reports.close(*first, "99201", ReportOutcome::was_right, "", day_of("2026-11-27")));
    CHECK(reports.add(report("v3", "2026-11-27"), limits));
    CHECK(reports.count_open(std::nullopt) == 4);
    CHECK(reports.count_open("99201") == 3);
    CHECK(reports.count_open("99341") == 1);
}

TEST_CASE("Only its own municipality closes a report, and only once") {
    const Place place;
    auto reports = Reports::open_or_create(place.file);
    const auto id = *reports.add(report("v1", "2026-11-26"));
    const auto today = day_of("2026-11-28");
    CHECK_FALSE(reports.close(id, "99341", ReportOutcome::spam, "", today));
    CHECK_FALSE(reports.close(id, "", ReportOutcome::spam, "", today));
    CHECK_FALSE(reports.close(id + 1, "99201", ReportOutcome::spam, "", today));
    std::string note;
    for (std::size_t i = 0; i < k_longest_report_note + 5; ++i) {
        note += "葛";
    }
    REQUIRE(reports.close(id, "99201", ReportOutcome::corrected, note, today));
    CHECK_FALSE(reports.close(id, "99201", ReportOutcome::spam, "", today));
    CHECK(reports.open_ones("99201", 10).empty());
    CHECK(reports.done_ones("99341", 10).empty());
    const auto done = reports.done_ones("99201", 10);
    REQUIRE(done.size() == 1);
    CHECK(done[0].outcome == ReportOutcome::corrected);
    CHECK(characters_in(done[0].note) == k_longest_report_note);
    CHECK(done[0].done_on == today);
}

TEST_CASE("Ninety days after it was done a report's words are in none of the files, and it is counted") {
    const Place place;
    auto reports = Reports::open_or_create(place.file);
    const std::string word = "ひみつのことば";
    const auto old = *reports.add(report("v1", "2025-12-30", word));
    const auto newer = *reports.add(report("v1", "2026-01-02", "まだ読める"));
    REQUIRE(reports.add(report("v2", "2025-12-30", "まだ開いている")));
    REQUIRE(reports.close(old, "99201", ReportOutcome::spam, "", day_of("2026-01-05")));
    REQUIRE(reports.close(newer, "99201", ReportOutcome::spam, "", day_of("2026-01-06")));
    CHECK(reports.forget_done(day_of("2026-04-05")) == 0); // the ninetieth day
    CHECK(bytes_of(place.folder).find(word) != std::string::npos);
    CHECK(reports.forget_done(day_of("2026-04-06")) == 1);
    CHECK(bytes_of(place.folder).find(word) == std::string::npos);
    CHECK(reports.done_ones("99201", 10).size() == 1);
    CHECK(reports.count_open("99201") == 1);
    REQUIRE(reports.forget_done(day_of("2026-04-07")) == 1);
    const auto past = reports.past("99201");
    REQUIRE(past.size() == 2);
    CHECK(past[0].year == 2026);
    CHECK(past[1].year == 2025);
    CHECK(past[1].kind == ReportKind::phone);
    CHECK(past[1].outcome == ReportOutcome::spam);
    CHECK(past[1].count == 1);
    CHECK(reports.past("99341").empty());
}

TEST_CASE("Many at once are counted one after the other, by two programs too") {
    const Place place;
    auto here = Reports::open_or_create(place.file);
    auto there = Reports::open(place.file);
    const ReportLimits limits{.open_of_service_a_day = 25, .open_in_all = 1'000};
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 20; ++i) {
                (void)(thread % 2 == 0 ? here : there).add(report("v1", "2026-11-26"), limits);
            }
        });
    }
    threads.clear();
    CHECK(here.count_open(std::nullopt) == 25);
}

TEST_CASE("Codes of reports are read back") {
    std::set<std::string_view> codes;
    for (const auto kind : k_report_kinds) {
        CHECK(parse_report_kind(code_of(kind)) == kind);
        codes.insert(code_of(kind));
    }
    for (const auto outcome : k_report_outcomes) {
        CHECK(parse_report_outcome(code_of(outcome)) == outcome);
        codes.insert(code_of(outcome));
    }
    CHECK(codes.size() == k_report_kinds.size() + k_report_outcomes.size());
    CHECK_FALSE(parse_report_kind("phone "));
}
