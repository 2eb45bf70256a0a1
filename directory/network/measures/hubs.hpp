// Organizations on which too much hangs: many ways lead through them, or what they hold together would fall apart.
#pragma once

#include "directory/network/measures/tie_graph.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace shirube::directory {

struct Hub {
    std::uint32_t node = 0;            ///< into Network::nodes()
    std::uint32_t ties = 0;            ///< others that it is tied to
    std::optional<double> betweenness; ///< see VertexWeight; empty where the network was too large to weigh
    std::vector<std::uint32_t> parts;  ///< see VertexWeight

    [[nodiscard]] bool is_articulation() const noexcept { return parts.size() > 1; }
};

/// Weighed in the whole network of the municipality, or of the country, see of_whole_network; those in the scope are
/// told.
struct Hubs {
    std::uint32_t nodes = 0; ///< organizations, places and meetings that are tied or meet, in the whole network
    std::uint32_t edges = 0;
    std::uint32_t groups = 0;        ///< that nothing ties to each other
    std::uint32_t asked = 0;         ///< those of `nodes` in the scope; all where it is no district and no meeting
    std::uint32_t articulations = 0; ///< of `asked`
    bool is_weighed = true;          ///< false: too large for betweenness, which is left unknown
    std::vector<Hub> hubs; ///< those of `asked` with a weight of either kind, the heaviest first, then by node
};

/// Nodes times edges up to which betweenness is looked for: some tenths of a second.
inline constexpr std::uint64_t k_most_weighed = 60'000'000;

Hubs hubs(const Reader& reader, const NetworkScope& scope, std::uint64_t most_weighed = k_most_weighed);

} // namespace shirube::directory
