#include "server/pages/planner/district_part.hpp"

#include "directory/coverage/strips.hpp"
#include "geo/area.hpp"
#include "geo/distance.hpp"
#include "server/pages/planner/coverage_view.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using directory::StripCell;
using directory::Tier;

/// A number of services, and how dark: one a step, for one and two differ more than six and seven.
void fill_count(View cell, const StripCell& count) {
    constexpr int k_darkest = 5;
    cell.set("SURELY", count.surely);
    cell.set("POSSIBLY", count.possibly);
    cell.show_if(count.possibly > 0, "MORE");
    cell.set("STEP", std::min<int>(count.surely, k_darkest));
}

} // namespace

void fill_district_part(View body, const Context& context, const Links& links, const directory::Coverage& coverage,
                        std::uint32_t district) {
    const auto& reader = context.reader();
    const auto& policy = *coverage.policy;
    const auto found = std::ranges::find(coverage.districts, district, &directory::DistrictCoverage::district);
    if (found == coverage.districts.end()) {
        return;
    }
    View part = body.section("OF_POLICY");
    part.words("POLICY_NAME", policy.name.in(body.texts().language()));
    part.set("MAP", links.to("/planner", {{"policy", policy.id}, {"layer", coverage.layer->code}}));
    if (found->tier != Tier::no_data && found->tier != Tier::suspended) {
        const auto strips = strips_of(reader, policy, *coverage.layer, coverage.at.day);
        const auto place = static_cast<std::size_t>(found - coverage.districts.begin());
        View out = part.section("STRIPS");
        const StripHours hours = strip_hours(policy);
        for (int hour = hours.first; hour < hours.last; ++hour) {
            out.section("HOUR").set("HOUR_OF_DAY", hour);
        }
        for (int weekday = 0; weekday < 7; ++weekday) {
            View row = out.section("WEEKDAY");
            row.words("WEEKDAY_NAME", weekday_in_words(weekday, body.texts()));
            for (int hour = hours.first; hour < hours.last; ++hour) {
                fill_count(
                    row.section("CELL"),
                    strips.weeks[place][static_cast<std::size_t>(weekday) * 24 + static_cast<std::size_t>(hour)]);
            }
        }
        for (int year = 0; year < directory::k_strip_years; ++year) {
            out.section("YEAR").set("AGE", year);
            fill_count(out.section("AGE_CELL"), strips.ages[place][static_cast<std::size_t>(year)]);
        }
    }
    fill_lists(part, coverage, reader);
}

void fill_near(View body, const Context& context, const Links& links, std::uint32_t district) {
    constexpr std::size_t k_most_shown = 12;
    constexpr std::size_t k_most_asked = 400;
    constexpr double k_around_m = 2000;
    const auto& reader = context.reader();
    const auto& area = reader.districts()[district].geometry;
    const auto box = geo::box_of(area);
    if (box.is_empty()) {
        return;
    }
    const auto middle = geo::point_inside(area);
    directory::SearchQuery query;
    query.at = context.now;
    query.near = middle;
    query.radius_m = k_around_m + std::max(geo::distance_m(middle, {box.west, box.south}),
                                           geo::distance_m(middle, {box.east, box.north}));
    query.sort = directory::Sort::distance;
    query.limit = k_most_asked;
    std::vector<std::uint32_t> near;
    for (const auto& hit : reader.search(query).hits) {
        const bool is_in = std::ranges::any_of(reader.memberships(hit.service),
                                               [&](const auto& membership) { return membership.district == district; });
        const bool serves = std::ranges::binary_search(reader.serves(hit.service), district);
        if (!is_in && !serves && near.size() < k_most_shown) {
            near.push_back(hit.service);
        }
    }
    if (!near.empty()) {
        View section = body.section("NEAR");
        fill_service_links(section, "OTHER", context, links, near);
    }
}

} // namespace shirube::server
