#include "server/pages/planner/coverage_view.hpp"

#include "directory/coverage/strips.hpp"
#include "directory/coverage/trend.hpp"
#include "geo/lonlat.hpp"
#include "server/pages/drawing_text.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/planner/planner_words.hpp"
#include "server/pages/planner/policy_conditions.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <unordered_map>

namespace shirube::server {

using directory::Coverage;
using directory::Tier;

namespace {

/// From what is there to what is not; then what cannot be said.
constexpr std::array k_legend{Tier::full,        Tier::partial, Tier::out_of_reach, Tier::outreach,
                              Tier::unconfirmed, Tier::blank,   Tier::no_data,      Tier::suspended};

void fill_row(View row, const directory::DistrictCoverage& coverage, const directory::DistrictRow& district,
              const Links& links, const std::string& policy, int blank_number) {
    row.set("CODE", district.code);
    row.set("NAME", district.name);
    row.set("HREF", links.district(district.layer, district.code, {{"policy", policy}}));
    set_tier(row, coverage.tier);
    if (blank_number > 0) {
        row.section("BLANK_NUMBER").set("NUMBER", blank_number);
    }
    row.set("SERVICES", grouped(coverage.services));
    row.set("SERVICES_POSSIBLE", grouped(coverage.services_possible));
    row.set("SERVICES_OUTREACH", grouped(coverage.services_outreach));
    // Where no list speaks, "0 places" would be a claim.
    row.show(coverage.tier == Tier::no_data ? "NO_LIST" : "LISTED");
    set_figure(row, "CHILDREN", as_count(coverage.children), coverage.children_withheld);
    set_range(row, "NOT_REACHED", not_reached_range(coverage));
    set_range(row, "SHARE_COVERED", share_covered_range(coverage));
    set_range(row, "PER_1000", per_1000_range(coverage));
    set_figure(row, "NEAREST",
               coverage.nearest_m_median ? std::optional(distance_in_words(*coverage.nearest_m_median)) : std::nullopt);
    set_figure(row, "SUPPLY", as_decimal(coverage.supply_ratio, 3), coverage.children_withheld);
    set_figure(row, "SUPPLY_HERE",
               coverage.supply ? std::optional(figure_in_words(std::round(*coverage.supply * 10) / 10)) : std::nullopt,
               coverage.children_withheld);
    set_figure(row, "NEED", coverage.need ? std::optional(figure_in_words(*coverage.need)) : std::nullopt);
    row.words_if_any("NOTES", notes_in_words(coverage, row.texts()));
}

/// What an answer rests on besides the lists of services: the districts, where children live and of what age, the need.
std::set<std::uint32_t> lists_below(const Coverage& coverage, const directory::Reader& reader) {
    std::set<std::uint32_t> lists;
    for (const auto& district : reader.districts().subspan(coverage.layer->first, coverage.layer->count)) {
        lists.insert(district.list);
    }
    if (!coverage.children_basis.empty()) {
        for (const auto& cell : reader.cells()) {
            lists.insert(cell.list);
        }
        if (coverage.children_basis.find("single years") != std::string::npos) {
            for (const auto& profile : reader.age_profiles()) {
                lists.insert(profile.list);
            }
        }
    }
    if (coverage.need && coverage.need->sample != directory::k_no_index) {
        lists.insert(reader.needs()[coverage.need->sample].list);
    }
    lists.erase(directory::k_no_index);
    return lists;
}

/// The districts' places in the layer, most children whom nothing reaches first, unknown last; ties stay in the order
/// of codes. The table is in this order, and where the map has no room for two names it has that of the first.
std::vector<std::size_t> in_order_of_need(const Coverage& coverage) {
    std::vector<std::size_t> order(coverage.districts.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) {
        const auto& of = coverage.districts[i];
        return not_reached(of.children, of.children_covered).value_or(-1);
    });
    return order;
}

/// The districts' names, each below its middle; one that would lie on another that is there, or on the number of a
/// blank area, is left out: the table has it.
void fill_names(View body, const directory::Reader& reader, const Coverage& coverage, const CoverageDrawing& drawing) {
    constexpr double k_size = 22; // as the styles have it
    constexpr double k_below = 36;
    constexpr double k_circle = 22;
    std::vector<geo::Box> taken; // in drawing units
    for (const auto& blank : coverage.blank_areas) {
        if (blank.label_point) {
            const auto point = drawing.place(*blank.label_point);
            taken.push_back({point.x - k_circle, point.y - k_circle, point.x + k_circle, point.y + k_circle});
        }
    }
    for (const std::size_t i : in_order_of_need(coverage)) {
        if (i >= drawing.shapes().size() || drawing.shapes()[i].path.empty()) {
            continue;
        }
        const auto& name = reader.districts()[drawing.shapes()[i].district].name;
        const auto point = drawing.place(drawing.shapes()[i].middle);
        const double half = width_in_ems(name) * k_size / 2;
        const double baseline = point.y + k_below;
        // The number of its own lies above it.
        const geo::Box box{point.x - half, baseline - 0.6 * k_size, point.x + half, baseline + 0.2 * k_size};
        if (std::ranges::any_of(taken, [&](const geo::Box& other) { return other.intersects(box); })) {
            continue;
        }
        taken.push_back(box);
        View text = body.section("DISTRICT_NAME");
        text.set("X", decimal(point.x, 1));
        text.set("Y", decimal(baseline, 1));
        text.set("NAME", name);
    }
}

/// As its list names it, else as others do; empty where nobody does.
std::string municipality_of(const directory::Reader& reader, const directory::DistrictRow& district,
                            directory::Day day) {
    if (!district.municipality_name.empty() || district.municipality.empty()) {
        return district.municipality_name;
    }
    const auto& name = facts_of(reader, day)->municipality_name(district.municipality);
    return name == district.municipality ? std::string{} : name;
}

/// "7/22", and how dark: fifths of the districts.
void fill_share(View cell, const directory::StripShare& share, std::size_t districts) {
    constexpr int k_steps = 5;
    cell.set("SURELY", share.surely);
    cell.set("POSSIBLY", share.at_least_possibly - share.surely);
    cell.show_if(share.at_least_possibly > share.surely, "MORE");
    const int step =
        districts == 0 ? 0 : (share.surely * k_steps + static_cast<int>(districts) - 1) / static_cast<int>(districts);
    cell.set("STEP", step);
}

} // namespace

