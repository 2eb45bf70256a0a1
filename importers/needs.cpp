#include "importers/needs.hpp"

#include "directory/fold.hpp"
#include "geo/mesh.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/figures.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/layouts/mapped_table.hpp"
#include "importers/layouts/mapping.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

using directory::Day;
using directory::NeedReading;
using directory::Unit;

constexpr std::string_view k_profile = "needs-plain";
constexpr std::string_view k_indicator = "指標";
constexpr std::string_view k_layer = "区域の層";
constexpr std::string_view k_district_code = "区域コード";
constexpr std::string_view k_district_name = "区域名";
constexpr std::string_view k_municipality = "市区町村コード";
constexpr std::string_view k_mesh = "メッシュコード";
constexpr std::string_view k_from = "期間_開始";
constexpr std::string_view k_to = "期間_終了";
constexpr std::string_view k_fiscal_year = "年度";
constexpr std::string_view k_value = "値";
constexpr std::string_view k_unit = "単位";
constexpr std::string_view k_suppressed = "秘匿";
constexpr std::string_view k_source = "出典";
constexpr std::string_view k_note = "備考";
constexpr std::array k_columns{k_indicator, k_layer, k_district_code, k_district_name, k_municipality, k_mesh,
                               k_from,      k_to,    k_fiscal_year,   k_value,         k_unit,         k_suppressed,
                               k_source,    k_note};
constexpr std::array k_required{k_indicator, k_value, k_unit};
constexpr std::array k_areas{k_district_code, k_district_name, k_municipality, k_mesh};

constexpr std::size_t k_most_letters = 200; ///< of an indicator or a district's name

constexpr std::string_view k_default_layer = "chugakkoku"; ///< where neither the row nor --layer says
constexpr std::string_view k_of_municipality = "municipality";
constexpr std::string_view k_of_mesh = "mesh";

std::optional<Unit> unit_of(std::string_view cell) {
    static constexpr std::array<std::pair<std::string_view, Unit>, 12> k_words{{{"延人数", Unit::cumulative_persons},
                                                                                {"延べ人", Unit::cumulative_persons},
                                                                                {"延人", Unit::cumulative_persons},
                                                                                {"のべ人数", Unit::cumulative_persons},
                                                                                {"名", Unit::persons},
                                                                                {"人数", Unit::persons},
                                                                                {"延べ人日", Unit::person_days},
                                                                                {"延べ日数", Unit::person_days},
                                                                                {"泊数", Unit::nights},
                                                                                {"世帯数", Unit::households},
                                                                                {"%", Unit::percent},
                                                                                {"パーセント", Unit::percent}}};
    const std::string word = plain(clean_text(cell).text);
    if (const auto unit = directory::parse_code<Unit>(word)) {
        return unit;
    }
    const auto* found = std::ranges::find(k_words, word, &std::pair<std::string_view, Unit>::first);
    return found == k_words.end() ? std::nullopt : std::optional(found->second);
}

/// The units as the report offers them.
std::string units() {
    std::string words;
    for (const Unit unit : {Unit::persons, Unit::households, Unit::cumulative_persons, Unit::person_days, Unit::nights,
                            Unit::sessions, Unit::hours, Unit::cases, Unit::percent}) {
        words += fmt::format("{}{}", words.empty() ? "" : ", ", directory::label_of(unit));
    }
    return words;
}

/// A layer by its code or by the word lists have for it; nothing where it is neither.
std::optional<std::string> layer_of(std::string_view cell) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> k_words{
        {{"中学校区", "chugakkoku"},
         {"小学校区", "shogakkoku"},
         {"相談機関の区域", "sodan_kuiki"},
         {"日常生活圏域", "nichijo_seikatsu"},
         {"行政区", "ku"},
         {"区", "ku"},
         {"地区", "chiku"},
         {"圏域", "ken_iki"},
         {"市区町村", k_of_municipality},
         {"市町村", k_of_municipality},
         {"メッシュ", k_of_mesh},
         {"地域メッシュ", k_of_mesh}}};
    const std::string word = plain(clean_text(cell).text);
    const auto* found = std::ranges::find(k_words, word, &std::pair<std::string_view, std::string_view>::first);
    if (found != k_words.end()) {
        return std::string(found->second);
    }
    const bool is_code = !word.empty() && word.size() <= 64 && std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return is_code ? std::optional(word) : std::nullopt;
}

