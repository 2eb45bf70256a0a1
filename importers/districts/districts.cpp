#include "importers/districts/districts.hpp"

#include "directory/district_layer.hpp"
#include "directory/fold.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/districts/editions.hpp"
#include "importers/districts/polygons.hpp"
#include "importers/districts/tables.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/layouts/mapped_table.hpp"
#include "importers/layouts/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

namespace shirube::importers {

namespace {

using Lists = std::expected<std::vector<directory::BatchList>, FileProblem>;

/// What --profile asks for: an edition or a kind of table by its name, a mapping, or nothing.
struct Wish {
    std::string profile{}; ///< empty: recognised, or mapped
    std::optional<Mapping> mapping{};
    std::string layer{}; ///< that a mapping's constants name

    [[nodiscard]] WantedLayer shapes() const {
        return {.shapes = WantedShapes::polygons, .name = mapping ? mapping->layer : std::string{}};
    }
};

/// The fields of polygons and of tables together; which of them are needed shows when the file is seen.
HeaderFit fit_fields(std::span<const std::string> fields) {
    HeaderFit fit = fit_district_fields(fields);
    constexpr std::array k_of_polygons{district_field::k_name,         district_field::k_code,
                                       district_field::k_municipality, district_field::k_municipality_name,
                                       district_field::k_layer,        district_field::k_status};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fit.understood[i].empty() && std::ranges::find(k_of_polygons, fields[i]) != k_of_polygons.end()) {
            fit.understood[i] = fields[i];
            ++fit.known;
        }
    }
    return fit;
}

/// A layer as a mapping's constant names it: its code, or the word for it (小学校区).
std::optional<std::string> layer_of(std::string_view word) {
    if (const auto* known = directory::district_layer_named(word)) {
        return std::string(known->code);
    }
    const bool is_code = !word.empty() && std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return is_code ? std::optional(std::string(word)) : std::nullopt;
}

std::expected<Wish, FileProblem> read_mapping_wish(const std::string& name, const Limits& limits) {
    auto mapping = read_mapping(name, limits);
    if (!mapping) {
        return std::unexpected(std::move(mapping.error()));
    }
    Wish wish;
    if (auto fault = mapping->fault(fit_fields)) {
        return std::unexpected(in_file(std::move(*fault), name));
    }
    if (const auto word = mapping->constant_of(district_field::k_layer); !word.empty()) {
        const auto layer = layer_of(word);
        if (!layer) {
            return std::unexpected(in_file({.code = "mapping_malformed", .a = std::string(word)}, name));
        }
        wish.layer = *layer;
    }
    wish.mapping = std::move(*mapping);
    return wish;
}

std::expected<Wish, FileProblem> read_wish(const Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (is_mapping_name(profile)) {
        return read_mapping_wish(profile, intake.limits());
    }
    std::string known = fmt::format("{}, {}", k_members_profile, k_addresses_profile);
    bool is_known = profile.empty() || profile == k_members_profile || profile == k_addresses_profile;
    for (const DistrictEdition& edition : district_editions()) {
        is_known = is_known || profile == edition.profile;
        known += fmt::format(", {}", edition.profile);
    }
    if (!is_known) {
        return std::unexpected(wrong_use("profile_unknown", profile, known));
    }
    return Wish{.profile = profile};
}

/// Where a mapping finds what an edition has under names of its own.
std::expected<DistrictEdition, FileProblem> edition_of(const Wish& wish, const VectorFile& file) {
    const Mapping& mapping = *wish.mapping;
    const DistrictEdition edition{.profile = mapping.profile,
                                  .layer = wish.layer.empty() ? std::string_view("chugakkoku") : wish.layer,
                                  .municipality = mapping.column_of(district_field::k_municipality),
                                  .municipality_name = mapping.column_of(district_field::k_municipality_name),
                                  .name = mapping.column_of(district_field::k_name),
                                  .school_code = mapping.column_of(district_field::k_code),
                                  .status = mapping.column_of(district_field::k_status)};
    if (edition.name.empty()) {
        return std::unexpected(FileProblem{.code = "mapping_field_missing", .a = std::string(district_field::k_name)});
    }
    if (auto misfit = mapping.misfit(file.columns)) {
        return std::unexpected(std::move(*misfit));
    }
    return edition;
}

