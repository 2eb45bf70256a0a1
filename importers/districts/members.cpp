#include "importers/districts/members.hpp"

#include "directory/address_rule.hpp"
#include "directory/designated_city.hpp"
#include "directory/district_layer.hpp"
#include "directory/fold.hpp"
#include "importers/cleaning/address_ranges.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/header_columns.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/districts/tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/input_file.hpp"
#include "importers/lists/municipality_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::string_view k_default_layer = "sodan_kuiki";
constexpr std::string_view k_municipality_layer = "shikuchoson";
constexpr std::string_view k_town = "town";
constexpr std::size_t k_most_members = 2000; // of one row

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
}

/// A layer by its code or its label; "town" for towns, empty where the word is none.
std::string layer_named(std::string_view word) {
    const std::string text = plain(word);
    if (is_one_of(text, {"町字", "町丁", "町丁目", "町", "町名", "大字", "town"})) {
        return std::string(k_town);
    }
    if (is_one_of(text, {"市区町村", "市町村", "municipality"})) {
        return std::string(k_municipality_layer);
    }
    if (const auto* layer = directory::district_layer_named(text)) {
        return std::string(layer->code);
    }
    return "";
}

std::vector<std::string> members_in(std::string_view cell) {
    std::string text = replaced(replaced(std::string(cell), "\n", "、"), "，", "、");
    text = replaced(replaced(replaced(std::move(text), ",", "、"), ";", "、"), "；", "、");
    std::vector<std::string> members;
    std::string_view rest = text;
    constexpr std::string_view comma = "、";
    while (!rest.empty() && members.size() < k_most_members) {
        const auto at = rest.find(comma);
        if (const auto member = trimmed(rest.substr(0, at)); !member.empty()) {
            members.emplace_back(member);
        }
        rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + comma.size());
    }
    return members;
}

class MemberRows {
  public:
    MemberRows(const Table& table, const MemberColumns& columns, std::span<const directory::DistrictName> known,
               Intake& intake)
        : table_(table), columns_(columns), intake_(intake) {
        const std::string& asked = intake.options().layer;
        layer_ = asked.empty() ? std::string(k_default_layer) : asked;
        for (const auto& district : known) {
            if (district.has_area) {
                know(district.layer, district.code, district.name, district.municipality);
            }
        }
        for (const Record& record : table.records) { // a district of the same table is no stranger either
            if (const auto municipality = municipality_of(record)) {
                know(layer_, "", std::string(cell_of(record.cells, columns_.name)), *municipality);
            }
        }
    }