/// A fiscal year: "令和6年度", "R6", "2024年度", "2024".
Cell<DateSpan> parse_fiscal_year(std::string_view cell) {
    const std::string text = plain(clean_text(cell).text);
    if (text.empty()) {
        return std::nullopt;
    }
    return parse_date_span(replaced(replaced(replaced(text, "年度", ""), "年", ""), " ", "") + "年度");
}

class NeedRows {
  public:
    NeedRows(const Table& table, const directory::DistrictBook& districts, Intake& intake)
        : table_(table), districts_(districts), intake_(intake) {}

    void read(const Record& record, directory::BatchList& list) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        RowCells cells(table_, record, intake_.options().language, [](std::string_view) { return false; });
        auto need = read_need(cells);
        if (record.cells.size() > table_.header.size()) {
            cells.note_row({"row_too_long", std::to_string(record.cells.size() - table_.header.size())});
        }
        const bool has_issues = cells.has_issues();
        for (Issue& issue : cells.take_issues()) {
            issue.row = record.row;
            intake_.keep(std::move(issue));
        }
        if (!need) {
            intake_.turn_away(table_, record);
            return;
        }
        directory::BatchRow row;
        row.key = key_of(*need);
        row.file = intake_.file();
        row.sheet = intake_.sheet();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells_of_file());
        row.flagged = has_issues;
        row.reading = std::move(*need);
        list.rows.push_back(std::move(row));
        intake_.count(has_issues ? Bin::flagged : Bin::accepted);
    }

  private:
    /// By the district that is meant, however it is called; by what it is called where no list has it.
    [[nodiscard]] std::string key_of(const NeedReading& need) const {
        const auto district = districts_.find(need.layer, need.code, need.name, need.municipality);
        const auto day = [](const std::optional<Day>& d) { return d ? directory::to_string(*d) : std::string{}; };
        return fmt::format("{}|{}|{}|{}|{}|{}|{}", directory::fold(need.indicator), directory::code_of(need.unit),
                           need.layer, district ? std::string() : need.municipality,
                           district            ? districts_.code_of(*district)
                           : need.code.empty() ? directory::fold(need.name)
                                               : need.code,
                           day(need.from), day(need.to));
    }

    std::optional<NeedReading> read_need(RowCells& cells) const {
        NeedReading need;
        need.indicator = shortened(cells.text(k_indicator), k_most_letters);
        if (need.indicator.empty()) {
            cells.note({"need_indicator_missing"}, k_indicator);
            return std::nullopt;
        }
        const auto unit = unit_of(cells.raw(k_unit));
        if (!unit) {
            cells.note({"need_unit_unknown", shortened(cells.text(k_unit), k_most_letters), units()}, k_unit);
            return std::nullopt;
        }
        need.unit = *unit;
        if (!read_area(cells, need)) {
            return std::nullopt;
        }
        read_period(cells, need);
        read_value(cells, need);
        need.source = shortened(cells.free_text(k_source), 2 * k_most_letters);
        need.note = shortened(cells.free_text(k_note), 5 * k_most_letters);
        return need;
    }

    bool read_area(RowCells& cells, NeedReading& need) const {
        if (const auto code = cells.text(k_municipality); !code.empty()) {
            const auto known = parse_municipality_code(code);
            if (!known) {
                cells.note({"district_municipality_malformed"}, k_municipality);
                return false;
            }
            need.municipality = *known;
        } else {
            need.municipality = intake_.options().municipality;
        }
        const std::string layer_cell = cells.text(k_layer);
        const std::string& asked = intake_.options().layer;
        const auto layer = !layer_cell.empty() ? layer_of(layer_cell)
                                               : std::optional(asked.empty() ? std::string(k_default_layer) : asked);
        if (!layer) {
            cells.note({"need_layer_unknown", shortened(layer_cell, k_most_letters)}, k_layer);
            return false;
        }
        need.code = plain(cells.text(k_district_code));
        need.name = shortened(cells.text(k_district_name), k_most_letters);
        const std::string mesh = plain(cells.text(k_mesh));
        if (!mesh.empty() || (*layer == k_of_mesh && !layer_cell.empty())) {
            return read_mesh(cells, mesh.empty() ? need.code : mesh, need);
        }
        const bool names_district = !need.code.empty() || !need.name.empty();
        if (!names_district && !layer_cell.empty() && *layer != k_of_municipality) {
            // Of merged cells the first alone has the text: the figure is a district's, and nobody knows whose.
            cells.note({"need_area_missing"}, k_district_name);
            return false;
        }
        if ((*layer == k_of_municipality && !layer_cell.empty()) || !names_district) {
            return read_municipality(cells, need);
        }
        need.layer = *layer;
        if (need.code.size() > k_most_letters) {
            need.code.clear();
        }
        const auto district = districts_.find(need.layer, need.code, need.name, need.municipality);
        if (!district) {
            cells.note({"need_district_unknown", need.name.empty() ? need.code : need.name, need.layer},
                       need.code.empty() ? k_district_name : k_district_code);
        } else if (names_another(need, *district)) {
            cells.note({"need_district_contradicts", need.code, need.name}, k_district_name);
            return false;
        }
        return true;
    }

    /// Whether the code leads to one district, and the name of the row to another.
    [[nodiscard]] bool names_another(const NeedReading& need, std::uint32_t district) const {
        if (need.code.empty() || need.name.empty()) {
            return false;
        }
        const auto by_name = districts_.find(need.layer, {}, need.name, need.municipality);
        return by_name && *by_name != district;
    }

    static bool read_mesh(RowCells& cells, const std::string& code, NeedReading& need) {
        const auto mesh = geo::parse_mesh(code);
        if (!mesh) {
            cells.note({"mesh_code_malformed", std::string(geo::describe(mesh.error().fault))}, k_mesh);
            return false;
        }
        need.layer = k_of_mesh;
        need.code = code;
        return true;
    }

    static bool read_municipality(RowCells& cells, NeedReading& need) {
        if (need.municipality.empty()) {
            if (const auto code = parse_municipality_code(need.code)) {
                need.municipality = *code;
            }
        }
        if (need.municipality.empty()) {
            cells.note_row({"need_area_missing"});
            return false;
        }
        need.layer = k_of_municipality;
        need.code = need.municipality;
        return true;
    }

    /// An end of the period; a rough one is none.
    static std::optional<DateSpan> read_end(RowCells& cells, std::string_view column) {
        auto span = cells.take(parse_date_span(cells.raw(column)), column);
        if (span && span->is_rough) {
            cells.note({"date_rough"}, column);
            span.reset();
        }
        return span;
    }

    static void read_period(RowCells& cells, NeedReading& need) {
        const auto from = read_end(cells, k_from);
        const auto to = read_end(cells, k_to);
        const auto year =
            from || to ? std::nullopt : cells.take(parse_fiscal_year(cells.raw(k_fiscal_year)), k_fiscal_year);
        if (from) {
            need.from = from->first;
        }
        if (to) {
            need.to = to->last;
        }
        if (year) {
            need.from = year->first;
            need.to = year->last;
        }
        if (need.from && need.to && *need.to < *need.from) {
            cells.note({"date_order"}, k_to);
            need.from.reset();
            need.to.reset();
        }
        if (!need.from && !need.to && !cells.has_issues()) {
            cells.note_row({"need_period_missing"});
        }
    }

    static void read_value(RowCells& cells, NeedReading& need) {
        const std::string mark = plain(cells.text(k_suppressed));
        const bool marked = !mark.empty() && mark != "0" && mark != "無" && mark != "なし";
        if (const auto figure = cells.take(parse_figure(cells.raw(k_value)), k_value)) {
            need.suppressed = figure->suppressed;
            need.value = figure->value;
            if (!figure->unit.empty() && unit_of(figure->unit) && unit_of(figure->unit) != need.unit) {
                cells.note({"need_unit_contradicts", figure->unit, std::string(directory::label_of(need.unit))},
                           k_value);
                need.value.reset();
            }
            // A workbook keeps 50 % as 0.5, and shows it otherwise than it is read.
            if (need.unit == Unit::percent && need.value && *need.value > 0 && *need.value <= 1) {
                cells.note({"need_percent_small"}, k_value);
            }
        }
        if (marked) {
            need.suppressed = true;
            need.value.reset();
        }
    }

    const Table& table_;
    const directory::DistrictBook& districts_;
    Intake& intake_;
};

