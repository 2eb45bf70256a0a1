#include "server/network/network_documents.hpp"

#include "directory/network/told_twice.hpp"
#include "server/api/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace shirube::server {

namespace {

using directory::k_no_index;
using directory::NetworkEdge;
using directory::NetworkNode;
using directory::PartyKind;
using directory::Reader;
using directory::RelationKind;
using nlohmann::ordered_json;

ordered_json day_or_null(const std::optional<directory::Day>& day) {
    return day ? ordered_json(directory::to_string(*day)) : ordered_json(nullptr);
}

template <class T>
ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

/// Where a node lies: a place's own position; an organization's, where all it runs is at one place.
const directory::SiteRow* place_of(const Reader& reader, const NetworkNode& node,
                                   const std::vector<std::uint32_t>& services) {
    if (node.kind == PartyKind::site && !node.rows.empty()) {
        return &reader.sites()[node.rows.front()];
    }
    if (node.kind != PartyKind::organization || services.empty()) {
        return nullptr;
    }
    const auto site_of = [&](std::uint32_t service) {
        const auto site = reader.services()[service].site;
        return site == k_no_index ? k_no_index : reader.sites().standing(site);
    };
    const auto first = site_of(services.front());
    const bool is_one = first != k_no_index &&
                        std::ranges::all_of(services, [&](std::uint32_t service) { return site_of(service) == first; });
    return is_one ? &reader.sites()[first] : nullptr;
}

/// The places at which an organization runs something, in the order of what it runs; of others none.
ordered_json places_of(const Reader& reader, const NetworkNode& node, const std::vector<std::uint32_t>& services) {
    ordered_json places = ordered_json::array();
    if (node.kind != PartyKind::organization) {
        return places;
    }
    std::vector<std::uint32_t> seen;
    for (const auto service : services) {
        const auto stated = reader.services()[service].site;
        const auto site = stated == k_no_index ? k_no_index : reader.sites().standing(stated);
        if (site == k_no_index || std::ranges::find(seen, site) != seen.end()) {
            continue;
        }
        seen.push_back(site);
        const auto& row = reader.sites()[site];
        places.push_back({{"id", row.id},
                          {"position", row.position ? ordered_json(geometry_of(*row.position)) : ordered_json(nullptr)},
                          {"position_quality", directory::code_of(row.quality)}});
    }
    return places;
}

ordered_json forum_document(const Reader& reader, const NetworkNode& node) {
    const auto& forum = reader.forums()[node.rows.front()];
    const auto& said = forum.reading;
    ordered_json out{{"id", forum.id},
                     {"kind", directory::code_of(said.kind)},
                     {"layer", text_or_null(said.layer)},
                     {"district", node.area == k_no_index ? ordered_json(nullptr)
                                                          : ordered_json(reader.districts()[node.area].code)},
                     {"area", text_or_null(said.area)},
                     {"cadence", text_or_null(said.cadence)},
                     {"times_per_year", or_null(said.times_per_year)},
                     {"valid_from", day_or_null(said.valid_from)},
                     {"valid_to", day_or_null(said.valid_to)},
                     {"note", text_or_null(said.note)}};
    return out;
}

ordered_json source_of(const Reader& reader, std::uint32_t list, const std::string& text) {
    const directory::ListRow none;
    const directory::ListRow& of = list < reader.lists().index_end() ? reader.lists()[list] : none;
    return {{"text", text_or_null(text.empty() ? of.source : text)},
            {"list", text_or_null(of.name)},
            {"publisher", text_or_null(of.publisher)},
            {"licence", text_or_null(of.licence)},
            {"as_of", text_or_null(of.as_of)}};
}

ordered_json referrals_of(const directory::RelationReading& said) {
    if (said.kind != RelationKind::refers) {
        return nullptr;
    }
    return {{"informed", or_null(said.referrals.informed)},
            {"linked", or_null(said.referrals.linked)},
            {"fed_back", or_null(said.referrals.fed_back)},
            {"period", text_or_null(said.period)}};
}

ordered_json terms_of(const directory::RelationReading& said) {
    if (said.terms == directory::UseTerms{}) {
        return nullptr;
    }
    ordered_json weekdays = ordered_json::array();
    constexpr std::array<std::string_view, 7> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (std::size_t day = 0; day < k_days.size(); ++day) {
        if ((said.terms.weekdays >> day & 1U) != 0) {
            weekdays.push_back(k_days.at(day));
        }
    }
    return {{"contract", directory::code_of(said.terms.contract)},
            {"fee", directory::code_of(said.terms.fee)},
            {"fee_text", text_or_null(said.terms.fee_text)},
            {"weekdays", said.terms.weekdays == 0 ? ordered_json(nullptr) : std::move(weekdays)},
            {"text", text_or_null(said.terms.text)}};
}

} // namespace

ordered_json party_document(const Reader& reader, std::uint32_t node) {
    const NetworkNode& of = reader.network().nodes()[node];
    return {{"id", of.key},
            {"kind", directory::code_of(of.kind)},
            {"name", of.name},
            {"municipality", text_or_null(of.municipality)},
            {"known", of.is_known()}};
}

