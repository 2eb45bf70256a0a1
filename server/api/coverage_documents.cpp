#include "server/api/coverage_documents.hpp"

#include "server/api/answers.hpp"
#include "server/api/coverage_frame.hpp"

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
    out.add("services_at_most", or_null(of.services_at_most));
    out.add("children", or_null(of.children));
    out.add("children_basis", coverage.children_basis.empty() || !of.children ? ordered_json(nullptr)
                                                                              : ordered_json(coverage.children_basis));
    out.add("children_covered", or_null(of.children_covered));
    out.add("children_covered_at_most", or_null(of.children_covered_at_most));
    out.add("share_covered", rate_or_null(of.share_covered));
    out.add("share_covered_at_most", rate_or_null(of.share_covered_at_most));
    out.add("places_per_district",
            of.tier == directory::Tier::no_data ? ordered_json(nullptr) : or_null(of.services_told()));
    out.add("per_1000_children", rate_or_null(of.per_1000_children));
    out.add("per_1000_children_at_most", rate_or_null(of.per_1000_children_at_most));
    out.add("supply_ratio", rate_or_null(of.supply_ratio));
    out.add("supply", rate_or_null(of.supply));
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
    ordered_json out = coverage_frame(reader, coverage);
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
    out.update(coverage_frame(reader, coverage));
    out["features"] = std::move(features);
    return out;
}

} // namespace shirube::server
