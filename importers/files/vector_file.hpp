// Geographic files: GeoJSON, shapefiles and GeoPackages (also zipped), rows in file order, attributes as texts,
// positions in WGS84.
#pragma once

#include "geo/area.hpp"
#include "geo/lonlat.hpp"
#include "importers/files/limits.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace shirube::importers {

/// What was done to a feature's shape on the way in.
enum class ShapeNote : std::uint8_t {
    as_is,
    mended,        ///< its rings were not valid and were mended
    closed_line,   ///< a line that ends where it begins: the border of an area, taken as one
    not_this_kind, ///< neither point nor polygon
    broken         ///< could not be mended, or coordinates that are no numbers
};

struct VectorFeature {
    std::int64_t row = 0;                  ///< 1 = the first feature
    std::vector<std::string> values{};     ///< one a column
    std::vector<std::size_t> cut_values{}; ///< columns whose text could not be decoded whole
    std::variant<std::monostate, geo::LonLat, geo::MultiPolygon> shape{}; ///< monostate: none that can be used
    ShapeNote note = ShapeNote::as_is;
};

/// How a file's coordinates relate to WGS84.
enum class Datum : std::uint8_t {
    wgs84_or_equal, ///< none stated, WGS84, JGD2000 or JGD2011
    tokyo           ///< the old Tokyo datum: some 400 m off, left as it is and told
};

struct VectorFile {
    std::vector<std::string> columns{};
    std::vector<VectorFeature> features{};
    Datum datum = Datum::wgs84_or_equal;
    std::string
        chosen_member{}; ///< of several geographic files in an archive, or layers in a file: the one that was read
};

/// Which of an archive's geographic files is meant: editions of school districts come with the schools' points.
enum class WantedShapes : std::uint8_t {
    any,
    polygons,
    points,
    places ///< points, and lines as the point halfway along them: stations are drawn as their platforms
};

/// Which of several layers is meant: the one of that name (a layer of a GeoPackage, a file of an archive without its
/// ending), else the one that holds such shapes.
struct WantedLayer {
    WantedShapes shapes = WantedShapes::any;
    std::string name{};
    std::string ending{}; ///< where that leaves several and no name is given: of the one whose name ends so
};

/// Reads the file whose bytes are given; a shapefile's other members are looked for beside `path`. Nothing is written
/// to any disk. Of an archive the shapefile is read where there is one, else the GeoPackage, else the GeoJSON; of
/// several of one name (one folder an encoding) the one in UTF-8. Problems: vector_wrong_kind, json_malformed (row =
/// line), shapefile_truncated (row = first record that is not whole), shapefile_member_missing, shapefile_inconsistent,
/// vector_unreadable, vector_many_layers, layer_missing, crs_unusable, and those of geopackages, layers, archives
/// and files.
std::expected<VectorFile, FileProblem> read_vector_file(const std::filesystem::path& path, std::string_view bytes,
                                                        const Limits& limits, const WantedLayer& wanted = {});

} // namespace shirube::importers
