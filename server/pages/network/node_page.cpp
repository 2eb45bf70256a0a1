// "/network/nodes/{key}": the story of one organization, place, meeting or area: who it works with, since when and who
// says so, what it runs, what hangs on it.
#include "directory/coverage/municipal_index.hpp"
#include "directory/desk/page_lists.hpp"
#include "directory/network/measures/hubs.hpp"
#include "directory/network/network_view.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/network/told_twice.hpp"
#include "server/network/district_words.hpp"
#include "server/pages/network/network_pages.hpp"
#include "server/pages/network/tie_words.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/table_view.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using directory::NetworkEdge;
using directory::NetworkNode;
using directory::PartyKind;

std::string count_or_unknown(const std::optional<std::int64_t>& count, const Texts& texts) {
    return count ? grouped(*count) : texts.get("network.count_unknown");
}

/// What a referral's row counts, and on what terms residents of another municipality may come.
void fill_figures(View row, const directory::Reader& reader, const NetworkEdge& edge) {
    if (edge.relation == directory::k_no_index) {
        return;
    }
    const auto& reading = reader.relations()[edge.relation].reading;
    const auto& texts = row.texts();
    if (reading.kind == directory::RelationKind::refers) {
        View counts = row.section("COUNTS");
        counts.set_if_any("PERIOD", reading.period);
        counts.set("INFORMED", count_or_unknown(reading.referrals.informed, texts));
        counts.set("LINKED", count_or_unknown(reading.referrals.linked, texts));
        counts.set("FED_BACK", count_or_unknown(reading.referrals.fed_back, texts));
    }
    row.words_if_any("PROGRAMME", programme_in_words(reader, reading, texts));
    row.set_if_any("TERMS", reading.terms.text);
    row.set_if_any("NOTE", reading.note);
}

/// Where a tie is edited by whoever reads, if she may.
struct Editing {
    std::string_view desk;  ///< empty: she may not
    std::string_view owner; ///< whose ties are hers

    [[nodiscard]] std::string address_of(const directory::Reader& reader, const Links& links,
                                         const NetworkEdge& edge) const {
        if (desk.empty() || owner.empty()) {
            return {};
        }
        if (edge.relation == directory::k_no_index) {
            const auto& forum = reader.forums()[edge.forum];
            return directory::tie_owner_of(forum.reading) == owner
                       ? links.to("/staff/desk/forums/" + percent_encode(forum.id))
                       : std::string{};
        }
        const auto& tie = reader.relations()[edge.relation];
        return directory::tie_owner_of(tie.reading) == owner
                   ? links.to(std::string(desk) + "/" + percent_encode(tie.id))
                   : std::string{};
    }
};

void fill_edge(View row, const directory::Reader& reader, const Links& links, const NetworkEdge& edge,
               std::uint32_t here, directory::Day day, const Editing& editing) {
    const auto& network = reader.network();
    const bool begins = edge.from == here;
    row.words("TIE", begins ? tie_in_words(edge.kind, row.texts()) : tie_back_in_words(edge.kind, row.texts()));
    fill_node(row, links, network.nodes()[begins ? edge.to : edge.from]);
    row.words_if_any("DATES", dates_in_words(edge, row.texts()));
    row.show_if(!network.stands_on(edge, day), "NOT_NOW");
    fill_figures(row, reader, edge);
    row.set_if_any("EDIT", editing.address_of(reader, links, edge));
    if (const auto list = list_of(reader, edge); list != directory::k_no_index) {
        const auto& source = reader.lists()[list];
        row.set_if_any("LIST", directory::shown_name(source.name));
        row.words_if_any("AS_OF", source.as_of.empty() ? std::string{} : as_of_in_words(source.as_of, row.texts()));
    }
    for (const auto list : directory::other_lists_of(reader, edge)) {
        row.section("ALSO").set("LIST", directory::shown_name(reader.lists()[list].name));
    }
}

/// What the organization runs, or what is at the place.
std::vector<std::uint32_t> services_of(const directory::Reader& reader, const NetworkNode& node) {
    std::vector<std::uint32_t> services;
    if (node.kind == PartyKind::site) {
        for (const auto site : node.rows) {
            const auto at = reader.services_at(site);
            services.insert(services.end(), at.begin(), at.end());
        }
    } else if (node.kind == PartyKind::organization) {
        for (const auto service : reader.services().indices()) {
            const auto organization = reader.services()[service].organization;
            if (organization != directory::k_no_index &&
                std::ranges::find(node.rows, reader.organizations().standing(organization)) != node.rows.end()) {
                services.push_back(service);
            }
        }
    }
    return services;
}

