// Geographic files for tests, in the layouts that publishers use.
#pragma once

#include "support.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace shirube::importers::test {

/// A GeoJSON feature: properties as JSON without braces, geometry as JSON.
inline std::string feature(const std::string& properties, const std::string& geometry, const std::string& id = {}) {
    return R"({"type":"Feature",)" + (id.empty() ? "" : R"("id":)" + id + ",") + R"("properties":{)" + properties +
           R"(},"geometry":)" + geometry + "}";
}

inline std::string collection(const std::vector<std::string>& features, const std::string& crs = {}) {
    std::string text = R"({"type":"FeatureCollection",)";
    if (!crs.empty()) {
        text += R"("crs":{"type":"name","properties":{"name":")" + crs + R"("}},)";
    }
    text += "\"features\":[\n";
    for (const std::string& each : features) {
        text += each + ",\n";
    }
    if (!features.empty()) {
        text.erase(text.size() - 2, 1);
    }
    return text + "]}";
}

/// A square of 0.01° whose south-west corner is given.
inline std::string square(double west, double south) {
    const auto corner = [](double lon, double lat) {
        return "[" + std::to_string(lon) + "," + std::to_string(lat) + "]";
    };
    const double east = west + 0.01;
    const double north = south + 0.01;
    return R"({"type":"Polygon","coordinates":[[)" + corner(west, south) + "," + corner(east, south) + "," +
           corner(east, north) + "," + corner(west, north) + "," + corner(west, south) + "]]}";
}

/// Two triangles that touch where the ring crosses itself.
inline std::string bow_tie(double west, double south) {
    const auto corner = [](double lon, double lat) {
        return "[" + std::to_string(lon) + "," + std::to_string(lat) + "]";
    };
    return R"({"type":"Polygon","coordinates":[[)" + corner(west, south) + "," + corner(west + 0.01, south + 0.01) +
           "," + corner(west + 0.01, south) + "," + corner(west, south + 0.01) + "," + corner(west, south) + "]]}";
}

/// Writes a shapefile of points in CP932 and takes its .shx, .prj and .cpg away.
inline fs::path bare_shapefile(const ScratchFolder& folder, const std::vector<std::string>& columns,
                               const std::vector<std::pair<std::vector<std::string>, OGRPoint>>& rows) {
    GDALAllRegister();
    const fs::path path = folder.path() / "points.shp";
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
    GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    const char* options[] = {"ENCODING=CP932", nullptr};
    OGRLayer* layer = dataset->CreateLayer("points", nullptr, wkbPoint, const_cast<char**>(options));
    for (const std::string& column : columns) {
        OGRFieldDefn field(column.c_str(), OFTString);
        field.SetWidth(60);
        layer->CreateField(&field);
    }
    for (const auto& [values, point] : rows) {
        OGRFeature row(layer->GetLayerDefn());
        for (std::size_t i = 0; i < values.size(); ++i) {
            row.SetField(static_cast<int>(i), values[i].c_str());
        }
        row.SetGeometry(&point);
        if (layer->CreateFeature(&row) != OGRERR_NONE) {
            throw std::runtime_error("cannot write a feature");
        }
    }
    dataset.reset();
    for (const char* extension : {".shx", ".prj", ".cpg"}) {
        fs::remove(fs::path(path).replace_extension(extension));
    }
    return path;
}

} // namespace shirube::importers::test