std::optional<FileProblem> header_fault(std::span<const std::string> header) {
    const HeaderFit fit = fit_of(header, k_columns, k_required);
    const bool has_area = std::ranges::any_of(k_areas, [&](std::string_view column) {
        return std::ranges::find(fit.understood, column) != fit.understood.end();
    });
    if (fit.missing.empty() && has_area) {
        return std::nullopt;
    }
    std::vector<std::string> missing = fit.missing;
    if (!has_area) {
        missing.push_back(fmt::format("{}", fmt::join(k_areas, " / ")));
    }
    return FileProblem{.code = "needs_header_unknown", .a = fmt::format("{}", fmt::join(missing, ", "))};
}

/// The mapping that --profile names, its fields being those of needs; nothing where it names none.
std::expected<std::optional<Mapping>, FileProblem> read_wish(const Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (profile.empty() || profile == k_profile) {
        return std::nullopt;
    }
    if (!is_mapping_name(profile)) {
        return std::unexpected(wrong_use("profile_unknown", profile, std::string(k_profile)));
    }
    auto mapping = read_mapping(profile, intake.limits());
    if (!mapping) {
        return std::unexpected(std::move(mapping.error()));
    }
    const auto fault =
        mapping->fault([](std::span<const std::string> fields) { return fit_of(fields, k_columns, k_required); });
    if (fault) {
        return std::unexpected(in_file(*fault, profile));
    }
    return std::move(*mapping);
}

