#include "server/api/coverage_geopackage.hpp"

#include "directory/district_layer.hpp"
#include "importers/sheets/geopackage_writer.hpp"
#include "server/api/coverage_documents.hpp"
#include "server/api/coverage_frame.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>

namespace shirube::server {

namespace {

using importers::GeoCell;
using importers::GeoColumn;
using importers::GeoRow;
using importers::GeoTable;
using nlohmann::ordered_json;
using Kind = GeoColumn::Kind;

/// A member of the JSON and what a GIS calls it.
struct Column {
    std::string_view member;
    Kind kind;
    std::string_view ja;
    std::string_view en;
};

constexpr std::array k_of_districts{
    Column{"code", Kind::text, "区域コード", "District code"},
    Column{"name", Kind::text, "区域名", "District"},
    Column{"municipality", Kind::text, "市区町村コード", "Municipality code"},
    Column{"municipality_name", Kind::text, "市区町村名", "Municipality"},
    Column{"tier", Kind::text, "判定コード", "Tier code"},
    Column{"tier_label", Kind::text, "判定", "Tier"},
    Column{"services", Kind::whole, "箇所数", "Places"},
    Column{"services_possible", Kind::whole, "可能性のある箇所数", "Possible places"},
    Column{"services_outreach", Kind::whole, "出張の箇所数", "Outreach"},
    Column{"services_planned", Kind::whole, "予定の箇所数", "Planned places"},
    Column{"services_at_most", Kind::whole, "箇所数（多くて）", "Places at most"},
    Column{"children", Kind::whole, "こどもの数（人）", "Children"},
    Column{"children_basis", Kind::text, "こどもの数の出どころ", "Children from"},
    Column{"children_covered", Kind::whole, "時間内に届くこどもの数（少なくとも、人）",
           "Children within reach, at least"},
    Column{"children_covered_at_most", Kind::whole, "時間内に届くこどもの数（多くて、人）",
           "Children within reach, at most"},
    Column{"share_covered", Kind::real, "時間内に届くこどもの割合（少なくとも）", "Share within reach, at least"},
    Column{"share_covered_at_most", Kind::real, "時間内に届くこどもの割合（多くて）", "Share within reach, at most"},
    Column{"places_per_district", Kind::real, "区域あたり箇所数", "Places per district"},
    Column{"per_1000_children", Kind::real, "こども千人あたり箇所数（少なくとも）",
           "Places per 1,000 children, at least"},
    Column{"per_1000_children_at_most", Kind::real, "こども千人あたり箇所数（多くて）",
           "Places per 1,000 children, at most"},
    Column{"supply_ratio", Kind::real, "こども1人あたりの受け皿", "Supply a child"},
    Column{"supply", Kind::real, "受け皿のうちこの区域の分", "Supply that falls to the district"},
    Column{"need", Kind::real, "需要", "Need"},
    Column{"nearest_m_median", Kind::real, "最寄りまでの直線距離の中央値（m）", "Median distance to the nearest (m)"},
    Column{"certainty", Kind::text, "確かさ", "Certainty"},
    Column{"functions_missing", Kind::text, "足りない機能", "Functions missing"},
    Column{"constituents_missing", Kind::text, "何もない構成区域のコード", "Constituent districts without any"},
    Column{"notes", Kind::text, "注記コード", "Notes"},
};

constexpr std::array k_of_blank_areas{
    Column{"number", Kind::whole, "番号", "Number"},
    Column{"code", Kind::text, "区域コード", "District code"},
    Column{"name", Kind::text, "区域名", "District"},
    Column{"municipality", Kind::text, "市区町村コード", "Municipality code"},
    Column{"children", Kind::whole, "こどもの数（人）", "Children"},
    Column{"need", Kind::real, "需要", "Need"},
};

constexpr std::array k_of_about{
    Column{"item", Kind::text, "項目", "Item"},
    Column{"value", Kind::text, "値", "Value"},
    Column{"publisher", Kind::text, "公表者", "Publisher"},
    Column{"as_of", Kind::text, "時点", "As of"},
    Column{"licence", Kind::text, "利用条件", "Licence"},
};

template <std::size_t Count>
std::vector<GeoColumn> columns_of(const std::array<Column, Count>& columns, std::string_view language) {
    std::vector<GeoColumn> out;
    for (const Column& column : columns) {
        out.push_back({std::string{column.member}, std::string{language == "en" ? column.en : column.ja}, column.kind});
    }
    return out;
}

/// Several codes are one text; none is unknown nowhere: an empty list is NULL, as an empty cell is in CSV.
GeoCell joined(const ordered_json& values) {
    std::string text;
    for (const auto& value : values) {
        text += text.empty() ? "" : "|";
        text += value.is_object() ? value.at("code").get<std::string>() : value.get<std::string>();
    }
    return text.empty() ? GeoCell{} : GeoCell{std::move(text)};
}

GeoCell cell_of(const ordered_json& value, Kind kind) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_array()) {
        return joined(value);
    }
    switch (kind) {
        case Kind::whole:
            return value.get<std::int64_t>();
        case Kind::real:
            return value.get<double>();
        case Kind::text:
            break;
    }
    return value.get<std::string>();
}

