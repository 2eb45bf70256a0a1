#include "directory/network/measures/district_forums.hpp"

#include "directory/designated_city.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace shirube::directory {

namespace {

/// Layers of which ties or meetings speak, by municipality.
std::set<std::pair<std::string, std::string>> layers_spoken_of(const Reader& reader) {
    std::set<std::pair<std::string, std::string>> layers;
    for (const auto& node : reader.network().nodes()) {
        const auto district = node.kind == PartyKind::district && !node.rows.empty() ? node.rows.front() : node.area;
        if (district != k_no_index) {
            const auto& row = reader.districts()[district];
            layers.emplace(designated_city_of(row.municipality), row.layer);
        }
    }
    return layers;
}

} // namespace

std::vector<DistrictLayerForums> district_forums(const Reader& reader, const NetworkScope& scope) {
    const Network& network = reader.network();
    std::map<std::uint32_t, DistrictForums> found;
    for (std::uint32_t i = 0; i < network.edges().size(); ++i) {
        const auto& edge = network.edges()[i];
        const auto& to = network.nodes()[edge.to];
        if (edge.kind == RelationKind::coordinates && to.kind == PartyKind::district && !to.rows.empty() &&
            network.stands_on(edge, scope.day)) {
            found[to.rows.front()].coordinators.push_back(edge.from);
        }
    }
    for (std::uint32_t i = 0; i < network.nodes().size(); ++i) {
        const auto& node = network.nodes()[i];
        if (node.area != k_no_index && network.stands_on(node, scope.day)) {
            found[node.area].forums.push_back(i);
        }
    }
    const auto city = designated_city_of(scope.municipality);
    std::vector<DistrictLayerForums> layers;
    for (const auto& [municipality, layer] : layers_spoken_of(reader)) {
        if (!city.empty() && municipality != city) {
            continue;
        }
        DistrictLayerForums of{.municipality = municipality, .layer = layer, .districts = {}};
        const Layer* drawn = reader.find_layer(layer);
        for (std::uint32_t i = drawn->first; i < drawn->first + drawn->count; ++i) {
            const auto& row = reader.districts()[i];
            const bool is_asked = scope.district == k_no_index || scope.district == i;
            if (!is_asked || designated_city_of(row.municipality) != municipality ||
                row.status == DistrictStatus::suspended || (row.valid_from && scope.day < *row.valid_from) ||
                (row.valid_to && *row.valid_to < scope.day)) {
                continue;
            }
            DistrictForums district = found[i];
            district.district = i;
            std::ranges::sort(district.coordinators);
            district.coordinators.erase(std::ranges::unique(district.coordinators).begin(),
                                        district.coordinators.end());
            const bool lacks_coordinator = district.coordinators.empty();
            const bool lacks_forum = district.forums.empty();
            of.without_coordinator += lacks_coordinator ? 1 : 0;
            of.without_forum += lacks_forum ? 1 : 0;
            of.without_either += lacks_coordinator && lacks_forum ? 1 : 0;
            of.districts.push_back(std::move(district));
        }
        if (!of.districts.empty()) {
            layers.push_back(std::move(of));
        }
    }
    return layers;
}

} // namespace shirube::directory
