#pragma once

#include "geo/area.hpp"
#include "geo/distance.hpp"
#include "geo/lonlat.hpp"

#include <dlfcn.h>
#include <geos_c.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace shirube::geo::geos {

/// GEOS, the other way to every answer about shapes. It is loaded while the tests run, so that the kernels and all that
/// links with them keep clear of it; GDAL, which the house needs anyway, brings it along.
template <class Function>
Function* find(const char* name) {
    static void* const library = dlopen("libgeos_c.so.1", RTLD_NOW | RTLD_LOCAL);
    void* const found = library != nullptr ? dlsym(library, name) : nullptr;
    if (found == nullptr) {
        throw std::runtime_error(std::string("GEOS cannot be loaded for ") + name);
    }
    return reinterpret_cast<Function*>(found);
}

#define SHIRUBE_GEOS(name) (*::shirube::geo::geos::find<decltype(::name)>(#name))

class Session {
  public:
    GEOSContextHandle_t get() const { return handle_.get(); }

  private:
    struct Finish {
        void operator()(GEOSContextHandle_t handle) const noexcept { SHIRUBE_GEOS(GEOS_finish_r)(handle); }
    };
    std::unique_ptr<GEOSContextHandle_HS, Finish> handle_{SHIRUBE_GEOS(GEOS_init_r)()};
};

inline GEOSContextHandle_t session() {
    static const Session one;
    return one.get();
}

struct Destroy {
    void operator()(GEOSGeometry* geometry) const noexcept { SHIRUBE_GEOS(GEOSGeom_destroy_r)(session(), geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

inline GEOSGeometry* linear_ring(const Ring& ring) {
    const auto corners = static_cast<unsigned>(corner_count(ring));
    GEOSCoordSequence* const sequence = SHIRUBE_GEOS(GEOSCoordSeq_create_r)(session(), corners + 1, 2);
    for (unsigned corner = 0; corner <= corners; ++corner) {
        SHIRUBE_GEOS(GEOSCoordSeq_setXY_r)(session(), sequence, corner, ring[corner % corners].lon,
                                           ring[corner % corners].lat);
    }
    return SHIRUBE_GEOS(GEOSGeom_createLinearRing_r)(session(), sequence);
}

/// \pre every ring has at least three corners.
inline Geometry from(const MultiPolygon& area) {
    std::vector<GEOSGeometry*> polygons;
    polygons.reserve(area.size());
    for (const Polygon& polygon : area) {
        std::vector<GEOSGeometry*> holes;
        holes.reserve(polygon.holes.size());
        for (const Ring& hole : polygon.holes) {
            holes.push_back(linear_ring(hole));
        }
        polygons.push_back(SHIRUBE_GEOS(GEOSGeom_createPolygon_r)(session(), linear_ring(polygon.outer), holes.data(),
                                                                  static_cast<unsigned>(holes.size())));
    }
    return Geometry(SHIRUBE_GEOS(GEOSGeom_createCollection_r)(session(), GEOS_MULTIPOLYGON, polygons.data(),
                                                              static_cast<unsigned>(polygons.size())));
}

inline Geometry from(LonLat point) {
    return Geometry(SHIRUBE_GEOS(GEOSGeom_createPointFromXY_r)(session(), point.lon, point.lat));
}

inline Geometry from(const Box& box) {
    return Geometry(SHIRUBE_GEOS(GEOSGeom_createRectangle_r)(session(), box.west, box.south, box.east, box.north));
}

inline double surface(const GEOSGeometry* geometry) {
    double square_degrees = 0;
    if (SHIRUBE_GEOS(GEOSArea_r)(session(), geometry, &square_degrees) != 1) {
        throw std::runtime_error("GEOS cannot measure the shape");
    }
    return square_degrees;
}

/// The shape in metres on the flat map around an origin: east, north.
inline MultiPolygon flattened(const MultiPolygon& area, LonLat origin) {
    const LocalMetric metric(origin);
    const auto flat = [&](Ring ring) {
        for (LonLat& corner : ring) {
            const double lat_offset = corner.lat - origin.lat;
            corner = {(corner.lon - origin.lon) * metric.metres_per_lon(lat_offset),
                      lat_offset * metric.metres_per_lat(lat_offset)};
        }
        return ring;
    };
    MultiPolygon flat_area;
    for (const Polygon& polygon : area) {
        Polygon flat_polygon{flat(polygon.outer), {}};
        for (const Ring& hole : polygon.holes) {
            flat_polygon.holes.push_back(flat(hole));
        }
        flat_area.push_back(std::move(flat_polygon));
    }
    return flat_area;
}

/// The distance in metres from the point to the shape.
inline double distance_m(LonLat point, const MultiPolygon& area) {
    const Geometry flat = from(flattened(area, point));
    const Geometry origin = from(LonLat{0, 0});
    double metres = 0;
    if (SHIRUBE_GEOS(GEOSDistance_r)(session(), flat.get(), origin.get(), &metres) != 1) {
        throw std::runtime_error("GEOS cannot measure the distance");
    }
    return metres;
}

/// Whether the two share a point.
inline bool meet(const GEOSGeometry* a, const GEOSGeometry* b) {
    return SHIRUBE_GEOS(GEOSIntersects_r)(session(), a, b) == 1;
}

/// Whether b lies in a, not wholly on its boundary.
inline bool contains(const GEOSGeometry* a, const GEOSGeometry* b) {
    return SHIRUBE_GEOS(GEOSContains_r)(session(), a, b) == 1;
}

inline Geometry common_part(const GEOSGeometry* a, const GEOSGeometry* b) {
    return Geometry(SHIRUBE_GEOS(GEOSIntersection_r)(session(), a, b));
}

} // namespace shirube::geo::geos
