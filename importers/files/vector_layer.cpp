#include "importers/files/vector_layer.hpp"

#include "importers/files/vector_shape.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <cstring>
#include <utility>

namespace shirube::importers {

namespace {

FileProblem past(std::string_view code, std::size_t limit, std::int64_t row = 0) {
    return {.code = std::string(code), .a = fmt::format("{}", limit), .row = row};
}

/// Pictures and documents that lie in a column are nobody's text.
bool holds_bytes(const OGRFeature& feature, int field) {
    return feature.GetFieldDefnRef(field)->GetType() == OFTBinary;
}

std::expected<VectorFeature, FileProblem> feature_of(OGRFeature& source, std::int64_t row, const ShapeReader& shapes,
                                                     Encoding encoding, const Limits& limits) {
    VectorFeature feature;
    feature.row = row;
    const int fields = source.GetFieldCount();
    feature.values.reserve(static_cast<std::size_t>(fields));
    for (int i = 0; i < fields; ++i) {
        const char* bytes = holds_bytes(source, i) ? "" : source.GetFieldAsString(i);
        if (std::strlen(bytes) > limits.cell_bytes) {
            return std::unexpected(past("cell_too_long", limits.cell_bytes, row));
        }
        DecodedAttribute value = decode_attribute(bytes, encoding);
        if (!value.whole) {
            feature.cut_values.push_back(feature.values.size());
        }
        feature.values.push_back(std::move(value.text));
    }
    shapes.read(source.GetGeometryRef(), feature);
    return feature;
}

} // namespace

std::expected<VectorFile, FileProblem> read_layer(OGRLayer& layer, Encoding encoding, WantedShapes wanted,
                                                  const Limits& limits, const GdalErrors& errors) {
    auto shapes = ShapeReader::of(layer.GetSpatialRef(), wanted);
    if (!shapes) {
        return std::unexpected(std::move(shapes.error()));
    }
    VectorFile file;
    file.datum = shapes->datum();
    const OGRFeatureDefn& definition = *layer.GetLayerDefn();
    const auto columns = static_cast<std::size_t>(definition.GetFieldCount());
    if (columns > limits.columns) {
        return std::unexpected(past("too_many_columns", limits.columns));
    }
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
        file.columns.push_back(decode_attribute(definition.GetFieldDefn(i)->GetNameRef(), encoding).text);
    }
    layer.ResetReading();
    while (const OGRFeatureUniquePtr source{layer.GetNextFeature()}) {
        if (file.features.size() == limits.features) {
            return std::unexpected(past("vector_too_many", limits.features));
        }
        // A row of empty columns takes next to nothing in a file, and a text each here.
        if ((file.features.size() + 1) * columns > limits.table_cells) {
            return std::unexpected(past("table_too_big", limits.table_cells));
        }
        const auto row = static_cast<std::int64_t>(file.features.size()) + 1;
        auto feature = feature_of(*source, row, *shapes, encoding, limits);
        if (!feature) {
            return std::unexpected(std::move(feature.error()));
        }
        file.features.push_back(std::move(*feature));
    }
    if (errors.failed()) {
        return std::unexpected(FileProblem{.code = "vector_unreadable", .a = errors.first()});
    }
    return file;
}

} // namespace shirube::importers
