#include "importers/columns/row_cells.hpp"

#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/files/csv.hpp"
#include "importers/report/issue_codes.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::size_t k_longest_value = 60;

} // namespace

HeaderFit fit_of(std::span<const std::string> header, std::span<const std::string_view> known,
                 std::span<const std::string_view> required) {
    HeaderFit fit;
    std::vector<std::string> keys;
    for (const std::string& column : header) {
        keys.push_back(column_key(column));
        const auto field =
            std::ranges::find(known, keys.back(), [](std::string_view name) { return column_key(name); });
        fit.understood.emplace_back(field == known.end() ? std::string_view{} : *field);
        fit.known += field == known.end() ? 0 : 1;
    }
    for (const std::string_view column : required) {
        if (std::ranges::find(keys, column_key(column)) == keys.end()) {
            fit.missing.emplace_back(column);
        }
    }
    return fit;
}

RowCells::RowCells(std::span<const std::string> header, const Record& record, std::string language,
                   IsContact is_contact)
    : header_(header),
      written_(header),
      record_(record),
      language_(std::move(language)),
      is_contact_(std::move(is_contact)),
      index_(index_of(header)) {}

RowCells::RowCells(const Table& table, const Record& record, std::string language, IsContact is_contact)
    : RowCells(table.header, record, std::move(language), std::move(is_contact)) {
    written_ = table.columns_of_file();
}

std::string_view RowCells::raw(std::string_view column) const {
    const auto place = index_->find(column);
    if (!place || *place >= record_.cells.size()) {
        return {};
    }
    if (const auto put = put_.find(*place); put != put_.end()) {
        return put->second;
    }
    return record_.cells[*place];
}

void RowCells::put(std::string_view column, std::string text) {
    if (const auto place = index_->find(column)) {
        put_.insert_or_assign(*place, std::move(text));
    }
}

std::string RowCells::text(std::string_view column) {
    CleanText clean = clean_text(raw(column));
    if (clean.had_tabs && std::ranges::find(with_tabs_, column) == with_tabs_.end()) {
        with_tabs_.emplace_back(column);
        note({"cell_tabs"}, column);
    }
    return std::move(clean.text);
}

std::string RowCells::free_text(std::string_view column) { return without_contacts(text(column)); }

void RowCells::note(const CellProblem& problem, std::string_view column) {
    Issue issue;
    issue.row = record_.row;
    issue.column = written_name(column);
    issue.code = problem.code;
    issue.message = issue_sentence(problem.code, language_, problem.a, problem.b);
    if (!is_contact_(column) && !is_of_people(problem.code)) {
        issue.value = shortened(without_contacts(clean_text(raw(column)).text), k_longest_value);
    }
    issues_.push_back(std::move(issue));
}

void RowCells::note_row(const CellProblem& problem) {
    Issue issue;
    issue.row = record_.row;
    issue.code = problem.code;
    issue.message = issue_sentence(problem.code, language_, problem.a, problem.b);
    issues_.push_back(std::move(issue));
}

bool RowCells::is_blank() const { return importers::is_blank(record_.cells); }

std::string RowCells::written_name(std::string_view column) const {
    const auto place = index_->find(column);
    if (!place) {
        return std::string(column);
    }
    return clean_text(*place < written_.size() ? written_[*place] : header_[*place]).text;
}

void note_schedule_problems(RowCells& cells, std::span<const std::pair<ScheduleCell, CellProblem>> problems) {
    for (const auto& [cell, problem] : problems) {
        switch (cell) {
            case ScheduleCell::weekdays:
                cells.note(problem, "開催曜日");
                break;
            case ScheduleCell::from:
                cells.note(problem, "開催開始時間");
                break;
            case ScheduleCell::to:
                cells.note(problem, "開催終了時間");
                break;
        }
    }
}

} // namespace shirube::importers
