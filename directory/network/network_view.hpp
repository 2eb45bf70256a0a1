// The part of a network that a question is about: a municipality, a district, a meeting, kinds of ties, a day.
#pragma once

#include "directory/network/network.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shirube::directory {

struct NetworkScope {
    std::string municipality{};          ///< 5 digits, wards are their city; empty: all
    std::uint32_t district = k_no_index; ///< into Reader::districts(): ties that end in it
    std::uint32_t forum = k_no_index;    ///< into Reader::forums(): it, its members, and what ties them
    std::vector<RelationKind> kinds{};   ///< empty: all
    Day day{};
    bool every_day = false; ///< ties and meetings of whatever day, for who goes through the days himself
};

struct NetworkView {
    std::vector<std::uint32_t> nodes; ///< into Network::nodes(), ascending
    std::vector<std::uint32_t> edges; ///< into Network::edges(), ascending

    [[nodiscard]] bool has_node(std::uint32_t node) const;
    [[nodiscard]] bool has_edge(std::uint32_t edge) const;
};

/// Ties that stand on the day (or of every day) and of which one end at least is in the scope, with both their ends;
/// and meetings in the scope that stand, though nobody is known to belong to them.
NetworkView view_of(const Reader& reader, const NetworkScope& scope);

/// Services in the scope that stand on the day (running or tried out), by index, in the order of their ids: of a
/// municipality its own, of a district those in it, surely or possibly, of a meeting what its members run.
std::vector<std::uint32_t> services_in(const Reader& reader, const NetworkScope& scope);

/// What each node of the view runs, or what is run there, and stands on the day: by place in `view.nodes`, by id.
std::vector<std::vector<std::uint32_t>> services_of_nodes(const Reader& reader, const NetworkView& view, Day day);

/// The municipality a service is of, wards being their city: where it lies, else whom it serves; empty where nobody
/// says.
std::string municipality_of(const Reader& reader, std::uint32_t service);

/// Services that a node of the network runs or that are run there, whatever they stand on the day: by index, in the
/// order of their ids.
std::vector<std::uint32_t> services_of_node(const Reader& reader, std::uint32_t node);

/// The nodes that stand for a service: its organization's and its place's, where a tie names them.
std::vector<std::uint32_t> nodes_of_service(const Reader& reader, std::uint32_t service);

} // namespace shirube::directory