    void read(const Record& record) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        flagged_ = note_surplus(table_, record, intake_);
        auto reading = reading_of(record);
        if (!reading) {
            intake_.turn_away(table_, record);
            return;
        }
        directory::BatchRow row;
        row.cells = verbatim_cells(record.cells_of_file());
        const std::string_view members = cell_of(record.cells, columns_.members);
        row.key = fmt::format("{}|{}|{}", reading->municipality, directory::fold(reading->name),
                              digest_of(directory::fold(members)).substr(0, 16));
        row.file = intake_.file();
        row.sheet = table_.sheet;
        row.row = record.row;
        row.flagged = flagged_;
        row.reading = std::move(*reading);
        intake_.count(flagged_ ? Bin::flagged : Bin::accepted);
        rows_.push_back(std::move(row));
    }

    directory::BatchList take() {
        directory::BatchList list;
        list.profile = k_members_profile;
        list.layer = layer_;
        list.rows = std::move(rows_);
        return list;
    }

  private:
    void know(const std::string& layer, const std::string& code, const std::string& name,
              const std::string& municipality) {
        known_.insert(layer + "\n" + code);
        known_.insert(layer + "\n" + municipality + "\n" + directory::school_name_key(name));
        known_.insert(layer + "\n" + std::string(directory::designated_city_of(municipality)) + "\n" +
                      directory::school_name_key(name));
        known_.insert(layer + "\n" + municipality + "\n");
    }

    [[nodiscard]] bool is_known(const directory::DistrictMember& member) const {
        return (!member.name.empty() && known_.contains(member.layer + "\n" + member.name)) ||
               known_.contains(member.layer + "\n" + member.municipality + "\n" +
                               (member.name.empty() ? "" : directory::school_name_key(member.name)));
    }

    std::optional<std::string> municipality_of(const Record& record) const {
        const std::string_view stated = cell_of(record.cells, columns_.municipality);
        if (!stated.empty()) {
            return parse_municipality_code(stated);
        }
        const std::string& given = intake_.options().municipality;
        return given.empty() ? std::nullopt : std::optional(given);
    }

    [[nodiscard]] std::string column_name(std::optional<std::size_t> column) const {
        return column ? table_.name_of_column(*column) : "";
    }

    void flag(std::string_view code, const Record& record, std::optional<std::size_t> column, std::string value,
              std::string_view a = {}, std::string_view b = {}) {
        flagged_ = true;
        intake_.note(code, {.row = record.row, .column = column_name(column), .value = std::move(value)}, a, b);
    }

    std::optional<directory::DistrictReading> refuse(std::string_view code, const Record& record,
                                                     std::optional<std::size_t> column) {
        intake_.note(
            code,
            {.row = record.row, .column = column_name(column), .value = std::string(cell_of(record.cells, column))});
        return std::nullopt;
    }

    std::optional<directory::DistrictReading> reading_of(const Record& record) {
        directory::DistrictReading reading;
        reading.layer = layer_;
        reading.name = clean_text(cell_of(record.cells, columns_.name)).text;
        if (reading.name.empty()) {
            return refuse("district_name_missing", record, columns_.name);
        }
        const auto municipality = municipality_of(record);
        if (!municipality) {
            return refuse(cell_of(record.cells, columns_.municipality).empty() ? "district_municipality_missing"
                                                                               : "district_municipality_malformed",
                          record, columns_.municipality);
        }
        reading.municipality = *municipality;
        if (const auto code = cell_of(record.cells, columns_.code); !code.empty()) {
            // Within a layer two municipalities may both have a district 1.
            reading.school_code =
                code.starts_with(*municipality) ? std::string(code) : fmt::format("{}-{}", *municipality, code);
        }
        const auto members = members_in(cell_of(record.cells, columns_.members));
        if (members.empty()) {
            return refuse("members_missing", record, columns_.members);
        }
        const std::string_view layer_word = cell_of(record.cells, columns_.layer);
        const std::string of_row = layer_word.empty() ? "" : layer_named(layer_word);
        if (!layer_word.empty() && of_row.empty()) {
            return refuse("member_layer_unknown", record, columns_.layer);
        }
        for (const std::string& member : members) {
            add_member(record, member, of_row, reading);
        }
        read_state(record, reading);
        return reading;
    }

    void add_member(const Record& record, const std::string& written, const std::string& of_row,
                    directory::DistrictReading& reading) {
        std::string layer = of_row;
        std::string name = written;
        if (const auto colon = written.find(':'); colon != std::string::npos) {
            if (auto own = layer_named(std::string_view(written).substr(0, colon)); !own.empty()) {
                layer = std::move(own);
                name = trimmed(std::string_view(written).substr(colon + 1));
            }
        }
        if (layer == k_town) {
            auto rules = parse_address_rules(name, reading.municipality);
            std::ranges::move(rules, std::back_inserter(reading.addresses));
            flag("member_without_geometry", record, columns_.members, written);
            return;
        }
        directory::DistrictMember member{layer, reading.municipality, name};
        const auto code = parse_municipality_code(name);
        if (code && (layer.empty() || layer == k_municipality_layer || layer == "ku")) {
            member.layer = layer.empty() ? std::string(k_municipality_layer) : layer;
            member.municipality = *code;
            member.name.clear();
        } else if (layer.empty()) {
            member.layer = "chugakkoku";
        }
        if (!is_known(member)) {
            flag("member_without_geometry", record, columns_.members, written);
        }
        reading.members.push_back(std::move(member));
    }

    void read_state(const Record& record, directory::DistrictReading& reading) {
        const std::string status = plain(cell_of(record.cells, columns_.status));
        const std::string apart = plain(cell_of(record.cells, columns_.set_apart));
        const bool set_apart = is_one_of(apart, {"1", "○", "〇", "◯", "はい", "有", "対象外", "true", "TRUE", "yes"});
        if (set_apart || is_one_of(status, {"休止", "休校", "停止", "suspended"})) {
            reading.status = directory::DistrictStatus::suspended;
        } else if (!status.empty() && !is_one_of(status, {"現存", "有効", "実施中", "active", "予定", "廃止"})) {
            flag("code_unknown", record, columns_.status, status, status, "現存, 休止, 予定, 廃止");
        }
        reading.valid_from = day(record, columns_.from);
        reading.valid_to = day(record, columns_.to);
        if (reading.valid_from && reading.valid_to && *reading.valid_to < *reading.valid_from) {
            flag("date_order", record, columns_.to, std::string(cell_of(record.cells, columns_.to)));
            reading.valid_from.reset();
            reading.valid_to.reset();
        }
        // Ended or planned without a date: not to be counted, whatever the day.
        if ((status == "廃止" && !reading.valid_to) || (status == "予定" && !reading.valid_from)) {
            reading.status = directory::DistrictStatus::suspended;
        }
    }

    std::optional<directory::Day> day(const Record& record, std::optional<std::size_t> column) {
        const std::string_view cell = cell_of(record.cells, column);
        if (cell.empty()) {
            return std::nullopt;
        }
        auto read = parse_date(cell);
        if (!read) {
            flag(read.error().code, record, column, std::string(cell), read.error().a);
            return std::nullopt;
        }
        return *read;
    }

    const Table& table_;
    const MemberColumns& columns_;
    Intake& intake_;
    std::string layer_;
    std::set<std::string> known_; ///< layer and code; layer, municipality and name
    std::vector<directory::BatchRow> rows_;
    bool flagged_ = false;
};

} // namespace

MemberColumns MemberColumns::of(std::span<const std::string> header) {
    return {.code = find_header(header, {"区域コード"}),
            .name = find_header(header, {"区域名", "区域名称"}),
            .municipality = find_header(header, {"市区町村コード", "全国地方公共団体コード"}),
            .layer = find_header(header, {"構成区域の層", "構成区域の種類"}),
            .members = find_header(header, {"構成区域", "構成する区域"}),
            .set_apart = find_header(header, {"対象外"}),
            .from = find_header(header, {"開始年月日", "開始日"}),
            .to = find_header(header, {"終了年月日", "終了日"}),
            .status = find_header(header, {"状態"})};
}

std::vector<std::string> MemberColumns::understood(std::size_t width) const {
    return understood_as(width, {{code, "区域コード"},
                                 {name, "区域名"},
                                 {municipality, "市区町村コード"},
                                 {layer, "構成区域の層"},
                                 {members, "構成区域"},
                                 {set_apart, "対象外"},
                                 {from, "開始年月日"},
                                 {to, "終了年月日"},
                                 {status, "状態"}});
}

std::vector<directory::BatchList> read_members(const Table& table, const MemberColumns& columns,
                                               std::span<const directory::DistrictName> known, Intake& intake) {
    MemberRows rows(table, columns, known, intake);
    for (const Record& record : table.records) {
        rows.read(record);
    }
    std::vector<directory::BatchList> lists;
    lists.push_back(rows.take());
    return lists;
}

} // namespace shirube::importers
