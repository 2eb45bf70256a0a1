#include "importers/files/vector_shape.hpp"

#include "geo/distance.hpp"
#include "importers/files/gdal.hpp"

#include <fmt/format.h>
#include <ogr_geometry.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

/// Datums that are WGS84 to within what a district or a place needs: a few centimetres to a metre.
constexpr std::array<std::string_view, 5> k_equal_datums{"wgs", "jgd", "japanese_geodetic", "japanese geodetic",
                                                         "world geodetic"};

std::string datum_name(const OGRSpatialReference& crs) {
    const char* name = crs.GetAttrValue("DATUM");
    std::string lower = name == nullptr ? "" : name;
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

bool is_equal_datum(std::string_view name) {
    return std::ranges::any_of(k_equal_datums,
                               [name](std::string_view known) { return name.find(known) != std::string_view::npos; });
}

geo::Ring ring_of(const OGRLinearRing& source) {
    geo::Ring ring;
    ring.reserve(static_cast<std::size_t>(source.getNumPoints()));
    for (const OGRPoint& point : source) {
        ring.push_back({.lon = point.getX(), .lat = point.getY()});
    }
    return ring;
}

void append_polygon(const OGRPolygon& source, geo::MultiPolygon& area) {
    if (source.IsEmpty()) {
        return;
    }
    geo::Polygon polygon{.outer = ring_of(*source.getExteriorRing()), .holes = {}};
    for (int i = 0; i < source.getNumInteriorRings(); ++i) {
        polygon.holes.push_back(ring_of(*source.getInteriorRing(i)));
    }
    area.push_back(std::move(polygon));
}

/// Collects polygons, also out of collections: mending may leave lines beside them, which have no surface.
void collect_polygons(const OGRGeometry& geometry, geo::MultiPolygon& area) {
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPolygon) {
        append_polygon(*geometry.toPolygon(), area);
    } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) != 0) {
        for (const OGRGeometry* part : *geometry.toGeometryCollection()) {
            collect_polygons(*part, area);
        }
    }
}

bool is_finite(const OGRGeometry& geometry) {
    OGREnvelope box;
    geometry.getEnvelope(&box);
    return std::isfinite(box.MinX) && std::isfinite(box.MaxX) && std::isfinite(box.MinY) && std::isfinite(box.MaxY);
}

void read_polygons(OGRGeometry& geometry, VectorFeature& feature) {
    geometry.closeRings();
    geo::MultiPolygon area;
    if (geometry.IsValid() != 0) {
        collect_polygons(geometry, area);
    } else {
        // By structure: shells stay areas and holes holes, also one that reaches out of its shell. By lines, GDAL's
        // default, what a hole has outside would become land.
        CPLStringList by_structure;
        by_structure.SetNameValue("METHOD", "STRUCTURE");
        const std::unique_ptr<OGRGeometry> mended(geometry.MakeValid(by_structure.List()));
        if (mended) {
            collect_polygons(*mended, area);
        }
        feature.note = ShapeNote::mended;
    }
    if (area.empty()) {
        feature.note = ShapeNote::broken;
    } else {
        feature.shape = std::move(area);
    }
}

/// Borders come as closed lines too: what a line surrounds is an area.
void read_closed_line(const OGRLineString& line, VectorFeature& feature) {
    constexpr int fewest = 4; // a triangle and its first corner again
    if (line.getNumPoints() < fewest || line.get_IsClosed() == 0) {
        feature.note = ShapeNote::not_this_kind;
        return;
    }
    auto* ring = new OGRLinearRing();
    ring->addSubLineString(&line);
    OGRPolygon polygon;
    polygon.addRingDirectly(ring);
    read_polygons(polygon, feature);
    if (feature.note == ShapeNote::as_is) {
        feature.note = ShapeNote::closed_line;
    }
}

void collect_pieces(const OGRLineString& line, std::vector<std::pair<geo::LonLat, geo::LonLat>>& pieces) {
    for (int i = 1; i < line.getNumPoints(); ++i) {
        pieces.push_back(
            {{.lon = line.getX(i - 1), .lat = line.getY(i - 1)}, {.lon = line.getX(i), .lat = line.getY(i)}});
    }
}

