#include "importers/files/vector_file.hpp"

#include "importers/files/archive.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/gdal.hpp"
#include "importers/files/geopackage.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/json_fault.hpp"
#include "importers/files/shapefile.hpp"
#include "importers/files/vector_layer.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

std::expected<VectorFile, FileProblem> read_dataset(const std::string& path, const char* driver,
                                                    const char* const* options, Encoding encoding, WantedShapes wanted,
                                                    const Limits& limits) {
    register_drivers();
    const GdalErrors errors;
    const std::array<const char*, 2> drivers{driver, nullptr};
    const GDALDatasetUniquePtr dataset(
        GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.data(), options, nullptr));
    if (!dataset) {
        return std::unexpected(errors.first().empty() ? FileProblem{.code = "vector_wrong_kind"}
                                                      : FileProblem{.code = "vector_unreadable", .a = errors.first()});
    }
    if (dataset->GetLayerCount() != 1) {
        return std::unexpected(
            FileProblem{.code = "vector_many_layers", .a = fmt::format("{}", dataset->GetLayerCount())});
    }
    return read_layer(*dataset->GetLayer(0), encoding, wanted, limits, errors);
}

/// Of GeoJSON that is no collection: GDAL holds it whole, in thirty to forty times as much memory.
constexpr std::size_t k_most_lone_bytes = std::size_t{16} << 20U;

std::expected<VectorFile, FileProblem> read_geojson(std::string_view bytes, WantedShapes wanted, const Limits& limits) {
    auto decoded = decode(bytes);
    if (!decoded) {
        return std::unexpected(std::move(decoded.error()));
    }
    if (const auto fault = find_json_fault(decoded->text)) {
        return std::unexpected(
            FileProblem{.code = "json_malformed", .a = fmt::format("{}", fault->byte), .row = fault->line});
    }
    if (decoded->text.size() > k_most_lone_bytes && !is_feature_collection(decoded->text)) {
        return std::unexpected(FileProblem{.code = "file_too_big", .a = fmt::format("{}", k_most_lone_bytes)});
    }
    MemoryFolder memory;
    // Dates stay as they are written.
    static constexpr std::array<const char*, 2> k_options{"DATE_AS_STRING=YES", nullptr};
    return read_dataset(memory.add("input.geojson", decoded->text), "GeoJSON", k_options.data(), Encoding::utf8, wanted,
                        limits);
}

