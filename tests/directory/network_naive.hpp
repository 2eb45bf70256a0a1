// The measures of a network again, by enumeration and simple loops, to hold the real ones against.
#pragma once

#include "directory/network/network_view.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace shirube::directory::test {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Betweenness by walking every shortest path between every two vertices.
std::vector<double> naive_betweenness(std::uint32_t vertices, const Edges& edges);

/// How many vertices each group has that a vertex' group falls apart into once it is taken out, the largest first;
/// empty where it stays whole.
std::vector<std::vector<std::uint32_t>> naive_parts(std::uint32_t vertices, const Edges& edges);

/// Ties in a scope, by looking at every row.
std::vector<std::uint32_t> naive_edges(const Reader& reader, const NetworkScope& scope);

} // namespace shirube::directory::test
