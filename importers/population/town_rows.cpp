#include "importers/population/town_rows.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/files/csv.hpp"
#include "importers/lists/municipality_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>
#include <utility>

namespace shirube::importers {

namespace {

using directory::PopulationReading;

constexpr std::size_t k_city_digits = 5;
constexpr std::size_t k_longest_code = 20;

std::size_t column_of(std::span<const std::string> header, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const std::string key = column_key(name);
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (column_key(header[i]) == key) {
                return i;
            }
        }
    }
    return TownColumns::k_none;
}

std::string_view cell_at(const Record& record, std::size_t column) {
    return column < record.cells.size() ? trimmed(record.cells[column]) : std::string_view{};
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The numeral of a town's part alone, as in １丁目: small-area tables leave the town's name to the row above.
bool is_part_alone(std::string_view name) {
    const std::string text = plain(name);
    constexpr std::string_view chome = "丁目";
    if (!text.ends_with(chome)) {
        return false;
    }
    std::string_view numeral = std::string_view{text}.substr(0, text.size() - chome.size());
    for (const std::string_view digit : {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}) {
        while (numeral.starts_with(digit)) {
            numeral.remove_prefix(digit.size());
        }
    }
    return numeral.empty() || is_digits(numeral);
}

/// Whether a row speaks of the whole municipality: it has no town, or a word for all of them.
bool is_whole(std::string_view town, std::string_view municipality_name) {
    static constexpr std::array<std::string_view, 10> k_words{"総数", "合計", "計",     "総計",   "全域",
                                                              "全市", "全体", "市全体", "町全体", "村全体"};
    return town.empty() || town == municipality_name || std::ranges::find(k_words, town) != k_words.end();
}

void leave_out(Intake& intake) { intake.count(Bin::out_of_scope); }

} // namespace

TownColumns TownColumns::of(std::span<const std::string> header) {
    TownColumns columns;
    columns.municipality =
        column_of(header, {"全国地方公共団体コード", "都道府県コード又は市区町村コード", "市区町村コード"});
    columns.municipality_name = column_of(header, {"地方公共団体名", "市区町村名"});
    columns.town_code = column_of(header, {"地域コード", "町字ID"});
    columns.town = column_of(header, {"地域名", "町丁・字名", "町字名", "町名"});
    columns.date = column_of(header, {"調査年月日", "調査日"});
    return columns;
}

std::vector<std::string> TownColumns::understood(std::size_t width) const {
    std::vector<std::string> understood(width);
    for (const auto& [column, field] : {std::pair{municipality, "全国地方公共団体コード"},
                                        {municipality_name, "地方公共団体名"},
                                        {town_code, "地域コード"},
                                        {town, "地域名"},
                                        {date, "調査年月日"}}) {
        if (column < width) {
            understood[column] = field;
        }
    }
    return understood;
}

SmallAreaRows::SmallAreaRows(Intake& intake, CensusHeader header, AgeColumns ages)
    : intake_(intake), header_(std::move(header)), ages_(std::move(ages)) {}

void SmallAreaRows::take(Record& record) {
    const std::string_view key = header_.cell(record.cells, CensusHeader::k_key);
    const auto place = [&](std::string_view column, std::string_view cell) {
        return Place{.row = record.row, .column = std::string(column), .value = std::string(cell)};
    };
    const bool well_formed = is_digits(key) && key.size() >= k_city_digits && key.size() <= k_longest_code &&
                             parse_municipality_code(key.substr(0, k_city_digits));
    if (!well_formed) {
        intake_.note("town_code_malformed", place(CensusHeader::k_key, key));
        intake_.count(Bin::rejected);
        return;
    }
    TownRow row;
    row.row = record.row;
    PopulationReading& reading = row.reading;
    reading.town_code = key;
    reading.municipality = key.substr(0, k_city_digits);
    reading.municipality_name = header_.cell(record.cells, CensusHeader::k_city);
    reading.town = header_.cell(record.cells, CensusHeader::k_name);
    const auto flag = [&](std::string_view code, std::string_view column, std::string_view cell) {
        row.flagged = true;
        intake_.note(code, place(column, cell), cell);
    };
    const std::string_view mark = header_.cell(record.cells, CensusHeader::k_mark);
    if (!mark.empty() && mark != "0" && mark != "1" && mark != "2") {
        flag("mesh_suppression_unknown", CensusHeader::k_mark, mark);
    }
    const std::string_view target = header_.cell(record.cells, CensusHeader::k_target);
    if (is_digits(target)) {
        reading.suppressed_into = target;
    } else if (!target.empty() || mark == "2") {
        flag("town_partner_malformed", CensusHeader::k_target, target);
    }
    for (const auto source : codes_in(header_.cell(record.cells, CensusHeader::k_sources))) {
        if (is_digits(source)) {
            reading.carries.emplace_back(source);
        } else {
            flag("town_partner_malformed", CensusHeader::k_sources, source);
        }
    }
    ages_.read(record.cells, reading, [&](std::size_t column, std::string_view cell) {
        flag("count_unreadable", column < header_.codes().size() ? header_.codes()[column] : "", cell);
    });
    row.cells = verbatim_cells(record.cells);
    rows_.push_back(std::move(row));
}

