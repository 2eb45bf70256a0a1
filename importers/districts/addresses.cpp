#include "importers/districts/addresses.hpp"

#include "directory/calendar.hpp"
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
#include <map>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::string_view k_elementary = "shogakkoku";
constexpr std::string_view k_middle = "chugakkoku";
constexpr std::size_t k_most_schools = 20; // of one cell

/// 行政サービス拠点種別 of the data set is a POI code.
constexpr std::string_view k_poi_elementary = "1503";
constexpr std::string_view k_poi_middle = "1504";

/// The schools a cell names: a town may choose between several.
std::vector<std::string> schools_in(std::string_view cell) {
    std::string text = clean_text(cell).text;
    for (const std::string_view between : {"、", "，", ",", "・", "／", "/", "又は", "または", "もしくは"}) {
        text = replaced(std::move(text), between, "\n");
    }
    std::vector<std::string> schools;
    std::string_view rest = text;
    while (!rest.empty() && schools.size() < k_most_schools) {
        const auto at = rest.find('\n');
        if (const auto school = trimmed(rest.substr(0, at)); !school.empty()) {
            schools.emplace_back(school);
        }
        rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    }
    return schools;
}

bool holds(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

class AddressRows {
  public:
    AddressRows(const Table& table, const AddressColumns& columns, Intake& intake)
        : table_(table), columns_(columns), intake_(intake) {}

    void read(const Record& record) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        flagged_ = note_surplus(table_, record, intake_);
        std::vector<Entry> entries;
        const bool taken = columns_.is_by_town() ? read_town(record, entries) : read_school(record, entries);
        if (!taken) {
            intake_.turn_away(table_, record);
            return;
        }
        if (entries.empty()) {
            intake_.count(Bin::out_of_scope);
            return;
        }
        intake_.count(flagged_ ? Bin::flagged : Bin::accepted);
        for (Entry& entry : entries) {
            take(record, std::move(entry));
        }
    }

    std::vector<directory::BatchList> take_lists() {
        std::vector<directory::BatchList> lists;
        for (auto& [layer, rows] : rows_) {
            directory::BatchList list;
            list.profile = k_addresses_profile;
            list.layer = layer;
            list.rows = std::move(rows);
            lists.push_back(std::move(list));
        }
        if (lists.empty()) { // nothing was taken; the list is there all the same, and empty
            directory::BatchList list;
            list.profile = k_addresses_profile;
            list.layer = intake_.options().layer.empty() ? std::string(k_middle) : intake_.options().layer;
            lists.push_back(std::move(list));
        }
        return lists;
    }

  private:
    struct Entry {
        std::string layer;
        std::string school;
        std::string school_code;
        std::vector<directory::AddressRule> rules;
    };

    [[nodiscard]] std::string column_name(std::optional<std::size_t> column) const {
        return column ? table_.name_of_column(*column) : "";
    }

    void note(std::string_view code, const Record& record, std::optional<std::size_t> column, std::string value) {
        intake_.note(code, {.row = record.row, .column = column_name(column), .value = std::move(value)});
    }

    bool refuse(std::string_view code, const Record& record, std::optional<std::size_t> column) {
        note(code, record, column, std::string(cell_of(record.cells, column)));
        return false;
    }

    std::optional<std::string> municipality_of(const Record& record) {
        const std::string_view stated = cell_of(record.cells, columns_.municipality);
        const std::string& given = intake_.options().municipality;
        if (stated.empty() && !given.empty()) {
            return given;
        }
        auto code = parse_municipality_code(stated);
        if (!code) {
            refuse(stated.empty() ? "district_municipality_missing" : "district_municipality_malformed", record,
                   columns_.municipality);
        }
        return code;
    }

    [[nodiscard]] bool is_wanted(std::string_view layer) const {
        const std::string& asked = intake_.options().layer;
        return asked.empty() || asked == layer;
    }

    /// Towns are often written behind their municipality: "新宿区西新宿1丁目".
    void cut_municipality(const Record& record, std::vector<directory::AddressRule>& rules) const {
        const std::string name =
            directory::fold_address(clean_text(cell_of(record.cells, columns_.municipality_name)).text);
        if (name.empty()) {
            return;
        }
        constexpr std::size_t farthest = 16; // bytes; a prefecture may stand before it
        for (auto& rule : rules) {
            const auto at = rule.town.find(name);
            if (at != std::string::npos && at <= farthest && at + name.size() < rule.town.size()) {
                rule.town.erase(0, at + name.size());
                rule.town = directory::town_key(rule.town).name;
            }
        }
    }

    void doubt(const Record& record, std::optional<std::size_t> column,
               const std::vector<directory::AddressRule>& rules) {
        for (const auto& rule : rules) {
            if (!rule.understood) {
                flagged_ = true;
                note("address_range_unread", record, column, rule.text);
            }
        }
    }

    /// Whether the area is one of the past. A date nobody can read is told, and the area taken as in force.
    bool has_ended(const Record& record) {
        const std::string_view cell = cell_of(record.cells, columns_.ended);
        const auto day = parse_date(cell);
        if (!day) {
            flagged_ = true;
            intake_.note(day.error().code,
                         {.row = record.row, .column = column_name(columns_.ended), .value = std::string(cell)},
                         day.error().a);
            return false;
        }
        return *day && **day <= directory::now_in_tokyo().day; // as of the import
    }

    bool read_school(const Record& record, std::vector<Entry>& entries) {
        if (has_ended(record)) {
            return true; // no entry: out of scope
        }
        const std::string school = clean_text(cell_of(record.cells, columns_.school)).text;
        if (school.empty()) {
            return refuse("district_name_missing", record, columns_.school);
        }
        const auto municipality = municipality_of(record);
        if (!municipality) {
            return false;
        }
        auto rules = parse_address_rules(cell_of(record.cells, columns_.addresses), *municipality);
        if (rules.empty()) {
            return refuse("addresses_missing", record, columns_.addresses);
        }
        cut_municipality(record, rules);
        doubt(record, columns_.addresses, rules);
        const std::string code(cell_of(record.cells, columns_.school_code));
        for (const std::string_view layer : layers_of(school, cell_of(record.cells, columns_.school_kind))) {
            entries.push_back({std::string(layer), school, code, rules});
        }
        return true;
    }

    /// A compulsory-education school has districts of both kinds.
    [[nodiscard]] std::vector<std::string_view> layers_of(const std::string& school, std::string_view kind) const {
        std::vector<std::string_view> layers;
        const std::string code = plain(kind);
        const bool elementary_code = code.starts_with(k_poi_elementary);
        const bool middle_code = code.starts_with(k_poi_middle);
        const bool both = holds(school, "義務教育") || holds(kind, "義務教育") || holds(school, "小中学校") ||
                          holds(school, "小中一貫");
        const bool middle = both || middle_code || holds(kind, "中学校") ||
                            (kind.empty() && (holds(school, "中学校") || school.ends_with("中")));
        const bool elementary = both || elementary_code || holds(kind, "小学校") ||
                                (kind.empty() && (holds(school, "小学校") || school.ends_with("小")));
        const bool coded = !kind.empty() && !middle && !elementary; // 学校種別 as a code: the name says it
        if (is_wanted(k_elementary) && (elementary || (coded && holds(school, "小学校")))) {
            layers.push_back(k_elementary);
        }
        if (is_wanted(k_middle) && (middle || (coded && holds(school, "中学校")))) {
            layers.push_back(k_middle);
        }
        const std::string& asked = intake_.options().layer;
        if (layers.empty() && !asked.empty() && asked != k_elementary && asked != k_middle) {
            layers.push_back(asked);
        }
        return layers;
    }

    bool read_town(const Record& record, std::vector<Entry>& entries) {
        const std::string town(cell_of(record.cells, columns_.town));
        if (town.empty()) {
            return refuse("town_name_missing", record, columns_.town);
        }
        const auto municipality = municipality_of(record);
        if (!municipality) {
            return false;
        }
        auto rules = parse_town_rules(town, cell_of(record.cells, columns_.numbers), *municipality);
        if (rules.empty()) {
            return refuse("addresses_missing", record, columns_.town);
        }
        cut_municipality(record, rules);
        doubt(record, columns_.numbers, rules);
        const auto add = [&](std::string_view layer, std::optional<std::size_t> column) {
            if (!is_wanted(layer)) {
                return;
            }
            for (std::string& school : schools_in(cell_of(record.cells, column))) {
                entries.push_back({std::string(layer), std::move(school), "", rules});
            }
        };
        add(k_elementary, columns_.elementary);
        add(k_middle, columns_.middle);
        return true;
    }

    void take(const Record& record, Entry entry) {
        directory::DistrictReading reading;
        reading.layer = entry.layer;
        reading.municipality = entry.rules.front().municipality;
        reading.municipality_name = clean_text(cell_of(record.cells, columns_.municipality_name)).text;
        reading.name = std::move(entry.school);
        reading.school_code = std::move(entry.school_code);
        std::string text;
        for (const auto& rule : entry.rules) {
            text += fmt::format("{}|{}|{};", rule.town, rule.chome.value_or(0), rule.text);
        }
        reading.addresses = std::move(entry.rules);
        directory::BatchRow row;
        row.cells = verbatim_cells(record.cells_of_file());
        row.key =
            fmt::format("{}|{}|{}", reading.municipality, directory::fold(reading.name), digest_of(text).substr(0, 16));
        row.file = intake_.file();
        row.sheet = table_.sheet;
        row.row = record.row;
        row.flagged = flagged_;
        row.reading = std::move(reading);
        rows_[entry.layer].push_back(std::move(row));
    }

    const Table& table_;
    const AddressColumns& columns_;
    Intake& intake_;
    std::map<std::string, std::vector<directory::BatchRow>> rows_; ///< by layer
    bool flagged_ = false;
};

} // namespace

