#include "importers/resources/further_schedules.hpp"

#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/files/csv.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::array<std::string_view, 10> k_columns{
    "ID", "NO", "開催頻度", "開催曜日", "開催日", "開催開始時間", "開催終了時間", "開催日時特記事項", "住所", "方書"};

bool has(std::span<const std::string> header, std::string_view column) {
    return std::ranges::find(header, column_key(column), column_key) != header.end();
}

/// A table's name without folder and ending, and without what marks a file of further schedules. A member of an
/// archive goes by its own name.
std::string stem_of(const std::string& file) {
    const std::size_t open = file.rfind(" (");
    const bool member = file.ends_with(')') && open != std::string::npos;
    std::string stem =
        std::filesystem::path(member ? file.substr(open + 2, file.size() - open - 3) : file).stem().string();
    for (const std::string_view mark : {"_tsuika", "_追加情報", "_追加", "-tsuika"}) {
        if (stem.ends_with(mark)) {
            stem.resize(stem.size() - mark.size());
        }
    }
    return stem;
}

std::string venue_of(RowCells& cells) {
    const auto told = [&cells](std::string_view column) {
        std::string text = cells.text(column);
        return is_withheld(text) || says_nothing(text) ? std::string{} : text;
    };
    const std::string address = told("住所");
    const std::string building = told("方書");
    return building.empty() ? address : address.empty() ? building : fmt::format("{}（{}）", building, address);
}

std::vector<directory::Schedule> schedules_of(RowCells& cells) {
    ScheduleReading read = read_schedules({.frequency = cells.raw("開催頻度"),
                                           .weekdays = cells.raw("開催曜日"),
                                           .days = cells.raw("開催日"),
                                           .from = cells.raw("開催開始時間"),
                                           .to = cells.raw("開催終了時間"),
                                           .remark = cells.raw("開催日時特記事項")});
    note_schedule_problems(cells, read.problems);
    if (read.schedules.empty()) {
        read.schedules.emplace_back(); // somewhere else too, nobody says when
    }
    const std::string venue = venue_of(cells);
    for (directory::Schedule& schedule : read.schedules) {
        schedule.venue = venue;
    }
    return std::move(read.schedules);
}

} // namespace

bool is_further_schedules(std::span<const std::string> header) {
    return !header.empty() && (has(header.first(1), "ID") || has(header.first(1), "NO")) && has(header, "開催頻度") &&
           !has(header, "名称");
}

std::vector<const FurtherSchedules::Parent*> FurtherSchedules::parents_of(const Table& table) const {
    std::vector<const Parent*> found;
    const auto gather = [&](auto belongs) {
        for (const Parent& parent : parents_) {
            if (belongs(parent)) {
                found.push_back(&parent);
            }
        }
        return !found.empty();
    };
    if (gather([&](const Parent& parent) { return parent.file == table.file; }) ||
        gather([&](const Parent& parent) { return stem_of(parent.file) == stem_of(table.file); })) {
        return found;
    }
    const std::string& only = parents_.front().file;
    if (std::ranges::all_of(parents_, [&](const Parent& parent) { return parent.file == only; })) {
        gather([](const Parent&) { return true; });
    }
    return found;
}

void FurtherSchedules::add(const Table& table, const Record& record, Found& found, Intake& intake) {
    Record fitted = record;
    fitted.cells.resize(table.header.size());
    RowCells cells(table.header, fitted, intake.options().language, [](std::string_view) { return false; });
    auto schedules = schedules_of(cells);
    auto& parent = std::get<directory::ResourceReading>(found.row->reading);
    std::ranges::move(schedules, std::back_inserter(parent.services.front().schedules));

    directory::BatchRow row;
    row.key = fmt::format("{}+{}", found.row->key, ++found.further);
    row.file = table.file;
    row.sheet = table.sheet;
    row.row = record.row;
    row.cells = verbatim_cells(record.cells);
    row.flagged = cells.has_issues();
    directory::ResourceReading reading;
    reading.site = parent.site;
    row.reading = std::move(reading);
    intake.count(row.flagged ? Bin::flagged : Bin::accepted);
    for (Issue& issue : cells.take_issues()) {
        issue.row = record.row;
        intake.keep(std::move(issue));
    }
    added_[found.list].push_back(std::move(row));
}

void FurtherSchedules::join(const Table& table, const std::vector<const Parent*>& parents, Intake& intake) {
    const bool by_id = has(std::span(table.header).first(1), "ID");
    intake.begin_table(table.file, table.sheet);
    explain(table, fit_of(table.header, k_columns, {}).understood, intake);
    for (const Record& record : table.records) {
        // Sheets are numbered ahead: a number alone says nothing.
        if (record.cells.empty() || is_blank(std::span(record.cells).subspan(1))) {
            intake.count(Bin::blank);
            continue;
        }
        const std::string number = plain(record.cells.front());
        const auto parent = std::ranges::find_if(parents, [&](const Parent* one) {
            return by_id ? one->id == number : std::ranges::find(one->numbers, number) != one->numbers.end();
        });
        const auto place = number.empty() || parent == parents.end()
                               ? places_.end()
                               : places_.find({(*parent)->file, (*parent)->sheet, (*parent)->row});
        if (place == places_.end()) {
            intake.note("further_parent_missing", {.row = record.row, .column = table.header.front()}, number);
            intake.count(Bin::rejected);
            continue;
        }
        add(table, record, place->second, intake);
    }
}

std::expected<void, FileProblem> FurtherSchedules::join(std::vector<directory::BatchList>& lists, Intake& intake) {
    if (tables_.empty()) {
        return {};
    }
    if (parents_.empty()) {
        return std::unexpected(in_file({.code = "header_further_schedules"}, tables_.front().file));
    }
    for (directory::BatchList& list : lists) {
        for (directory::BatchRow& row : list.rows) {
            places_[{row.file, row.sheet, row.row}] = {.row = &row, .list = &list};
        }
    }
    for (const Table& table : tables_) {
        join(table, parents_of(table), intake);
    }
    for (auto& [list, rows] : added_) {
        std::ranges::move(rows, std::back_inserter(list->rows));
    }
    tables_.clear();
    return {};
}

} // namespace shirube::importers
