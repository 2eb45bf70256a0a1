// People in: e-Stat's census mesh (1 km, 500 m, 250 m) and small areas (町丁・字) with their two header rows and their
// suppression, and the municipal standard data set of people by area and age; as texts, workbooks and archives of them.
#pragma once

#include "directory/batch.hpp"
#include "importers/locating/locator.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

/// What one file held.
struct PopulationFile {
    std::filesystem::path path;
    directory::BatchList list;
};

/// A column of men or of women.
struct LabelBySex {
    MeshColumn column;
    bool women = false;
};

/// Reads a label that tells one sex, e.g. "0-4歳の男性", "男の総数、年齢「不詳」含む"; nothing for any other.
std::optional<LabelBySex> understand_label_by_sex(std::string_view label);

/// Tables hold bands that overlap (15 to 64 beside 15 and over, 0 to 14 beside five-year bands). Makes `other` of all
/// but those that cover most years without overlap, children first in the finest pieces: what is left can be added up.
void keep_bands_apart(std::span<MeshColumn> columns);

/// Reads a file into lists, one a table. A table that no layout knows is passed over where another of the file's is
/// known. Problems: those of files, archives, encodings and tables, mesh_header_unknown, mesh_labels_missing,
/// mesh_ages_missing, profile_misfits, profile_unknown (wrong use).
/// \param locator of the gazetteer in force: where towns lie
std::expected<std::vector<directory::BatchList>, FileProblem> read_population(const std::filesystem::path& path,
                                                                              std::string_view bytes,
                                                                              const Locator& locator, Intake& intake);

/// Files of one table are one list: each primary mesh (or prefecture) has a file of its own. Joins such lists, names
/// them, and says which rows name a partner of their suppression that is not there.
std::vector<directory::BatchList> join_population(std::vector<PopulationFile> files, Intake& intake);

} // namespace shirube::importers