std::expected<std::vector<WantedTable>, FileProblem> read_need_tables(const std::filesystem::path& path,
                                                                      std::string_view bytes,
                                                                      const std::optional<Mapping>& mapping,
                                                                      Intake& intake) {
    auto sources = read_source_tables(path, bytes, intake.limits(), {.name = mapping ? mapping->layer : std::string{}});
    if (!sources) {
        return std::unexpected(std::move(sources.error()));
    }
    std::vector<Table> tables;
    for (SourceTable& source : *sources) {
        tables.push_back(std::move(source.table));
    }
    return wanted_tables(
        std::move(tables),
        [&](std::span<const std::string> header) { return mapping ? mapping->misfit(header) : header_fault(header); },
        path, intake);
}

} // namespace

std::expected<std::vector<directory::BatchList>, FileProblem> read_needs(const std::filesystem::path& path,
                                                                         std::string_view bytes,
                                                                         const directory::DistrictBook& districts,
                                                                         Intake& intake) {
    const auto mapping = read_wish(intake);
    if (!mapping) {
        return std::unexpected(mapping.error());
    }
    auto wanted = read_need_tables(path, bytes, *mapping, intake);
    if (!wanted) {
        return std::unexpected(std::move(wanted.error()));
    }
    std::vector<directory::BatchList> lists;
    for (WantedTable& each : *wanted) {
        Table& table = each.table;
        intake.begin_table(table.file, table.sheet);
        if (*mapping) {
            table = mapped_table(std::move(table), **mapping, intake);
            if (auto fault = header_fault(table.header)) { // no column says where
                return std::unexpected(of_table(std::move(*fault), table));
            }
        }
        explain(table, fit_of(table.header, k_columns, k_required).understood, intake);
        directory::BatchList& list = list_for(each, *mapping ? (*mapping)->profile : k_profile, lists);
        NeedRows rows(table, districts, intake);
        for (const Record& record : table.records) {
            rows.read(record, list);
        }
    }
    return lists;
}

} // namespace shirube::importers
