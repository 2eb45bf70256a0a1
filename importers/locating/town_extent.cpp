#include "importers/locating/town_extent.hpp"

#include "geo/distance.hpp"
#include "geo/point_index.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

// Measured on 48 published positions of children's cafeterias in Ome, Machida, Kunitachi, Komae and Katsushika against
// Geolonia's town points: they lie 225 m off in the median. With the mean distance to the six nearest towns × 0.92, 47
// of the 48 (98 %) lie within the radius, which is 550 m in the median; four towns × 1.0 hold 46 with radii no smaller,
// two towns need a factor of 1.16 for 47. The one outside lies at the far end of 東和泉, whose two 丁目 have their
// points close together.
constexpr std::size_t k_neighbours = 6;
constexpr double k_factor = 0.92;
constexpr double k_least_m = 80;
constexpr double k_most_m = 4000;

/// By place: the extents of one municipality's towns.
std::map<std::pair<double, double>, double> extents_by_place(std::span<const geo::LonLat> towns) {
    std::map<std::pair<double, double>, double> extents;
    std::vector<geo::LonLat> places; // each once, so that many towns of one place are not all each other's neighbours
    for (const geo::LonLat& town : towns) {
        if (extents.try_emplace({town.lon, town.lat}, k_most_m).second) {
            places.push_back(town);
        }
    }
    const geo::PointIndex index(places);
    std::vector<geo::Neighbour> nearest;
    for (std::uint32_t i = 0; i < places.size(); ++i) {
        index.nearest(
            places[i], k_neighbours, geo::LocalMetric::k_reach_m, [i](std::uint32_t other) { return other != i; },
            nearest);
        if (nearest.empty()) {
            continue;
        }
        double sum_m = 0;
        for (const geo::Neighbour& neighbour : nearest) {
            sum_m += neighbour.distance_m;
        }
        extents[{places[i].lon, places[i].lat}] =
            std::clamp(k_factor * sum_m / static_cast<double>(nearest.size()), k_least_m, k_most_m);
    }
    return extents;
}

} // namespace

void assign_town_extents(std::vector<directory::TownReading>& towns) {
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> municipalities;
    for (std::size_t i = 0; i < towns.size(); ++i) {
        municipalities[{towns[i].prefecture, towns[i].municipality_name}].push_back(i);
    }
    for (const auto& [municipality, members] : municipalities) {
        std::vector<geo::LonLat> positions;
        positions.reserve(members.size());
        for (const std::size_t member : members) {
            positions.push_back(towns[member].position);
        }
        const auto extents = extents_by_place(positions);
        for (const std::size_t member : members) {
            towns[member].accuracy_m = extents.at({towns[member].position.lon, towns[member].position.lat});
        }
    }
}

} // namespace shirube::importers