std::vector<TownRow> SmallAreaRows::finish() {
    // A code of 9 digits is a town, of 11 a part of it: where parts are told the town is their sum.
    std::unordered_map<std::string, std::string> names;
    std::unordered_set<std::string> sums;
    for (const TownRow& row : rows_) {
        names.try_emplace(row.reading.town_code, row.reading.town);
    }
    for (const TownRow& row : rows_) {
        const std::string& code = row.reading.town_code;
        for (std::size_t digits = k_city_digits; digits < code.size(); ++digits) {
            if (const std::string above = code.substr(0, digits); names.contains(above)) {
                sums.insert(above);
            }
        }
    }
    std::vector<TownRow> towns;
    for (TownRow& row : rows_) {
        PopulationReading& reading = row.reading;
        if (reading.town_code.size() == k_city_digits || sums.contains(reading.town_code)) {
            leave_out(intake_);
            continue;
        }
        if (is_part_alone(reading.town)) {
            for (std::size_t digits = reading.town_code.size() - 1; digits > k_city_digits; --digits) {
                const auto above = names.find(reading.town_code.substr(0, digits));
                if (above != names.end()) {
                    reading.town = above->second + reading.town;
                    break;
                }
            }
        }
        towns.push_back(std::move(row));
    }
    return towns;
}

TownPopulationRows::TownPopulationRows(Intake& intake, std::vector<std::string> header, AgeColumns ages)
    : intake_(intake), header_(std::move(header)), columns_(TownColumns::of(header_)), ages_(std::move(ages)) {}

void TownPopulationRows::take(Record& record) {
    const auto name_of = [&](std::size_t column) { return column < header_.size() ? header_[column] : std::string{}; };
    const auto note = [&](std::string_view code, std::size_t column, std::string_view a = {}) {
        intake_.note(code,
                     {.row = record.row, .column = name_of(column), .value = std::string(cell_at(record, column))}, a);
    };
    TownRow row;
    row.row = record.row;
    PopulationReading& reading = row.reading;
    const std::string_view code = cell_at(record, columns_.municipality);
    reading.municipality = parse_municipality_code(code).value_or(intake_.options().municipality);
    reading.municipality_name = clean_text(cell_at(record, columns_.municipality_name)).text;
    reading.town = clean_text(cell_at(record, columns_.town)).text;
    if (is_whole(reading.town, reading.municipality_name)) {
        leave_out(intake_);
        return;
    }
    if (reading.municipality.empty()) {
        note(code.empty() ? "district_municipality_missing" : "district_municipality_malformed", columns_.municipality);
        intake_.count(Bin::rejected);
        return;
    }
    const std::string town_code = clean_text(cell_at(record, columns_.town_code)).text;
    reading.town_code = town_code.empty() ? directory::fold(reading.town) : town_code;
    if (const auto date = parse_date_span(cell_at(record, columns_.date)); !date) {
        row.flagged = true;
        note(date.error().code, columns_.date, date.error().a);
    } else if (*date) {
        row.date = directory::to_string((*date)->first);
    }
    ages_.read(record.cells, reading, [&](std::size_t column, std::string_view) {
        row.flagged = true;
        note("count_unreadable", column);
    });
    if (record.cells.size() > header_.size()) {
        row.flagged = true;
        intake_.note("row_too_long", {.row = record.row}, std::to_string(record.cells.size() - header_.size()));
    }
    row.cells = verbatim_cells(record.cells);
    rows_.push_back(std::move(row));
}

std::vector<TownRow> TownPopulationRows::finish() {
    std::string newest;
    for (const TownRow& row : rows_) {
        newest = std::max(newest, row.date);
    }
    std::vector<TownRow> towns;
    for (TownRow& row : rows_) {
        if (row.date == newest) {
            towns.push_back(std::move(row));
        } else {
            leave_out(intake_);
        }
    }
    return towns;
}

std::vector<directory::BatchRow> place_towns(std::vector<TownRow> towns, const Locator& locator, Intake& intake) {
    std::vector<directory::BatchRow> rows;
    rows.reserve(towns.size());
    std::set<std::pair<std::string, std::string>> seen;
    for (TownRow& town : towns) {
        PopulationReading& reading = town.reading;
        if (!seen.emplace(reading.municipality, reading.town_code).second) {
            intake.note("town_repeated", {.row = town.row, .value = reading.town});
            intake.count(Bin::rejected);
            continue;
        }
        auto found = locator.locate_town(reading.town, reading.municipality);
        if (!found && !reading.municipality_name.empty()) {
            found = locator.locate_town(reading.municipality_name + reading.town, reading.municipality_name);
        }
        if (found && found->quality != directory::PositionQuality::municipality) {
            reading.position = found->position;
            reading.accuracy_m = found->accuracy_m;
            ++intake.report().located[std::string(directory::code_of(found->quality))];
        } else {
            town.flagged = true;
            ++intake.report().unlocated;
            intake.note("town_not_in_gazetteer", {.row = town.row, .value = reading.town});
        }
        directory::BatchRow row;
        row.key = reading.municipality + "-" + reading.town_code;
        row.file = intake.file();
        row.sheet = intake.sheet();
        row.row = town.row;
        row.cells = std::move(town.cells);
        row.flagged = town.flagged;
        row.reading = std::move(reading);
        rows.push_back(std::move(row));
        intake.count(town.flagged ? Bin::flagged : Bin::accepted);
    }
    return rows;
}

} // namespace shirube::importers
