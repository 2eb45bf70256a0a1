#include "importers/columns/wanted_tables.hpp"

#include "importers/files/csv.hpp"
#include "importers/report/rejects.hpp"
#include "importers/templates/list_templates.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace shirube::importers {

void lower_header(Table& table, std::size_t record) {
    table.header = std::move(table.records.at(record).cells);
    table.records.erase(table.records.begin(), table.records.begin() + static_cast<std::ptrdiff_t>(record) + 1);
    for (Record& each : table.records) {
        if (!table.sheet.empty() && !each.cells.empty() && each.cells.size() < table.header.size()) {
            each.cells.resize(table.header.size());
        }
    }
}

bool is_example_sheet(std::string_view sheet) {
    constexpr std::array<std::string_view, 5> k_words{"記入例", "入力例", "記載例", "見本", "example"};
    return std::ranges::any_of(k_words,
                               [sheet](std::string_view word) { return sheet.find(word) != std::string_view::npos; });
}

bool is_example_row(const Record& record) {
    constexpr std::array<std::string_view, 4> k_marks{"（記入例）", "(記入例)", "【記入例】", "［記入例］"};
    return std::ranges::any_of(record.cells, [&](const std::string& cell) {
        return cell.find("記入例") != std::string::npos && std::ranges::any_of(k_marks, [&](std::string_view mark) {
                   return cell.find(mark) != std::string::npos;
               });
    });
}

bool is_for_the_writer(const Table& table) {
    return !table.header.empty() && trimmed(table.header.front()).starts_with(k_unread_sheet);
}

void pass_over(const Table& table, std::string_view code, Intake& intake) {
    intake.note(code, {});
    for (const Record& record : table.records) {
        intake.count(is_blank(record.cells) ? Bin::blank : Bin::out_of_scope);
    }
}

FileProblem of_table(FileProblem problem, const Table& table) {
    if (problem.blame == Blame::command_line) {
        return problem;
    }
    if (!table.sheet.empty()) {
        problem.file = table.sheet;
    }
    return in_file(std::move(problem), table.file);
}

directory::BatchList& list_for(const WantedTable& table, std::string_view profile,
                               std::vector<directory::BatchList>& lists) {
    const auto found = std::ranges::find_if(
        lists, [&](const directory::BatchList& list) { return list.profile == profile && list.name == table.mending; });
    if (found != lists.end()) {
        return *found;
    }
    lists.emplace_back().profile = profile;
    lists.back().name = table.mending;
    return lists.back();
}

bool note_surplus(const Table& table, const Record& record, Intake& intake) {
    const std::size_t width = table.header.size();
    const bool has = record.cells.size() > width && !is_blank(std::span(record.cells).subspan(width));
    if (has) {
        intake.note("row_too_long", {.row = record.row}, std::to_string(record.cells.size() - width));
    }
    return has;
}

std::expected<std::vector<WantedTable>, FileProblem> wanted_tables(std::vector<Table> tables, const HeaderFault& fault,
                                                                   const std::filesystem::path& path, Intake& intake) {
    std::erase_if(tables, is_for_the_writer);
    if (tables.empty()) {
        return std::unexpected(in_file({.code = "table_empty"}, path));
    }
    std::optional<FileProblem> first;
    std::vector<WantedTable> wanted;
    std::vector<std::pair<Table, std::string_view>> others;
    for (Table& table : tables) {
        const auto mends = take_rejects(table);
        const auto known = settle_header(table, [&](std::span<const std::string> header) {
            auto found = fault(header);
            return found ? std::expected<void, FileProblem>(std::unexpect, std::move(*found))
                         : std::expected<void, FileProblem>();
        });
        if (!known) {
            if (!first) {
                first = of_table(known.error(), table);
            }
            others.emplace_back(std::move(table), "sheet_unknown");
        } else if (is_example_sheet(table.sheet) && tables.size() > 1) {
            others.emplace_back(std::move(table), "sheet_example");
        } else {
            if (!mends && are_torn_rejects(table.header)) {
                return std::unexpected(of_table({.code = "rejects_columns_torn"}, table));
            }
            intake.begin_table(table.file, table.sheet);
            intake.remember_columns(table);
            wanted.push_back(
                {.table = std::move(table), .mending = mends ? mending_list(*mends, path) : std::string()});
        }
    }
    if (wanted.empty() && first) {
        return std::unexpected(std::move(*first));
    }
    for (const auto& [table, code] : others) {
        intake.begin_table(table.file, table.sheet);
        pass_over(table, code, intake);
    }
    return wanted;
}

} // namespace shirube::importers
