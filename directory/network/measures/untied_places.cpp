#include "directory/network/measures/untied_places.hpp"

#include "directory/network/measures/measured_scope.hpp"
#include "directory/programme_tree.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace shirube::directory {

namespace {

constexpr std::string_view k_carriers = "carriers";

/// Whether a tie is about a service's programme: it names none, or that one, or one that it is a kind of.
bool is_about(const Reader& reader, const NetworkEdge& edge, ProgrammeIndex programme) {
    if (edge.relation == k_no_index || reader.relations()[edge.relation].reading.programme.empty()) {
        return true;
    }
    const auto about = reader.taxonomy().by_code(reader.relations()[edge.relation].reading.programme);
    return about &&
           (is_within(reader.taxonomy(), programme, *about) || is_within(reader.taxonomy(), *about, programme));
}

} // namespace

bool is_tied(const Reader& reader, const NetworkView& view, std::uint32_t service) {
    const Network& network = reader.network();
    return std::ranges::any_of(nodes_of_service(reader, service), [&](std::uint32_t node) {
        const bool is_place = network.nodes()[node].kind == PartyKind::site;
        return std::ranges::any_of(network.edges_of(node), [&](std::uint32_t edge) {
            return view.has_edge(edge) &&
                   (is_place || is_about(reader, network.edges()[edge], reader.services()[service].programme));
        });
    });
}

UntiedPlaces untied_places(const Reader& reader, const NetworkScope& scope) {
    const Taxonomy& taxonomy = reader.taxonomy();
    const NetworkView view = view_of(reader, of_all_kinds(scope));
    std::map<ProgrammeIndex, UntiedFamily> families;
    UntiedPlaces places;
    for (const auto service : services_in(reader, scope)) {
        const auto family = taxonomy.family_of(reader.services()[service].programme);
        if (taxonomy.at(family).code == k_carriers) {
            continue;
        }
        UntiedFamily& of = families[family];
        of.family = family;
        if (is_tied(reader, view, service)) {
            ++of.tied;
            ++places.tied;
        } else if (reader.network().speaks_of(municipality_of(reader, service))) {
            of.untied.push_back(service);
            ++places.untied;
        } else {
            of.unknown.push_back(service);
            ++places.unknown;
        }
    }
    for (auto& [family, of] : families) {
        places.families.push_back(std::move(of));
    }
    return places;
}

} // namespace shirube::directory
