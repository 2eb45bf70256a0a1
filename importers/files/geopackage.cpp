#include "importers/files/geopackage.hpp"

#include "directory/foreign_database.hpp"
#include "importers/files/gdal.hpp"
#include "importers/files/vector_layer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <system_error>
#include <vector>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

/// Bytes 18 and 19 of a database: how it is written and read, 1 with a journal, 2 with a log beside it.
constexpr std::size_t k_write_version = 18;
constexpr std::size_t k_read_version = 19;

bool keeps_log(std::string_view bytes) {
    return bytes.size() > k_read_version && (bytes[k_write_version] == 2 || bytes[k_read_version] == 2);
}

/// What a file holds that would run when it is read; empty: nothing. Triggers never do: nothing is written.
std::string runs_when_read(const std::vector<directory::ForeignObject>& schema) {
    for (const directory::ForeignObject& object : schema) {
        if (object.type == "view") {
            return fmt::format("VIEW {}", object.name);
        }
        if (!object.module.empty() && object.module != "rtree") {
            return fmt::format("VIRTUAL TABLE {}", object.name);
        }
        if (object.calculates) {
            return fmt::format("GENERATED COLUMN, {}", object.name);
        }
    }
    return {};
}

std::expected<void, FileProblem> vet(std::string_view bytes, const Limits& limits) {
    const auto schema = directory::foreign_schema(bytes, limits.database_objects);
    if (!schema) {
        return std::unexpected(FileProblem{.code = "vector_unreadable", .a = schema.error()});
    }
    const auto is_contents = [](const directory::ForeignObject& object) {
        return object.type == "table" && object.name == "gpkg_contents";
    };
    if (const std::string found = runs_when_read(*schema); !found.empty()) {
        return std::unexpected(FileProblem{.code = "geopackage_unsafe", .a = found});
    }
    if (std::ranges::none_of(*schema, is_contents)) {
        return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "SQLite"});
    }
    return {};
}

bool may_hold(OGRLayer& layer, WantedShapes wanted) {
    const OGRwkbGeometryType type = wkbFlatten(layer.GetGeomType());
    const bool any = type == wkbUnknown || type == wkbGeometryCollection;
    switch (wanted) {
        case WantedShapes::any:
            return true;
        case WantedShapes::points:
            return any || type == wkbPoint;
        case WantedShapes::places:
            return any || type == wkbPoint || type == wkbLineString || type == wkbMultiLineString;
        case WantedShapes::polygons:
            return any || type == wkbPolygon || type == wkbMultiPolygon || type == wkbSurface ||
                   type == wkbMultiSurface;
    }
    return true;
}

std::expected<OGRLayer*, FileProblem> choose_layer(GDALDataset& dataset, const WantedLayer& wanted) {
    std::vector<std::string> names;
    std::vector<OGRLayer*> fitting;
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        OGRLayer* layer = dataset.GetLayer(i);
        names.emplace_back(layer->GetName());
        if (wanted.name.empty() ? may_hold(*layer, wanted.shapes) : wanted.name == names.back()) {
            fitting.push_back(layer);
        }
    }
    if (fitting.size() > 1 && !wanted.ending.empty()) {
        const auto ends_so = [&](OGRLayer* layer) {
            return std::string_view(layer->GetName()).ends_with(wanted.ending);
        };
        if (std::ranges::count_if(fitting, ends_so) == 1) {
            return *std::ranges::find_if(fitting, ends_so);
        }
    }
    if (fitting.size() == 1) {
        return fitting.front();
    }
    const std::string all = fmt::format("{}", fmt::join(names, ", "));
    if (!wanted.name.empty()) {
        return std::unexpected(FileProblem{.code = "layer_missing", .a = wanted.name, .b = all});
    }
    if (dataset.GetLayerCount() == 1) { // what it holds instead is told row by row
        return dataset.GetLayer(0);
    }
    return std::unexpected(FileProblem{.code = "vector_many_layers", .a = all});
}

} // namespace

bool is_geopackage_name(std::string_view name) {
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower.ends_with(".gpkg");
}

std::expected<void, FileProblem> check_no_log(const fs::path& path) {
    std::error_code ignored;
    const fs::path log = path.string() + "-wal";
    const auto size = fs::file_size(log, ignored);
    if (!ignored && size > 0) {
        return std::unexpected(FileProblem{.code = "geopackage_open", .a = log.filename().string()});
    }
    return {};
}

std::expected<VectorFile, FileProblem> read_geopackage(std::string_view bytes, const Limits& limits,
                                                       const WantedLayer& wanted) {
    // Without its log a database is whole as of the last time it was written back; said to have none, it opens.
    std::string copy;
    if (keeps_log(bytes)) {
        copy = bytes;
        copy[k_write_version] = copy[k_read_version] = 1;
        bytes = copy;
    }
    if (auto vetted = vet(bytes, limits); !vetted) {
        return std::unexpected(std::move(vetted.error()));
    }
    register_drivers();
    const GdalErrors errors;
    MemoryFolder memory;
    const std::string path = memory.add("input.gpkg", bytes);
    static constexpr std::array<const char*, 2> k_drivers{"GPKG", nullptr};
    // Only what the file itself lists as its content.
    static constexpr std::array<const char*, 2> k_options{"LIST_ALL_TABLES=NO", nullptr};
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                                         k_drivers.data(), k_options.data(), nullptr));
    if (!dataset || dataset->GetLayerCount() == 0) {
        return std::unexpected(
            FileProblem{.code = "vector_unreadable", .a = errors.first().empty() ? "0 layers" : errors.first()});
    }
    const auto layer = choose_layer(*dataset, wanted);
    if (!layer) {
        return std::unexpected(layer.error());
    }
    auto file = read_layer(**layer, Encoding::utf8, wanted.shapes, limits, errors);
    if (file && dataset->GetLayerCount() > 1) {
        file->chosen_member = (*layer)->GetName();
    }
    return file;
}

} // namespace shirube::importers
