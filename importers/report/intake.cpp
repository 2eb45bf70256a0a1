#include "importers/report/intake.hpp"

#include "importers/columns/header_names.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/issue_codes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::size_t k_value_bytes = 120;

/// Cuts at a character's start, and says that it did.
std::string shortened(std::string value) {
    if (value.size() <= k_value_bytes) {
        return value;
    }
    std::size_t cut = k_value_bytes;
    while (cut > 0 && (static_cast<unsigned char>(value[cut]) & 0xc0U) == 0x80U) {
        --cut;
    }
    value.resize(cut);
    return value + "…";
}

} // namespace

std::string verbatim_cells(std::span<const std::string> cells) {
    nlohmann::json array = nlohmann::json::array();
    for (const std::string& cell : cells) {
        array.push_back(cell);
    }
    return array.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Intake::Intake(Report& report, const ImportOptions& options, const Limits& limits, const Progress& progress)
    : report_(report), options_(options), limits_(limits), progress_(progress) {}

void Intake::begin_file(const std::string& name) { begin_table(name, {}); }

void Intake::begin_table(const std::string& file, const std::string& sheet) {
    file_ = file;
    sheet_ = sheet;
    of_row_.clear();
}

void Intake::note(std::string_view code, Place place, std::string_view a, std::string_view b) {
    keep({.row = place.row,
          .column = std::move(place.column),
          .code = std::string(code),
          .message = issue_sentence(code, options_.language, a, b),
          .value = std::move(place.value)});
}

void Intake::keep(Issue issue) {
    ++report_.issue_counts[issue.code];
    if (options_.keep_rejects) {
        if (!of_row_.empty() && of_row_.front().row != issue.row) {
            of_row_.clear();
        }
        of_row_.push_back(issue);
    }
    if (report_.issues.size() < limits_.issues) {
        issue.file = file_;
        issue.sheet = sheet_;
        issue.value = shortened(std::move(issue.value));
        report_.issues.push_back(std::move(issue));
    }
}

void Intake::reject(const RejectedTable& of, RejectedRow row) {
    if (!options_.keep_rejects) {
        return;
    }
    std::vector<RejectedTable>& tables = report_.rejects;
    const auto goes_on = [&](const RejectedTable& table) {
        return table.list == of.list && table.file == of.file && table.sheet == of.sheet && table.profile == of.profile;
    };
    auto found = std::ranges::find_if(tables, goes_on);
    if (found == tables.end()) {
        tables.push_back({.list = of.list,
                          .profile = of.profile,
                          .file = of.file,
                          .sheet = of.sheet,
                          .header = of.header,
                          .rows = {}});
        found = tables.end() - 1;
    }
    found->rows.push_back(std::move(row));
}

void Intake::turn_away(const Table& table, const Record& record) {
    count(Bin::rejected);
    if (!options_.keep_rejects) {
        return;
    }
    if (!of_row_.empty() && of_row_.front().row != record.row) {
        of_row_.clear();
    }
    const auto columns = table.columns_of_file();
    const auto cells = record.cells_of_file();
    reject({.list = {},
            .profile = {}, // the file becomes one list, whatever its profile
            .file = file_,
            .sheet = sheet_,
            .header = {columns.begin(), columns.end()},
            .rows = {}},
           {.row = record.row, .cells = {cells.begin(), cells.end()}, .issues = std::exchange(of_row_, {})});
}

void Intake::remember_columns(const Table& table) {
    const auto columns = table.columns_of_file();
    remember_columns(table.file, table.sheet, columns);
    std::map<std::string, int> times;
    for (const std::string& column : columns) {
        ++times[column_key(column)];
    }
    for (const std::string& column : columns) {
        const auto found = times.find(column_key(column));
        if (found->second > 1 && !found->first.empty()) {
            note("column_repeated", {.column = column}, column, std::to_string(std::exchange(found->second, 1)));
        }
    }
}

void Intake::remember_columns(const std::string& file, const std::string& sheet, std::span<const std::string> columns) {
    columns_.insert_or_assign({file, sheet}, std::vector(columns.begin(), columns.end()));
}

std::string Intake::columns_of(const std::string& file, const std::string& sheet) const {
    const auto found = columns_.find({file, sheet});
    return found == columns_.end() ? std::string() : verbatim_cells(found->second);
}

void Intake::turn_away_later(Bin was, const directory::BatchRow& row, std::string_view list) {
    recount(was, Bin::rejected);
    const auto columns = columns_.find({row.file, row.sheet});
    if (columns == columns_.end()) {
        return;
    }
    reject({.list = std::string(list),
            .profile = {},
            .file = row.file,
            .sheet = row.sheet,
            .header = columns->second,
            .rows = {}},
           {.row = row.row,
            .cells = nlohmann::json::parse(row.cells).get<std::vector<std::string>>(),
            .issues = std::exchange(of_row_, {})});
}

void Intake::name_rejects(std::string_view profile, std::string_view list) {
    for (RejectedTable& table : report_.rejects) {
        if (table.list.empty() && (table.profile.empty() || table.profile == profile)) {
            table.list = list;
        }
    }
}

void Intake::step(std::string_view name, std::size_t done, std::size_t of) const {
    if (progress_) {
        progress_(name, done, of);
    }
}

} // namespace shirube::importers
