#include "directory/network/network_view.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "directory/designated_city.hpp"
#include "directory/who_runs.hpp"
#include "directory/whose_service.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace shirube::directory {

namespace {

/// Marks nodes that lie in a district: what is run in it, places in it, meetings for it, and itself.
std::vector<bool> nodes_in_district(const Reader& reader, std::uint32_t district) {
    const Network& network = reader.network();
    std::vector<bool> in(network.nodes().size());
    const auto mark = [&](PartyKind kind, std::uint32_t row) {
        if (const auto node = network.node_of(kind, row)) {
            in[*node] = true;
        }
    };
    mark(PartyKind::district, district);
    for (const auto service : reader.services_in(district)) {
        for (const auto node : nodes_of_service(reader, service)) {
            in[node] = true;
        }
    }
    for (std::uint32_t i = 0; i < network.nodes().size(); ++i) {
        in[i] = in[i] || network.nodes()[i].area == district;
    }
    return in;
}

/// A meeting and those who belong to it, or host it, on the day.
std::vector<bool> nodes_of_forum(const Network& network, const NetworkScope& scope) {
    std::vector<bool> in(network.nodes().size());
    const auto forum = network.node_of(PartyKind::forum, scope.forum);
    if (!forum) {
        return in;
    }
    in[*forum] = true;
    for (const auto edge : network.edges_of(*forum)) {
        if (scope.every_day || network.stands_on(network.edges()[edge], scope.day)) {
            in[network.edges()[edge].from] = true;
            in[network.edges()[edge].to] = true;
        }
    }
    return in;
}

std::vector<bool> nodes_in(const Reader& reader, const NetworkScope& scope) {
    const Network& network = reader.network();
    std::vector<bool> in(network.nodes().size(), true);
    const auto keep = [&](const std::vector<bool>& those) {
        for (std::size_t i = 0; i < in.size(); ++i) {
            in[i] = in[i] && those[i];
        }
    };
    if (scope.district != k_no_index) {
        keep(nodes_in_district(reader, scope.district));
    }
    if (scope.forum != k_no_index) {
        keep(nodes_of_forum(network, scope));
    }
    if (!scope.municipality.empty()) {
        const auto city = designated_city_of(scope.municipality);
        for (std::size_t i = 0; i < in.size(); ++i) {
            in[i] = in[i] && network.nodes()[i].municipality == city;
        }
    }
    return in;
}

bool stands(Status status) { return status == Status::active || status == Status::pilot; }

} // namespace

bool NetworkView::has_node(std::uint32_t node) const { return std::ranges::binary_search(nodes, node); }
bool NetworkView::has_edge(std::uint32_t edge) const { return std::ranges::binary_search(edges, edge); }

NetworkView view_of(const Reader& reader, const NetworkScope& scope) {
    const Network& network = reader.network();
    const auto in = nodes_in(reader, scope);
    const auto is_asked = [&](RelationKind kind) {
        return scope.kinds.empty() || std::ranges::find(scope.kinds, kind) != scope.kinds.end();
    };
    std::vector<bool> is_end(network.nodes().size());
    NetworkView view;
    for (std::uint32_t i = 0; i < network.edges().size(); ++i) {
        const NetworkEdge& edge = network.edges()[i];
        // Of a meeting's members the ties among them alone: what else they do is not the meeting's.
        const bool is_in = scope.forum == k_no_index ? in[edge.from] || in[edge.to] : in[edge.from] && in[edge.to];
        if (is_in && is_asked(edge.kind) && (scope.every_day || network.stands_on(edge, scope.day))) {
            view.edges.push_back(i);
            is_end[edge.from] = true;
            is_end[edge.to] = true;
        }
    }
    for (std::uint32_t i = 0; i < network.nodes().size(); ++i) {
        const NetworkNode& node = network.nodes()[i];
        const bool is_bare_meeting = node.kind == PartyKind::forum && !node.rows.empty() && in[i] &&
                                     is_asked(RelationKind::member_of) &&
                                     (scope.every_day || network.stands_on(node, scope.day));
        if (is_end[i] || is_bare_meeting) {
            view.nodes.push_back(i);
        }
    }
    return view;
}

