#include "directory/coverage/kept_coverages.hpp"
#include "directory/needs.hpp"
#include "directory/policy/policy_book.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/district_part.hpp"
#include "server/pages/planner/planner_question.hpp"
#include "server/pages/planner/planner_words.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

/// A row a policy. \returns the answer of the one that is looked at more closely; null where there is none
std::shared_ptr<const directory::Coverage> fill_policies(View body, const Context& context, const Links& links,
                                                         const directory::Layer& layer, std::uint32_t district,
                                                         std::string_view closely) {
    const auto& reader = context.reader();
    std::shared_ptr<const directory::Coverage> close;
    for (const auto& offered : reader.policies()) {
        const auto& policy = offered.policy;
        const auto coverage =
            reader.kept_coverages().of(reader, offered, layer, context.now.day, context.loaded.least_children_told);
        const auto found = std::ranges::find(coverage->districts, district, &directory::DistrictCoverage::district);
        if (found == coverage->districts.end()) {
            continue;
        }
        View row = body.section("POLICY");
        row.words("NAME", policy.name.in(body.texts().language()));
        row.set("HREF", links.district(layer.code, reader.districts()[district].code, {{"policy", policy.id}}));
        set_tier(row, found->tier);
        row.show(found->tier == directory::Tier::no_data ? "NO_LIST" : "LISTED");
        row.set("SERVICES", grouped(found->services));
        row.set("SERVICES_POSSIBLE", grouped(found->services_possible));
        set_range(row, "SHARE_COVERED", share_covered_range(*found));
        set_figure(row, "CHILDREN", as_count(found->children), found->children_withheld);
        row.words_if_any("NOTES", notes_in_words(*found, body.texts()));
        row.show_if(policy.id == closely, "CLOSELY");
        if (policy.id == closely) {
            close = coverage;
        }
    }
    return close;
}

/// What lists say of need in the district, each figure with its unit, period and source.
void fill_needs(View body, const Context& context, std::uint32_t district) {
    const auto& reader = context.reader();
    const auto needs = directory::needs_of_district(reader, district, context.now.day);
    if (needs.empty()) {
        return;
    }
    View section = body.section("NEEDS");
    for (const auto index : needs) {
        const auto& row = reader.needs()[index];
        const auto& need = row.reading;
        View line = section.section("NEED");
        line.set("INDICATOR", need.indicator);
        const auto unit = "unit." + std::string(directory::code_of(need.unit));
        line.words("UNIT", body.texts().get(unit));
        set_figure(line, "VALUE", need.value ? std::optional(figure_in_words(*need.value)) : std::nullopt);
        line.show_if(need.suppressed, "SUPPRESSED");
        line.words_if_any("PERIOD", period_in_words(need, body.texts()));
        const bool known = row.list != directory::k_no_index;
        line.set_if_any("FROM", !need.source.empty() ? need.source
                                : known              ? reader.lists()[row.list].name
                                                     : std::string{});
    }
}

/// The district's services in force: those that lie in it surely, those that serve it from elsewhere, those that may
/// lie in it.
void fill_services(View body, const Context& context, const Links& links, std::uint32_t district) {
    const auto& reader = context.reader();
    std::vector<std::uint32_t> sure;
    std::vector<std::uint32_t> serving; ///< from elsewhere, as their lists say
    std::vector<std::uint32_t> possible;
    for (const std::uint32_t service : reader.services().indices()) {
        const auto memberships = reader.memberships(service);
        const auto found = std::ranges::find(memberships, district, &directory::Membership::district);
        const bool is_in = found != memberships.end();
        if ((!is_in && !std::ranges::binary_search(reader.serves(service), district)) ||
            reader.status_on(service, context.now.day) == directory::Status::closed) {
            continue;
        }
        (!is_in ? serving : found->sure ? sure : possible).push_back(service);
    }
    const auto by_programme = [&](std::uint32_t service) { return reader.services()[service].programme; };
    std::ranges::stable_sort(sure, {}, by_programme);
    std::ranges::stable_sort(serving, {}, by_programme);
    std::ranges::stable_sort(possible, {}, by_programme);
    body.show_if(sure.empty() && serving.empty() && possible.empty(), "NO_SERVICES");
    if (!serving.empty()) {
        View section = body.section("SERVING");
        section.set("N", serving.size());
        fill_service_links(section, "OTHER", context, links, serving);
    }
    if (!sure.empty()) {
        View section = body.section("SURE");
        section.set("N", sure.size());
        fill_service_links(section, "OTHER", context, links, sure);
    }
    if (!possible.empty()) {
        View section = body.section("POSSIBLE");
        section.set("N", possible.size());
        fill_service_links(section, "OTHER", context, links, possible);
    }
}

} // namespace

Answer district_page(const Request& request, const Context& context, std::string_view layer, std::string_view code) {
    const auto& reader = context.reader();
    const directory::Layer* found_layer = reader.find_layer(layer);
    const auto district = reader.find_district(layer, code);
    if (found_layer == nullptr || !district) {
        return error_page(request, &context, 404, {});
    }
    const auto& row = reader.districts()[*district];
    Page page(request, context, "district");
    page.style("styles/search.css");
    page.style("styles/planner.css");
    View& body = page.body();
    body.include("PATTERNS", "patterns.html");
    page.title(row.name);
    body.set("NAME", row.name);
    body.set_if_any("MUNICIPALITY", row.municipality_name);
    body.words("LAYER", layer_in_words(layer, page.texts()));
    body.show_if(row.status == directory::DistrictStatus::suspended, "SUSPENDED");
    const std::string_view asked = request.parameter("policy").value_or("");
    const auto* chosen = reader.find_policy(asked);
    // What the policies were made for first.
    const std::string_view closely = chosen != nullptr ? std::string_view{chosen->policy.id} : k_first_policy;
    if (const auto close = fill_policies(body, context, page.links(), *found_layer, *district, closely)) {
        fill_district_part(body, context, page.links(), *close, *district);
    }
    fill_needs(body, context, *district);
    fill_services(body, context, page.links(), *district);
    fill_near(body, context, page.links(), *district);
    body.set("SEARCH", page.links().to("/search", {{"within", std::string(layer) + ":" + std::string(code)}}));
    if (context.staff == nullptr) {
        // What is handed out holds what the public may have, whoever prints it.
        body.section("LEAFLET").set(
            "HREF", page.links().to("/leaflet", {{"layer", std::string(layer)}, {"district", std::string(code)}}));
    }
    if (row.list != directory::k_no_index) {
        fill_source(body, reader.lists()[row.list]);
    }
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
