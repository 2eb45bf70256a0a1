#include "importers/files/source_tables.hpp"

#include "importers/files/input_file.hpp"
#include "importers/files/table_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace shirube::importers {

namespace {

using Sources = std::expected<std::vector<SourceTable>, FileProblem>;

SourceTable table_of(VectorFile file, const std::filesystem::path& path) {
    SourceTable source;
    source.chosen_member = std::move(file.chosen_member);
    Table& table = source.table;
    table.file = path.string();
    table.header = std::move(file.columns);
    table.header.emplace_back(k_longitude_column);
    table.header.emplace_back(k_latitude_column);
    for (VectorFeature& feature : file.features) {
        std::vector<RowDoubt> doubts;
        Record record{.row = feature.row, .cells = std::move(feature.values)};
        if (const auto* position = std::get_if<geo::LonLat>(&feature.shape)) {
            record.cells.push_back(fmt::format("{}", position->lon));
            record.cells.push_back(fmt::format("{}", position->lat));
        } else {
            record.cells.resize(record.cells.size() + 2);
            const bool none = feature.note == ShapeNote::as_is && feature.shape.index() == 0;
            doubts.push_back({.code = none ? "geometry_missing" : "geometry_not_point"});
        }
        if (file.datum == Datum::tokyo) {
            doubts.push_back({.code = "tokyo_datum"});
        }
        for (const std::size_t column : feature.cut_values) {
            doubts.push_back({.code = "attribute_cut", .column = column});
        }
        table.records.push_back(std::move(record));
        source.doubts.push_back(std::move(doubts));
    }
    return source;
}

/// The sheet, or the member of an archive without its ending.
std::string name_of(const Table& table) {
    if (!table.sheet.empty()) {
        return table.sheet;
    }
    const std::size_t open = table.file.rfind(" (");
    const bool is_member = open != std::string::npos && table.file.ends_with(')');
    return std::filesystem::path(is_member ? table.file.substr(open + 2, table.file.size() - open - 3) : table.file)
        .stem()
        .string();
}

Sources tables_of(const std::filesystem::path& path, std::string_view bytes, const Limits& limits,
                  const std::string& wanted) {
    auto tables = read_tables(path, bytes, limits);
    if (!tables) {
        return std::unexpected(std::move(tables.error()));
    }
    std::string names;
    std::vector<SourceTable> sources;
    for (Table& table : *tables) {
        const std::string name = name_of(table);
        names += (names.empty() ? "" : ", ") + name;
        if (wanted.empty() || wanted == name) {
            sources.push_back({.table = std::move(table)});
        }
    }
    if (sources.empty()) {
        return std::unexpected(in_file({.code = "layer_missing", .a = wanted, .b = names}, path));
    }
    return sources;
}

} // namespace

Sources read_source_tables(const std::filesystem::path& path, std::string_view bytes, const Limits& limits,
                           const WantedLayer& wanted) {
    const ContentKind kind = content_kind_of(bytes);
    const bool geographic = kind == ContentKind::json || kind == ContentKind::shapefile ||
                            kind == ContentKind::database || kind == ContentKind::archive;
    if (geographic) {
        auto file = read_vector_file(path, bytes, limits, wanted);
        if (file) {
            std::vector<SourceTable> sources;
            sources.push_back(table_of(std::move(*file), path));
            return sources;
        }
        // A zip holds a geographic file or tables; portals hand out both, sometimes under the name of a .csv.
        if (kind != ContentKind::archive || file.error().code != "vector_wrong_kind") {
            return std::unexpected(std::move(file.error()));
        }
    }
    return tables_of(path, bytes, limits, wanted.name);
}

} // namespace shirube::importers
