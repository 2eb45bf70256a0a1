#include "importers/report/rejects.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/files/csv.hpp"
#include "importers/sheets/harmless_cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::array<std::string_view, 4> k_added{k_reject_list, k_reject_row, k_reject_code, k_reject_reason};

void undo_harmless(std::string& cell) {
    if (cell.starts_with('\'') && is_formula(cell)) {
        cell.erase(0, 1);
    }
}

std::string joined(std::span<const Issue> issues, std::string Issue::* part, std::string_view separator) {
    std::string out;
    for (const Issue& issue : issues) {
        const std::string column = part == &Issue::message && !issue.column.empty() ? issue.column + ": " : "";
        out += (out.empty() ? "" : std::string(separator)) + column + issue.*part;
    }
    return out;
}

/// Wide enough for its header, within reason: the cells are whatever they are.
double width_of(std::string_view header) { return std::clamp(static_cast<double>(header.size()) * 0.7, 8.0, 30.0); }

Sheet sheet_of(const RejectedTable& table, std::size_t number) {
    Sheet sheet{
        .name = fmt::format("取り込めない行{}", number == 1 ? "" : std::to_string(number)), .columns = {}, .rows = {}};
    std::size_t width = table.header.size();
    for (const RejectedRow& row : table.rows) {
        width = std::max(width, row.cells.size());
    }
    for (std::size_t i = 0; i < width; ++i) {
        const std::string header = i < table.header.size() ? harmless(table.header[i]) : "";
        sheet.columns.push_back({.header = header, .note = "", .width = width_of(header)});
    }
    for (const std::string_view added : k_added) {
        sheet.columns.push_back(
            {.header = std::string(added), .note = "", .width = added == k_reject_reason ? 60.0 : 14.0});
    }
    for (const RejectedRow& row : table.rows) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < width; ++i) {
            cells.push_back(i < row.cells.size() ? harmless(row.cells[i]) : "");
        }
        cells.push_back(harmless(table.list));
        cells.push_back(fmt::format("{}", row.row));
        cells.push_back(joined(row.issues, &Issue::code, ";"));
        cells.push_back(harmless(joined(row.issues, &Issue::message, " / ")));
        sheet.rows.push_back(std::move(cells));
    }
    return sheet;
}

/// Where the four columns begin; nothing where the header does not end in them.
std::optional<std::size_t> begin_of_added(std::span<const std::string> header) {
    std::size_t width = header.size();
    while (width > 0 && trimmed(header[width - 1]).empty()) { // a spreadsheet may have left empty columns behind
        --width;
    }
    if (width <= k_added.size()) {
        return std::nullopt;
    }
    const std::size_t begin = width - k_added.size();
    for (std::size_t i = 0; i < k_added.size(); ++i) {
        if (trimmed(header[begin + i]) != k_added[i]) {
            return std::nullopt;
        }
    }
    return begin;
}

} // namespace

SheetBook rejects_book(std::span<const RejectedTable> tables) {
    SheetBook book{.title = "取り込めない行", .sheets = {}};
    for (const RejectedTable& table : tables) {
        book.sheets.push_back(sheet_of(table, book.sheets.size() + 1));
    }
    return book;
}

std::optional<std::string> take_rejects(Table& table) {
    const auto begin = begin_of_added(table.header);
    if (!begin) {
        return std::nullopt;
    }
    std::string list;
    table.header.resize(*begin);
    for (std::string& column : table.header) {
        undo_harmless(column);
    }
    for (Record& record : table.records) {
        if (list.empty() && record.cells.size() > *begin) {
            list = clean_text(record.cells[*begin]).text;
            undo_harmless(list);
        }
        record.cells.resize(std::min(record.cells.size(), *begin));
        for (std::string& cell : record.cells) {
            undo_harmless(cell);
        }
    }
    return list;
}

bool are_torn_rejects(std::span<const std::string> header) {
    return !begin_of_added(header) &&
           std::ranges::any_of(header, [](const std::string& column) { return trimmed(column) == k_reject_code; });
}

std::string mending_list(std::string_view list, const std::filesystem::path& file) {
    return directory::name_of_mended(list.empty() ? file.stem().string() : list);
}

} // namespace shirube::importers
