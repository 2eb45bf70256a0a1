#include "directory/coverage/reach.hpp"

#include "geo/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace shirube::directory {

namespace {

/// Metres from each cell to the nearest place that children of one municipality may use.
class Distances {
  public:
    Distances(const std::vector<geo::LonLat>& centres, const CountedPlaces& places)
        : for_all_(geo::nearest_distances(centres, places.for_all)) {
        for (const auto& [municipality, own] : places.for_residents_of) {
            if (!own.empty()) {
                own_.emplace(municipality, geo::nearest_distances(centres, own));
            }
        }
    }

    [[nodiscard]] const std::vector<double>* own_of(const std::string& municipality) const {
        const auto found = own_.find(municipality);
        return found == own_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] double of(std::size_t cell, const std::vector<double>* own) const {
        return own == nullptr ? for_all_[cell] : std::min(for_all_[cell], (*own)[cell]);
    }

  private:
    std::vector<double> for_all_;
    std::map<std::string, std::vector<double>> own_;
};

} // namespace

CountedPlaces counted_places(const Reader& reader, const Counting& counting,
                             const std::vector<std::string>& municipalities) {
    CountedPlaces places;
    for (const auto service : counting.located()) {
        if (counting.of(service) != Counted::standing) {
            continue;
        }
        const geo::LonLat position = *reader.sites()[reader.services()[service].site].position;
        if (!counting.is_restricted(service)) {
            places.for_all.push_back(position);
            continue;
        }
        for (const auto& municipality : municipalities) {
            if (counting.is_for_residents_of(service, municipality)) {
                places.for_residents_of[municipality].push_back(position);
            }
        }
    }
    return places;
}

ReachOfLayer reach_of_layer(const Reader& reader, const Policy& policy, const Layer& layer,
                            const LayerChildren& children, const CountedPlaces& places) {
    ReachOfLayer out;
    out.covered.resize(layer.count);
    out.nearest_m_median.resize(layer.count);
    const Distances distances(children.centres, places);

    struct Of {
        const std::vector<double>* own;
        double reach_m;
        std::int64_t covered = 0;
        std::size_t first = 0; ///< of its distances
        std::size_t count = 0;
    };
    std::vector<Of> districts;
    districts.reserve(layer.count);
    for (std::uint32_t i = 0; i < layer.count; ++i) {
        const DistrictRow& row = reader.districts()[layer.first + i];
        districts.push_back({distances.own_of(row.municipality), policy.travel_in(row.code).reach_m()});
    }
    for (const auto& part : children.parts) {
        ++districts[part.area].count;
    }
    std::size_t room = 0;
    for (auto& of : districts) {
        of.first = room;
        room += std::exchange(of.count, 0);
    }
    std::vector<geo::WeightedDistance> by_district(room);
    for (std::size_t cell = 0; cell + 1 < children.first.size(); ++cell) {
        for (std::size_t i = children.first[cell]; i < children.first[cell + 1]; ++i) {
            const auto& part = children.parts[i];
            Of& of = districts[part.area];
            const double distance_m = distances.of(cell, of.own);
            if (distance_m <= of.reach_m) {
                of.covered += part.children;
            }
            if (std::isfinite(distance_m)) {
                by_district[of.first + of.count++] = {distance_m, part.children};
            }
        }
    }
    for (std::uint32_t i = 0; i < layer.count; ++i) {
        if (children.districts[i].children) {
            const Of& of = districts[i];
            out.covered[i] = of.covered;
            out.nearest_m_median[i] = geo::weighted_median(std::span(by_district).subspan(of.first, of.count));
        }
    }
    return out;
}

} // namespace shirube::directory
