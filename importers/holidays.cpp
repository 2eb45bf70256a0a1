#include "importers/holidays.hpp"

#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/header_columns.hpp"
#include "importers/columns/header_names.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/table_file.hpp"
#include "importers/report/explanation.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
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

/// Where days and names stand; nothing where the header is of something else.
struct HolidayColumns {
    std::size_t day = 0;
    std::size_t name = 0;

    static std::optional<HolidayColumns> of(std::span<const std::string> header) {
        const auto column = [header](std::span<const std::string_view> names) {
            const auto found = std::ranges::find_if(header, [names](const std::string& written) {
                return std::ranges::find(names, column_key(written), column_key) != names.end();
            });
            return static_cast<std::size_t>(found - header.begin());
        };
        const HolidayColumns columns{.day = column(k_dates), .name = column(k_names)};
        return columns.day < header.size() && columns.name < header.size() ? std::optional(columns) : std::nullopt;
    }
};

class HolidayRows {
  public:
    explicit HolidayRows(Intake& intake) : intake_(intake) {}

    void read(const Table& table, directory::BatchList& list) {
        const auto columns = HolidayColumns::of(table.header).value();
        intake_.begin_table(table.file, table.sheet);
        explain(table,
                understood_as(table.header.size(),
                              {{columns.day, "国民の祝日・休日月日"}, {columns.name, "国民の祝日・休日名称"}}),
                intake_);
        for (const Record& record : table.records) {
            read(table, columns, record, list);
        }
    }

    /// The law names sixteen days a year, and fewer in years that one of them was moved out of.
    void doubt_years() {
        constexpr int k_fewest = 9; // 1948, the first
        for (const auto& [year, days] : days_of_) {
            if (days < k_fewest) {
                intake_.note("holidays_few", {}, std::to_string(year), std::to_string(days));
            }
        }
    }

  private:
    void read(const Table& table, const HolidayColumns& columns, const Record& record, directory::BatchList& list) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        const std::string_view cell = cell_of(record.cells, columns.day);
        const auto reject = [&](std::string_view code) {
            intake_.note(code, {.row = record.row, .column = table.header[columns.day], .value = std::string(cell)});
            intake_.turn_away(table, record);
        };
        const auto day = parse_date(cell);
        const bool in_years = day && *day && std::chrono::year_month_day{**day}.year() >= k_first &&
                              std::chrono::year_month_day{**day}.year() <= k_last;
        if (!in_years) {
            reject("holiday_date_malformed");
            return;
        }
        directory::BatchRow row;
        row.key = directory::to_string(**day);
        if (!seen_.insert(row.key).second) {
            reject("holiday_repeated");
            return;
        }
        row.file = intake_.file();
        row.sheet = intake_.sheet();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells);
        ++days_of_[static_cast<int>(std::chrono::year_month_day{**day}.year())];
        const std::string name = clean_text(cell_of(record.cells, columns.name)).text;
        row.reading = directory::HolidayReading{**day, shortened(name, k_most_letters)};
        row.flagged = note_surplus(table, record, intake_);
        intake_.count(row.flagged ? Bin::flagged : Bin::accepted);
        list.rows.push_back(std::move(row));
    }

    Intake& intake_;
    std::unordered_set<std::string> seen_;
    std::map<int, int> days_of_; ///< by year
};

} // namespace

std::expected<std::vector<directory::BatchList>, FileProblem> read_holidays(const std::filesystem::path& path,
                                                                            std::string_view bytes, Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (!profile.empty() && profile != k_profile) {
        return std::unexpected(wrong_use("profile_unknown", profile, std::string(k_profile)));
    }
    auto all = read_tables(path, bytes, intake.limits());
    if (!all) {
        return std::unexpected(std::move(all.error()));
    }
    const auto fault = [](std::span<const std::string> header) {
        return HolidayColumns::of(header) ? std::nullopt
                                          : std::optional(FileProblem{.code = "holidays_header_unknown"});
    };
    const auto wanted = wanted_tables(std::move(*all), fault, path, intake);
    if (!wanted) {
        return std::unexpected(wanted.error());
    }
    std::vector<directory::BatchList> lists;
    HolidayRows rows(intake);
    for (const WantedTable& each : *wanted) {
        directory::BatchList& list = list_for(each, k_profile, lists);
        list.publisher = "内閣府";
        rows.read(each.table, list);
    }
    rows.doubt_years();
    return lists;
}

} // namespace shirube::importers
