// "/network": who works with whom. Graph and map where scripts run; sentences, tables and a matrix everywhere.
#include "directory/coverage/municipal_index.hpp"
#include "directory/designated_city.hpp"
#include "directory/desk/page_lists.hpp"
#include "directory/network/network_view.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/relations/tie_choices.hpp"
#include "server/network/district_words.hpp"
#include "server/network/network_question.hpp"
#include "server/network/network_words.hpp"
#include "server/pages/network/network_pages.hpp"
#include "server/pages/network/node_story.hpp"
#include "server/pages/network/tie_words.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/table_view.hpp"
#include "server/pages/words.hpp"
#include "server/problem.hpp"
#include "server/public_origin.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::NetworkView;
using directory::RelationKind;

/// Rows of a table that somebody still reads; the whole is in the CSV.
constexpr std::size_t k_most_rows = 300;
/// More than anybody reads behind a sentence; what is left out is said to be.
constexpr std::size_t k_most_behind = 60;
/// Those who are tied most: a matrix of more fits no screen.
constexpr std::size_t k_matrix_side = 30;
/// Up to here an empty cell says so to ears too; of more it would be said hundreds of times.
constexpr std::size_t k_small_matrix = 8;

/// More areas than a select takes.
constexpr std::size_t k_most_areas = 500;

/// Areas that ties and meetings end in or are for.
std::set<std::uint32_t> areas_spoken_of(const directory::Network& network) {
    std::set<std::uint32_t> areas;
    for (const auto& node : network.nodes()) {
        if (node.area != directory::k_no_index) {
            areas.insert(node.area);
        }
        if (node.kind == directory::PartyKind::district && !node.rows.empty()) {
            areas.insert(node.rows.front());
        }
    }
    return areas;
}

/// Areas to choose from: every district of the layers that ties and meetings speak of, those too where nobody is, for
/// that is what one asks about. Of the municipality asked about; else of those whose ties lists tell, and where these
/// are too many the ones alone that are spoken of.
std::set<std::uint32_t> areas_offered(const directory::Reader& reader, const directory::NetworkScope& scope) {
    const auto spoken_of = areas_spoken_of(reader.network());
    std::set<std::string_view> layers;
    for (const auto area : spoken_of) {
        layers.insert(reader.districts()[area].layer);
    }
    const auto city = directory::designated_city_of(scope.municipality);
    std::set<std::uint32_t> areas = city.empty() ? spoken_of : std::set<std::uint32_t>{};
    for (const auto layer : layers) {
        const auto* drawn = reader.find_layer(layer);
        for (std::uint32_t i = drawn->first; i < drawn->first + drawn->count; ++i) {
            const auto& municipality = reader.districts()[i].municipality;
            if (city.empty() ? reader.network().speaks_of(municipality)
                             : directory::designated_city_of(municipality) == city) {
                areas.insert(i);
            }
        }
    }
    if (city.empty() && areas.size() > k_most_areas) {
        areas = spoken_of;
    }
    if (scope.district != directory::k_no_index) {
        areas.insert(scope.district);
    }
    return areas;
}

/// \param key of whoever is chosen; empty: nobody
void fill_form(View body, const Page& page, const Context& context, const NetworkQuestion& question,
               std::string_view key) {
    const auto& reader = context.reader();
    const auto& texts = page.texts();
    body.set("ACTION", page.links().path("/network"));
    body.set_if_any("LANG", page.links().chosen_language());
    // Who is somebody stays chosen under other conditions, though these do not show it.
    const auto kept = key.empty() ? std::nullopt : reader.network().find(key);
    body.set("KEPT", kept ? std::string_view{reader.network().nodes()[*kept].key} : std::string_view{});
    body.show_if(!kept, "NOBODY_KEPT");
    for (const auto& municipality : reader.municipal_index().municipalities()) {
        View option = body.section("MUNICIPALITY_OPTION");
        option.set("CODE", municipality.code);
        option.set("NAME", name_of(municipality));
        option.show_if(municipality.code == question.scope.municipality, "SELECTED");
    }
    for (const auto kind : importers::k_choices<RelationKind>) {
        View option = body.section("KIND_OPTION");
        option.set("CODE", code_of(kind));
        option.words("NAME", tie_in_words(kind, texts));
        option.show_if(std::ranges::find(question.scope.kinds, kind) != question.scope.kinds.end(), "CHECKED");
    }
    for (const auto area : areas_offered(reader, question.scope)) {
        const auto& district = reader.districts()[area];
        View option = body.section("AREA_OPTION");
        option.set("CODE", district.layer + ":" + district.code);
        option.set("NAME", district_in_words(district.layer, district.name, page.texts()));
        option.show_if(area == question.scope.district, "SELECTED");
    }
    for (std::uint32_t i = 0; i < reader.forums().size(); ++i) {
        View option = body.section("FORUM_OPTION");
        option.set("CODE", reader.forums()[i].id);
        option.set("NAME", reader.forums()[i].reading.name);
        option.show_if(i == question.scope.forum, "SELECTED");
    }
    body.set("AT", directory::to_string(question.scope.day));
}

