#include "server/api/coverage_frame.hpp"

#include "server/api/answers.hpp"
#include "server/api/coverage_documents.hpp"

#include <cmath>
#include <utility>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
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
            {"unit", basis.in_nights ? "nights" : "places"},
            {"schedule_unknown", basis.schedule_unknown},
            {"capacity", basis.capacity},
            {"capacity_at_most", basis.capacity_at_most},
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
            {"places_per_district_at_most", rate_or_null(totals.places_per_district_at_most)},
            {"children", or_null(totals.children)},
            {"children_known", or_null(totals.children_known)},
            {"districts_children_unknown", totals.districts_children_unknown},
            {"children_covered", or_null(totals.children_covered)},
            {"children_covered_at_most", or_null(totals.children_covered_at_most)},
            {"share_covered", rate_or_null(totals.share_covered)},
            {"share_covered_at_most", rate_or_null(totals.share_covered_at_most)},
            {"per_1000_children", rate_or_null(totals.per_1000_children)},
            {"per_1000_children_at_most", rate_or_null(totals.per_1000_children_at_most)},
            {"children_withheld", totals.children_withheld},
            {"children_covered_withheld", totals.covered_withheld},
            {"services", totals.services},
            {"services_assigned", totals.services_assigned},
            {"services_possible", totals.services_possible},
            {"services_unlocated", totals.services_unlocated},
            {"services_outside", totals.services_outside}};
}

ordered_json list_document(const directory::ListRow& list) {
    ordered_json claims = ordered_json::array();
    for (const auto& claim : list.claims) {
        claims.push_back(
            {{"programme", claim.programme}, {"municipality", claim.municipality}, {"complete", claim.complete}});
    }
    return {{"name", list.name},
            {"publisher", text_or_null(list.publisher)},
            {"licence", text_or_null(list.licence)},
            {"as_of", text_or_null(list.as_of)},
            {"claims", std::move(claims)}};
}

} // namespace

ordered_json rate_or_null(const std::optional<double>& value) {
    return value ? ordered_json(std::round(*value * 1e6) / 1e6) : ordered_json(nullptr);
}

ordered_json head_document(const directory::Reader& reader, const directory::Coverage& coverage) {
    return {{"policy", directory::to_document(*coverage.policy, reader.taxonomy())},
            {"layer", coverage.layer->code},
            {"edition", reader.edition()},
            {"at", directory::to_string(coverage.at)}};
}

ordered_json sums_document(const directory::Reader& reader, const directory::Coverage& coverage) {
    return {{"totals", totals_document(coverage.totals)},
            {"outside",
             {{"children", or_null(coverage.children_outside)},
              {"children_withheld", coverage.outside_withheld},
              {"children_unplaced", coverage.children_unplaced},
              {"services", coverage.totals.services_outside}}},
            {"unknown_districts", coverage.unknown_districts},
            {"supply", supply_document(coverage)},
            {"need", need_document(reader, coverage)}};
}

ordered_json coverage_frame(const directory::Reader& reader, const directory::Coverage& coverage) {
    ordered_json lists = ordered_json::array();
    for (const auto index : coverage.lists) {
        lists.push_back(list_document(reader.lists()[index]));
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
    auto out = head_document(reader, coverage);
    out["lists"] = std::move(lists);
    out.update(sums_document(reader, coverage));
    out["blank_areas"] = std::move(blanks);
    return out;
}

} // namespace shirube::server
