#include "importers/sheets/geopackage_writer.hpp"

#include "importers/files/gdal.hpp"

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cassert>
#include <memory>
#include <stdexcept>

namespace shirube::importers {

namespace {

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

struct FreeFeature {
    void operator()(OGRFeature* feature) const { OGRFeature::DestroyFeature(feature); }
};

std::size_t corners_of(const geo::MultiPolygon& area) {
    std::size_t corners = 0;
    for (const auto& polygon : area) {
        corners += polygon.outer.size();
        for (const auto& hole : polygon.holes) {
            corners += hole.size();
        }
    }
    return corners;
}

/// About, and rather too much.
std::size_t bytes_of(const GeoBook& book) {
    constexpr std::size_t k_of_cell = 16;
    constexpr std::size_t k_of_row = 256; // with its place in the index
    std::size_t bytes = 0;
    for (const auto& table : book.tables) {
        for (const auto& row : table.rows) {
            bytes += k_of_row;
            for (const auto& cell : row.cells) {
                const auto* text = std::get_if<std::string>(&cell);
                bytes += k_of_cell + (text == nullptr ? 0 : text->size());
            }
            if (const auto* area = std::get_if<const geo::MultiPolygon*>(&row.shape)) {
                bytes += corners_of(**area) * sizeof(geo::LonLat);
            }
        }
    }
    return bytes;
}

std::unique_ptr<OGRLinearRing> ring_of(const geo::Ring& ring) {
    auto out = std::make_unique<OGRLinearRing>();
    for (const auto corner : ring) {
        out->addPoint(corner.lon, corner.lat);
    }
    out->closeRings();
    return out;
}

std::unique_ptr<OGRGeometry> geometry_of(const geo::MultiPolygon& area) {
    auto out = std::make_unique<OGRMultiPolygon>();
    for (const auto& polygon : area) {
        auto part = std::make_unique<OGRPolygon>();
        part->addRingDirectly(ring_of(polygon.outer).release());
        for (const auto& hole : polygon.holes) {
            part->addRingDirectly(ring_of(hole).release());
        }
        out->addGeometryDirectly(part.release());
    }
    return out;
}

OGRFieldType type_of(GeoColumn::Kind kind) noexcept {
    switch (kind) {
        case GeoColumn::Kind::whole:
            return OFTInteger64;
        case GeoColumn::Kind::real:
            return OFTReal;
        case GeoColumn::Kind::text:
            break;
    }
    return OFTString;
}

OGRwkbGeometryType type_of(GeoTable::Shapes shapes) noexcept {
    switch (shapes) {
        case GeoTable::Shapes::points:
            return wkbPoint;
        case GeoTable::Shapes::areas:
            return wkbMultiPolygon;
        case GeoTable::Shapes::none:
            break;
    }
    return wkbNone;
}

class Writer {
  public:
    explicit Writer(const GdalErrors& errors) : errors_(errors) {
        wgs84_.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        check(wgs84_.importFromEPSG(4326) == OGRERR_NONE);
    }

    std::string write(const GeoBook& book) {
        const MemoryFolder folder;
        const std::string path = folder.path_of("made.gpkg");
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
        check(driver != nullptr);
        // The date is the book's, so that the same question has the same bytes.
        const GdalOption changed("OGR_CURRENT_DATE", book.changed_at.c_str());
        Dataset dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        check(dataset != nullptr);
        check(dataset->StartTransaction() == OGRERR_NONE);
        for (const auto& table : book.tables) {
            add(*dataset, table);
        }
        check(dataset->CommitTransaction() == OGRERR_NONE);
        dataset.reset(); // the rest is written when it is closed
        if (errors_.failed()) {
            throw std::runtime_error("GeoPackage: " + errors_.first());
        }
        vsi_l_offset size = 0;
        const GByte* bytes = VSIGetMemFileBuffer(path.c_str(), &size, FALSE);
        check(bytes != nullptr);
        return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
    }

  private:
    void check(bool went_well) const {
        if (!went_well) {
            throw std::runtime_error("GeoPackage: " + (errors_.failed() ? errors_.first() : "GDAL cannot write it"));
        }
    }

    void add(GDALDataset& dataset, const GeoTable& table) {
        const bool is_layer = table.shapes != GeoTable::Shapes::none;
        CPLStringList options;
        options.SetNameValue("FID", "fid");
        options.SetNameValue("GEOMETRY_NAME", "geom");
        options.SetNameValue("IDENTIFIER", table.title.c_str());
        if (!is_layer) {
            options.SetNameValue("ASPATIAL_VARIANT", "GPKG_ATTRIBUTES");
        }
        OGRLayer* layer = dataset.CreateLayer(table.name.c_str(), is_layer ? &wgs84_ : nullptr, type_of(table.shapes),
                                              options.List());
        check(layer != nullptr);
        for (const auto& column : table.columns) {
            OGRFieldDefn field(column.name.c_str(), type_of(column.kind));
            if (!column.title.empty()) {
                field.SetAlternativeName(column.title.c_str());
            }
            check(layer->CreateField(&field) == OGRERR_NONE);
        }
        for (const auto& row : table.rows) {
            add(*layer, row);
        }
    }

    void add(OGRLayer& layer, const GeoRow& row) {
        const std::unique_ptr<OGRFeature, FreeFeature> feature(OGRFeature::CreateFeature(layer.GetLayerDefn()));
        check(feature != nullptr);
        assert(row.cells.size() == static_cast<std::size_t>(feature->GetFieldCount()));
        for (int i = 0; i < feature->GetFieldCount(); ++i) {
            const GeoCell& cell = row.cells[static_cast<std::size_t>(i)];
            if (const auto* text = std::get_if<std::string>(&cell)) {
                feature->SetField(i, text->c_str());
            } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
                feature->SetField(i, static_cast<GIntBig>(*whole));
            } else if (const auto* real = std::get_if<double>(&cell)) {
                feature->SetField(i, *real);
            } else {
                feature->SetFieldNull(i);
            }
        }
        if (const auto* point = std::get_if<geo::LonLat>(&row.shape)) {
            feature->SetGeometryDirectly(std::make_unique<OGRPoint>(point->lon, point->lat).release());
        } else if (const auto* area = std::get_if<const geo::MultiPolygon*>(&row.shape)) {
            feature->SetGeometryDirectly(geometry_of(**area).release());
        }
        check(layer.CreateFeature(feature.get()) == OGRERR_NONE);
    }

    const GdalErrors& errors_;
    OGRSpatialReference wgs84_;
};

} // namespace

std::string to_geopackage(const GeoBook& book) {
    constexpr std::size_t k_most_bytes = std::size_t{512} << 20U;
    if (bytes_of(book) > k_most_bytes) {
        throw std::length_error(fmt::format("A GeoPackage of more than {} MB", k_most_bytes >> 20U));
    }
    register_drivers();
    const GdalErrors errors;
    return Writer(errors).write(book);
}

} // namespace shirube::importers
