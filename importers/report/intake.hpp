// The book that is kept while rows come in: bins, issues and progress of one import.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/import.hpp"
#include "importers/report/report.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers {

struct Record;
struct Table;

/// Where in a file something was seen.
struct Place {
    std::int64_t row = 0;
    std::string column{};
    std::string value{}; ///< as the file has it; shortened when kept. Leave it empty for contacts.
};

/// The cells of a record as the store keeps them: a JSON array of strings.
std::string verbatim_cells(std::span<const std::string> cells);

class Intake {
  public:
    Intake(Report& report, const ImportOptions& options, const Limits& limits, const Progress& progress);

    [[nodiscard]] Report& report() noexcept { return report_; }
    [[nodiscard]] const ImportOptions& options() const noexcept { return options_; }
    [[nodiscard]] const Limits& limits() const noexcept { return limits_; }

    /// What follows is about this file.
    void begin_file(const std::string& name);

    /// What follows is about this table: a file, and its sheet where it has sheets.
    void begin_table(const std::string& file, const std::string& sheet);
    [[nodiscard]] const std::string& file() const noexcept { return file_; }
    [[nodiscard]] const std::string& sheet() const noexcept { return sheet_; }

    void count(Bin bin) { report_.rows.count(bin); }

    /// Keeps a rejected row as it was written, where they were asked for. Its table has no list yet.
    void reject(const RejectedTable& of, RejectedRow row);

    /// Counts a row as rejected, and keeps it as reject() does with what was noted at it.
    void turn_away(const Table& table, const Record& record);

    /// Keeps the columns of the table at hand: for the store, and for rows of it that are turned away when the table is
    /// gone. Two of one name are noted: only one of them is read.
    void remember_columns(const Table& table);
    void remember_columns(const std::string& file, const std::string& sheet, std::span<const std::string> columns);

    /// The columns of a table, as the store keeps them beside its rows; empty where none are remembered.
    [[nodiscard]] std::string columns_of(const std::string& file, const std::string& sheet) const;

    /// The same of a row that was counted as taken: a list turns it away. Keeps it where its columns are remembered.
    void turn_away_later(Bin was, const directory::BatchRow& row, std::string_view list);

    /// The list that rejected rows of a layout belong to: those kept since the last time, those turned away too.
    void name_rejects(std::string_view profile, std::string_view list);

    /// A row that was counted before turns out to belong elsewhere.
    void recount(Bin from, Bin to) { report_.rows.move(from, to); }

    /// Notes a problem of the table of issue codes at a place of the current file.
    void note(std::string_view code, Place place, std::string_view a = {}, std::string_view b = {});

    /// Keeps an issue that a layout wrote; its file and sheet are filled in.
    void keep(Issue issue);

    void step(std::string_view name, std::size_t done, std::size_t of) const;

  private:
    Report& report_;
    const ImportOptions& options_;
    const Limits& limits_;
    const Progress& progress_;
    std::string file_;
    std::string sheet_;
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> columns_; ///< by file and sheet
    std::vector<Issue> of_row_; ///< what was noted last, all at one row; only where rejected rows are kept
};

} // namespace shirube::importers
