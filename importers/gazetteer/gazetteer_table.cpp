#include "importers/gazetteer/gazetteer_table.hpp"

#include "importers/columns/header_names.hpp"
#include "importers/files/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using enum TableField;

enum class Need : std::uint8_t { required, wanted };

struct Column {
    TableField field = prefecture;
    std::string_view name;
    std::string_view other_name; ///< the registry's first editions had Japanese headers
    Need need = Need::wanted;
};

constexpr auto k_required = Need::required;
constexpr Column k_lg_code{municipality_code, "lg_code", "全国地方公共団体コード", k_required};
constexpr Column k_town_id{town_id, "machiaza_id", "町字id", k_required};
constexpr Column k_block_id{block_id, "blk_id", "街区id", k_required};
constexpr Column k_lot_id{block_id, "prc_id", "地番id", k_required};
constexpr Column k_city{municipality, "city", "市区町村名", k_required};
constexpr Column k_ward{ward, "ward", "政令市区名"};
constexpr Column k_oaza{town, "oaza_cho", "大字・町名", k_required};
constexpr Column k_chome{chome, "chome", "丁目名"};
constexpr Column k_koaza{koaza, "koaza", "小字名"};
constexpr Column k_shown{is_shown, "rsdt_addr_flg", "住居表示フラグ"};
constexpr Column k_ended{ended_on, "ablt_date", "廃止日"};
constexpr Column k_lon{longitude, "rep_lon", "代表点_経度", k_required};
constexpr Column k_lat{latitude, "rep_lat", "代表点_緯度", k_required};
constexpr Column k_datum{datum, "rep_srid", "代表点_座標参照系"};

constexpr std::array k_isj_town{
    Column{municipality_code, "市区町村コード", ""},    Column{prefecture, "都道府県名", "", k_required},
    Column{municipality, "市区町村名", "", k_required}, Column{town_id, "大字町丁目コード", ""},
    Column{town, "大字町丁目名", "", k_required},       Column{latitude, "緯度", "", k_required},
    Column{longitude, "経度", "", k_required}};
constexpr std::array k_isj_block{Column{prefecture, "都道府県名", "", k_required},
                                 Column{municipality, "市区町村名", "", k_required},
                                 Column{town, "大字・丁目名", "大字・町丁目名", k_required},
                                 Column{koaza, "小字・通称名", ""}, // editions before 2017 have none
                                 Column{number, "街区符号・地番", "", k_required},
                                 Column{latitude, "緯度", "", k_required},
                                 Column{longitude, "経度", "", k_required},
                                 Column{is_shown, "住居表示フラグ", "", k_required},
                                 Column{is_representative, "代表フラグ", ""},
                                 Column{history, "更新後履歴フラグ", ""}};
constexpr std::array k_abr_town{k_lg_code,
                                k_town_id,
                                Column{prefecture, "pref", "都道府県名", k_required},
                                Column{county, "county", "郡名"},
                                k_city,
                                k_ward,
                                k_oaza,
                                k_chome,
                                k_koaza,
                                Column{koaza_kind, "koaza_aka_code", "小字_通称コード"},
                                Column{is_shown, "rsdt_addr_flg", "住居表示フラグ", k_required},
                                k_ended};
constexpr std::array k_abr_town_position{k_lg_code, k_town_id, k_shown, k_lon, k_lat, k_datum};
constexpr std::array k_abr_block{k_lg_code,
                                 k_town_id,
                                 k_block_id,
                                 k_city,
                                 k_ward,
                                 k_oaza,
                                 k_chome,
                                 k_koaza,
                                 k_shown,
                                 k_ended,
                                 Column{number, "blk_num", "街区符号", k_required}};
constexpr std::array k_abr_block_position{k_lg_code, k_town_id, k_block_id, k_shown, k_lon, k_lat, k_datum};
constexpr std::array k_abr_lot{k_lg_code,
                               k_town_id,
                               k_lot_id,
                               k_city,
                               k_ward,
                               k_oaza,
                               k_chome,
                               k_koaza,
                               k_ended,
                               Column{number, "prc_num1", "地番1", k_required},
                               Column{number_2, "prc_num2", "地番2"},
                               Column{number_3, "prc_num3", "地番3"}};
constexpr std::array k_abr_lot_position{k_lg_code, k_town_id, k_lot_id, k_lon, k_lat, k_datum};

struct Spec {
    TableKind kind;
    std::string_view profile;
    std::string_view name;
    std::span<const Column> columns;
};
constexpr std::array k_specs{
    Spec{TableKind::isj_town, "isj-town", "isj-town", k_isj_town},
    Spec{TableKind::isj_block, "isj-block", "isj-block", k_isj_block},
    Spec{TableKind::abr_town, "abr-town", "mt_town", k_abr_town},
    Spec{TableKind::abr_town_position, "abr-town", "mt_town_pos", k_abr_town_position},
    Spec{TableKind::abr_block, "abr-block", "mt_rsdtdsp_blk", k_abr_block},
    Spec{TableKind::abr_block_position, "abr-block", "mt_rsdtdsp_blk_pos", k_abr_block_position},
    Spec{TableKind::abr_lot, "abr-block", "mt_parcel", k_abr_lot},
    Spec{TableKind::abr_lot_position, "abr-block", "mt_parcel_pos", k_abr_lot_position},
};

