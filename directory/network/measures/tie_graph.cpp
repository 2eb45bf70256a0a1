#include "directory/network/measures/tie_graph.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>
#include <functional>
#include <iterator>

namespace shirube::directory {

namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

/// Sizes of the parts that hang together at a vertex's neighbours once it is gone.
std::vector<std::uint32_t> parts_without(const Graph& graph, std::size_t gone, std::vector<std::uint32_t>& seen_at,
                                         std::uint32_t stamp) {
    std::vector<std::uint32_t> parts;
    std::vector<std::size_t> open;
    for (const auto start : boost::make_iterator_range(boost::adjacent_vertices(gone, graph))) {
        if (seen_at[start] == stamp) {
            continue;
        }
        std::uint32_t size = 0;
        seen_at[start] = stamp;
        open.assign(1, start);
        while (!open.empty()) {
            const auto vertex = open.back();
            open.pop_back();
            ++size;
            for (const auto next : boost::make_iterator_range(boost::adjacent_vertices(vertex, graph))) {
                if (next != gone && seen_at[next] != stamp) {
                    seen_at[next] = stamp;
                    open.push_back(next);
                }
            }
        }
        parts.push_back(size);
    }
    std::ranges::sort(parts, std::greater{});
    return parts;
}

} // namespace

TieGraph tie_graph(const Network& network, const NetworkView& view) {
    const auto is_somebody = [&](std::uint32_t node) {
        const auto kind = network.nodes()[node].kind;
        return kind == PartyKind::organization || kind == PartyKind::site || kind == PartyKind::forum;
    };
    TieGraph graph;
    std::ranges::copy_if(view.nodes, std::back_inserter(graph.nodes), is_somebody);
    const auto place = [&](std::uint32_t node) {
        return static_cast<std::uint32_t>(std::ranges::lower_bound(graph.nodes, node) - graph.nodes.begin());
    };
    for (const auto index : view.edges) {
        const auto& edge = network.edges()[index];
        if (edge.from != edge.to && is_somebody(edge.from) && is_somebody(edge.to)) {
            graph.edges.emplace_back(std::minmax(place(edge.from), place(edge.to)));
        }
    }
    std::ranges::sort(graph.edges);
    graph.edges.erase(std::ranges::unique(graph.edges).begin(), graph.edges.end());
    return graph;
}

std::vector<VertexWeight> weigh(std::size_t vertices, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
                                bool has_betweenness) {
    const Graph graph(edges.begin(), edges.end(), vertices);
    std::vector<VertexWeight> weights(vertices);
    if (has_betweenness && vertices > 2) {
        std::vector<double> betweenness(vertices);
        const auto map = boost::make_iterator_property_map(betweenness.begin(), boost::get(boost::vertex_index, graph));
        boost::brandes_betweenness_centrality(graph, map);
        boost::relative_betweenness_centrality(graph, map);
        for (std::size_t i = 0; i < vertices; ++i) {
            weights[i].betweenness = betweenness[i];
        }
    }
    std::vector<std::size_t> points;
    boost::articulation_points(graph, std::back_inserter(points));
    std::vector<std::uint32_t> seen_at(vertices);
    std::uint32_t stamp = 0;
    for (const auto point : points) {
        weights[point].parts = parts_without(graph, point, seen_at, ++stamp);
    }
    return weights;
}

} // namespace shirube::directory