void fill_totals(View body, const Coverage& coverage) {
    const auto& totals = coverage.totals;
    set_figure(body, "TOTAL_SHARE_WITH_ANY", as_percent(totals.share_with_any));
    if (totals.share_with_any_at_most && totals.share_with_any_at_most > totals.share_with_any) {
        body.words("AT_MOST", body.texts().with("planner.share_at_most",
                                                {{"share", as_percent(totals.share_with_any_at_most).value_or("")}}));
        body.show("AT_MOST_SHOWN");
    }
    set_range(body, "TOTAL_PLACES_PER_DISTRICT", places_per_district_range(totals));
    set_range(body, "TOTAL_PER_1000", per_1000_range(totals));
    set_figure(body, "TOTAL_CHILDREN", as_count(totals.children), totals.children_withheld);
    set_range(body, "TOTAL_NOT_REACHED", not_reached_range(totals));
    set_range(body, "TOTAL_SHARE_COVERED", share_covered_range(totals));
    std::string codes;
    for (const auto& code : coverage.unknown_districts) {
        codes += (codes.empty() ? "" : " ") + code;
    }
    if (!codes.empty()) {
        body.section("UNKNOWN_DISTRICTS").set("CODES", codes);
    }
    body.set("BLANK", coverage.blank_areas.size());
    body.set("DISTRICTS", grouped(totals.districts));
    body.set("UNCONFIRMED", grouped(totals.by_tier[static_cast<std::size_t>(directory::Tier::unconfirmed)]));
    body.set("SERVICES", grouped(totals.services));
    body.set("ASSIGNED", grouped(totals.services_assigned));
    body.set("POSSIBLE", grouped(totals.services_possible));
    body.set("UNLOCATED", grouped(totals.services_unlocated));
    body.set("OUTSIDE", grouped(totals.services_outside));
    set_figure(body, "TOTAL_CHILDREN_OUTSIDE", as_count(coverage.children_outside), coverage.outside_withheld);
    if (coverage.children_unplaced > 0) {
        View unplaced = body.section("CHILDREN_UNPLACED");
        unplaced.set("VALUE", grouped(coverage.children_unplaced));
    }
    if (totals.children_known && totals.districts_children_unknown > 0) {
        View unknown = body.section("CHILDREN_PARTLY_UNKNOWN");
        unknown.set("COUNT", grouped(totals.districts_children_unknown));
        unknown.set("KNOWN", grouped(*totals.children_known));
    }
    for (const Tier tier : k_legend) {
        const auto position =
            static_cast<std::size_t>(std::ranges::find(directory::k_tiers, tier) - directory::k_tiers.begin());
        const std::int64_t count = totals.by_tier.at(position);
        if (count > 0) {
            View item = body.section("LEGEND");
            set_tier(item, tier);
            item.set("COUNT", grouped(count));
        }
    }
}

