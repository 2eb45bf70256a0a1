#include "bench/rivals/geos_areas.hpp"

#include <geos_c.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace shirube::bench {
namespace {

GEOSGeometry* polygon_of(GEOSContextHandle_t geos, const geo::MultiPolygon& area) {
    // The country's districts have one outline without holes each.
    const geo::Ring& ring = area.at(0).outer;
    GEOSCoordSequence* corners = GEOSCoordSeq_create_r(geos, static_cast<unsigned>(ring.size()), 2);
    for (unsigned corner = 0; corner < ring.size(); ++corner) {
        GEOSCoordSeq_setXY_r(geos, corners, corner, ring[corner].lon, ring[corner].lat);
    }
    return GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, corners), nullptr, 0);
}

} // namespace

struct GeosAreas::Parts {
    GEOSContextHandle_t geos = GEOS_init_r();
    std::vector<GEOSGeometry*> polygons;
    std::vector<const GEOSPreparedGeometry*> prepared;
    std::vector<GEOSGeometry*> points;
    std::vector<std::uint32_t> numbers; ///< 0, 1, 2 …: the trees hand back where a number stands
    GEOSSTRtree* polygon_tree = nullptr;
    GEOSSTRtree* point_tree = nullptr;
};

GeosAreas::GeosAreas(std::span<const geo::MultiPolygon> areas, std::span<const geo::LonLat> points)
    : parts_(std::make_unique<Parts>()) {
    constexpr std::size_t k_node = 10; // GEOS's own default
    GEOSContextHandle_t geos = parts_->geos;
    parts_->numbers.resize(std::max(areas.size(), points.size()));
    std::iota(parts_->numbers.begin(), parts_->numbers.end(), 0U);
    parts_->polygon_tree = GEOSSTRtree_create_r(geos, k_node);
    for (const geo::MultiPolygon& area : areas) {
        GEOSGeometry* polygon = polygon_of(geos, area);
        if (polygon == nullptr) {
            throw std::runtime_error("GEOS takes a district for no polygon");
        }
        GEOSSTRtree_insert_r(geos, parts_->polygon_tree, polygon, &parts_->numbers[parts_->polygons.size()]);
        parts_->polygons.push_back(polygon);
        parts_->prepared.push_back(GEOSPrepare_r(geos, polygon));
    }
    parts_->point_tree = GEOSSTRtree_create_r(geos, k_node);
    for (const geo::LonLat& point : points) {
        GEOSGeometry* made = GEOSGeom_createPointFromXY_r(geos, point.lon, point.lat);
        GEOSSTRtree_insert_r(geos, parts_->point_tree, made, &parts_->numbers[parts_->points.size()]);
        parts_->points.push_back(made);
    }
}

GeosAreas::~GeosAreas() {
    GEOSContextHandle_t geos = parts_->geos;
    for (const GEOSPreparedGeometry* prepared : parts_->prepared) {
        GEOSPreparedGeom_destroy_r(geos, prepared);
    }
    for (GEOSGeometry* geometry : parts_->polygons) {
        GEOSGeom_destroy_r(geos, geometry);
    }
    for (GEOSGeometry* geometry : parts_->points) {
        GEOSGeom_destroy_r(geos, geometry);
    }
    GEOSSTRtree_destroy_r(geos, parts_->polygon_tree);
    GEOSSTRtree_destroy_r(geos, parts_->point_tree);
    GEOS_finish_r(geos);
}

Pairs GeosAreas::join(GeosLoop loop) const {
    struct Asked {
        const Parts& parts;
        Pairs& pairs;
        std::uint32_t number;
    };
    Pairs pairs;
    if (loop == GeosLoop::points_outside) {
        for (std::uint32_t point = 0; point < parts_->points.size(); ++point) {
            Asked asked{*parts_, pairs, point};
            const auto offer = [](void* item, void* user) {
                const auto& [parts, found, number] = *static_cast<Asked*>(user);
                const std::uint32_t polygon = *static_cast<const std::uint32_t*>(item);
                if (GEOSPreparedContains_r(parts.geos, parts.prepared[polygon], parts.points[number]) == 1) {
                    found.emplace_back(number, polygon);
                }
            };
            GEOSSTRtree_query_r(parts_->geos, parts_->polygon_tree, parts_->points[point], offer, &asked);
        }
    } else {
        for (std::uint32_t polygon = 0; polygon < parts_->polygons.size(); ++polygon) {
            Asked asked{*parts_, pairs, polygon};
            const auto offer = [](void* item, void* user) {
                const auto& [parts, found, number] = *static_cast<Asked*>(user);
                const std::uint32_t point = *static_cast<const std::uint32_t*>(item);
                if (GEOSPreparedContains_r(parts.geos, parts.prepared[number], parts.points[point]) == 1) {
                    found.emplace_back(point, number);
                }
            };
            GEOSSTRtree_query_r(parts_->geos, parts_->point_tree, parts_->polygons[polygon], offer, &asked);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

} // namespace shirube::bench
