// Organizations, places and meetings as a plain graph: one undirected edge between two that are tied, however often.
#pragma once

#include "directory/network/network_view.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace shirube::directory {

struct TieGraph {
    std::vector<std::uint32_t> nodes;                           ///< into Network::nodes(), ascending
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges; ///< into `nodes`, the smaller first, ascending
};

/// Districts and municipalities are left out: they hold nobody together.
TieGraph tie_graph(const Network& network, const NetworkView& view);

/// How much hangs on a vertex.
struct VertexWeight {
    /// The share of shortest paths between two others that lead through it, over all pairs of others, whether a path
    /// joins them or not (Freeman 1977, normalised); 0 where there are no two others.
    double betweenness = 0;
    /// What its group falls apart into without it, the largest first: more than one part where it is an articulation
    /// point, else empty.
    std::vector<std::uint32_t> parts;
};

/// \param has_betweenness false: it is left 0, and only what falls apart is looked for
std::vector<VertexWeight> weigh(std::size_t vertices, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
                                bool has_betweenness = true);

} // namespace shirube::directory