void fill_drawing(View body, const directory::Reader& reader, const Coverage& coverage,
                  const CoverageDrawing& drawing) {
    std::unordered_map<std::uint32_t, Tier> tiers;
    for (const auto& district : coverage.districts) {
        tiers.emplace(district.district, district.tier);
    }
    constexpr std::size_t k_most_names = 40;
    body.set("WIDTH", decimal(drawing.width(), 0));
    body.set("HEIGHT", decimal(drawing.height(), 0));
    // What is missing is outlined, so it is drawn last and no neighbour covers its border.
    for (const bool blanks : {false, true}) {
        for (const auto& shape : drawing.shapes()) {
            const auto tier = tiers.find(shape.district);
            if (tier != tiers.end() && (tier->second == Tier::blank) == blanks) {
                View path = body.section("SHAPE");
                path.set("PATH", shape.path);
                path.set("TIER", directory::code_of(tier->second));
            }
        }
    }
    if (drawing.shapes().size() <= k_most_names) {
        fill_names(body, reader, coverage, drawing);
    }
    for (const auto& blank : coverage.blank_areas) {
        // A district without an area is in the list alone.
        if (!blank.label_point) {
            continue;
        }
        const auto point = drawing.place(*blank.label_point);
        View label = body.section("LABEL");
        label.set("X", decimal(point.x, 1));
        label.set("Y", decimal(point.y, 1));
        label.set("NUMBER", blank.number);
    }
    const auto& box = drawing.box();
    if (!box.is_empty()) {
        body.set("BOUNDS", decimal(box.west, 5) + "," + decimal(box.south, 5) + "," + decimal(box.east, 5) + "," +
                               decimal(box.north, 5));
        // The longest of these that stays under a quarter of the drawing.
        for (const int km : {50, 20, 10, 5, 2, 1}) {
            if (km * drawing.units_per_km() < drawing.width() / 4) {
                View bar = body.section("SCALE");
                bar.set("KM", km);
                bar.set("LENGTH", decimal(km * drawing.units_per_km(), 1));
                break;
            }
        }
    }
}

void fill_blank_areas(View body, const Coverage& coverage, const directory::Reader& reader, const Links& links) {
    body.show(coverage.blank_areas.empty() ? "NO_BLANK" : "BLANKS");
    for (const auto& blank : coverage.blank_areas) {
        const auto& district = reader.districts()[blank.district];
        View item = body.section("BLANK_AREA");
        item.set("NUMBER", blank.number);
        item.set("NAME", district.name);
        item.set("MUNICIPALITY", municipality_of(reader, district, coverage.at.day));
        item.set("HREF", links.district(district.layer, district.code, {{"policy", coverage.policy->id}}));
        if (blank.label_point) {
            View point = item.section("POINT");
            point.set("LON", decimal(blank.label_point->lon, 5));
            point.set("LAT", decimal(blank.label_point->lat, 5));
        }
        const auto of = std::ranges::find(coverage.districts, blank.district, &directory::DistrictCoverage::district);
        set_figure(item, "CHILDREN", as_count(blank.children), of != coverage.districts.end() && of->children_withheld);
    }
}

