#include "server/pages/planner/planner_page.hpp"

#include "directory/policy/policy_book.hpp"
#include "server/pages/coverage_drawing.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/children_squares.hpp"
#include "server/pages/planner/coverage_view.hpp"
#include "server/pages/planner/planner_question.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace shirube::server {

namespace {

using directory::Layer;

/// Hours and ages to choose from: a choice redraws the map for it.
void fill_choices(View form, const CoverageQuestion& question, const Texts& texts) {
    for (int weekday = 0; weekday < 7; ++weekday) {
        View option = form.section("WEEKDAY_OPTION");
        option.set("CODE", k_weekday_codes[static_cast<std::size_t>(weekday)]);
        option.set("NAME", weekday_in_words(weekday, texts));
        option.show_if(question.weekday == weekday, "SELECTED");
    }
    for (int hour = 0; hour < 24; ++hour) {
        View option = form.section("HOUR_OPTION");
        option.set("CODE", hour);
        option.show_if(question.hour == hour, "SELECTED");
    }
    for (int age = 0; age <= k_oldest_age; ++age) {
        View option = form.section("AGE_OPTION");
        option.set("CODE", age);
        option.show_if(question.age == age, "SELECTED");
    }
    form.show_if(question.weekday || question.hour || question.age, "CHOSEN");
}

void fill_form(View body, const Page& page, const directory::Reader& reader, const CoverageQuestion& question) {
    View form = body.section("FORM");
    form.set("ACTION", "/planner");
    form.set_if_any("LANG", page.links().chosen_language());
    const Texts& texts = page.texts();
    for (const auto& [policy, municipality, public_version] : reader.policies()) {
        View option = form.section("POLICY");
        option.set("ID", policy.id);
        option.set("NAME", policy.name.in(texts.language()));
        option.show_if(policy.id == question.policy.id, "SELECTED");
    }
    for (const Layer& layer : reader.layers()) {
        View option = form.section("LAYER");
        option.set("CODE", layer.code);
        option.set("NAME", layer_in_words(layer.code, texts));
        option.show_if(&layer == question.layer, "SELECTED");
    }
    form.set("AT", directory::to_string(question.at.day));
    fill_choices(form, question, texts);
}

} // namespace

Answer planner_page(const Request& request, const Context& context) { return planner_page_with(request, context, {}); }

Answer planner_page_with(const Request& request, const Context& context, const BesideCoverage& beside) {
    const auto question = read_planner_question(request, context);
    if (!question) {
        return error_page(request, &context, 400, Texts::in(context.language).get(question.error()));
    }
    const auto& reader = context.reader();
    const auto coverage =
        compute_coverage(reader, question->policy, *question->layer, question->at, context.loaded.least_children_told);
    const auto drawing = drawing_of(reader, *question->layer);

    Page page(request, context, "planner");
    page.style("styles/planner.css");
    page.style("styles/map.css");
    page.script("scripts/planner.js");
    page.title(page.texts().with("planner.title", {{"policy", question->policy.name.in(page.texts().language())}}));
    View& body = page.body();
    body.include("PATTERNS", "patterns.html");
    fill_form(body, page, reader, *question);
    fill_policy(body, *question, reader);
    fill_totals(body, coverage);
    fill_supply_and_need(body, coverage, reader);
    fill_drawing(body, reader, coverage, *drawing);
    fill_children(body, reader, coverage, *drawing, context.loaded.least_children_told);
    fill_blank_areas(body, coverage, reader, page.links());
    fill_table(body, coverage, *drawing, reader, page.links());
    fill_strips(body, coverage, strips_of(reader, question->policy, *question->layer, question->at.day));
    fill_trend(body, trend_of(reader, coverage), question->at.day);
    fill_lists(body, coverage, reader);
    body.set("LAYER", question->layer->code);
    body.words_if_any("BASIS", basis_in_words(coverage.children_basis, page.texts()));
    if (coverage.children_basis.empty()) {
        body.show(reader.cells().empty() ? "NO_BASIS" : "NO_BASIS_OF_AGES");
    }
    const StripHours hours = strip_hours(question->policy);
    body.set("BEFORE_FIRST_HOUR", hours.first - 1);
    body.set("LAST_HOUR", std::min(hours.last, 23));
    const Query api = question->query();
    page.data_link(address(context.api("/api/v1/coverage"), api));
    for (const auto& [name, form] : {std::pair{"JSON", "json"}, std::pair{"CSV", "csv"}, std::pair{"XLSX", "xlsx"},
                                     std::pair{"GEOJSON", "geojson"}, std::pair{"GPKG", "gpkg"}}) {
        body.set(name, address(context.api("/api/v1/coverage"), with(api, "f", form)));
    }
    body.set("POLICIES", page.links().to("/policies") + "#" + question->policy.id);
    body.set("PRINT", page.links().to("/print/coverage", api));
    body.set("STAGES", page.links().to("/stages"));
    body.set("MATRIX", page.links().to("/matrix"));
    page.depends_on(on_this_day(context) + (beside ? beside(body, page.links()) : std::string{}));
    return page.finish();
}

} // namespace shirube::server