/// How many ties end at each node of a view.
std::map<std::uint32_t, std::uint32_t> ties_of(const directory::Network& network, const NetworkView& view) {
    std::map<std::uint32_t, std::uint32_t> ties;
    for (const auto node : view.nodes) {
        ties[node] = 0;
    }
    for (const auto edge : view.edges) {
        ++ties[network.edges()[edge].from];
        ++ties[network.edges()[edge].to];
    }
    return ties;
}

/// Nodes by how many ties they have, then in their own order.
std::vector<std::uint32_t> most_tied(const std::map<std::uint32_t, std::uint32_t>& ties) {
    std::vector<std::uint32_t> nodes;
    nodes.reserve(ties.size());
    for (const auto& [node, count] : ties) {
        nodes.push_back(node);
    }
    std::ranges::stable_sort(nodes, std::greater{}, [&](std::uint32_t node) { return ties.at(node); });
    return nodes;
}

/// The signs of the kinds of parties.
void fill_parties(View legend) {
    for (const auto kind : importers::k_choices<directory::PartyKind>) {
        View one = legend.section("PARTY");
        one.set("KIND", code_of(kind));
        one.set("SIGN", sign_of(kind));
        one.words("WORDS", party_in_words(kind, legend.texts()));
    }
}

/// A name in pieces between which a line may end: what is in brackets stays whole, as far as there is room.
std::vector<std::string_view> pieces_of(std::string_view name) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at < name.size();) {
        const auto wide = name.find("（", at + 1);
        const auto narrow = name.find('(', at + 1);
        const auto next = std::min({wide, narrow, name.size()});
        pieces.push_back(name.substr(at, next - at));
        at = next;
    }
    return pieces;
}

class Tables {
  public:
    /// \param whole the same of every day: who has ties on other days alone is told too
    Tables(View body, const directory::Reader& reader, const NetworkView& view, const NetworkView& whole,
           const Links& links)
        : body_(body),
          network_(reader.network()),
          reader_(reader),
          view_(view),
          links_(links),
          ties_(ties_of(network_, view)),
          nodes_(most_tied(ties_)) {
        std::ranges::set_difference(whole.nodes, view.nodes, std::back_inserter(away_));
    }

    void fill() {
        fill_nodes();
        fill_edges();
        fill_matrix();
    }

  private:
    void fill_nodes() {
        std::vector<std::uint32_t> rows = nodes_;
        rows.insert(rows.end(), away_.begin(), away_.end());
        for (std::size_t i = 0; i < std::min(rows.size(), k_most_rows); ++i) {
            const auto found = ties_.find(rows[i]);
            const std::uint32_t ties = found == ties_.end() ? 0 : found->second;
            View row = body_.section("NODE");
            row.set("KEY", network_.nodes()[rows[i]].key);
            row.set("TIES", grouped(ties));
            row.show_if(ties == 0, "UNTIED");
            row.show_if(ties == 0, "NO_TIE");
            fill_node(row, links_, network_.nodes()[rows[i]]);
        }
        if (rows.size() > k_most_rows) {
            body_.section("MORE_NODES").set("N", grouped(static_cast<std::int64_t>(rows.size() - k_most_rows)));
        }
    }

