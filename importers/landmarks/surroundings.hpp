// The towns of the gazetteer by where they lie: what is near enough to matter, and in whose municipality a point is.
#pragma once

#include "directory/reading.hpp"
#include "geo/lonlat.hpp"
#include "geo/point_index.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// A municipality as the gazetteer has it.
struct KnownMunicipality {
    std::string code; ///< 5 digits; empty where the gazetteer has none
    std::string name;

    friend bool operator==(const KnownMunicipality&, const KnownMunicipality&) = default;
};

class Surroundings {
  public:
    explicit Surroundings(std::span<const directory::TownReading> towns);

    [[nodiscard]] bool empty() const noexcept { return points_.size() == 0; }

    /// Whether a town lies within that distance.
    [[nodiscard]] bool has_town_within(geo::LonLat point, double distance_m) const;

    /// The municipality of the nearest town, where the point lies within that town's own radius and no other
    /// municipality has a town nearly as near.
    [[nodiscard]] std::optional<KnownMunicipality> municipality_at(geo::LonLat point) const;

    /// Nothing where no town has the code.
    [[nodiscard]] std::optional<KnownMunicipality> municipality_of(std::string_view code) const;

  private:
    struct Town {
        std::uint32_t municipality = 0;
        double accuracy_m = 0;
    };
    template <class Accept>
    [[nodiscard]] std::optional<geo::Neighbour> nearest(geo::LonLat point, double within_m, const Accept& accept) const;

    std::vector<KnownMunicipality> municipalities_;
    std::vector<Town> towns_;
    std::map<std::string, std::uint32_t, std::less<>> by_code_;
    geo::PointIndex points_; ///< of towns_
};

} // namespace shirube::importers
