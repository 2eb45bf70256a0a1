// How far children are from what counts: who is within reach of it, wherever it stands, also next door. Of a place that
// nobody has confirmed, or of which the town alone is known, nobody knows whom it reaches: surely reached is who would
// be however that turns out, possibly reached who would be if it turned out best.
#pragma once

#include "directory/coverage/counting.hpp"
#include "directory/coverage/groundwork.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shirube::directory {

/// A place that may be, or that stands nobody knows quite where.
struct DoubtfulPlace {
    geo::LonLat position;
    double radius_m = 0; ///< it lies within this of the position
    bool stands = false; ///< it surely is: where is all that is not known

    friend bool operator==(const DoubtfulPlace&, const DoubtfulPlace&) = default;
};

/// Where children can be brought to under a policy.
struct CountedPlaces {
    std::vector<geo::LonLat> for_all;    ///< that stand, at positions that are known
    std::vector<DoubtfulPlace> doubtful; ///< for all
    /// By municipality of the layer, where the policy asks whose residents may use a place and the place says so; empty
    /// where none does.
    std::vector<std::vector<geo::LonLat>> for_residents_of;
    std::vector<std::vector<DoubtfulPlace>> doubtful_for_residents_of;
};

/// The places that count, or may, and have a position; no outreach. \param counted how each candidate counts
CountedPlaces counted_places(const Groundwork& work, std::span<const Counted> counted);

/// By cell of the groundwork's children, metres in a straight line to the nearest place for all.
struct ReachOfCells {
    std::vector<double> surely_m;   ///< that stands, were each as far as it can be
    std::vector<double> doubtful_m; ///< of doubtful ones, were each as near as it can be; empty where there are none
};

/// \param known_m from each cell to the nearest of places.for_all: nothing beyond `most_m` is asked
ReachOfCells reach_of_cells(const Groundwork& work, std::vector<double> known_m, const CountedPlaces& places,
                            double most_m);

/// The longest way that any of a policy's distances is held against, in a straight line.
double longest_reach_m(const Policy& policy);

/// By district, as a way of going there is: straight line × detour; the road network, where one is loaded, takes the
/// place of geo::nearest_distances here.
struct ReachOfLayer {
    std::vector<std::optional<std::int64_t>> covered; ///< by district; empty where its children are unknown
    std::vector<std::optional<std::int64_t>> covered_at_most;
    std::vector<bool> is_supply_doubtful; ///< of a supply reading: something doubtful is within reach of a child
};

/// \param may_be_anywhere by municipality of the layer: there may be places of which nobody knows where
ReachOfLayer reach_of_layer(const Groundwork& work, const ReachOfCells& cells, const CountedPlaces& places,
                            const std::vector<bool>& may_be_anywhere);

/// By district, half of its children have at most so far to a place that stands, taken to be at its position; empty
/// where there are neither or its children are unknown.
/// \param known_m as for reach_of_cells, however far
std::vector<std::optional<double>> nearest_m_medians(const Groundwork& work, std::span<const double> known_m,
                                                     const CountedPlaces& places);

} // namespace shirube::directory