std::vector<std::uint32_t> services_in(const Reader& reader, const NetworkScope& scope) {
    const auto services = reader.services();
    const auto city = designated_city_of(scope.municipality);
    std::vector<bool> of_forum;
    if (scope.forum != k_no_index) {
        of_forum = nodes_of_forum(reader.network(), scope);
    }
    // Most questions are of a municipality: its own services are known already.
    const MunicipalIndex* index = nullptr;
    const Municipality* municipality = nullptr;
    if (!city.empty()) {
        index = &reader.municipal_index();
        municipality = index->find(city);
    }
    const bool goes_through_index = municipality != nullptr && scope.district == k_no_index;
    const auto is_asked = [&](std::uint32_t service) {
        const ServiceRow& row = services[service];
        if (!stands(reader.status_on(service, scope.day))) {
            return false;
        }
        if (!city.empty() && !goes_through_index) {
            const std::string_view lies =
                row.site == k_no_index ? std::string_view{} : std::string_view{reader.sites()[row.site].municipality};
            if (!is_of(city, lies, row, reader.serves(service), reader.districts())) {
                return false;
            }
        }
        return of_forum.empty() || std::ranges::any_of(nodes_of_service(reader, service),
                                                       [&](std::uint32_t node) { return of_forum[node]; });
    };
    std::vector<std::uint32_t> found;
    const auto look_at = [&](std::uint32_t service) {
        if (is_asked(service)) {
            found.push_back(service);
        }
    };
    if (scope.district != k_no_index) {
        for (const auto service : reader.services_in(scope.district)) {
            look_at(service);
        }
    } else if (goes_through_index) {
        for (const auto& of : index->services_of(index->place_of(*municipality))) {
            if (of.is_own) {
                look_at(of.service);
            }
        }
    } else {
        for (const std::uint32_t service : services.indices()) {
            look_at(service);
        }
    }
    return found;
}

std::vector<std::vector<std::uint32_t>> services_of_nodes(const Reader& reader, const NetworkView& view, Day day) {
    std::vector<std::vector<std::uint32_t>> services;
    services.reserve(view.nodes.size());
    for (const auto node : view.nodes) {
        std::erase_if(services.emplace_back(services_of_node(reader, node)),
                      [&](std::uint32_t service) { return !stands(reader.status_on(service, day)); });
    }
    return services;
}

std::vector<std::uint32_t> services_of_node(const Reader& reader, std::uint32_t node) {
    const NetworkNode& of = reader.network().nodes()[node];
    std::vector<std::uint32_t> services;
    if (of.kind != PartyKind::organization && of.kind != PartyKind::site) {
        return services;
    }
    const WhoRuns& who_runs = reader.who_runs();
    for (const auto row : of.rows) {
        const auto run = of.kind == PartyKind::organization ? who_runs.run_by(row) : who_runs.run_at(row);
        services.insert(services.end(), run.begin(), run.end());
    }
    if (of.rows.size() > 1) {
        std::ranges::sort(services, {},
                          [&](std::uint32_t service) -> std::string_view { return reader.services()[service].id; });
    }
    return services;
}

std::string municipality_of(const Reader& reader, std::uint32_t service) {
    const ServiceRow& row = reader.services()[service];
    if (row.site != k_no_index && !reader.sites()[row.site].municipality.empty()) {
        return std::string{designated_city_of(reader.sites()[row.site].municipality)};
    }
    for (const auto district : reader.serves(service)) {
        return std::string{designated_city_of(reader.districts()[district].municipality)};
    }
    for (const auto& area : row.serves) {
        if (area.size() == 5 && area.find_first_not_of("0123456789") == std::string::npos) {
            return std::string{designated_city_of(area)};
        }
    }
    return {};
}

std::vector<std::uint32_t> nodes_of_service(const Reader& reader, std::uint32_t service) {
    const ServiceRow& row = reader.services()[service];
    std::vector<std::uint32_t> nodes;
    const auto add = [&](PartyKind kind, std::uint32_t index) {
        if (const auto node = reader.network().node_of(kind, index)) {
            nodes.push_back(*node);
        }
    };
    if (row.organization != k_no_index) {
        add(PartyKind::organization, reader.organizations().standing(row.organization));
    }
    if (row.site != k_no_index) {
        add(PartyKind::site, reader.sites().standing(row.site));
    }
    return nodes;
}

} // namespace shirube::directory
