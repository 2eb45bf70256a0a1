// GeoPackages for tests, as GIS programs write them, and with what no list of ours has a use for.
#pragma once

#include "support.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace shirube::importers::test {

struct MadeFeature {
    std::vector<std::string> values;
    std::string wkt; ///< empty: no geometry
};

struct MadeLayer {
    std::string name;
    std::vector<std::string> columns; ///< of texts
    std::vector<MadeFeature> features;
    int epsg = 6668; ///< JGD2011
    OGRwkbGeometryType type = wkbUnknown;
};

inline std::string square_wkt(double west, double south) {
    const auto corner = [](double x, double y) { return std::to_string(x) + " " + std::to_string(y); };
    return "POLYGON((" + corner(west, south) + "," + corner(west + 0.01, south) + "," +
           corner(west + 0.01, south + 0.01) + "," + corner(west, south + 0.01) + "," + corner(west, south) + "))";
}

/// \param statements run on the finished file
inline fs::path geopackage(const ScratchFolder& folder, const std::vector<MadeLayer>& layers,
                           const std::vector<std::string>& statements = {}, const std::string& name = "list.gpkg") {
    GDALAllRegister();
    const fs::path path = folder.path() / name;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    for (const MadeLayer& made : layers) {
        OGRSpatialReference crs;
        crs.importFromEPSG(made.epsg);
        crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        OGRLayer* layer = dataset->CreateLayer(made.name.c_str(), &crs, made.type, nullptr);
        for (const std::string& column : made.columns) {
            OGRFieldDefn field(column.c_str(), OFTString);
            layer->CreateField(&field);
        }
        for (const MadeFeature& feature : made.features) {
            OGRFeature row(layer->GetLayerDefn());
            for (std::size_t i = 0; i < feature.values.size(); ++i) {
                row.SetField(static_cast<int>(i), feature.values[i].c_str());
            }
            if (!feature.wkt.empty()) {
                OGRGeometry* shape = nullptr;
                OGRGeometryFactory::createFromWkt(feature.wkt.c_str(), &crs, &shape);
                row.SetGeometryDirectly(shape);
            }
            if (layer->CreateFeature(&row) != OGRERR_NONE) {
                throw std::runtime_error("cannot write a feature");
            }
        }
    }
    for (const std::string& statement : statements) {
        CPLErrorReset();
        OGRLayer* answer = dataset->ExecuteSQL(statement.c_str(), nullptr, nullptr);
        if (answer != nullptr) {
            dataset->ReleaseResultSet(answer);
        }
        if (CPLGetLastErrorType() == CE_Failure) {
            throw std::runtime_error(statement + ": " + CPLGetLastErrorMsg());
        }
    }
    dataset.reset();
    return path;
}

} // namespace shirube::importers::test