Lists of_vector(VectorFile file, const std::filesystem::path& path, const Wish& wish, const DistrictSources& sources,
                Intake& intake) {
    if (!file.chosen_member.empty()) {
        intake.note("archive_member_chosen", {}, file.chosen_member);
    }
    if (wish.mapping) {
        const auto edition = edition_of(wish, file);
        if (!edition) {
            return std::unexpected(in_file(edition.error(), path));
        }
        return read_polygons(std::move(file), *edition, sources.terms, &*wish.mapping, intake);
    }
    const auto edition = recognise_edition(file, wish.profile);
    if (!edition) {
        return std::unexpected(in_file(edition.error(), path));
    }
    return read_polygons(std::move(file), **edition, sources.terms, nullptr, intake);
}

std::optional<FileProblem> table_fault(std::span<const std::string> header, const Wish& wish) {
    if (!wish.mapping) {
        return district_table_fault(header, wish.profile);
    }
    if (auto misfit = wish.mapping->misfit(header)) {
        return misfit;
    }
    std::vector<std::string> fields;
    for (const auto& [column, field] : wish.mapping->columns) {
        fields.push_back(field);
    }
    for (const auto& [field, value] : wish.mapping->constants) {
        fields.push_back(field);
    }
    return district_table_fault(fields, {});
}

Lists of_tables(const std::filesystem::path& path, std::string_view bytes, const Wish& wish,
                const DistrictSources& sources, Intake& intake) {
    auto read = read_source_tables(path, bytes, intake.limits(), wish.shapes());
    if (!read) {
        return std::unexpected(std::move(read.error()));
    }
    std::vector<Table> all;
    for (SourceTable& source : *read) {
        all.push_back(std::move(source.table));
    }
    auto wanted = wanted_tables(
        std::move(all), [&](std::span<const std::string> header) { return table_fault(header, wish); }, path, intake);
    if (!wanted) {
        return std::unexpected(std::move(wanted.error()));
    }
    std::vector<directory::BatchList> lists;
    for (WantedTable& each : *wanted) {
        Table& table = each.table;
        intake.begin_table(table.file, table.sheet);
        if (wish.mapping) {
            table = mapped_table(std::move(table), *wish.mapping, intake);
        }
        auto some = read_district_table(table, sources.known, wish.profile, intake);
        if (!some) {
            return std::unexpected(of_table(std::move(some.error()), table));
        }
        for (directory::BatchList& list : *some) {
            if (wish.mapping) {
                list.profile = wish.mapping->profile;
            }
            list.name = each.mending;
            lists.push_back(std::move(list));
        }
    }
    return lists;
}

bool has_polygons(const directory::BatchRow& row) {
    return !std::get<directory::DistrictReading>(row.reading).geometry.empty();
}

} // namespace

Lists read_districts(const std::filesystem::path& path, std::string_view bytes, const DistrictSources& sources,
                     Intake& intake) {
    const auto wish = read_wish(intake);
    if (!wish) {
        return std::unexpected(wish.error());
    }
    const ContentKind kind = content_kind_of(bytes);
    // A .shp cut to less than its signature is told as what it is.
    const bool is_cut_shapefile =
        kind == ContentKind::text && (path.extension() == ".shp" || path.extension() == ".SHP");
    if ((kind == ContentKind::text || kind == ContentKind::workbook) && !is_cut_shapefile) {
        return of_tables(path, bytes, *wish, sources, intake);
    }
    auto file = read_vector_file(path, bytes, intake.limits(), wish->shapes());
    if (file) {
        return of_vector(std::move(*file), path, *wish, sources, intake);
    }
    if (kind == ContentKind::archive && file.error().code == "vector_wrong_kind") {
        return of_tables(path, bytes, *wish, sources, intake);
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