AddressColumns AddressColumns::of(std::span<const std::string> header) {
    return {
        .municipality = find_header(header, {"全国地方公共団体コード", "市区町村コード",
                                             "都道府県コード又は市区町村コード", "地方公共団体コード"}),
        .municipality_name = find_header(header, {"地方公共団体名", "市区町村名", "学校所在地_市区町村名"}),
        .school = find_header(header, {"学校名称", "学校名", "名称"}),
        .school_kind = find_header(header, {"学校種別", "行政サービス拠点種別", "種別", "学校種", "POIコード"}),
        .school_code = find_header(header, {"学校コード"}),
        .addresses = find_header(header, {"通学区域の住所", "通学区域_住所", "通学区域", "通学区域住所"}),
        .ended = find_header(header, {"通学区域_廃止日", "廃止日", "廃止年月日"}),
        .town =
            find_header(header, {"町字", "町字名", "町丁名", "町名", "町丁目", "大字町丁目名", "所在地_町字", "住所"}),
        .numbers = find_header(header, {"番地", "番地以下", "番地範囲", "番・番地", "範囲", "街区", "所在地_番地以下"}),
        .elementary = find_header(header, {"小学校", "小学校名", "小学校区", "指定小学校", "通学小学校"}),
        .middle = find_header(header, {"中学校", "中学校名", "中学校区", "指定中学校", "通学中学校"})};
}

std::vector<std::string> AddressColumns::understood(std::size_t width) const {
    // 住所 and 名称 mean one thing in the one kind of table and another, or nothing, in the other.
    const AddressColumns by_school = is_by_town() ? AddressColumns{} : *this;
    const AddressColumns by_town = is_by_school() && !is_by_town() ? AddressColumns{} : *this;
    return understood_as(width, {{by_town.town, "町字"},
                                 {by_town.numbers, "番地"},
                                 {by_town.elementary, "小学校"},
                                 {by_town.middle, "中学校"},
                                 {by_school.school, "学校名称"},
                                 {by_school.school_kind, "学校種別"},
                                 {by_school.school_code, "学校コード"},
                                 {by_school.addresses, "通学区域の住所"},
                                 {by_school.ended, "通学区域_廃止日"},
                                 {municipality, "全国地方公共団体コード"},
                                 {municipality_name, "地方公共団体名"}});
}

std::vector<directory::BatchList> read_addresses(const Table& table, const AddressColumns& columns, Intake& intake) {
    AddressRows rows(table, columns, intake);
    for (const Record& record : table.records) {
        rows.read(record);
    }
    return rows.take_lists();
}

} // namespace shirube::importers
