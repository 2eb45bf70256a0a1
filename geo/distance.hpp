#pragma once

#include "geo/lonlat.hpp"

#include <cmath>

namespace shirube::geo {

/// The geodesic distance in metres on WGS84, within 0.1 % for every pair of points on Earth.
/// \pre both are finite, |lat| <= 90.
double distance_m(LonLat a, LonLat b);

/// Distances from one origin to many points without trigonometry per point: metres per degree at the middle latitude,
/// as a Taylor series around the origin (N cos φ has the derivative -M sin φ on an ellipsoid).
///
/// Within 0.1 % of the geodesic for origins up to 60° from the equator and points up to k_reach_m away; a few
/// millionths up to 50 km. Longitudes do not wrap at 180°.
class LocalMetric {
  public:
    /// As far as the 0.1 % holds.
    static constexpr double k_reach_m = 500'000;

    /// \pre origin is finite, |lat| < 90.
    explicit LocalMetric(LonLat origin);

    LonLat origin() const { return origin_; }

    /// Metres for one degree of longitude, for a point this many degrees north of the origin.
    double metres_per_lon(double lat_offset) const {
        return lon_scale_ + lat_offset * (lon_slope_ + lat_offset * lon_bend_);
    }

    /// Metres for one degree of latitude, for a point this many degrees north of the origin.
    double metres_per_lat(double lat_offset) const { return lat_scale_ + lat_offset * lat_slope_; }

    /// The square of the distance in square metres; free of branches, so that loops over it vectorise.
    double squared_m2(LonLat point) const {
        const double lat_offset = point.lat - origin_.lat;
        const double x_m = (point.lon - origin_.lon) * metres_per_lon(lat_offset);
        const double y_m = lat_offset * metres_per_lat(lat_offset);
        return x_m * x_m + y_m * y_m;
    }

    double distance_m(LonLat point) const { return std::sqrt(squared_m2(point)); }

    /// A box that holds every point whose distance_m is at most radius_m, and little more.
    /// \pre radius_m >= 0.
    Box box_around(double radius_m) const;

    /// The distance to the segment a–b, which runs straight in degrees as GeoJSON edges do (RFC 7946, 3.1.1).
    double distance_to_segment_m(LonLat a, LonLat b) const;

  private:
    LonLat origin_;
    double lon_scale_;
    double lon_slope_;
    double lon_bend_;
    double lat_scale_;
    double lat_slope_;
};

} // namespace shirube::geo