void fill_table(View body, const Coverage& coverage, const CoverageDrawing& drawing, const directory::Reader& reader,
                const Links& links) {
    std::unordered_map<std::uint32_t, int> numbers;
    for (const auto& blank : coverage.blank_areas) {
        numbers.emplace(blank.district, blank.number);
    }
    if (coverage.supply) {
        body.section("SUPPLY_COLUMN").show(coverage.supply->in_nights ? "IN_NIGHTS" : "IN_PLACES");
    }
    body.show_if(coverage.need.has_value(), "NEED_COLUMN");
    for (const std::size_t i : in_order_of_need(coverage)) {
        const auto& district = coverage.districts[i];
        const auto number = numbers.find(district.district);
        View row = body.section("ROW");
        row.set("MUNICIPALITY", municipality_of(reader, reader.districts()[district.district], coverage.at.day));
        if (coverage.supply) {
            row.show("HAS_SUPPLY");
        }
        if (coverage.need) {
            row.show("HAS_NEED");
        }
        if (!reader.districts()[district.district].geometry.empty()) {
            const auto& middle = drawing.shapes().at(i).middle;
            View point = row.section("POINT");
            point.set("LON", decimal(middle.lon, 5));
            point.set("LAT", decimal(middle.lat, 5));
        }
        fill_row(row, district, reader.districts()[district.district], links, coverage.policy->id,
                 number == numbers.end() ? 0 : number->second);
    }
}

void fill_lists(View body, const Coverage& coverage, const directory::Reader& reader) {
    body.show_if(coverage.lists.empty(), "NO_LISTS");
    fill_sources(body, reader, coverage.lists);
    const auto below = lists_below(coverage, reader);
    fill_sources(body, reader, std::vector(below.begin(), below.end()));
}

void fill_supply_and_need(View body, const Coverage& coverage, const directory::Reader& reader) {
    if (coverage.supply) {
        const auto& basis = *coverage.supply;
        View supply = body.section("SUPPLY");
        supply.set("PLACES", grouped(basis.places));
        supply.show(basis.in_nights ? "IN_NIGHTS" : "IN_PLACES");
        supply.set("CAPACITY", figure_in_words(basis.capacity));
        supply.set("AT_MOST", figure_in_words(basis.capacity_at_most));
        supply.set("SCHEDULE_UNKNOWN", grouped(basis.schedule_unknown));
        supply.set("STATED", grouped(basis.capacity_stated));
        supply.set("ASSUMED", grouped(basis.capacity_assumed));
        supply.set("UNKNOWN", grouped(basis.capacity_unknown));
    }
    if (!coverage.need) {
        return;
    }
    View need = body.section("NEED");
    need.set("INDICATOR", coverage.policy->need->indicator);
    set_figure(need, "TOTAL",
               coverage.need->total ? std::optional(figure_in_words(*coverage.need->total)) : std::nullopt);
    need.show_if(coverage.need->sample == directory::k_no_index, "NOT_IMPORTED");
    if (coverage.need->sample == directory::k_no_index) {
        return;
    }
    const auto& row = reader.needs()[coverage.need->sample];
    need.show("IMPORTED");
    need.words("UNIT", body.texts().get("unit." + std::string(code_of(row.reading.unit))));
    need.words_if_any("PERIOD", period_in_words(row.reading, body.texts()));
    need.show_if(coverage.need->is_plan, "PLAN");
    if (row.list != directory::k_no_index) {
        need.set_if_any("LIST", reader.lists()[row.list].name);
    }
}

StripHours strip_hours(const directory::Policy& policy) {
    constexpr int k_minutes_an_hour = 60;
    StripHours hours;
    const bool asks_for_a_time =
        policy.when && (policy.when->from_minute != 0 || policy.when->to_minute != 24 * k_minutes_an_hour);
    if (asks_for_a_time && (policy.when->from_minute < hours.first * k_minutes_an_hour ||
                            policy.when->to_minute > hours.last * k_minutes_an_hour)) {
        hours = {0, 24};
    }
    return hours;
}

