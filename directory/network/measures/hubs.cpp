#include "directory/network/measures/hubs.hpp"

#include "directory/network/measures/measured_scope.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace shirube::directory {

namespace {

std::uint32_t count_groups(const TieGraph& graph) {
    std::vector<std::uint32_t> head(graph.nodes.size());
    std::iota(head.begin(), head.end(), 0U);
    const auto find = [&](std::uint32_t vertex) {
        while (head[vertex] != vertex) {
            vertex = head[vertex] = head[head[vertex]];
        }
        return vertex;
    };
    auto groups = static_cast<std::uint32_t>(head.size());
    for (const auto& [a, b] : graph.edges) {
        const auto one = find(a);
        const auto other = find(b);
        groups -= one == other ? 0 : 1;
        head[one] = other;
    }
    return groups;
}

} // namespace

Hubs hubs(const Reader& reader, const NetworkScope& scope, std::uint64_t most_weighed) {
    const bool is_part = scope.district != k_no_index || scope.forum != k_no_index;
    const NetworkView whole = view_of(reader, of_whole_network(scope));
    const NetworkView part = is_part ? view_of(reader, of_all_kinds(scope)) : NetworkView{};
    const TieGraph graph = tie_graph(reader.network(), whole);
    Hubs found;
    found.nodes = static_cast<std::uint32_t>(graph.nodes.size());
    found.edges = static_cast<std::uint32_t>(graph.edges.size());
    found.groups = count_groups(graph);
    found.is_weighed = std::uint64_t{found.nodes} * found.edges <= most_weighed;
    auto weights = weigh(graph.nodes.size(), graph.edges, found.is_weighed);
    std::vector<std::uint32_t> ties(graph.nodes.size());
    for (const auto& [a, b] : graph.edges) {
        ++ties[a];
        ++ties[b];
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
        auto& weight = weights[i];
        if (is_part && !part.has_node(graph.nodes[i])) {
            continue;
        }
        ++found.asked;
        found.articulations += weight.parts.size() > 1 ? 1 : 0;
        if (weight.betweenness > 0 || weight.parts.size() > 1) {
            found.hubs.push_back({.node = graph.nodes[i],
                                  .ties = ties[i],
                                  .betweenness = found.is_weighed ? std::optional(weight.betweenness) : std::nullopt,
                                  .parts = std::move(weight.parts)});
        }
    }
    const auto cut_off = [](const Hub& hub) {
        return hub.parts.empty()
                   ? 0U
                   : std::accumulate(hub.parts.begin() + 1, hub.parts.end(), 0U); // beside the largest part
    };
    std::ranges::sort(found.hubs, [&](const Hub& a, const Hub& b) {
        return std::tuple(-a.betweenness.value_or(0), -static_cast<std::int64_t>(cut_off(a)), a.node) <
               std::tuple(-b.betweenness.value_or(0), -static_cast<std::int64_t>(cut_off(b)), b.node);
    });
    return found;
}

} // namespace shirube::directory