ordered_json node_document(const Reader& reader, std::uint32_t node, const std::vector<std::uint32_t>& services) {
    const NetworkNode& of = reader.network().nodes()[node];
    ordered_json out = party_document(reader, node);
    const auto* place = place_of(reader, of, services);
    const bool has_position = place != nullptr && place->position.has_value();
    out["position"] = has_position ? geometry_of(*place->position) : ordered_json(nullptr);
    out["position_quality"] =
        place == nullptr ? ordered_json(nullptr) : ordered_json(directory::code_of(place->quality));
    out["places"] = places_of(reader, of, services);
    ordered_json runs = ordered_json::array();
    for (const auto service : services) {
        const auto& row = reader.services()[service];
        runs.push_back({{"id", row.id}, {"programme", reader.taxonomy().at(row.programme).code}});
    }
    out["services"] = std::move(runs);
    const bool is_forum = of.kind == PartyKind::forum && !of.rows.empty();
    out["forum"] = is_forum ? forum_document(reader, of) : ordered_json(nullptr);
    return out;
}

std::string edge_id(const Reader& reader, std::uint32_t edge) {
    const NetworkEdge& of = reader.network().edges()[edge];
    return of.relation != k_no_index
               ? fmt::format("relation:{}", reader.relations()[of.relation].id)
               : fmt::format("member:{}:{}", reader.forums()[of.forum].id, reader.network().nodes()[of.from].key);
}

ordered_json edge_document(const Reader& reader, std::uint32_t edge) {
    const NetworkEdge& of = reader.network().edges()[edge];
    const auto nodes = reader.network().nodes();
    const auto days = reader.network().days_of(of);
    const auto* said = of.relation == k_no_index ? nullptr : &reader.relations()[of.relation].reading;
    return {{"id", edge_id(reader, edge)},
            {"kind", directory::code_of(of.kind)},
            {"from", nodes[of.from].key},
            {"to", nodes[of.to].key},
            {"programme", said == nullptr ? ordered_json(nullptr) : text_or_null(said->programme)},
            {"valid_from", day_or_null(of.valid_from)},
            {"valid_to", day_or_null(of.valid_to)},
            {"stands_from", day_or_null(days.from)},
            {"stands_to", day_or_null(days.to)},
            {"referrals", said == nullptr ? ordered_json(nullptr) : referrals_of(*said)}};
}

ordered_json tie_document(const Reader& reader, std::uint32_t edge) {
    const NetworkEdge& of = reader.network().edges()[edge];
    ordered_json out = edge_document(reader, edge);
    out["from"] = party_document(reader, of.from);
    out["to"] = party_document(reader, of.to);
    if (of.relation != k_no_index) {
        const auto& row = reader.relations()[of.relation];
        out["terms"] = terms_of(row.reading);
        out["note"] = text_or_null(row.reading.note);
        out["confirmed_on"] = day_or_null(row.reading.confirmed_on);
        out["audience"] = directory::code_of(row.visibility);
        out["source"] = source_of(reader, row.list, row.reading.source);
    } else {
        const auto& row = reader.forums()[of.forum];
        out["terms"] = nullptr;
        out["note"] = nullptr; // what the meeting's row notes is of the meeting
        out["confirmed_on"] = day_or_null(row.reading.confirmed_on);
        out["audience"] = directory::code_of(row.visibility);
        out["source"] = source_of(reader, row.list, row.reading.source);
    }
    out["also_in"] = ordered_json::array();
    for (const auto list : directory::other_lists_of(reader, of)) {
        out["also_in"].push_back(reader.lists()[list].name);
    }
    return out;
}

ordered_json network_document(const Reader& reader, const NetworkQuestion& question) {
    const auto& scope = question.scope;
    const auto view = directory::view_of(reader, scope);
    const auto services = directory::services_of_nodes(reader, view, scope.day);
    ordered_json nodes = ordered_json::array();
    for (std::size_t i = 0; i < view.nodes.size(); ++i) {
        nodes.push_back(node_document(reader, view.nodes[i], services[i]));
    }
    ordered_json edges = ordered_json::array();
    for (const auto edge : view.edges) {
        edges.push_back(edge_document(reader, edge));
    }
    ordered_json kinds = ordered_json::array();
    for (const auto kind : scope.kinds) {
        kinds.push_back(directory::code_of(kind));
    }
    const bool has_district = scope.district != k_no_index;
    return {
        {"edition", reader.edition()},
        {"at", directory::to_string(question.at)},
        {"scope",
         {{"municipality", text_or_null(scope.municipality)},
          {"within", has_district ? ordered_json(fmt::format("{}:{}", reader.districts()[scope.district].layer,
                                                             reader.districts()[scope.district].code))
                                  : ordered_json(nullptr)},
          {"forum", scope.forum == k_no_index ? ordered_json(nullptr) : ordered_json(reader.forums()[scope.forum].id)},
          {"kinds", std::move(kinds)}}},
        {"nodes", std::move(nodes)},
        {"edges", std::move(edges)},
        {"measures", scope.every_day ? ordered_json(nullptr) : measures_document(reader, question)}};
}

} // namespace shirube::server