void fill_strips(View body, const Coverage& coverage, const directory::Strips& strips) {
    std::vector<std::uint32_t> spoken_of; // without a list nobody knows what is open
    for (std::uint32_t i = 0; i < coverage.districts.size(); ++i) {
        if (const Tier tier = coverage.districts[i].tier; tier != Tier::no_data && tier != Tier::suspended) {
            spoken_of.push_back(i);
        }
    }
    const std::size_t districts = spoken_of.size();
    if (districts == 0) {
        return;
    }
    const auto week = share_of_weeks(strips, spoken_of);
    const auto ages = share_of_ages(strips, spoken_of);
    View out = body.section("STRIPS");
    out.set("DISTRICTS", districts);
    const StripHours hours = strip_hours(*coverage.policy);
    for (int hour = hours.first; hour < hours.last; ++hour) {
        out.section("HOUR").set("HOUR_OF_DAY", hour);
    }
    for (int weekday = 0; weekday < 7; ++weekday) {
        View row = out.section("WEEKDAY");
        row.words("WEEKDAY_NAME", weekday_in_words(weekday, body.texts()));
        for (int hour = hours.first; hour < hours.last; ++hour) {
            fill_share(row.section("CELL"),
                       week[static_cast<std::size_t>(weekday) * 24 + static_cast<std::size_t>(hour)], districts);
        }
    }
    for (int year = 0; year < directory::k_strip_years; ++year) {
        out.section("YEAR").set("AGE", year);
        fill_share(out.section("AGE_CELL"), ages[static_cast<std::size_t>(year)], districts);
    }
}

void fill_trend(View body, const std::vector<directory::TrendPoint>& points, directory::Day today) {
    if (points.size() < 2) {
        return;
    }
    View trend = body.section("TREND");
    for (const auto& point : points) {
        View row = trend.section("POINT_IN_TIME");
        row.words("DATE", date_in_words(point.day, body.texts()));
        row.show_if(point.day == today, "NOW");
        row.show_if(point.day > today, "AHEAD");
        row.set("OPENED", point.opened);
        row.set("CLOSED", point.closed);
        row.set("SERVICES", grouped(point.totals.services));
        set_figure(row, "SHARE", as_percent(point.totals.share_with_any));
        std::int64_t districts = 0;
        for (const auto count : point.totals.by_tier) {
            districts += count;
        }
        double at = 0;
        for (const Tier tier : k_legend) {
            const auto place =
                static_cast<std::size_t>(std::ranges::find(directory::k_tiers, tier) - directory::k_tiers.begin());
            const auto count = point.totals.by_tier.at(place);
            if (count == 0 || districts == 0) {
                continue;
            }
            const double width = 200.0 * static_cast<double>(count) / static_cast<double>(districts);
            View bar = row.section("BAR");
            set_tier(bar, tier);
            bar.set("COUNT", count);
            bar.set("X", decimal(at, 2));
            bar.set("WIDTH", decimal(width, 2));
            at += width;
        }
    }
}

void fill_policy(View body, const CoverageQuestion& question, const directory::Reader& reader) {
    const auto& policy = question.policy;
    body.words("CONDITIONS", conditions_in_a_line(policy, reader.taxonomy(), body.texts()));
    const std::string_view language = body.texts().language();
    body.words("POLICY_NAME", policy.name.in(language));
    body.words_if_any("POLICY_DESCRIPTION", policy.description.in(language));
    body.set_if_any("POLICY_SOURCE", policy.source);
    body.set("POLICY_ID", policy.id);
    body.set("POLICY_VERSION", policy.version);
    body.words("MODE", body.texts().get("mode." + policy.travel.mode));
    // As they are: whoever reads the sheet must be able to work the answer out again.
    body.set("MINUTES", fmt::format("{:.10g}", policy.travel.minutes));
    body.set("METRES", fmt::format("{:.10g}", policy.travel.m_per_minute));
    body.set("DETOUR", fmt::format("{:.10g}", policy.travel.detour));
    body.set("AGE_FROM", policy.children_from_years);
    body.set("AGE_TO", policy.children_to_years - 1);
    body.words("LAYER_NAME", layer_in_words(question.layer->code, body.texts()));
    body.words("DATE", date_in_words(question.at.day, body.texts()));
    if (policy.when) {
        body.words("WHEN", window_in_words(*policy.when, body.texts()));
        body.show("WHEN_SHOWN");
    }
    if (policy.ages) {
        View ages = body.section("WHOM");
        ages.set("FROM", policy.ages->from_years);
        ages.set("TO", policy.ages->to_years - 1);
        ages.show(policy.ages->to_years - policy.ages->from_years == 1 ? "ONE_YEAR" : "YEARS");
    }
    if (policy.reach_share) {
        body.section("REACH_ASKED").set("SHARE", percent(*policy.reach_share));
    }
}

} // namespace shirube::server
