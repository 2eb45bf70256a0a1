// The schedules of the lists of children's cafeterias as published: how many can be computed with, and whether what is
// claimed is what a person reads.
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/table_file.hpp"
#include "schedule_notation.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <map>
#include <regex>
#include <sstream>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::ScheduleState;

namespace {

/// A row's six cells, and where it stands.
struct ScheduleRow {
    std::string file; ///< its municipality's or prefecture's six digits
    std::int64_t row = 0;
    std::array<std::string, 6> cells; ///< 開催頻度 開催曜日 開催日 開催開始時間 開催終了時間 開催日時特記事項

    [[nodiscard]] ScheduleReading read() const {
        return read_schedules({.frequency = cells[0],
                               .weekdays = cells[1],
                               .days = cells[2],
                               .from = cells[3],
                               .to = cells[4],
                               .remark = cells[5],
                               .subject = ProseSubject::cafeteria});
    }

    /// What the row says of days, in one width.
    [[nodiscard]] std::string words() const { return plain(cells[1] + " " + cells[2] + " " + cells[5]); }
};

void add_rows(std::vector<ScheduleRow>& rows, const std::string& file, const Table& table) {
    constexpr std::array<std::string_view, 6> k_columns{"開催頻度",     "開催曜日",     "開催日",
                                                        "開催開始時間", "開催終了時間", "開催日時特記事項"};
    for (const Record& record : table.records) {
        ScheduleRow row{.file = file.substr(0, 6), .row = record.row, .cells = {}};
        for (std::size_t i = 0; i < table.header.size() && i < record.cells.size(); ++i) {
            const auto* const column = std::ranges::find(k_columns, std::string_view(trimmed(table.header[i])));
            if (column != k_columns.end()) {
                row.cells.at(static_cast<std::size_t>(column - k_columns.begin())) = record.cells[i];
            }
        }
        rows.push_back(std::move(row));
    }
}

/// The rows of all lists; none where the lists are absent.
std::vector<ScheduleRow> published_rows() {
    std::vector<ScheduleRow> rows;
    const fs::path folder = real_data("tokyo/kodomo_shokudo");
    if (folder.empty()) {
        return rows;
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().stem().string().find("_tsuika") == std::string::npos) {
            const auto text = decode(bytes_of(entry.path()));
            REQUIRE(text);
            const auto table = read_table(text->text, Limits{});
            REQUIRE(table);
            add_rows(rows, entry.path().filename().string(), *table);
        }
    }
    const fs::path workbook = real_data("saitama/110001_kodomoshokudo.xlsx");
    if (!workbook.empty()) {
        const auto tables = read_tables(workbook, bytes_of(workbook), Limits{});
        REQUIRE(tables);
        REQUIRE_FALSE(tables->empty());
        add_rows(rows, workbook.filename().string(), tables->front());
    }
    return rows;
}

/// Whether the words name a weekday by its week, or a weekly rhythm.
bool names_days(const std::string& words) {
    static const std::regex named("第([1-5]|一|二|三|四|五)|最終|末の|毎週|毎日|週[1-7]日");
    return std::regex_search(words, named);
}

/// Whether they take it back in the same breath: one of two, as a rule, every other month, suspended.
bool takes_back(const std::string& words) {
    static const std::regex hedged("原則|基本|または|もしくは|or|[1-5]か第|変更|コロナ|休止|隔月|ヶ月に");
    return std::regex_search(words, hedged);
}

std::string percent(int part, int whole) {
    return fmt::format("{} of {} ({:.1f} %)", part, whole, 100.0 * part / whole);
}

} // namespace

TEST_CASE("published schedules: what names its days is dated, and every one is shown in words") {
    const auto rows = published_rows();
    if (rows.empty()) {
        return;
    }
    std::map<std::string, int> states{{"dated", 0}, {"recurring", 0}, {"text", 0}};
    int told = 0;
    int named = 0;
    int named_dated = 0;
    int sure = 0;
    int sure_dated = 0;
    for (const ScheduleRow& row : rows) {
        const auto schedules = row.read().schedules;
        bool dated = false;
        bool recurring = false;
        for (const directory::Schedule& schedule : schedules) {
            dated = dated || schedule.rule.state == ScheduleState::dated;
            recurring = recurring || schedule.rule.state == ScheduleState::recurring;
            for (const auto* language : {"ja", "ja-easy", "en"}) {
                CHECK_FALSE(directory::in_words(schedule, language).empty());
            }
        }
        if (!schedules.empty()) {
            ++told;
            ++states[dated ? "dated" : recurring ? "recurring" : "text"];
        }
        if (names_days(row.words())) {
            ++named;
            named_dated += dated ? 1 : 0;
            if (!dated && std::getenv("SHIRUBE_SHOW_ROWS") != nullptr) {
                std::cout << row.file << ' ' << row.row << ' ' << in_notation(schedules) << "  " << row.words() << '\n';
            }
            if (!takes_back(row.words())) {
                ++sure;
                sure_dated += dated ? 1 : 0;
            }
        }
    }
    std::cout << "schedules of " << rows.size() << " published rows, " << told << " of which say something: dated "
              << percent(states["dated"], told) << ", recurring " << percent(states["recurring"], told) << ", text "
              << percent(states["text"], told) << "\n  of rows that name a week's weekday or a weekly rhythm: dated "
              << percent(named_dated, named) << "; of those that do not take it back: " << percent(sure_dated, sure)
              << '\n';
    CHECK(sure_dated >= 0.95 * sure);
    CHECK(named_dated >= 0.95 * named);
}

TEST_CASE("published schedules read as a person read them, without one wrong") {
    const auto rows = published_rows();
    if (rows.empty()) {
        return;
    }
    std::istringstream lines(bytes_of(fs::path(SHIRUBE_SOURCE_DIR) / "tests/importers/hand/schedules.txt"));
    int compared = 0;
    std::map<std::string, int> absent;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) {
            continue;
        }
        std::istringstream words(line);
        std::string file;
        std::int64_t number = 0;
        words >> file >> number >> std::ws;
        std::string expected;
        std::getline(words, expected);
        const auto row = std::ranges::find_if(
            rows, [&](const ScheduleRow& each) { return each.file == file && each.row == number; });
        if (std::ranges::none_of(rows, [&](const ScheduleRow& each) { return each.file == file; })) {
            ++absent[file];
            continue;
        }
        CAPTURE(file, number);
        REQUIRE(row != rows.end());
        CHECK(in_notation(row->read().schedules) == expected);
        ++compared;
    }
    for (const auto& [file, count] : absent) {
        std::cout << "SKIPPED: " << count << " rows of " << file << ", whose list is not read here\n";
    }
    CHECK((compared >= 150 || !absent.empty()));
}
