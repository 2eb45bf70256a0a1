#include "geo/area.hpp"

#include "geo/distance.hpp"
#include "geo/ellipsoid.hpp"
#include "geo/lattice.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace shirube::geo {
namespace {

constexpr double k_eccentricity = 0.0818191908426214957;

/// Surface from the equator to a latitude, per radian of longitude, in square metres (Snyder, Map Projections, 3-12).
double surface_to(double lat) {
    const double sine = std::sin(lat * k_radians);
    const double e_sine = k_eccentricity * sine;
    const double q =
        (1 - k_eccentricity * k_eccentricity) * (sine / (1 - e_sine * e_sine) + std::atanh(e_sine) / k_eccentricity);
    return k_equator_m * k_equator_m * q / 2;
}

template <class Visit>
void for_each_edge(const Ring& ring, Visit&& visit) {
    const std::size_t corners = corner_count(ring);
    for (std::size_t corner = 0; corner < corners; ++corner) {
        visit(ring[corner], ring[corner + 1 < corners ? corner + 1 : 0]);
    }
}

template <class Visit>
void for_each_ring(const Polygon& polygon, Visit&& visit) {
    visit(polygon.outer);
    for (const Ring& hole : polygon.holes) {
        visit(hole);
    }
}

double ring_area_m2(const Ring& ring) {
    if (ring.empty()) {
        return 0;
    }
    // Counting from the first corner keeps the digits of a small ring far from the equator.
    const LonLat start = ring.front();
    const double surface_0 = surface_to(start.lat);
    double twice = 0;
    for_each_edge(ring, [&](LonLat a, LonLat b) {
        const double a_x = (a.lon - start.lon) * k_radians;
        const double b_x = (b.lon - start.lon) * k_radians;
        twice += a_x * (surface_to(b.lat) - surface_0) - b_x * (surface_to(a.lat) - surface_0);
    });
    return std::abs(twice) / 2;
}

/// Inside, or on an edge, of one polygon.
bool covers(const Polygon& polygon, LatticePoint point) {
    bool inside = false;
    bool touched = false;
    for_each_ring(polygon, [&](const Ring& ring) {
        for_each_edge(ring, [&](LonLat a, LonLat b) {
            const EdgeSide side = edge_side(to_lattice(a), to_lattice(b), point);
            inside ^= side == EdgeSide::crossed;
            touched |= side == EdgeSide::touched;
        });
    });
    return inside || touched;
}

struct Candidate {
    LonLat point;
    double clearance_m = -1;
};

double clearance_m(const Polygon& polygon, LonLat point) {
    const LocalMetric metric(point);
    double nearest_m = std::numeric_limits<double>::infinity();
    for_each_ring(polygon, [&](const Ring& ring) {
        for_each_edge(ring,
                      [&](LonLat a, LonLat b) { nearest_m = std::min(nearest_m, metric.distance_to_segment_m(a, b)); });
    });
    return nearest_m;
}

/// The middles of the stretches that a parallel has inside the polygon: the best of them by distance to the edges.
void consider_parallel(const Polygon& polygon, double lat, std::vector<double>& crossings, Candidate& best) {
    crossings.clear();
    for_each_ring(polygon, [&](const Ring& ring) {
        for_each_edge(ring, [&](LonLat a, LonLat b) {
            if ((a.lat <= lat) != (b.lat <= lat)) {
                crossings.push_back(a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon));
            }
        });
    });
    std::sort(crossings.begin(), crossings.end());
    // A polygon's widest stretches hold its widest places: two of them a parallel are enough to look at.
    std::array<std::size_t, 2> widest{crossings.size(), crossings.size()};
    const auto width = [&](std::size_t at) { return at < crossings.size() ? crossings[at + 1] - crossings[at] : -1.0; };
    for (std::size_t at = 0; at + 1 < crossings.size(); at += 2) {
        if (width(at) > width(widest[0])) {
            widest = {at, widest[0]};
        } else if (width(at) > width(widest[1])) {
            widest[1] = at;
        }
    }
    for (const std::size_t at : widest) {
        if (width(at) > 0) {
            const LonLat point{(crossings[at] + crossings[at + 1]) / 2, lat};
            const double clear_m = clearance_m(polygon, point);
            if (clear_m > best.clearance_m) {
                best = {point, clear_m};
            }
        }
    }
}

} // namespace

std::size_t corner_count(const Ring& ring) {
    const bool closed = ring.size() > 1 && ring.front() == ring.back();
    return closed ? ring.size() - 1 : ring.size();
}

Box box_of(const Polygon& polygon) {
    Box box;
    for_each_ring(polygon, [&](const Ring& ring) {
        for (const LonLat& corner : ring) {
            box.expand(corner);
        }
    });
    return box;
}

Box box_of(const MultiPolygon& area) {
    Box box;
    for (const Polygon& polygon : area) {
        box.expand(box_of(polygon));
    }
    return box;
}

double area_m2(const Polygon& polygon) {
    double surface_m2 = ring_area_m2(polygon.outer);
    for (const Ring& hole : polygon.holes) {
        surface_m2 -= ring_area_m2(hole);
    }
    return std::max(surface_m2, 0.0);
}

double area_m2(const MultiPolygon& area) {
    double surface_m2 = 0;
    for (const Polygon& polygon : area) {
        surface_m2 += area_m2(polygon);
    }
    return surface_m2;
}

bool covers(const MultiPolygon& area, LonLat point) {
    if (!on_earth(point)) {
        return false;
    }
    const LatticePoint place = to_lattice(point);
    return std::any_of(area.begin(), area.end(), [&](const Polygon& polygon) { return covers(polygon, place); });
}

LonLat point_inside(const MultiPolygon& area) {
    const auto largest = std::max_element(area.begin(), area.end(),
                                          [](const Polygon& a, const Polygon& b) { return area_m2(a) < area_m2(b); });
    assert(largest != area.end());
    const Box box = box_of(*largest);

    // Golden steps spread any number of parallels evenly and keep off the round latitudes on which corners like to lie.
    constexpr int k_parallels = 24;
    constexpr double k_golden = 0.6180339887498949;
    Candidate best;
    std::vector<double> crossings;
    double share = 0.5;
    for (int parallel = 0; parallel < k_parallels; ++parallel) {
        consider_parallel(*largest, box.south + share * (box.north - box.south), crossings, best);
        share = std::fmod(share + k_golden, 1.0);
    }
    if (best.clearance_m >= 0) {
        return best.point;
    }
    for (const Polygon& polygon : area) {
        if (!polygon.outer.empty()) {
            return polygon.outer.front();
        }
    }
    assert(false && "an area without corners has no point");
    return {};
}

double distance_to_area_m(LonLat point, const MultiPolygon& area) {
    if (covers(area, point)) {
        return 0;
    }
    double nearest_m = std::numeric_limits<double>::infinity();
    for (const Polygon& polygon : area) {
        nearest_m = std::min(nearest_m, clearance_m(polygon, point));
    }
    return nearest_m;
}

} // namespace shirube::geo