    void fill_edges() {
        // As one looks somebody up: by name.
        std::vector<std::uint32_t> edges = view_.edges;
        const auto shown = edges.begin() + static_cast<std::ptrdiff_t>(std::min(edges.size(), k_most_rows));
        std::ranges::partial_sort(edges, shown, {}, [&](std::uint32_t index) {
            const auto& edge = network_.edges()[index];
            return std::tuple(std::string_view{network_.nodes()[edge.from].name}, edge.kind,
                              std::string_view{network_.nodes()[edge.to].name}, edge.valid_from, index);
        });
        edges.erase(shown, edges.end());
        for (const auto index : edges) {
            const auto& edge = network_.edges()[index];
            View row = body_.section("EDGE");
            fill_node(row.section("FROM"), links_, network_.nodes()[edge.from]);
            fill_node(row.section("TO"), links_, network_.nodes()[edge.to]);
            row.words("TIE", tie_in_words(edge.kind, body_.texts()));
            row.words_if_any("PROGRAMME", edge.relation == directory::k_no_index
                                              ? std::string{}
                                              : programme_in_words(reader_, reader_.relations()[edge.relation].reading,
                                                                   body_.texts()));
            row.words_if_any("DATES", dates_in_words(edge, body_.texts()));
            const auto list = list_of(reader_, edge);
            if (list != directory::k_no_index) {
                row.set_if_any("LIST", directory::shown_name(reader_.lists()[list].name));
            }
        }
        if (view_.edges.size() > k_most_rows) {
            body_.section("MORE_EDGES").set("N", grouped(static_cast<std::int64_t>(view_.edges.size() - k_most_rows)));
        }
    }

    void fill_matrix() {
        const std::size_t side = std::min(nodes_.size(), k_matrix_side);
        if (side < 2) {
            return;
        }
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<RelationKind>> cells;
        for (const auto index : view_.edges) {
            const auto& edge = network_.edges()[index];
            cells[{edge.from, edge.to}].insert(edge.kind);
        }
        View matrix = body_.section("MATRIX");
        if (nodes_.size() > side) {
            matrix.section("OF_MORE").set("N", grouped(static_cast<std::int64_t>(side)));
        }
        fill_matrix_legend(matrix, side);
        for (std::size_t column = 0; column < side; ++column) {
            View head = matrix.section("COLUMN");
            const auto& node = network_.nodes()[nodes_[column]];
            fill_node(head, links_, node);
            const std::string name = node_in_words(node, body_.texts()); // the pieces lie in it
            for (const auto piece : pieces_of(name)) {
                head.section("PIECE").set("TEXT", piece);
            }
        }
        for (std::size_t line = 0; line < side; ++line) {
            View row = matrix.section("ROW");
            fill_node(row, links_, network_.nodes()[nodes_[line]]);
            for (std::size_t column = 0; column < side; ++column) {
                View cell = row.section("CELL");
                if (line == column) {
                    cell.show("SELF");
                    continue;
                }
                const auto found = cells.find({nodes_[line], nodes_[column]});
                if (found == cells.end()) {
                    cell.show(side > k_small_matrix ? "EMPTY" : "SAID_EMPTY");
                    continue;
                }
                View tied = cell.section("TIED");
                for (const auto kind : found->second) {
                    View tie = tied.section("TIE");
                    tie.set("SHORT", tie_in_short(kind, body_.texts()));
                    tie.set("WORDS", tie_in_words(kind, body_.texts()));
                }
            }
        }
    }

    /// What its signs and letters mean, in the words of the pictures' legend and of the list of ties.
    void fill_matrix_legend(View matrix, std::size_t side) const {
        const std::set<std::uint32_t> shown(nodes_.begin(), nodes_.begin() + static_cast<std::ptrdiff_t>(side));
        std::set<RelationKind> kinds;
        for (const auto index : view_.edges) {
            const auto& edge = network_.edges()[index];
            if (edge.from != edge.to && shown.contains(edge.from) && shown.contains(edge.to)) {
                kinds.insert(edge.kind);
            }
        }
        for (const auto kind : importers::k_choices<RelationKind>) {
            if (kinds.contains(kind)) {
                View letters = matrix.section("LETTERS");
                letters.set("SHORT", tie_in_short(kind, matrix.texts()));
                letters.words("WORDS", tie_in_words(kind, matrix.texts()));
            }
        }
        fill_parties(matrix);
    }

    View body_;
    const directory::Network& network_;
    const directory::Reader& reader_;
    const NetworkView& view_;
    const Links& links_;
    std::map<std::uint32_t, std::uint32_t> ties_;
    std::vector<std::uint32_t> nodes_;
    std::vector<std::uint32_t> away_; ///< tied on other days alone
};

