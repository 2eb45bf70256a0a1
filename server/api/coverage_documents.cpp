#include "server/api/coverage_documents.hpp"

#include "importers/sheets/harmless_cell.hpp"
#include "server/api/answers.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

/// Shares and rates to six digits: the same text whatever the order in which sums were made.
ordered_json rate_or_null(const std::optional<double>& value) {
    return value ? ordered_json(std::round(*value * 1e6) / 1e6) : ordered_json(nullptr);
}

ordered_json district_document(const directory::Reader& reader, const directory::Coverage& coverage,
                               const directory::DistrictCoverage& of) {
    const auto& district = reader.districts()[of.district];
    ordered_json out{
        {"code", district.code},
        {"name", district.name},
        {"municipality", district.municipality},
        {"municipality_name", district.municipality_name},
        {"tier", code_of(of.tier)},
        {"tier_label", label_of(of.tier).ja},
        {"services", of.services},
        {"services_possible", of.services_possible},
        {"services_outreach", of.services_outreach},
        {"services_planned", of.services_planned},
        {"children", or_null(of.children)},
        {"children_basis", coverage.children_basis.empty() || !of.children ? ordered_json(nullptr)
                                                                           : ordered_json(coverage.children_basis)},
        {"children_covered", or_null(of.children_covered)},
        {"share_covered", rate_or_null(of.share_covered)},
        {"places_per_district",
         of.tier == directory::Tier::no_data ? ordered_json(nullptr) : ordered_json(of.services)},
        {"per_1000_children", rate_or_null(of.per_1000_children)},
        {"supply_ratio", nullptr},
        {"nearest_m_median",
         of.nearest_m_median ? ordered_json(std::round(*of.nearest_m_median)) : ordered_json(nullptr)},
        {"certainty", of.services > 0            ? ordered_json("confirmed")
                      : of.services_possible > 0 ? ordered_json("reported")
                                                 : ordered_json(nullptr)},
        {"notes", of.notes}};
    // Without a list nothing was counted; zero would be an answer.
    if (of.tier == directory::Tier::no_data &&
        of.services + of.services_possible + of.services_outreach + of.services_planned == 0) {
        for (const auto* name : {"services", "services_possible", "services_outreach", "services_planned"}) {
            out[name] = nullptr;
        }
    }
    return out;
}

ordered_json totals_document(const directory::CoverageTotals& totals) {
    ordered_json tiers = ordered_json::object();
    for (const auto tier : directory::k_tiers) {
        tiers[std::string{code_of(tier)}] = totals.by_tier[static_cast<std::size_t>(tier)];
    }
    return {{"districts", totals.districts},
            {"tiers", std::move(tiers)},
            {"share_with_any", rate_or_null(totals.share_with_any)},
            {"share_with_any_at_most", rate_or_null(totals.share_with_any_at_most)},
            {"places_per_district", rate_or_null(totals.places_per_district)},
            {"children", or_null(totals.children)},
            {"children_known", or_null(totals.children_known)},
            {"districts_children_unknown", totals.districts_children_unknown},
            {"children_covered", or_null(totals.children_covered)},
            {"share_covered", rate_or_null(totals.share_covered)},
            {"per_1000_children", rate_or_null(totals.per_1000_children)},
            {"services", totals.services},
            {"services_assigned", totals.services_assigned},
            {"services_possible", totals.services_possible},
            {"services_unlocated", totals.services_unlocated},
            {"services_outside", totals.services_outside}};
}

ordered_json frame(const directory::Reader& reader, const directory::Coverage& coverage) {
    ordered_json lists = ordered_json::array();
    for (const auto index : coverage.lists) {
        const auto& list = reader.lists()[index];
        ordered_json claims = ordered_json::array();
        for (const auto& claim : list.claims) {
            claims.push_back(
                {{"programme", claim.programme}, {"municipality", claim.municipality}, {"complete", claim.complete}});
        }
        lists.push_back({{"name", list.name},
                         {"publisher", text_or_null(list.publisher)},
                         {"licence", text_or_null(list.licence)},
                         {"as_of", text_or_null(list.as_of)},
                         {"claims", std::move(claims)}});
    }
    ordered_json blanks = ordered_json::array();
    for (const auto& area : coverage.blank_areas) {
        const auto& district = reader.districts()[area.district];
        blanks.push_back({{"number", area.number},
                          {"code", district.code},
                          {"name", district.name},
                          {"municipality", district.municipality},
                          {"children", or_null(area.children)},
                          {"label_point",
                           area.label_point ? geometry_of(*area.label_point)["coordinates"] : ordered_json(nullptr)}});
    }
    return {{"policy", directory::to_document(*coverage.policy, reader.taxonomy())},
            {"layer", coverage.layer->code},
            {"edition", reader.edition()},
            {"at", directory::to_string(coverage.at)},
            {"lists", std::move(lists)},
            {"totals", totals_document(coverage.totals)},
            {"outside",
             {{"children", or_null(coverage.children_outside)},
              {"children_unplaced", coverage.children_unplaced},
              {"services", coverage.totals.services_outside}}},
            {"blank_areas", std::move(blanks)}};
}

