#include "geo/distance.hpp"

#include "geo/ellipsoid.hpp"

#include <geodesic.h>

#include <algorithm>
#include <cassert>

namespace shirube::geo {
namespace {

// WGS84; GRS80, on which JGD2011 stands, differs in the tenth digit.
constexpr double k_flattening = 1 / 298.257223563;
constexpr double k_eccentricity_2 = k_flattening * (2 - k_flattening);

// Inside this many degrees, and this far from the poles, the series of LocalMetric is far better than 0.1 %.
constexpr double k_near_deg = 1.0;
constexpr double k_near_lat = 60.0;

} // namespace

LocalMetric::LocalMetric(LonLat origin) : origin_(origin) {
    assert(std::isfinite(origin.lon) && std::abs(origin.lat) < 90);
    const double sine = std::sin(origin.lat * k_radians);
    const double cosine = std::cos(origin.lat * k_radians);
    const double w_2 = 1 - k_eccentricity_2 * sine * sine;
    const double normal_m = k_equator_m / std::sqrt(w_2);
    const double meridian_m = normal_m * (1 - k_eccentricity_2) / w_2;
    // M' = 3 e² sin φ cos φ M / w²
    const double meridian_slope = 3 * k_eccentricity_2 * sine * cosine * meridian_m / w_2;
    // The middle latitude lies half an offset away: derivative n brings a factor (radians / 2)^n / n!.
    constexpr double k_half = k_radians / 2;
    lon_scale_ = k_radians * normal_m * cosine;
    lon_slope_ = k_radians * k_half * -meridian_m * sine;
    lon_bend_ = k_radians * k_half * k_half / 2 * -(meridian_m * cosine + meridian_slope * sine);
    lat_scale_ = k_radians * meridian_m;
    lat_slope_ = k_radians * k_half * meridian_slope;
}

Box LocalMetric::box_around(double radius_m) const {
    assert(radius_m >= 0);
    // A degree of latitude differs by 1 % over the Earth: start too large, then take the smallest degree in reach.
    constexpr double k_roomy = 1.02;
    constexpr double k_rounding = 1 + 1e-9;
    double lat_reach = k_roomy * radius_m / lat_scale_;
    lat_reach = k_rounding * radius_m / (lat_scale_ - std::abs(lat_slope_) * std::min(lat_reach, 180.0));
    // The scale is concave in the offset, so it is smallest at one of the ends.
    const double smallest = std::min(metres_per_lon(lat_reach), metres_per_lon(-lat_reach));
    const double lon_reach = smallest > 0 ? k_rounding * radius_m / smallest : 360.0;
    // Nanodegrees for a radius of 0, which rounding would let miss its own origin.
    constexpr double k_hair = 1e-9;
    return {origin_.lon - lon_reach - k_hair, origin_.lat - lat_reach - k_hair, origin_.lon + lon_reach + k_hair,
            origin_.lat + lat_reach + k_hair};
}

double LocalMetric::distance_to_segment_m(LonLat a, LonLat b) const {
    // The nearest point is found on the flat map with the origin's scales, its distance with the true ones: a small
    // error of place along the edge is an error of second order in the distance.
    const double a_x = (a.lon - origin_.lon) * lon_scale_;
    const double a_y = (a.lat - origin_.lat) * lat_scale_;
    const double run_x = (b.lon - a.lon) * lon_scale_;
    const double run_y = (b.lat - a.lat) * lat_scale_;
    const double length_2 = run_x * run_x + run_y * run_y;
    const double along = length_2 > 0 ? std::clamp(-(a_x * run_x + a_y * run_y) / length_2, 0.0, 1.0) : 0.0;
    return distance_m({a.lon + along * (b.lon - a.lon), a.lat + along * (b.lat - a.lat)});
}

double distance_m(LonLat a, LonLat b) {
    const bool near =
        std::abs(a.lat - b.lat) <= k_near_deg && std::abs(a.lon - b.lon) <= k_near_deg && std::abs(a.lat) <= k_near_lat;
    if (near) {
        return LocalMetric(a).distance_m(b);
    }
    static const geod_geodesic earth = [] {
        geod_geodesic made{};
        geod_init(&made, k_equator_m, k_flattening);
        return made;
    }();
    double distance = 0;
    geod_inverse(&earth, a.lat, a.lon, b.lat, b.lon, &distance, nullptr, nullptr);
    return distance;
}

} // namespace shirube::geo