constexpr std::array<std::string_view, k_table_fields> k_field_names{"prefecture",
                                                                     "county",
                                                                     "municipality",
                                                                     "ward",
                                                                     "municipality_code",
                                                                     "town",
                                                                     "chome",
                                                                     "koaza",
                                                                     "",
                                                                     "town_id",
                                                                     "block_id",
                                                                     "number",
                                                                     "number_2",
                                                                     "number_3",
                                                                     "longitude",
                                                                     "latitude",
                                                                     "is_shown",
                                                                     "is_representative",
                                                                     "history",
                                                                     "ended_on"};

using Places = std::vector<std::optional<std::size_t>>;

struct Fit {
    Places place_of = Places(k_table_fields);
    std::size_t required = 0;
    std::vector<std::string_view> missing;
};

Fit fit_of(const Spec& spec, std::span<const std::string> keys) {
    Fit fit;
    for (const Column& column : spec.columns) {
        auto found = std::ranges::find(keys, column_key(column.name));
        if (found == keys.end() && !column.other_name.empty()) {
            found = std::ranges::find(keys, column_key(column.other_name));
        }
        if (found != keys.end()) {
            fit.place_of[static_cast<std::size_t>(column.field)] = static_cast<std::size_t>(found - keys.begin());
        }
        if (column.need == Need::required) {
            ++fit.required;
            if (found == keys.end()) {
                fit.missing.push_back(column.name);
            }
        }
    }
    return fit;
}

/// The registry's tables of single houses have the columns of blocks, and many rows a block.
bool is_of_houses(std::span<const std::string> keys) {
    return std::ranges::any_of(std::array<std::string_view, 2>{"rsdt_id", "住居id"}, [&](std::string_view name) {
        return std::ranges::find(keys, column_key(name)) != keys.end();
    });
}

} // namespace

std::string_view GazetteerTable::profile() const noexcept {
    return std::ranges::find(k_specs, kind_, &Spec::kind)->profile;
}

std::string_view GazetteerTable::cell(const Record& record, TableField field) const {
    const auto place = place_of_[static_cast<std::size_t>(field)];
    return place && *place < record.cells.size() ? trimmed(record.cells[*place]) : std::string_view{};
}

std::string GazetteerTable::column(TableField field) const {
    const auto place = place_of_[static_cast<std::size_t>(field)];
    return place ? std::string(trimmed(header_[*place])) : std::string();
}

std::vector<std::string> GazetteerTable::understood() const {
    std::vector<std::string> fields(header_.size());
    for (std::size_t field = 0; field < k_table_fields; ++field) {
        if (place_of_[field]) {
            fields[*place_of_[field]] = k_field_names[field];
        }
    }
    return fields;
}

std::expected<GazetteerTable, FileProblem> GazetteerTable::recognise(std::vector<std::string> header,
                                                                     std::string_view profile) {
    std::vector<std::string> keys;
    for (const std::string& name : header) {
        keys.push_back(column_key(name));
    }
    const Spec* best = nullptr;
    Fit best_fit;
    std::string tried;
    for (const Spec& spec : k_specs) {
        if (!profile.empty() && spec.profile != profile) {
            continue;
        }
        Fit fit = fit_of(spec, keys);
        if (!fit.missing.empty()) {
            tried += fmt::format("{}{} ({})", tried.empty() ? "" : "; ", spec.name, fmt::join(fit.missing, ", "));
        } else if (best == nullptr || fit.required > best_fit.required) {
            best = &spec;
            best_fit = std::move(fit);
        }
    }
    if (is_of_houses(keys)) {
        return std::unexpected(FileProblem{.code = "gazetteer_of_houses"});
    }
    if (best == nullptr && !profile.empty()) {
        return std::unexpected(FileProblem{.code = "profile_misfits", .a = std::string(profile), .b = tried});
    }
    if (best == nullptr) {
        return std::unexpected(FileProblem{.code = "gazetteer_header_unknown", .a = tried});
    }
    GazetteerTable table;
    table.kind_ = best->kind;
    table.header_ = std::move(header);
    table.place_of_ = std::move(best_fit.place_of);
    return table;
}

std::expected<void, FileProblem> for_each_row(
    std::string_view text, const Limits& limits,
    const std::function<std::expected<void, FileProblem>(std::vector<std::string> header)>& begin,
    const std::function<void(const Record& record)>& visit) {
    // Blank lines before the header would hide the delimiter.
    const std::size_t start = text.find_first_not_of("\r\n");
    const char delimiter = delimiter_of(start == std::string_view::npos ? text : text.substr(start));
    bool begun = false;
    std::expected<void, FileProblem> beginning;
    auto walked = for_each_record(text, delimiter, limits, [&](Record& record) {
        if (begun) {
            visit(record);
        } else if (!is_blank(record.cells)) {
            begun = true;
            beginning = begin(std::move(record.cells));
        }
        return beginning ? Walk::go_on : Walk::stop;
    });
    if (!beginning) {
        return beginning;
    }
    if (walked && !begun) {
        return std::unexpected(FileProblem{.code = "table_empty"});
    }
    return walked;
}

} // namespace shirube::importers
