#include "server/staff/match/way_range.hpp"

#include "geo/distance.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <cmath>

namespace shirube::server {

namespace {

/// Below this a place is a point.
constexpr double k_worth_saying_m = 1;
constexpr double k_step_m = 100;

} // namespace

std::optional<WayRange> rough_way(const directory::Family& family, std::optional<directory::PlaceRole> from,
                                  const directory::SiteRow& site) {
    if (!site.position) {
        return std::nullopt;
    }
    std::optional<double> distance_m;
    double place_m = 0;
    for (const auto& place : family.places) {
        if (from && place.role != *from) {
            continue;
        }
        const double this_m = geo::LocalMetric(place.position).distance_m(*site.position);
        distance_m = distance_m ? std::min(*distance_m, this_m) : this_m;
        place_m = std::max(place_m, place.accuracy_m);
    }
    const double accuracy_m = place_m + site.accuracy_m.value_or(0);
    if (!distance_m || accuracy_m < k_worth_saying_m) {
        return std::nullopt;
    }
    return WayRange{std::max(0.0, *distance_m - accuracy_m), *distance_m + accuracy_m};
}

std::string minutes_in_words(const WayRange& way, directory::TravelMode mode, const Texts& texts) {
    const int least = directory::travel_minutes(way.least_m, mode);
    const int most = directory::travel_minutes(way.most_m, mode);
    return least == most ? std::to_string(least)
                         : texts.with("match.minutes_between",
                                      {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
}

std::string distance_in_words(const WayRange& way, const Texts& texts) {
    // Outwards: the range that is told holds the whole of it.
    const double least_m = std::floor(way.least_m / k_step_m) * k_step_m;
    const std::string most = distance_in_words(std::ceil(way.most_m / k_step_m) * k_step_m);
    return least_m < k_step_m
               ? texts.with("match.distance_up_to", {{"most", most}})
               : texts.with("match.distance_between", {{"least", distance_in_words(least_m)}, {"most", most}});
}

} // namespace shirube::server
