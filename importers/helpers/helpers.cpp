#include "importers/helpers/helpers.hpp"

#include "importers/cleaning/contact_columns.hpp"
#include "importers/columns/header_names.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/table_file.hpp"
#include "importers/helpers/helper_row.hpp"
#include "importers/helpers/person_columns.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

std::optional<FileProblem> header_fault(std::span<const std::string> header) {
    if (const std::string column = person_column_of(header); !column.empty()) {
        return FileProblem{.code = "helpers_of_persons", .a = column};
    }
    const HeaderFit fit = fit_helpers(header);
    if (fit.missing.empty()) {
        return std::nullopt;
    }
    return FileProblem{.code = "helpers_header_unknown", .a = fmt::format("{}", fmt::join(fit.missing, ", "))};
}

/// A cell that heads persons and nothing else, in a line of a table that is no list of ours.
std::string bare_person_column(std::span<const std::string> line) {
    constexpr std::array<std::string_view, 5> k_names{"氏名", "名前", "お名前", "電話番号", "生年月日"};
    const auto found = std::ranges::find_if(
        line, [&](const std::string& cell) { return std::ranges::find(k_names, column_key(cell)) != k_names.end(); });
    return found == line.end() ? std::string{} : *found;
}

/// The column of persons that any of the lines has which may be a table's header: a file that has one is not taken,
/// even where another of its sheets would be.
std::string person_column_in(const Table& table) {
    const auto told_by = [](std::span<const std::string> line) {
        const std::string column = bare_person_column(line);
        return column.empty() && fit_helpers(line).missing.empty() ? person_column_of(line) : column;
    };
    std::string column = told_by(table.header);
    for (std::size_t i = 0; column.empty() && i < std::min(k_lines_above, table.records.size()); ++i) {
        column = told_by(table.records[i].cells);
    }
    return column;
}

class HelperTable {
  public:
    HelperTable(const Table& table, const HelpersDesk& desk, Intake& intake)
        : table_(table), desk_(desk), intake_(intake) {}

    void read(const Record& record, directory::BatchList& list) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        if (is_example_row(record)) {
            intake_.note("row_example", {.row = record.row});
            intake_.count(Bin::out_of_scope);
            return;
        }
        RowCells cells(table_, record, intake_.options().language, is_contact_column);
        auto helpers = read_helper_row(cells, desk_, intake_.options());
        bool has_doubts = cells.has_issues();
        for (Issue& issue : cells.take_issues()) {
            issue.row = record.row;
            intake_.keep(std::move(issue));
        }
        if (!helpers) {
            intake_.turn_away(table_, record);
            return;
        }
        has_doubts = note_surplus(table_, record, intake_) || has_doubts;
        directory::BatchRow row;
        row.key = key_of(*helpers, desk_.districts);
        row.file = intake_.file();
        row.sheet = intake_.sheet();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells_of_file());
        row.flagged = has_doubts;
        row.reading = std::move(*helpers);
        list.rows.push_back(std::move(row));
        intake_.count(has_doubts ? Bin::flagged : Bin::accepted);
    }

  private:
    const Table& table_;
    const HelpersDesk& desk_;
    Intake& intake_;
};

} // namespace

std::expected<std::vector<directory::BatchList>, FileProblem> read_helpers(const std::filesystem::path& path,
                                                                           std::string_view bytes,
                                                                           const HelpersDesk& desk, Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (!profile.empty() && profile != k_helpers_profile) {
        return std::unexpected(wrong_use("profile_unknown", profile, std::string(k_helpers_profile)));
    }
    auto tables = read_tables(path, bytes, intake.limits());
    if (!tables) {
        return std::unexpected(std::move(tables.error()));
    }
    for (const Table& table : *tables) {
        if (std::string column = person_column_in(table); !column.empty() && !is_for_the_writer(table)) {
            return std::unexpected(of_table({.code = "helpers_of_persons", .a = std::move(column)}, table));
        }
    }
    auto wanted = wanted_tables(std::move(*tables), header_fault, path, intake);
    if (!wanted) {
        return std::unexpected(std::move(wanted.error()));
    }
    std::vector<directory::BatchList> lists;
    for (const WantedTable& each : *wanted) {
        const Table& table = each.table;
        intake.begin_table(table.file, table.sheet);
        explain(table, fit_helpers(table.header).understood, intake, is_contact_column);
        directory::BatchList& list = list_for(each, k_helpers_profile, lists);
        HelperTable rows(table, desk, intake);
        for (const Record& record : table.records) {
            rows.read(record, list);
        }
    }
    return lists;
}

} // namespace shirube::importers
