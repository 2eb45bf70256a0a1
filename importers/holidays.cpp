#include "importers/holidays.hpp"

#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/text_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <unordered_set>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::string_view k_profile = "cabinet-holidays";
// The column has been called both ways.
constexpr std::array<std::string_view, 3> k_dates{"国民の祝日・休日月日", "国民の祝日月日", "月日"};
constexpr std::array<std::string_view, 3> k_names{"国民の祝日・休日名称", "国民の祝日名称", "名称"};
constexpr std::size_t k_most_letters = 60;
/// The law (昭和23年法律第178号) is of 1948; a year far beyond is a typing error.
constexpr std::chrono::year k_first{1948};
constexpr std::chrono::year k_last{2150};

std::size_t column_of(const Table& table, std::span<const std::string_view> names) {
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        if (std::ranges::any_of(
                names, [&](std::string_view name) { return column_key(name) == column_key(table.header[i]); })) {
            return i;
        }
    }
    return table.header.size();
}

} // namespace

std::expected<directory::BatchList, FileProblem> read_holidays(const std::filesystem::path& path,
                                                               std::string_view bytes, Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (!profile.empty() && profile != k_profile) {
        return std::unexpected(wrong_use("profile_unknown", profile, std::string(k_profile)));
    }
    auto table = read_text_table(path, bytes, intake.limits());
    if (!table) {
        return std::unexpected(std::move(table.error()));
    }
    const std::size_t date_column = column_of(*table, k_dates);
    const std::size_t name_column = column_of(*table, k_names);
    if (date_column == table->header.size() || name_column == table->header.size()) {
        return std::unexpected(in_file({.code = "holidays_header_unknown"}, path));
    }
    if (intake.options().explain) {
        for (std::size_t i = 0; i < table->header.size(); ++i) {
            intake.report().columns.push_back({.file = intake.file(),
                                               .column = table->header[i],
                                               .understood = i == date_column   ? "day"
                                                             : i == name_column ? "name"
                                                                                : ""});
        }
    }
    directory::BatchList list;
    list.profile = k_profile;
    list.publisher = "内閣府";
    std::unordered_set<std::string> seen;
    for (const Record& record : table->records) {
        if (is_blank(record.cells)) {
            intake.count(Bin::blank);
            continue;
        }
        const auto cell = [&](std::size_t column) {
            return column < record.cells.size() ? std::string_view{record.cells[column]} : std::string_view{};
        };
        const auto reject = [&](std::string_view code) {
            intake.note(
                code,
                {.row = record.row, .column = table->header[date_column], .value = std::string(cell(date_column))});
            intake.count(Bin::rejected);
        };
        const auto day = parse_date(cell(date_column));
        const bool in_years = day && *day && std::chrono::year_month_day{**day}.year() >= k_first &&
                              std::chrono::year_month_day{**day}.year() <= k_last;
        if (!in_years) {
            reject("holiday_date_malformed");
            continue;
        }
        directory::BatchRow row;
        row.key = directory::to_string(**day);
        if (!seen.insert(row.key).second) {
            reject("holiday_repeated");
            continue;
        }
        row.file = intake.file();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells);
        row.reading = directory::HolidayReading{**day, shortened(clean_text(cell(name_column)).text, k_most_letters)};
        list.rows.push_back(std::move(row));
        intake.count(Bin::accepted);
    }
    return list;
}

} // namespace shirube::importers
