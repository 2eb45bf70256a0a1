#include "importers/seeds/field_table.hpp"

#include "importers/columns/header_names.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/table_file.hpp"

#include <algorithm>
#include <optional>

namespace shirube::importers {

namespace {

std::optional<std::size_t> column_called(std::span<const std::string> header, std::string_view name) {
    const std::string key = column_key(name);
    const auto found = std::ranges::find_if(header, [&](const std::string& cell) { return column_key(cell) == key; });
    return found == header.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - header.begin()));
}

std::vector<std::string> missing_in(std::span<const std::string> header, std::span<const std::string_view> needed) {
    std::vector<std::string> missing;
    for (const auto column : needed) {
        if (!column_called(header, column)) {
            missing.emplace_back(column);
        }
    }
    return missing;
}

/// A text that a spreadsheet would have run is written behind an apostrophe.
std::string unguarded(const std::string& cell) {
    constexpr std::string_view k_run = "=+-@\t\r";
    return cell.size() > 1 && cell.front() == '\'' && k_run.find(cell[1]) != std::string_view::npos ? cell.substr(1)
                                                                                                    : cell;
}

FieldTable read_rows(const Table& table, std::span<const std::pair<std::string_view, std::string_view>> fields) {
    FieldTable read{.sheet = table.sheet, .rows = {}};
    std::vector<bool> used(table.header.size());
    std::vector<std::pair<std::string_view, std::size_t>> places;
    for (const auto& [code, name] : fields) {
        if (const auto column = column_called(table.header, name)) {
            places.emplace_back(code, *column);
            used[*column] = true;
        }
    }
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        if (!used[i] && !table.header[i].empty()) {
            read.surplus.push_back(table.header[i]);
        }
    }
    for (const Record& record : table.records) {
        const bool is_blank = std::ranges::all_of(record.cells, [](const std::string& cell) { return cell.empty(); });
        if (is_blank || is_example_row(record)) {
            continue;
        }
        FieldRow row{.row = record.row, .texts = {}};
        for (const auto& [code, column] : places) {
            if (column < record.cells.size()) {
                row.texts.emplace(code, unguarded(record.cells[column]));
            }
        }
        read.rows.push_back(std::move(row));
    }
    return read;
}

} // namespace

std::expected<FieldTable, FileProblem> read_field_table(
    const std::filesystem::path& path, std::string_view bytes,
    std::span<const std::pair<std::string_view, std::string_view>> fields, std::span<const std::string_view> needed,
    const Limits& limits) {
    auto tables = read_tables(path, bytes, limits);
    if (!tables) {
        return std::unexpected(std::move(tables.error()));
    }
    std::optional<FieldTable> other;
    for (Table& table : *tables) {
        const auto settled = settle_header(
            table, [&](std::span<const std::string> header) -> std::expected<bool, std::vector<std::string>> {
                auto missing = missing_in(header, needed);
                return missing.empty() ? std::expected<bool, std::vector<std::string>>(true)
                                       : std::unexpected(std::move(missing));
            });
        if (settled) {
            return read_rows(table, fields);
        }
        if (!other) {
            other = FieldTable{.sheet = table.sheet, .rows = {}, .surplus = {}, .missing = settled.error()};
        }
    }
    return other.value_or(FieldTable{});
}

} // namespace shirube::importers
