#include "importers/districts/districts.hpp"

#include "directory/fold.hpp"
#include "importers/districts/editions.hpp"
#include "importers/districts/polygons.hpp"
#include "importers/districts/tables.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/table_file.hpp"
#include "importers/files/vector_file.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

namespace shirube::importers {

namespace {

using Lists = std::expected<std::vector<directory::BatchList>, FileProblem>;

Lists of_vector(VectorFile file, const std::filesystem::path& path, const DistrictSources& sources, Intake& intake) {
    const auto edition = recognise_edition(file, intake.options().profile);
    if (!edition) {
        return std::unexpected(edition.error().blame == Blame::command_line ? edition.error()
                                                                            : in_file(edition.error(), path));
    }
    if (!file.chosen_member.empty()) {
        intake.note("archive_member_chosen", {}, file.chosen_member);
    }
    return read_polygons(std::move(file), **edition, sources.terms, intake);
}

Lists of_tables(const std::filesystem::path& path, std::string_view bytes, const DistrictSources& sources,
                Intake& intake) {
    const auto tables = read_tables(path, bytes, intake.limits());
    if (!tables) {
        return std::unexpected(tables.error());
    }
    std::vector<directory::BatchList> lists;
    std::optional<FileProblem> unknown;
    bool any = false;
    for (const Table& table : *tables) {
        intake.begin_table(table.file, table.sheet);
        auto read = read_district_table(table, sources.known, intake);
        if (!read) {
            unknown = std::move(read.error()); // a sheet of notes beside the table
            continue;
        }
        any = true;
        std::ranges::move(*read, std::back_inserter(lists));
    }
    if (!any) {
        return std::unexpected(in_file(unknown ? std::move(*unknown) : FileProblem{.code = "table_empty"}, path));
    }
    return lists;
}

bool has_polygons(const directory::BatchRow& row) {
    return !std::get<directory::DistrictReading>(row.reading).geometry.empty();
}

} // namespace

Lists read_districts(const std::filesystem::path& path, std::string_view bytes, const DistrictSources& sources,
                     Intake& intake) {
    const ContentKind kind = content_kind_of(bytes);
    if (kind == ContentKind::text || kind == ContentKind::workbook) {
        // A .shp cut to less than its signature is told as what it is.
        if (path.extension() == ".shp" || path.extension() == ".SHP") {
            auto file = read_vector_file(path, bytes, intake.limits());
            return file ? of_vector(std::move(*file), path, sources, intake) : std::unexpected(std::move(file.error()));
        }
        return of_tables(path, bytes, sources, intake);
    }
    auto file = read_vector_file(path, bytes, intake.limits(), WantedShapes::polygons);
    if (file) {
        return of_vector(std::move(*file), path, sources, intake);
    }
    if (kind == ContentKind::archive && file.error().code == "vector_wrong_kind") {
        return of_tables(path, bytes, sources, intake);
    }
    return std::unexpected(std::move(file.error()));
}

std::size_t count_districts(std::span<const directory::BatchList> lists) {
    std::unordered_set<std::string> districts;
    for (const directory::BatchList& list : lists) {
        for (const directory::BatchRow& row : list.rows) {
            if (has_polygons(row)) {
                const auto& reading = std::get<directory::DistrictReading>(row.reading);
                districts.insert(reading.layer + "|" + reading.municipality + "|" + directory::fold(reading.name));
            }
        }
    }
    return districts.size();
}

std::size_t count_polygon_rows(std::span<const directory::BatchList> lists) {
    std::size_t rows = 0;
    for (const directory::BatchList& list : lists) {
        rows += static_cast<std::size_t>(std::ranges::count_if(list.rows, has_polygons));
    }
    return rows;
}

} // namespace shirube::importers
