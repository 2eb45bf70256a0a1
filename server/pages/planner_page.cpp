#include "server/pages/coverage_drawing.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/service_facts.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <expected>
#include <numeric>
#include <unordered_map>
#include <vector>

namespace shirube::server {

namespace {

using directory::Coverage;
using directory::Layer;
using directory::Policy;
using directory::Tier;

/// From what is there to what is not; then what cannot be said.
constexpr std::array k_legend{Tier::full,        Tier::partial, Tier::out_of_reach, Tier::outreach,
                              Tier::unconfirmed, Tier::blank,   Tier::no_data,      Tier::suspended};

constexpr std::string_view k_default_policy = "base_per_chugakkoku";

struct Question {
    const Policy* policy = nullptr;
    const Layer* layer = nullptr;
    directory::Instant at;
};

/// The error is the key of a sentence.
std::expected<Question, std::string_view> read_question(const Request& request, const Context& context) {
    const auto& reader = context.reader();
    Question question;
    const auto policy = request.parameter("policy");
    question.policy = directory::find_policy(policy.value_or(k_default_policy));
    // A policy whose programmes the public may not see would show false blanks.
    if (question.policy == nullptr || !is_open_to(*question.policy, reader.taxonomy(), reader.audience())) {
        return std::unexpected("planner.unknown_policy");
    }
    const auto layer = request.parameter("layer");
    question.layer = reader.find_layer(layer.value_or(question.policy->layer));
    if (question.layer == nullptr && !layer && !reader.layers().empty()) {
        question.layer = &reader.layers().front();
    }
    if (question.layer == nullptr) {
        return std::unexpected(reader.layers().empty() ? "planner.no_layers" : "planner.unknown_layer");
    }
    // A day, not a minute: coverage changes with openings and closings.
    question.at = {context.now.day, 0};
    if (const auto at = request.parameter("at"); at && !at->empty()) {
        const auto instant = directory::parse_instant(*at);
        if (!instant) {
            return std::unexpected("planner.bad_date");
        }
        question.at = *instant;
    }
    return question;
}

void fill_form(View body, const Page& page, const directory::Reader& reader, const Question& question) {
    View form = body.section("FORM");
    form.set("ACTION", "/planner");
    form.set_if_any("LANG", page.links().chosen_language());
    const Texts& texts = page.texts();
    for (const Policy& policy : directory::shipped_policies()) {
        if (!is_open_to(policy, reader.taxonomy(), reader.audience())) {
            continue;
        }
        View option = form.section("POLICY");
        option.set("ID", policy.id);
        option.set("NAME", policy.name.in(texts.language()));
        option.show_if(&policy == question.policy, "SELECTED");
    }
    for (const Layer& layer : reader.layers()) {
        View option = form.section("LAYER");
        option.set("CODE", layer.code);
        option.set("NAME", layer_in_words(layer.code, texts));
        option.show_if(&layer == question.layer, "SELECTED");
    }
    form.set("AT", directory::to_string(question.at.day));
}

void fill_policy(View body, const Question& question) {
    const std::string_view language = body.texts().language();
    body.words("POLICY_NAME", question.policy->name.in(language));
    body.words_if_any("POLICY_DESCRIPTION", question.policy->description.in(language));
    body.set_if_any("POLICY_SOURCE", question.policy->source);
    body.set("POLICY_VERSION", question.policy->version);
    body.set("MINUTES", decimal(question.policy->walk_minutes, 0));
    body.set("METRES", decimal(question.policy->walk_m_per_minute, 0));
    body.set("DETOUR", decimal(question.policy->detour, 1));
    body.set("AGE_FROM", question.policy->children_from_years);
    body.set("AGE_TO", question.policy->children_to_years - 1);
    body.words("LAYER_NAME", layer_in_words(question.layer->code, body.texts()));
    body.words("DATE", date_in_words(question.at.day, body.texts()));
}

void fill_totals(View body, const Coverage& coverage) {
    const auto& totals = coverage.totals;
    set_figure(body, "TOTAL_SHARE_WITH_ANY", as_percent(totals.share_with_any));
    if (totals.share_with_any_at_most && totals.share_with_any_at_most > totals.share_with_any) {
        body.words("AT_MOST", body.texts().with("planner.share_at_most",
                                                {{"share", as_percent(totals.share_with_any_at_most).value_or("")}}));
        body.show("AT_MOST_SHOWN");
    }
    set_figure(body, "TOTAL_PLACES_PER_DISTRICT", as_decimal(totals.places_per_district, 2));
    set_figure(body, "TOTAL_PER_1000", as_decimal(totals.per_1000_children, 2));
    set_figure(body, "TOTAL_CHILDREN", as_count(totals.children));
    set_figure(body, "TOTAL_NOT_REACHED", as_count(not_reached(totals.children, totals.children_covered)));
    set_figure(body, "TOTAL_SHARE_COVERED", as_percent(totals.share_covered));
    body.set("BLANK", coverage.blank_areas.size());
    body.set("DISTRICTS", grouped(totals.districts));
    body.set("UNCONFIRMED", grouped(totals.by_tier[static_cast<std::size_t>(directory::Tier::unconfirmed)]));
    body.set("SERVICES", grouped(totals.services));
    body.set("ASSIGNED", grouped(totals.services_assigned));
    body.set("POSSIBLE", grouped(totals.services_possible));
    body.set("UNLOCATED", grouped(totals.services_unlocated));
    body.set("OUTSIDE", grouped(totals.services_outside));
    set_figure(body, "TOTAL_CHILDREN_OUTSIDE", as_count(coverage.children_outside));
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
    for (const auto& shape : drawing.shapes()) {
        if (drawing.shapes().size() <= k_most_names && !shape.path.empty()) {
            const auto point = drawing.place(shape.middle);
            View name = body.section("DISTRICT_NAME");
            name.set("X", decimal(point.x, 1));
            name.set("Y", decimal(point.y + 36, 1));
            name.set("NAME", reader.districts()[shape.district].name);
        }
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
        item.set("MUNICIPALITY", district.municipality_name);
        item.set("HREF", links.district(district.layer, district.code));
        if (blank.label_point) {
            View point = item.section("POINT");
            point.set("LON", decimal(blank.label_point->lon, 5));
            point.set("LAT", decimal(blank.label_point->lat, 5));
        }
        set_figure(item, "CHILDREN", as_count(blank.children));
    }
}

void fill_row(View row, const directory::DistrictCoverage& coverage, const directory::DistrictRow& district,
              const Links& links, int blank_number) {
    row.set("CODE", district.code);
    row.set("NAME", district.name);
    row.set("MUNICIPALITY", district.municipality_name);
    row.set("HREF", links.district(district.layer, district.code));
    set_tier(row, coverage.tier);
    if (blank_number > 0) {
        row.section("BLANK_NUMBER").set("NUMBER", blank_number);
    }
    row.set("SERVICES", grouped(coverage.services));
    row.set("SERVICES_POSSIBLE", grouped(coverage.services_possible));
    row.set("SERVICES_OUTREACH", grouped(coverage.services_outreach));
    // Where no list speaks, "0 places" would be a claim.
    row.show(coverage.tier == Tier::no_data ? "NO_LIST" : "LISTED");
    set_figure(row, "CHILDREN", as_count(coverage.children));
    set_figure(row, "NOT_REACHED", as_count(not_reached(coverage.children, coverage.children_covered)));
    set_figure(row, "SHARE_COVERED", as_percent(coverage.share_covered));
    set_figure(row, "PER_1000", as_decimal(coverage.per_1000_children, 2));
    set_figure(row, "NEAREST",
               coverage.nearest_m_median ? std::optional(distance_in_words(*coverage.nearest_m_median)) : std::nullopt);
    row.words_if_any("NOTES", notes_in_words(coverage, row.texts()));
}

void fill_table(View body, const Coverage& coverage, const CoverageDrawing& drawing, const directory::Reader& reader,
                const Links& links) {
    std::unordered_map<std::uint32_t, int> numbers;
    for (const auto& blank : coverage.blank_areas) {
        numbers.emplace(blank.district, blank.number);
    }
    std::vector<std::size_t> order(coverage.districts.size());
    std::iota(order.begin(), order.end(), 0);
    // Most children first, unknown last; ties stay in the order of codes.
    std::ranges::stable_sort(order, std::greater{},
                             [&](std::size_t i) { return coverage.districts[i].children.value_or(-1); });
    for (const std::size_t i : order) {
        const auto& district = coverage.districts[i];
        const auto number = numbers.find(district.district);
        View row = body.section("ROW");
        if (!reader.districts()[district.district].geometry.empty()) {
            const auto& middle = drawing.shapes().at(i).middle;
            View point = row.section("POINT");
            point.set("LON", decimal(middle.lon, 5));
            point.set("LAT", decimal(middle.lat, 5));
        }
        fill_row(row, district, reader.districts()[district.district], links,
                 number == numbers.end() ? 0 : number->second);
    }
}

void fill_lists(View body, const Coverage& coverage, const directory::Reader& reader) {
    body.show_if(coverage.lists.empty(), "NO_LISTS");
    for (const std::uint32_t list : coverage.lists) {
        fill_source(body, reader.lists()[list]);
    }
}

} // namespace

Answer planner_page(const Request& request, const Context& context) {
    const auto question = read_question(request, context);
    if (!question) {
        return error_page(request, &context, 400, Texts::in(context.language).get(question.error()));
    }
    const auto& reader = context.reader();
    const Coverage coverage = compute_coverage(reader, *question->policy, *question->layer, question->at);
    const auto drawing = drawing_of(reader, *question->layer);

    Page page(request, context, "planner");
    page.style("styles/planner.css");
    page.style("styles/map.css");
    page.script("scripts/planner.js");
    page.title(page.texts().with("planner.title", {{"policy", question->policy->name.in(page.texts().language())}}));
    View& body = page.body();
    body.include("PATTERNS", "patterns.html");
    fill_form(body, page, reader, *question);
    fill_policy(body, *question);
    fill_totals(body, coverage);
    fill_drawing(body, reader, coverage, *drawing);
    fill_blank_areas(body, coverage, reader, page.links());
    fill_table(body, coverage, *drawing, reader, page.links());
    fill_lists(body, coverage, reader);
    body.set("LAYER", question->layer->code);
    body.words_if_any("BASIS", basis_in_words(coverage.children_basis, page.texts()));
    body.show_if(coverage.children_basis.empty(), "NO_BASIS");
    const Query api{{"policy", question->policy->id},
                    {"layer", question->layer->code},
                    {"at", directory::to_string(question->at.day)}};
    page.data_link(address(context.api("/api/v1/coverage"), api));
    body.set("JSON", address(context.api("/api/v1/coverage"), with(api, "f", "json")));
    body.set("CSV", address(context.api("/api/v1/coverage"), with(api, "f", "csv")));
    body.set("GEOJSON", address(context.api("/api/v1/coverage"), with(api, "f", "geojson")));
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
