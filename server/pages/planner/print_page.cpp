// One sheet of A4 for the hearing: title, map with numbered blank areas, legend, five figures, the list, what it rests
// on.
#include "server/pages/edition_facts.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/children_squares.hpp"
#include "server/pages/planner/coverage_view.hpp"
#include "server/pages/planner/planner_question.hpp"
#include "server/pages/words.hpp"

#include <set>
#include <string>

namespace shirube::server {

namespace {

/// The municipalities of the layer, where a title can hold them.
std::string places_of(const directory::Reader& reader, const directory::Layer& layer, directory::Day day) {
    constexpr std::size_t k_most_names = 3;
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < layer.count; ++i) {
        const auto& district = reader.districts()[layer.first + i];
        const auto& name = district.municipality_name.empty()
                               ? facts_of(reader, day)->municipality_name(district.municipality)
                               : district.municipality_name;
        if (name != district.municipality) {
            names.insert(name);
        }
    }
    if (names.size() > k_most_names) {
        return {};
    }
    std::string out;
    for (const auto& name : names) {
        out += (out.empty() ? "" : "・") + name;
    }
    return out;
}

/// What one sheet has room for.
constexpr std::size_t most_blanks(bool is_across) { return is_across ? 14 : 24; }

} // namespace

Answer print_coverage_page(const Request& request, const Context& context) {
    const auto question = read_planner_question(request, context);
    if (!question) {
        return error_page(request, &context, 400, Texts::in(context.language).get(question.error()));
    }
    const auto paper = request.parameter("paper");
    const bool is_across = paper == "landscape";
    const auto& reader = context.reader();
    auto coverage =
        compute_coverage(reader, question->policy, *question->layer, question->at, context.loaded.least_children_told);
    const auto drawing = drawing_of(reader, *question->layer);

    Page page(request, context, "print-coverage");
    page.style("styles/planner.css");
    page.style("styles/print.css");
    page.title(page.texts().with("planner.title", {{"policy", question->policy.name.in(page.texts().language())}}));
    View& body = page.body();
    body.include("PATTERNS", "patterns.html");
    body.set("PAPER", is_across ? "across" : "upright");
    body.set_if_any("PLACES", places_of(reader, *question->layer, question->at.day));
    const Query same = question->query();
    View other = body.section("OTHER_WAY");
    other.show(is_across ? "TO_PORTRAIT" : "TO_LANDSCAPE");
    other.set("HREF", page.links().to("/print/coverage", with(same, "paper", is_across ? "" : "landscape")));
    body.set("BACK", page.links().to("/planner", same));
    fill_policy(body, *question, reader);
    fill_totals(body, coverage);
    fill_supply_and_need(body, coverage, reader);
    fill_drawing(body, reader, coverage, *drawing);
    fill_children(body, reader, coverage, *drawing, context.loaded.least_children_told);
    if (const auto most = most_blanks(is_across); coverage.blank_areas.size() > most) {
        body.section("MORE_BLANKS").set("COUNT", coverage.blank_areas.size() - most);
        coverage.blank_areas.resize(most);
    }
    fill_blank_areas(body, coverage, reader, page.links());
    fill_lists(body, coverage, reader);
    body.words_if_any("BASIS", basis_in_words(coverage.children_basis, page.texts()));
    if (coverage.children_basis.empty()) {
        body.show(reader.cells().empty() ? "NO_BASIS" : "NO_BASIS_OF_AGES");
    }
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
