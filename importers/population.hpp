// Census mesh in: e-Stat's text with its two header rows and its suppression, 1 km, 500 m or 250 m, also zipped.
#pragma once

#include "directory/batch.hpp"
#include "importers/intake.hpp"
#include "importers/problem.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// What a column of a mesh table counts, as its label says.
struct MeshColumn {
    enum class Kind : std::uint8_t { other, total, band };
    Kind kind = Kind::other;
    int from_age_years = 0;
    std::optional<int> to_age_years{}; ///< exclusive; empty: and over
};

/// Reads a label of the second header row, e.g. "０～１４歳人口　総数". By sex, households, foreigners and the like are
/// `other`: only totals by age are taken.
MeshColumn understand_mesh_label(std::string_view label);

/// Tables hold bands that overlap (15 to 64 beside 15 and over, 0 to 14 beside five-year bands). Makes `other` of all
/// but those that cover most years without overlap, in the finest pieces: what is left can be added up.
void keep_bands_apart(std::span<MeshColumn> columns);

/// Reads a file into one list. Problems: those of files, archives, encodings and tables, mesh_header_unknown,
/// mesh_labels_missing, mesh_ages_missing.
std::expected<directory::BatchList, FileProblem> read_population(const std::filesystem::path& path,
                                                                 std::string_view bytes, Intake& intake);

} // namespace shirube::importers