template <std::size_t Count>
std::vector<GeoCell> cells_of(const std::array<Column, Count>& columns, const ordered_json& document) {
    std::vector<GeoCell> cells;
    for (const Column& column : columns) {
        cells.push_back(cell_of(document.at(std::string{column.member}), column.kind));
    }
    return cells;
}

/// A line of `about` as text: numbers as the JSON writes them.
GeoCell told(const ordered_json& value) {
    if (value.is_null()) {
        return {};
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

class Rows {
  public:
    void add(std::string item, const ordered_json& value) {
        rows_.push_back({{}, {std::move(item), told(value), {}, {}, {}}});
    }
    /// Each member of an object as "name.member"; nothing where there is none.
    void add_each(const std::string& name, const ordered_json& values) {
        for (const auto& [member, value] : values.items()) {
            if (value.is_object()) {
                add_each(name + "." + member, value);
            } else {
                add(name + "." + member, value);
            }
        }
    }
    void add_list(const ordered_json& list) {
        rows_.push_back({{},
                         {std::string{"list"}, told(list.at("name")), told(list.at("publisher")),
                          told(list.at("as_of")), told(list.at("licence"))}});
    }
    std::vector<GeoRow> finish() && { return std::move(rows_); }

  private:
    std::vector<GeoRow> rows_;
};

std::vector<GeoRow> about(const directory::Coverage& coverage, const ordered_json& frame, std::string_view language) {
    const auto& policy = *coverage.policy;
    Rows rows;
    rows.add("policy_id", policy.id);
    rows.add("policy_version", std::to_string(policy.version));
    rows.add("policy_name", policy.name.in(language));
    rows.add("layer", frame.at("layer"));
    rows.add("layer_name", directory::label_of_layer(coverage.layer->code).in(language));
    rows.add("at", frame.at("at"));
    rows.add("edition", frame.at("edition"));
    if (!coverage.children_basis.empty()) {
        rows.add("children_basis", coverage.children_basis);
    }
    for (const char* const part : {"totals", "outside", "supply", "need"}) {
        if (frame.at(part).is_object()) {
            rows.add_each(part, frame.at(part));
        }
    }
    for (const auto& list : frame.at("lists")) {
        rows.add_list(list);
    }
    return std::move(rows).finish();
}

/// As a GeoPackage writes moments: UTC.
std::string in_utc(const directory::Instant& at) {
    constexpr std::chrono::hours k_tokyo{9};
    const auto moment = std::chrono::sys_time<std::chrono::minutes>{at.day} + std::chrono::minutes{at.minute} - k_tokyo;
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::hh_mm_ss time{moment - day};
    return fmt::format("{}T{:02}:{:02}:00.000Z", directory::to_string(directory::Day{day}), time.hours().count(),
                       time.minutes().count());
}

} // namespace

std::string coverage_geopackage(const directory::Reader& reader, const directory::Coverage& coverage,
                                std::string_view language) {
    const bool english = language == "en";
    const auto frame = coverage_frame(reader, coverage);
    GeoTable districts{"districts",
                       english ? "Coverage by district" : "区域ごとの充足状況",
                       GeoTable::Shapes::areas,
                       columns_of(k_of_districts, language),
                       {}};
    for (const auto& of : coverage.districts) {
        auto document = district_document(reader, coverage, of);
        document["tier_label"] = label_of(of.tier).in(language);
        const auto& area = reader.districts()[of.district].geometry;
        districts.rows.push_back(
            {area.empty() ? importers::GeoShape{} : importers::GeoShape{&area}, cells_of(k_of_districts, document)});
    }
    GeoTable blank_areas{"blank_areas",
                         english ? "Blank areas" : "空白の区域",
                         GeoTable::Shapes::points,
                         columns_of(k_of_blank_areas, language),
                         {}};
    for (std::size_t i = 0; i < coverage.blank_areas.size(); ++i) {
        const auto& point = coverage.blank_areas[i].label_point;
        blank_areas.rows.push_back({point ? importers::GeoShape{*point} : importers::GeoShape{},
                                    cells_of(k_of_blank_areas, frame.at("blank_areas").at(i))});
    }
    GeoTable rests_on{"about", english ? "What the figures rest on" : "この図のもと", GeoTable::Shapes::none,
                      columns_of(k_of_about, language), about(coverage, frame, language)};
    importers::GeoBook book{{}, in_utc(coverage.at)};
    book.tables.push_back(std::move(districts));
    book.tables.push_back(std::move(blank_areas));
    book.tables.push_back(std::move(rests_on));
    return importers::to_geopackage(book);
}

} // namespace shirube::server
