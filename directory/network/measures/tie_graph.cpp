#include "directory/network/measures/tie_graph.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <utility>

namespace shirube::directory {

namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

/// Of each vertex that holds parts together: how large they are without it. One walk in depth (Hopcroft and Tarjan,
/// 1973) that counts, below each vertex, those from which no way leads around it.
class Parts {
  public:
    explicit Parts(const Graph& graph)
        : graph_(graph),
          met_(boost::num_vertices(graph)),
          low_(met_.size()),
          below_(met_.size(), 1),
          parts_(met_.size()) {
        for (std::size_t vertex = 0; vertex < met_.size(); ++vertex) {
            if (met_[vertex] == 0) {
                walk_from(vertex);
            }
        }
        for (auto& parts : parts_) {
            std::ranges::sort(parts, std::greater{});
        }
    }

    [[nodiscard]] std::vector<std::uint32_t>& of(std::size_t vertex) { return parts_[vertex]; }

  private:
    struct Step {
        std::size_t vertex;
        std::size_t parent;
        boost::graph_traits<Graph>::adjacency_iterator next;
        boost::graph_traits<Graph>::adjacency_iterator end;
    };

    void enter(std::size_t vertex, std::size_t parent) {
        met_[vertex] = low_[vertex] = ++clock_;
        const auto [next, end] = boost::adjacent_vertices(vertex, graph_);
        way_.push_back({vertex, parent, next, end});
        group_.push_back(vertex);
    }

    void walk_from(std::size_t root) {
        group_.clear();
        enter(root, root);
        while (!way_.empty()) {
            Step& step = way_.back();
            if (step.next == step.end) {
                const Step done = step;
                way_.pop_back();
                if (!way_.empty()) {
                    leave(done.vertex, done.parent, done.parent == root);
                }
                continue;
            }
            const std::size_t to = *step.next;
            ++step.next;
            if (met_[to] == 0) {
                enter(to, step.vertex);
            } else if (to != step.parent) { // no two edges lie between the same two
                low_[step.vertex] = std::min(low_[step.vertex], met_[to]);
            }
        }
        for (const std::size_t vertex : group_) {
            add_the_rest(vertex, vertex == root);
        }
    }

    void leave(std::size_t vertex, std::size_t parent, bool is_below_root) {
        below_[parent] += below_[vertex];
        low_[parent] = std::min(low_[parent], low_[vertex]);
        if (is_below_root || low_[vertex] >= met_[parent]) {
            parts_[parent].push_back(below_[vertex]);
        }
    }

    /// What is not below a vertex is one more part; a root has nothing above it, and of one part nothing falls apart.
    void add_the_rest(std::size_t vertex, bool is_root) {
        auto& parts = parts_[vertex];
        if (is_root) {
            if (parts.size() < 2) {
                parts.clear();
            }
        } else if (!parts.empty()) {
            const auto cut = std::accumulate(parts.begin(), parts.end(), std::uint32_t{0});
            parts.push_back(static_cast<std::uint32_t>(group_.size()) - 1 - cut);
        }
    }

    const Graph& graph_;
    std::vector<std::uint32_t> met_;   ///< when the walk came to each, from 1; 0: not yet
    std::vector<std::uint32_t> low_;   ///< the earliest that is reached from each or from below it
    std::vector<std::uint32_t> below_; ///< each with all below it
    std::vector<std::vector<std::uint32_t>> parts_;
    std::vector<Step> way_;
    std::vector<std::size_t> group_;
    std::uint32_t clock_ = 0;
};

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
    Parts parts(graph);
    for (std::size_t i = 0; i < vertices; ++i) {
        weights[i].parts = std::move(parts.of(i));
    }
    return weights;
}

} // namespace shirube::directory