std::expected<VectorFile, FileProblem> read_shapefile(Shapefile shapefile, WantedShapes wanted, const Limits& limits) {
    if (auto checked = check_and_index(shapefile); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    MemoryFolder memory;
    const std::string path = memory.add("input.shp", shapefile.shp);
    memory.add("input.dbf", shapefile.dbf);
    memory.add("input.shx", shapefile.shx);
    if (!shapefile.prj.empty()) {
        memory.add("input.prj", shapefile.prj);
    }
    // No encoding: GDAL hands over the bytes, and one decoder of ours reads them as it reads tables.
    static constexpr std::array<const char*, 2> k_options{"ENCODING=", nullptr};
    return read_dataset(path, "ESRI Shapefile", k_options.data(), encoding_of(shapefile), wanted, limits);
}

std::string lower_extension(const fs::path& path) {
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

bool is_vector_member(std::string_view name) {
    static constexpr std::array<std::string_view, 7> k_wanted{".shp",  ".dbf",     ".prj", ".cpg",
                                                              ".gpkg", ".geojson", ".json"};
    return std::ranges::find(k_wanted, lower_extension(fs::path(name))) != k_wanted.end();
}

/// What a shapefile's header says it holds.
bool holds_shapes(std::string_view shp, WantedShapes wanted) {
    constexpr std::size_t type_at =
        32; // little-endian; 1 points, 3 lines, 5 polygons, ten and twenty more with Z and M
    if (wanted == WantedShapes::any || shp.size() <= type_at) {
        return true;
    }
    const int type = static_cast<unsigned char>(shp[type_at]) % 10;
    switch (wanted) {
        case WantedShapes::points:
            return type == 1;
        case WantedShapes::places:
            return type == 1 || type == 3;
        default:
            return type == 3 || type == 5;
    }
}

/// The same of a GeoJSON, by the first geometry's type.
bool holds_geometries(std::string_view json, WantedShapes wanted) {
    const auto at = [json](std::string_view type) { return json.find(type); };
    const auto areas = std::min({at("\"Polygon\""), at("\"MultiPolygon\""), at("\"LineString\"")});
    switch (wanted) {
        case WantedShapes::any:
            return true;
        case WantedShapes::points:
            return at("\"Point\"") < areas;
        case WantedShapes::places:
            return std::min({at("\"Point\""), at("\"LineString\""), at("\"MultiLineString\"")}) <
                   std::min(at("\"Polygon\""), at("\"MultiPolygon\""));
        case WantedShapes::polygons:
            return areas < at("\"Point\"");
    }
    return true;
}

bool holds_wanted(const ArchiveMember& member, std::string_view extension, WantedShapes wanted) {
    return extension == ".shp" ? holds_shapes(member.bytes, wanted) : holds_geometries(member.bytes, wanted);
}

std::string in_capitals(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

struct Chosen {
    const ArchiveMember* member = nullptr; ///< none: the archive has no such file
    bool of_several = false;
};

std::string stem_of(const ArchiveMember& member) { return fs::path(member.name).stem().string(); }

/// The member with that extension that is meant: the one of the wanted name, else, of several that hold what is wanted,
/// which one is not ours to say, unless they are one file in several encodings.
std::expected<Chosen, FileProblem> choose_member(const std::vector<ArchiveMember>& members, std::string_view extension,
                                                 const WantedLayer& wanted) {
    std::vector<const ArchiveMember*> all;
    for (const ArchiveMember& member : members) {
        if (lower_extension(member.name) == extension && (wanted.name.empty() || stem_of(member) == wanted.name)) {
            all.push_back(&member);
        }
    }
    const std::size_t candidates = all.size();
    std::vector<const ArchiveMember*> found;
    std::ranges::copy_if(all, std::back_inserter(found),
                         [&](const ArchiveMember* member) { return holds_wanted(*member, extension, wanted.shapes); });
    if (found.empty()) { // what there is will be told row by row
        found = std::move(all);
    }
    if (found.empty()) {
        return Chosen{};
    }
    const auto ends_so = [&](const ArchiveMember* member) { return stem_of(*member).ends_with(wanted.ending); };
    if (std::ranges::any_of(found, ends_so)) {
        std::erase_if(found, [&](const ArchiveMember* member) { return !ends_so(member); });
    }
    // Beside municipalities stand their outlines by prefecture, under the same name and a word more.
    const std::string stem =
        stem_of(**std::ranges::min_element(found, {}, [](const ArchiveMember* m) { return stem_of(*m).size(); }));
    for (const ArchiveMember* member : found) {
        if (const std::string other = stem_of(*member); other != stem && !other.starts_with(stem + "_")) {
            return std::unexpected(FileProblem{.code = "vector_many_layers",
                                               .a = fmt::format("{}, {}", found.front()->name, member->name)});
        }
    }
    std::erase_if(found, [&](const ArchiveMember* member) { return stem_of(*member) != stem; });
    const auto utf8 = std::ranges::find_if(found, [](const ArchiveMember* member) {
        return in_capitals(member->name).find("UTF-8") != std::string::npos;
    });
    return Chosen{utf8 == found.end() ? found.front() : *utf8, candidates > 1};
}

/// A member in its own words, where there was a choice.
std::expected<VectorFile, FileProblem> named(std::expected<VectorFile, FileProblem> file, const Chosen& chosen) {
    if (file && chosen.of_several) {
        file->chosen_member = chosen.member->name;
    }
    return file;
}

/// The GeoPackage of an archive; nothing where it has none. The wanted name is a layer's where it is no file's.
std::optional<std::expected<VectorFile, FileProblem>> read_zipped_geopackage(const std::vector<ArchiveMember>& members,
                                                                             const Limits& limits,
                                                                             const WantedLayer& wanted) {
    std::vector<const ArchiveMember*> found;
    for (const ArchiveMember& member : members) {
        if (is_geopackage_name(member.name)) {
            found.push_back(&member);
        }
    }
    if (found.empty()) {
        return std::nullopt;
    }
    const auto by_name = std::ranges::find(found, wanted.name, [](const ArchiveMember* one) { return stem_of(*one); });
    if (by_name != found.end()) {
        return read_geopackage((*by_name)->bytes, limits, {.shapes = wanted.shapes});
    }
    if (found.size() > 1) {
        return std::unexpected(
            FileProblem{.code = "vector_many_layers", .a = fmt::format("{}, {}", found[0]->name, found[1]->name)});
    }
    return read_geopackage(found.front()->bytes, limits, wanted);
}

FileProblem no_such_file(const std::vector<ArchiveMember>& members, const WantedLayer& wanted) {
    std::string names;
    for (const ArchiveMember& member : members) {
        const std::string extension = lower_extension(member.name);
        if (extension == ".shp" || extension == ".geojson" || extension == ".json") {
            names += (names.empty() ? "" : ", ") + stem_of(member);
        }
    }
    // An archive of tables is no fault of the name.
    return wanted.name.empty() || names.empty() ? FileProblem{.code = "vector_wrong_kind"}
                                                : FileProblem{.code = "layer_missing", .a = wanted.name, .b = names};
}

/// Publishers zip a shapefile's members together, often with the same as GeoJSON beside it.
std::expected<VectorFile, FileProblem> read_zipped(std::string_view bytes, const Limits& limits,
                                                   const WantedLayer& wanted) {
    const auto members = read_archive(bytes, limits, is_vector_member);
    if (!members) {
        return std::unexpected(members.error());
    }
    const auto shp = choose_member(*members, ".shp", wanted);
    if (!shp) {
        return std::unexpected(shp.error());
    }
    if (shp->member != nullptr) {
        const fs::path stem = fs::path(shp->member->name).replace_extension();
        Shapefile shapefile{.shp = shp->member->bytes};
        for (const ArchiveMember& member : *members) {
            if (fs::path(member.name).replace_extension() == stem) {
                const std::string extension = lower_extension(member.name);
                (extension == ".dbf"   ? shapefile.dbf
                 : extension == ".prj" ? shapefile.prj
                 : extension == ".cpg" ? shapefile.cpg
                                       : shapefile.shx) = member.bytes;
            }
        }
        if (shapefile.dbf.empty()) {
            return std::unexpected(FileProblem{.code = "shapefile_member_missing", .a = ".dbf"});
        }
        return named(read_shapefile(std::move(shapefile), wanted.shapes, limits), *shp);
    }
    if (auto geopackage = read_zipped_geopackage(*members, limits, wanted)) {
        return std::move(*geopackage);
    }
    for (const std::string_view extension : {".geojson", ".json"}) {
        const auto json = choose_member(*members, extension, wanted);
        if (!json) {
            return std::unexpected(json.error());
        }
        if (json->member != nullptr) {
            return named(read_geojson(json->member->bytes, wanted.shapes, limits), *json);
        }
    }
    return std::unexpected(no_such_file(*members, wanted));
}

} // namespace

std::expected<VectorFile, FileProblem> read_vector_file(const fs::path& path, std::string_view bytes,
                                                        const Limits& limits, const WantedLayer& wanted) {
    const auto read = [&]() -> std::expected<VectorFile, FileProblem> {
        switch (content_kind_of(bytes)) {
            case ContentKind::json:
                return read_geojson(bytes, wanted.shapes, limits);
            case ContentKind::archive:
                return read_zipped(bytes, limits, wanted);
            case ContentKind::shapefile: {
                auto shapefile = gather_shapefile(path, std::string(bytes), limits);
                if (!shapefile) {
                    return std::unexpected(std::move(shapefile.error()));
                }
                return read_shapefile(std::move(*shapefile), wanted.shapes, limits);
            }
            case ContentKind::database:
                if (auto no_log = check_no_log(path); !no_log) {
                    return std::unexpected(std::move(no_log.error()));
                }
                return read_geopackage(bytes, limits, wanted);
            default:
                // A .shp cut to less than its signature is a shapefile too.
                return std::unexpected(lower_extension(path) == ".shp"
                                           ? FileProblem{.code = "shapefile_truncated", .a = ".shp", .b = "0", .row = 1}
                                           : FileProblem{.code = "vector_wrong_kind"});
        }
    };
    auto file = read();
    if (!file) {
        return std::unexpected(in_file(std::move(file.error()), path));
    }
    return file;
}

} // namespace shirube::importers
