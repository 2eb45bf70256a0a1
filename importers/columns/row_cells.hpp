// One record under its header: cells by the names of their columns, and the problems found in them.
#pragma once

#include "importers/cleaning/cell_problem.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/columns/header_index.hpp"
#include "importers/columns/header_names.hpp"
#include "importers/layouts/layout.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shirube::importers {

/// How a header fits a layout of named columns.
HeaderFit fit_of(std::span<const std::string> header, std::span<const std::string_view> known,
                 std::span<const std::string_view> required);

class RowCells {
  public:
    using IsContact = std::function<bool(std::string_view column)>;

    RowCells(std::span<const std::string> header, const Record& record, std::string language, IsContact is_contact);

    /// The same of a table that a mapping may have renamed: problems are told at the columns the file has.
    RowCells(const Table& table, const Record& record, std::string language, IsContact is_contact);

    /// Whether the table has the column at all.
    [[nodiscard]] bool has(std::string_view column) const { return index_->find(column).has_value(); }

    /// The cell as it stands in the file; empty where the table has no such column.
    [[nodiscard]] std::string_view raw(std::string_view column) const;

    /// What is to be read instead of a cell: an address put together from its parts, a code with its leading zero. Does
    /// nothing where the table has no such column. raw() of that column is another text afterwards.
    void put(std::string_view column, std::string text);

    /// The cell as it may be shown. Tabs in it are noted once.
    std::string text(std::string_view column);

    /// Free text without contacts in it.
    std::string free_text(std::string_view column);

    /// A cleaned cell's value; its problem is noted at the column.
    template <class T>
    std::optional<T> take(Cell<T> cell, std::string_view column) {
        if (!cell) {
            note(cell.error(), column);
            return std::nullopt;
        }
        return std::move(*cell);
    }

    /// Notes a problem at a cell; no value of a contact column goes with it.
    void note(const CellProblem& problem, std::string_view column);

    /// Notes a problem of the row as a whole.
    void note_row(const CellProblem& problem);

    [[nodiscard]] bool is_blank() const;
    [[nodiscard]] bool has_issues() const noexcept { return !issues_.empty(); }
    [[nodiscard]] const std::vector<Issue>& issues() const noexcept { return issues_; }
    [[nodiscard]] std::vector<Issue> take_issues() { return std::move(issues_); }

  private:
    [[nodiscard]] std::string written_name(std::string_view column) const;

    std::span<const std::string> header_;
    std::span<const std::string> written_; ///< columns as the file has them
    const Record& record_;
    std::string language_;
    IsContact is_contact_;
    std::shared_ptr<const HeaderIndex> index_;
    std::unordered_map<std::size_t, std::string> put_; ///< by column
    std::vector<std::string> with_tabs_;
    std::vector<Issue> issues_;
};

/// Notes what read_schedules() said, at the columns both layouts have (開催曜日, 開催開始時間, 開催終了時間).
void note_schedule_problems(RowCells& cells, std::span<const std::pair<ScheduleCell, CellProblem>> problems);

} // namespace shirube::importers
