#include "directory/network/measures/network_change.hpp"

#include "directory/network/measures/measured_scope.hpp"

#include <algorithm>
#include <iterator>

namespace shirube::directory {

namespace {

std::vector<std::uint32_t> only_in(const std::vector<std::uint32_t>& those, const std::vector<std::uint32_t>& others) {
    std::vector<std::uint32_t> only;
    std::ranges::set_difference(those, others, std::back_inserter(only));
    return only;
}

} // namespace

NetworkChange network_change(const Reader& reader, const NetworkScope& scope, Day before) {
    const NetworkScope now = of_all_kinds(scope);
    NetworkScope then = now;
    then.day = before;
    const NetworkView was = view_of(reader, then);
    const NetworkView is = view_of(reader, now);
    const auto edges = reader.network().edges();
    return {.before = before,
            .after = scope.day,
            .came = only_in(is.edges, was.edges),
            .ended = only_in(was.edges, is.edges),
            .nodes_came = only_in(is.nodes, was.nodes),
            .nodes_left = only_in(was.nodes, is.nodes),
            .edges_before = static_cast<std::uint32_t>(was.edges.size()),
            .edges_after = static_cast<std::uint32_t>(is.edges.size()),
            .nodes_before = static_cast<std::uint32_t>(was.nodes.size()),
            .nodes_after = static_cast<std::uint32_t>(is.nodes.size()),
            .undated = static_cast<std::uint32_t>(std::ranges::count_if(
                is.edges, [&](std::uint32_t edge) { return !edges[edge].valid_from && !edges[edge].valid_to; }))};
}

} // namespace shirube::directory