void fill_forum(View body, const directory::Reader& reader, const NetworkNode& node, const Links& links) {
    if (node.kind != PartyKind::forum || node.rows.empty()) {
        return;
    }
    const auto& forum = reader.forums()[node.rows.front()].reading;
    View view = body.section("FORUM");
    view.words("FORUM_KIND", forum_in_words(forum.kind, body.texts()));
    view.set_if_any("CADENCE", forum.cadence);
    if (node.area != directory::k_no_index) {
        const auto& district = reader.districts()[node.area];
        View area = view.section("AREA");
        area.set("NAME", district_in_words(district.layer, district.name, body.texts()));
        area.set("HREF", links.district(district.layer, district.code));
    }
    view.set_if_any("NOTE", forum.note);
}

/// What would fall apart without it.
void fill_weight(View body, const directory::Reader& reader, std::uint32_t node, directory::Day day) {
    const auto hubs =
        directory::hubs(reader, {.municipality = reader.network().nodes()[node].municipality, .day = day});
    const auto found = std::ranges::find(hubs.hubs, node, &directory::Hub::node);
    if (found == hubs.hubs.end()) {
        return;
    }
    View weight = body.section("WEIGHT");
    if (found->betweenness) {
        weight.section("BETWEEN").set("SHARE", percent(*found->betweenness));
    }
    if (found->is_articulation()) {
        View parts = weight.section("PARTS");
        parts.set("N", found->parts.size());
        parts.set("CUT", std::accumulate(found->parts.begin() + 1, found->parts.end(), 0U));
    }
}

} // namespace

Answer network_node_page(const Request& request, const Context& context, std::string_view key,
                         std::string_view ties_desk) {
    const auto& reader = context.reader();
    const auto& network = reader.network();
    const auto node = network.find(key);
    if (!node) {
        return error_page(request, &context, 404, Texts::in(context.language).get("network.no_such_node"));
    }
    const NetworkNode& of = network.nodes()[*node];
    Page page(request, context, "network-node");
    page.style("styles/planner.css");
    page.style("styles/network.css");
    page.title(node_in_words(of, page.texts()));
    View& body = page.body();
    const Links& links = page.links();
    fill_node(body, links, of);
    // To the pictures, where it is chosen.
    body.set("BACK", links.to("/network", {{"municipality", of.municipality}, {"node", of.key}}) + "#pictures");
    if (!of.municipality.empty()) {
        const auto* municipality = reader.municipal_index().find(of.municipality);
        body.set_if_any("MUNICIPALITY", municipality != nullptr ? name_of(*municipality) : of.municipality);
    }
    body.show_if(!of.is_known(), "NAME_ALONE");
    if (of.kind == PartyKind::district && !of.rows.empty()) {
        const auto& district = reader.districts()[of.rows.front()];
        body.set_if_any("DISTRICT", links.district(district.layer, district.code));
    }
    fill_forum(body, reader, of, links);
    const Editing editing{ties_desk, context.staff == nullptr ? std::string_view{} : context.staff->owner};
    if (!ties_desk.empty()) {
        body.set_if_any("NEW_TIE", links.to(std::string(ties_desk) + "/new", {{"from", of.name}}));
    }
    const auto edges = network.edges_of(*node);
    for (const auto edge : edges) {
        fill_edge(body.section("EDGE"), reader, links, network.edges()[edge], *node, context.now.day, editing);
    }
    body.show(edges.empty() ? "NO_EDGES" : "EDGES");
    fill_weight(body, reader, *node, context.now.day);
    const auto services = services_of(reader, of);
    std::optional<View> told;
    if (!services.empty()) {
        told = body.section("SERVICES");
    }
    for (const auto service : services) {
        const auto& row = reader.services()[service];
        View item = told->section("SERVICE");
        item.set("NAME", service_name(reader, row, page.texts().language()));
        item.set("HREF", links.service(row.id));
        item.words("PROGRAMME", reader.taxonomy().at(row.programme).label.in(page.texts().language()));
        item.show_if(reader.status_on(service, context.now.day) == directory::Status::closed, "CLOSED");
    }
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