/// The point halfway along a line on the ground, all its parts one after the other.
void read_middle(const OGRGeometry& geometry, VectorFeature& feature) {
    std::vector<std::pair<geo::LonLat, geo::LonLat>> pieces;
    if (wkbFlatten(geometry.getGeometryType()) == wkbLineString) {
        collect_pieces(*geometry.toLineString(), pieces);
    } else {
        for (const OGRLineString* part : *geometry.toMultiLineString()) {
            collect_pieces(*part, pieces);
        }
    }
    const auto on_earth = [](geo::LonLat at) { return std::abs(at.lon) <= 180 && std::abs(at.lat) <= 90; };
    if (pieces.empty() ||
        !std::ranges::all_of(pieces, [&](const auto& p) { return on_earth(p.first) && on_earth(p.second); })) {
        feature.note = ShapeNote::broken;
        return;
    }
    const auto length = [](const auto& piece) { return geo::distance_m(piece.first, piece.second); };
    double left_m = 0;
    for (const auto& piece : pieces) {
        left_m += length(piece) / 2;
    }
    for (const auto& piece : pieces) {
        const double metres = length(piece);
        if (metres >= left_m) {
            const double share = metres > 0 ? left_m / metres : 0;
            feature.shape = geo::LonLat{.lon = std::lerp(piece.first.lon, piece.second.lon, share),
                                        .lat = std::lerp(piece.first.lat, piece.second.lat, share)};
            return;
        }
        left_m -= metres;
    }
    feature.shape = pieces.back().second; // what rounding left over
}

} // namespace

std::expected<ShapeReader, FileProblem> ShapeReader::of(const OGRSpatialReference* crs, WantedShapes wanted) {
    ShapeReader reader;
    reader.wanted_ = wanted;
    if (crs == nullptr) {
        return reader;
    }
    const std::string datum = datum_name(*crs);
    if (datum.find("tokyo") != std::string::npos) {
        reader.datum_ = Datum::tokyo;
    }
    const bool known_degrees = reader.datum_ == Datum::tokyo || is_equal_datum(datum);
    if (crs->IsGeographic() != 0 && known_degrees) {
        return reader;
    }
    OGRSpatialReference source(*crs);
    OGRSpatialReference target;
    if (reader.datum_ == Datum::tokyo) {
        // Back to degrees on its own datum: without a grid a shift would be a guess, and a silent one.
        const std::unique_ptr<OGRSpatialReference> degrees(crs->CloneGeogCS());
        if (degrees) {
            target = *degrees;
        }
    } else {
        target.importFromEPSG(4326);
    }
    source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    target.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    reader.transformation_.reset(OGRCreateCoordinateTransformation(&source, &target));
    if (!reader.transformation_) {
        const char* name = crs->GetName();
        return std::unexpected(FileProblem{.code = "crs_unusable", .a = name == nullptr ? "?" : name});
    }
    return reader;
}

void ShapeReader::read(OGRGeometry* geometry, VectorFeature& feature) const {
    if (geometry == nullptr || geometry->IsEmpty() != 0) {
        return;
    }
    // GEOS complains about every broken ring; that is told through the note, not as an error of the file.
    const GdalErrors muffled;
    if (!is_finite(*geometry) || (transformation_ && geometry->transform(transformation_.get()) != OGRERR_NONE) ||
        !is_finite(*geometry)) {
        feature.note = ShapeNote::broken;
        return;
    }
    switch (wkbFlatten(geometry->getGeometryType())) {
        case wkbPoint:
            feature.shape = geo::LonLat{.lon = geometry->toPoint()->getX(), .lat = geometry->toPoint()->getY()};
            return;
        case wkbPolygon:
        case wkbMultiPolygon:
            read_polygons(*geometry, feature);
            return;
        case wkbLineString:
            if (wanted_ == WantedShapes::places) {
                read_middle(*geometry, feature);
            } else {
                read_closed_line(*geometry->toLineString(), feature);
            }
            return;
        case wkbMultiLineString:
            if (wanted_ == WantedShapes::places) {
                read_middle(*geometry, feature);
            } else {
                feature.note = ShapeNote::not_this_kind;
            }
            return;
        default:
            feature.note = ShapeNote::not_this_kind;
            return;
    }
}

} // namespace shirube::importers
