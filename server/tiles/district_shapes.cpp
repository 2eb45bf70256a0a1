#include "server/tiles/district_shapes.hpp"

#include "geo/hilbert.hpp"

#include <algorithm>
#include <cmath>

namespace shirube::server {
namespace {

/// The deepest zoom that is simplified; browsers draw deeper ones from its tiles or ask for whole outlines.
constexpr std::uint32_t k_last_simplified_zoom = 13;

/// Half a pixel of a tile drawn 512 pixels wide, in tile units.
constexpr double k_tolerance_units = 4;

double tolerance_at(std::uint32_t zoom) {
    return zoom > k_last_simplified_zoom ? 0 : std::ldexp(k_tolerance_units, static_cast<int>(geo::k_max_zoom - zoom));
}

void wind(TileRing& ring, bool exterior) {
    if ((twice_surface(ring) > 0) != exterior) {
        std::reverse(ring.begin(), ring.end());
    }
}

} // namespace

std::vector<WorldPoint> ShapeRing::simplified(double tolerance) const {
    if (tolerance <= 0) {
        return corners;
    }
    std::vector<WorldPoint> kept;
    for (std::size_t corner = 0; corner < corners.size(); ++corner) {
        if (static_cast<double>(worth[corner]) > tolerance) {
            kept.push_back(corners[corner]);
        }
    }
    return kept;
}

DistrictShapes::DistrictShapes(std::span<const directory::DistrictRow> districts) {
    shapes_.reserve(districts.size());
    std::vector<geo::Box> boxes;
    std::vector<std::uint32_t> drawn;
    for (const directory::DistrictRow& district : districts) {
        add(district.geometry);
        if (const geo::Box box = geo::box_of(district.geometry); !box.is_empty()) {
            bounds_.expand(box);
            boxes.push_back(box);
            drawn.push_back(static_cast<std::uint32_t>(shapes_.size() - 1));
        }
    }
    judge_corners(rings_);

    std::vector<geo::LonLat> middles(boxes.size());
    std::transform(boxes.begin(), boxes.end(), middles.begin(), [](const geo::Box& box) {
        return geo::LonLat{(box.west + box.east) / 2, (box.south + box.north) / 2};
    });
    std::vector<geo::Box> ordered;
    for (const std::uint32_t place : geo::hilbert_order(middles)) {
        ordered.push_back(boxes[place]);
        district_of_item_.push_back(drawn[place]);
    }
    tree_ = geo::BoxTree(ordered);
}

void DistrictShapes::add(const geo::MultiPolygon& geometry) {
    Shape shape{static_cast<std::uint32_t>(polygons_.size()), 0};
    for (const geo::Polygon& polygon : geometry) {
        Span span{static_cast<std::uint32_t>(rings_.size()), 0};
        add_ring(polygon.outer);
        for (const geo::Ring& hole : polygon.holes) {
            add_ring(hole);
        }
        span.ring_count = static_cast<std::uint32_t>(rings_.size()) - span.first_ring;
        polygons_.push_back(span);
        ++shape.polygon_count;
    }
    shapes_.push_back(shape);
}

void DistrictShapes::add_ring(const geo::Ring& ring) {
    ShapeRing shape;
    shape.corners.reserve(ring.size());
    for (const geo::LonLat& corner : ring) {
        const WorldPoint point = world_point(corner);
        if (shape.corners.empty() || shape.corners.back() != point) {
            shape.corners.push_back(point);
            shape.box.expand(point);
        }
    }
    while (shape.corners.size() > 1 && shape.corners.front() == shape.corners.back()) {
        shape.corners.pop_back();
    }
    rings_.push_back(std::move(shape));
}

std::vector<std::uint32_t> DistrictShapes::near(geo::TileId tile) const {
    geo::Box box = geo::tile_box(tile);
    // In degrees, and a little more than the buffer: the cutting decides.
    const double margin = (box.east - box.west) * 2 * k_buffer / k_extent;
    box = {box.west - margin, box.south - margin, box.east + margin, box.north + margin};
    std::vector<std::uint32_t> districts;
    tree_.for_each_meeting(box, [&](std::uint32_t item) { districts.push_back(district_of_item_[item]); });
    std::sort(districts.begin(), districts.end());
    return districts;
}

std::vector<TilePolygon> DistrictShapes::polygons_in(std::uint32_t district, geo::TileId tile) const {
    const double tolerance = tolerance_at(tile.z);
    const auto cut = [&](std::uint32_t number) {
        const ShapeRing& ring = rings_[number];
        return ring_in_tile(ring.simplified(tolerance), ring.box, tile);
    };
    std::vector<TilePolygon> shown;
    const Shape& shape = shapes_[district];
    for (std::uint32_t place = 0; place < shape.polygon_count; ++place) {
        const Span& span = polygons_[shape.first_polygon + place];
        TileRing outer = cut(span.first_ring);
        if (outer.empty()) {
            continue;
        }
        wind(outer, true);
        TilePolygon polygon{std::move(outer)};
        for (std::uint32_t hole = 1; hole < span.ring_count; ++hole) {
            if (TileRing inner = cut(span.first_ring + hole); !inner.empty()) {
                wind(inner, false);
                polygon.push_back(std::move(inner));
            }
        }
        shown.push_back(std::move(polygon));
    }
    return shown;
}

} // namespace shirube::server
