#include "network_naive.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace shirube::directory::test {

namespace {

using Neighbours = std::vector<std::set<std::uint32_t>>;

Neighbours neighbours_of(std::uint32_t vertices, const Edges& edges) {
    Neighbours neighbours(vertices);
    for (const auto& [a, b] : edges) {
        neighbours[a].insert(b);
        neighbours[b].insert(a);
    }
    return neighbours;
}

/// Every simple path of `length` edges from the path's end to a vertex, depth first.
void walk(const Neighbours& neighbours, std::vector<std::uint32_t>& path, std::uint32_t to, std::size_t length,
          const std::function<void()>& found) {
    if (path.size() == length + 1) {
        if (path.back() == to) {
            found();
        }
        return;
    }
    for (const auto next : neighbours[path.back()]) {
        if (std::ranges::find(path, next) == path.end()) {
            path.push_back(next);
            walk(neighbours, path, to, length, found);
            path.pop_back();
        }
    }
}

/// Sizes of groups, without a vertex.
std::vector<std::uint32_t> groups_of(const Neighbours& neighbours, std::uint32_t without,
                                     const std::set<std::uint32_t>& among) {
    std::vector<std::uint32_t> sizes;
    std::set<std::uint32_t> left = among;
    left.erase(without);
    while (!left.empty()) {
        std::set<std::uint32_t> group{*left.begin()};
        for (bool grows = true; grows;) {
            grows = false;
            for (const auto vertex : std::vector(group.begin(), group.end())) {
                for (const auto next : neighbours[vertex]) {
                    grows = (left.contains(next) && group.insert(next).second) || grows;
                }
            }
        }
        sizes.push_back(static_cast<std::uint32_t>(group.size()));
        for (const auto vertex : group) {
            left.erase(vertex);
        }
    }
    std::ranges::sort(sizes, std::greater{});
    return sizes;
}

} // namespace

std::vector<double> naive_betweenness(std::uint32_t vertices, const Edges& edges) {
    const auto neighbours = neighbours_of(vertices, edges);
    std::vector<double> betweenness(vertices);
    for (std::uint32_t from = 0; from < vertices; ++from) {
        for (std::uint32_t to = from + 1; to < vertices; ++to) {
            std::vector<std::vector<std::uint32_t>> shortest;
            for (std::size_t length = 1; length < vertices && shortest.empty(); ++length) {
                std::vector<std::uint32_t> path{from};
                walk(neighbours, path, to, length, [&] { shortest.push_back(path); });
            }
            for (const auto& path : shortest) {
                for (std::size_t i = 1; i + 1 < path.size(); ++i) {
                    betweenness[path[i]] += 1.0 / static_cast<double>(shortest.size());
                }
            }
        }
    }
    const double pairs = (vertices - 1.0) * (vertices - 2.0) / 2;
    for (auto& weight : betweenness) {
        weight = vertices > 2 ? weight / pairs : 0;
    }
    return betweenness;
}

std::vector<std::vector<std::uint32_t>> naive_parts(std::uint32_t vertices, const Edges& edges) {
    const auto neighbours = neighbours_of(vertices, edges);
    std::vector<std::vector<std::uint32_t>> parts(vertices);
    for (std::uint32_t vertex = 0; vertex < vertices; ++vertex) {
        std::set<std::uint32_t> group{vertex}; // its own, found by widening it until it stays
        for (std::size_t before = 0; before != group.size();) {
            before = group.size();
            for (const auto member : std::vector(group.begin(), group.end())) {
                group.insert(neighbours[member].begin(), neighbours[member].end());
            }
        }
        auto falls = groups_of(neighbours, vertex, group);
        if (falls.size() > 1) {
            parts[vertex] = std::move(falls);
        }
    }
    return parts;
}

std::vector<std::uint32_t> naive_edges(const Reader& reader, const NetworkScope& scope) {
    const Network& network = reader.network();
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < network.edges().size(); ++i) {
        const auto& edge = network.edges()[i];
        const auto day_fits = [&](const std::optional<Day>& from, const std::optional<Day>& to) {
            return from.value_or(scope.day) <= scope.day && scope.day <= to.value_or(scope.day);
        };
        bool stands = day_fits(edge.valid_from, edge.valid_to);
        bool is_here = scope.municipality.empty();
        for (const auto end : {edge.from, edge.to}) {
            const auto& node = network.nodes()[end];
            is_here = is_here || node.municipality == scope.municipality;
            for (const auto& forum : reader.forums()) {
                if (node.key == "forum:" + forum.id) {
                    stands = stands && day_fits(forum.reading.valid_from, forum.reading.valid_to);
                }
            }
        }
        const bool is_asked = scope.kinds.empty() || std::ranges::count(scope.kinds, edge.kind) > 0;
        if (stands && is_here && is_asked) {
            found.push_back(i);
        }
    }
    return found;
}

} // namespace shirube::directory::test