/// Quoted where it must be; a text that starts like a formula gets an apostrophe before it.
std::string csv_cell(std::string_view text) {
    std::string out;
    const bool formula = importers::is_formula(text);
    const bool quote = formula || text.find_first_of(",\"\r\n") != std::string_view::npos;
    if (quote) {
        out += '"';
    }
    if (formula) {
        out += '\'';
    }
    for (const char character : text) {
        if (character == '"') {
            out += '"';
        }
        out += character;
    }
    if (quote) {
        out += '"';
    }
    return out;
}

/// A column of the CSV: which member of the district's document, and its headers.
struct CsvColumn {
    std::string_view member;
    std::string_view ja;
    std::string_view en;
};

constexpr std::array k_columns{
    CsvColumn{"code", "区域コード", "district_code"},
    CsvColumn{"name", "区域名", "district_name"},
    CsvColumn{"municipality", "市区町村コード", "municipality_code"},
    CsvColumn{"municipality_name", "市区町村名", "municipality_name"},
    CsvColumn{"tier", "判定コード", "tier"},
    CsvColumn{"tier_label", "判定", "tier_label_ja"},
    CsvColumn{"services", "箇所数", "services"},
    CsvColumn{"services_possible", "可能性のある箇所数", "services_possible"},
    CsvColumn{"services_outreach", "出張の箇所数", "services_outreach"},
    CsvColumn{"services_planned", "予定の箇所数", "services_planned"},
    CsvColumn{"children", "こどもの数（人）", "children"},
    CsvColumn{"children_covered", "歩いて行けるこどもの数（人）", "children_covered"},
    CsvColumn{"share_covered", "歩いて行けるこどもの割合", "share_covered"},
    CsvColumn{"per_1000_children", "こども千人あたり箇所数", "per_1000_children"},
    CsvColumn{"nearest_m_median", "最寄りまでの直線距離の中央値（m）", "nearest_m_median"},
    CsvColumn{"children_basis", "こどもの数の出どころ", "children_basis"},
};

std::string csv_value(const ordered_json& value) {
    if (value.is_null()) {
        return {};
    } // unknown stays empty, never zero
    return value.is_string() ? csv_cell(value.get<std::string>()) : value.dump();
}

} // namespace

ordered_json coverage_json(const directory::Reader& reader, const directory::Coverage& coverage) {
    ordered_json out = frame(reader, coverage);
    ordered_json districts = ordered_json::array();
    for (const auto& of : coverage.districts) {
        districts.push_back(district_document(reader, coverage, of));
    }
    out["districts"] = std::move(districts);
    return out;
}

ordered_json coverage_geojson(const directory::Reader& reader, const directory::Coverage& coverage) {
    ordered_json features = ordered_json::array();
    for (const auto& of : coverage.districts) {
        const auto& district = reader.districts()[of.district];
        features.push_back({{"type", "Feature"},
                            {"id", district.code},
                            {"geometry", geometry_of(district.geometry)},
                            {"properties", district_document(reader, coverage, of)}});
    }
    ordered_json out{{"type", "FeatureCollection"}};
    out.update(frame(reader, coverage));
    out["features"] = std::move(features);
    return out;
}

std::string coverage_csv(const directory::Reader& reader, const directory::Coverage& coverage,
                         std::string_view language) {
    std::string out = "\xef\xbb\xbf";
    const auto add_line = [&](auto&& cell) {
        for (std::size_t i = 0; i < k_columns.size(); ++i) {
            if (i != 0) {
                out += ',';
            }
            out += cell(k_columns[i]);
        }
        out += "\r\n";
    };
    add_line([&](const CsvColumn& column) { return std::string{language == "en" ? column.en : column.ja}; });
    for (const auto& of : coverage.districts) {
        const auto document = district_document(reader, coverage, of);
        add_line([&](const CsvColumn& column) { return csv_value(document[std::string{column.member}]); });
    }
    return out;
}

} // namespace shirube::server