/// A sentence or several for each measure, with the list behind it.
void fill_measures(View body, const NetworkQuestion& question, const Context& context, const Links& links) {
    for (const auto& measure : measures_in_words(context.reader(), question, body.texts())) {
        View view = body.section("MEASURE");
        view.set("CODE", measure.code);
        view.words("HEADING", measure.heading);
        for (const auto& sentence : measure.sentences) {
            view.section("SENTENCE").words("TEXT", sentence);
        }
        if (measure.list.empty()) {
            continue;
        }
        View behind = view.section("BEHIND");
        behind.set("N", grouped(static_cast<std::int64_t>(measure.list.size())));
        for (std::size_t i = 0; i < std::min(measure.list.size(), k_most_behind); ++i) {
            View item = behind.section("ITEM");
            item.set("TEXT", measure.list[i].text);
            if (measure.list[i].path.empty()) {
                item.show("PLAIN");
            } else {
                item.set_if_any("HREF", links.to(measure.list[i].path));
            }
        }
        if (measure.list.size() > k_most_behind) {
            behind.section("MORE").set("N", grouped(static_cast<std::int64_t>(measure.list.size() - k_most_behind)));
        }
    }
}

/// The lists that ties and meetings of the view come from.
std::vector<std::uint32_t> lists_of(const directory::Reader& reader, const NetworkView& view) {
    std::set<std::uint32_t> lists;
    for (const auto edge : view.edges) {
        lists.insert(list_of(reader, reader.network().edges()[edge]));
    }
    lists.erase(directory::k_no_index);
    return {lists.begin(), lists.end()};
}

/// What the page asks: of one day. Who is chosen is the page's alone.
Request as_one_question(Request request) {
    request = with_kinds_joined(std::move(request));
    request.query = without(without(request.query, "days"), "node");
    return request;
}

} // namespace

Answer network_page(const Request& request, const Context& context, std::string_view ties_desk) {
    const auto question = read_network_question(as_one_question(request), context);
    if (!question) {
        const auto& problem = question.error();
        const bool is_late = problem.parameter == "since" && problem.code == "parameter_out_of_range";
        return error_page(
            request, &context, status_of(problem),
            is_late ? Texts::in(context.language).get("network.since_late") : title_of(problem, context.language));
    }
    const auto& reader = context.reader();
    const auto view = directory::view_of(reader, question->scope);

    Page page(request, context, "network");
    page.style("styles/planner.css");
    page.style("styles/network.css");
    page.style("styles/map.css");
    page.title(page.texts().get("network.title"));
    View& body = page.body();
    body.set_if_any("TIES_DESK", ties_desk.empty() ? std::string{} : page.links().to(ties_desk));
    const auto chosen = request.parameter("node").value_or("");
    fill_form(body, page, context, *question, chosen);
    const bool is_empty = view.nodes.empty();
    body.show(is_empty ? "NOTHING" : "SOMETHING");
    body.set("NODES", grouped(static_cast<std::int64_t>(view.nodes.size())));
    body.set("EDGES", grouped(static_cast<std::int64_t>(view.edges.size())));
    body.words("DATE", date_in_words(question->scope.day, page.texts()));
    const auto api = context.api("/api/v1/network");
    Query asked; // the parameters that ask the same
    for (const auto& [name, value] : as_one_question(request).query) {
        if (name != "lang" && !value.empty()) {
            asked.emplace_back(name, value);
        }
    }
    if (!is_empty) {
        page.script_for_all("scripts/network.js"); // it asks for organizations, and for districts of the whole town
        View pictures = body.section("PICTURES");
        // The slider goes through the days; what changed since one is the measures' alone.
        pictures.set("API", address(api, with(without(without(asked, "at"), "since"), "days", "all")));
        pictures.set("DAY", directory::to_string(question->scope.day));
        const std::string origin = public_origin(request);
        const auto here = chosen.empty() ? asked : with(asked, "node", chosen);
        pictures.set("PAGE_ADDRESS", origin.empty() ? std::string{} : origin + page.links().to("/network", here));
        pictures.set("STORY", page.links().to("/network/nodes/NODE"));
        if (const auto* layer = usual_layer(reader)) {
            pictures.set_if_any("LAYER", layer->code);
        }
        fill_parties(pictures);
        auto every_day = question->scope;
        every_day.every_day = true;
        const auto whole = directory::view_of(reader, every_day);
        fill_story_words(pictures, reader.network(), whole);
        fill_story(pictures, page.links(), reader.network(), view, whole, chosen);
        Tables(body, reader, view, whole, page.links()).fill();
    }
    body.show_if(!question->scope.kinds.empty(), "ALL_KINDS");
    fill_measures(body, *question, context, page.links());
    fill_table_lists(body, reader, lists_of(reader, view));
    page.data_link(address(api, asked));
    body.set("JSON", address(api, asked));
    body.set("CSV", address(api, with(asked, "f", "csv")));
    page.depends_on(on_this_day(context) + "|" + public_origin(request));
    return page.finish();
}

} // namespace shirube::server
