#include "server/staff/desk/file/list_changes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

using Cells = std::vector<std::pair<std::string, std::string>>;

std::string name_of(const directory::BatchRow& row) {
    auto name = directory::name_of_row(row.reading);
    return name.empty() ? row.key : name;
}

/// Of two columns of one name the first is the one that is read.
std::string_view cell_of(const Cells& cells, std::string_view column) {
    const auto found = std::ranges::find(cells, column, &Cells::value_type::first);
    return found == cells.end() ? std::string_view{} : std::string_view{found->second};
}

/// What else makes a tie the one it is, as its file writes it; empty for rows of others.
std::string about_tie(const Cells& cells) {
    std::string about;
    if (cell_of(cells, "つながり").empty()) {
        return about;
    }
    for (const std::string_view column : {"つながり", "事業", "期間"}) {
        if (const auto cell = cell_of(cells, column); !cell.empty()) {
            about += about.empty() ? "" : "・";
            about += cell;
        }
    }
    if (const auto from = cell_of(cells, "開始日"); !from.empty()) {
        about += "・" + std::string(from) + "～";
    }
    return about;
}

std::vector<ChangedCell> changed_cells(const Cells& before, const Cells& after) {
    std::vector<ChangedCell> changed;
    std::set<std::string_view> seen;
    for (const Cells* cells : {&after, &before}) {
        for (const auto& [column, cell] : *cells) {
            if (!seen.insert(column).second) {
                continue;
            }
            const auto was = cell_of(before, column);
            const auto is = cell_of(after, column);
            if (was != is) {
                changed.push_back({column, std::string(was), std::string(is)});
            }
        }
    }
    return changed;
}

/// The columns of a row's table, as the store would keep them.
std::string_view columns_of(const directory::BatchList& list, const directory::BatchRow& row) {
    const auto found = std::ranges::find_if(
        list.headers, [&](const auto& header) { return header.file == row.file && header.sheet == row.sheet; });
    return found == list.headers.end() ? std::string_view{} : std::string_view{found->columns};
}

void append(std::string& text, std::string_view part) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
}

} // namespace

ListChanges changes_between(std::span<const directory::StandingRow> before, const directory::BatchList& after) {
    ListChanges changes;
    changes.before = before.size();
    std::map<std::string_view, const directory::StandingRow*> standing;
    for (const auto& row : before) {
        standing.emplace(row.key, &row);
    }
    for (const auto& row : after.rows) {
        const auto found = standing.find(row.key);
        const auto written = directory::cells_by_column(columns_of(after, row), row.cells);
        if (found == standing.end()) {
            changes.added.push_back({.name = name_of(row), .about = about_tie(written), .row = row.row});
            continue;
        }
        auto cells = changed_cells(found->second->cells, written);
        standing.erase(found);
        if (cells.empty()) {
            ++changes.same;
        } else {
            changes.changed.push_back(
                {.name = name_of(row), .about = about_tie(written), .row = row.row, .cells = std::move(cells)});
        }
    }
    for (const auto& row : before) {
        if (standing.contains(row.key)) {
            changes.gone.push_back({.name = row.name.empty() ? row.key : row.name, .about = about_tie(row.cells)});
        }
    }
    return changes;
}

std::string text_of(const ListChanges& changes) {
    std::string text = std::to_string(changes.before) + "/" + std::to_string(changes.same);
    for (const auto* rows : {&changes.added, &changes.changed, &changes.gone}) {
        text += '|';
        for (const auto& row : *rows) {
            append(text, row.name);
            for (const auto& cell : row.cells) {
                append(text, cell.column);
                append(text, cell.before);
                append(text, cell.after);
            }
        }
    }
    return text;
}

} // namespace shirube::server
