#include "server/api/coverage_documents.hpp"

#include "server/api/answers.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

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

/// An object whose members are added one after another, each name once: by far cheaper than a braced list of pairs, and
/// a country has ten thousand districts.
class Members {
  public:
    Members() { object_.reserve(k_room); }
    void add(const char* name, ordered_json value) { object_.emplace_back(name, std::move(value)); }
    ordered_json finish() { return ordered_json(std::move(object_)); }

  private:
    static constexpr std::size_t k_room = 32;
    ordered_json::object_t object_;
};

/// Names of functions, in Japanese.
ordered_json functions_document(const directory::Coverage& coverage, const directory::DistrictCoverage& of) {
    ordered_json out = ordered_json::array();
    for (const auto index : of.functions_missing) {
        out.push_back(coverage.policy->functions[index].name.ja);
    }
    return out;
}

ordered_json districts_document(const directory::Reader& reader, const std::vector<std::uint32_t>& districts) {
    ordered_json out = ordered_json::array();
    for (const auto index : districts) {
        const auto& district = reader.districts()[index];
        out.push_back({{"layer", district.layer}, {"code", district.code}, {"name", district.name}});
    }
    return out;
}

/// What a supply reading rests on; null for other readings.
ordered_json supply_document(const directory::Coverage& coverage) {
    if (!coverage.supply) {
        return nullptr;
    }
    const auto& basis = *coverage.supply;
    return {{"places", basis.places},
            {"capacity_stated", basis.capacity_stated},
            {"capacity_assumed", basis.capacity_assumed},
            {"capacity_unknown", basis.capacity_unknown},
            {"capacity", basis.capacity},
            {"capacity_nobody_reaches", basis.unused}};
}

/// The need that weighs the map; null where the policy has none, its figures null where none has been imported.
ordered_json need_document(const directory::Reader& reader, const directory::Coverage& coverage) {
    if (!coverage.need) {
        return nullptr;
    }
    ordered_json out{{"indicator", coverage.policy->need->indicator},
                     {"unit", nullptr},
                     {"from", nullptr},
                     {"to", nullptr},
                     {"list", nullptr},
                     {"total", or_null(coverage.need->total)},
                     {"is_plan", coverage.need->is_plan}};
    if (coverage.need->sample != directory::k_no_index) {
        const auto& row = reader.needs()[coverage.need->sample];
        const auto day = [](const std::optional<directory::Day>& of) {
            return of ? ordered_json(directory::to_string(*of)) : ordered_json(nullptr);
        };
        out["unit"] = code_of(row.reading.unit);
        out["from"] = day(row.reading.from);
        out["to"] = day(row.reading.to);
        if (row.list != directory::k_no_index) {
            out["list"] = reader.lists()[row.list].name;
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
                          {"need", or_null(area.need)},
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
            {"supply", supply_document(coverage)},
            {"need", need_document(reader, coverage)},
            {"blank_areas", std::move(blanks)}};
}

} // namespace

ordered_json district_document(const directory::Reader& reader, const directory::Coverage& coverage,
                               const directory::DistrictCoverage& of) {
    const auto& district = reader.districts()[of.district];
    // Without a list nothing was counted; zero would be an answer.
    const bool uncounted = of.tier == directory::Tier::no_data &&
                           of.services + of.services_possible + of.services_outreach + of.services_planned == 0;
    const auto counted = [&](std::int64_t services) {
        return uncounted ? ordered_json(nullptr) : ordered_json(services);
    };
    Members out;
    out.add("code", district.code);
    out.add("name", district.name);
    out.add("municipality", district.municipality);
    out.add("municipality_name", district.municipality_name);
    out.add("tier", code_of(of.tier));
    out.add("tier_label", label_of(of.tier).ja);
    out.add("services", counted(of.services));
    out.add("services_possible", counted(of.services_possible));
    out.add("services_outreach", counted(of.services_outreach));
    out.add("services_planned", counted(of.services_planned));
    out.add("children", or_null(of.children));
    out.add("children_basis", coverage.children_basis.empty() || !of.children ? ordered_json(nullptr)
                                                                              : ordered_json(coverage.children_basis));
    out.add("children_covered", or_null(of.children_covered));
    out.add("share_covered", rate_or_null(of.share_covered));
    out.add("places_per_district",
            of.tier == directory::Tier::no_data ? ordered_json(nullptr) : ordered_json(of.services));
    out.add("per_1000_children", rate_or_null(of.per_1000_children));
    out.add("supply_ratio", rate_or_null(of.supply_ratio));
    out.add("need", or_null(of.need));
    out.add("nearest_m_median",
            of.nearest_m_median ? ordered_json(std::round(*of.nearest_m_median)) : ordered_json(nullptr));
    out.add("certainty", of.services > 0            ? ordered_json("confirmed")
                         : of.services_possible > 0 ? ordered_json("reported")
                                                    : ordered_json(nullptr));
    out.add("functions_missing", functions_document(coverage, of));
    out.add("constituents_missing", districts_document(reader, of.constituents_missing));
    out.add("notes", of.notes);
    return out.finish();
}

ordered_json coverage_json(const directory::Reader& reader, const directory::Coverage& coverage) {
    ordered_json out = frame(reader, coverage);
    ordered_json districts = ordered_json::array();
    for (const auto& of : coverage.districts) {
        districts.push_back(district_document(reader, coverage, of));
    }
    out["districts"] = std::move(districts);
    return out;
}

std::string coverage_json_text(const directory::Reader& reader, const directory::Coverage& coverage) {
    constexpr auto replace = ordered_json::error_handler_t::replace;
    std::string out = frame(reader, coverage).dump(-1, ' ', false, replace);
    out.back() = ','; // the object goes on
    out += R"("districts":[)";
    for (const auto& of : coverage.districts) {
        out += district_document(reader, coverage, of).dump(-1, ' ', false, replace);
        out += ',';
    }
    if (!coverage.districts.empty()) {
        out.pop_back();
    }
    out += "]}";
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

} // namespace shirube::server
