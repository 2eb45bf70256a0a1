// How far a way may be where an end of it is known only to a radius: nobody is told two minutes to what may be sixteen.
#pragma once

#include "directory/match/family.hpp"
#include "directory/state.hpp"
#include "directory/travel.hpp"
#include "server/pages/texts.hpp"

#include <optional>
#include <string>

namespace shirube::server {

/// Straight distances, as the matching takes them when it asks whether a way is within a limit.
struct WayRange {
    double least_m = 0;
    double most_m = 0;
};

/// From a role's places to a site; nothing where both ends are points, or there is no way to measure. \param from
/// empty: from the nearest of all places
std::optional<WayRange> rough_way(const directory::Family& family, std::optional<directory::PlaceRole> from,
                                  const directory::SiteRow& site);

/// "2～16"; one number where the radius makes no minute's difference.
std::string minutes_in_words(const WayRange& way, directory::TravelMode mode, const Texts& texts);

/// "500 m～1.5 km", to whole 100 m; of what may be at the door how far it is at most.
std::string distance_in_words(const WayRange& way, const Texts& texts);

} // namespace shirube::server
