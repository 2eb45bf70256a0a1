// One table of people, walked over record by record: what it is shows by its header.
#pragma once

#include "directory/batch.hpp"
#include "importers/files/csv.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/population/age_columns.hpp"
#include "importers/population/mesh_rows.hpp"
#include "importers/population/town_rows.hpp"
#include "importers/report/explanation.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

inline constexpr std::string_view k_mesh_profile = "estat-mesh";
inline constexpr std::string_view k_mesh_tokyo_profile = "estat-mesh-tokyo-datum";
inline constexpr std::string_view k_small_area_profile = "estat-small-area";
inline constexpr std::string_view k_town_population_profile = "area-age-population";

/// Finds out what a table is by its header, then hands records on. Tables of millions of cells are never held.
class PopulationTable {
  public:
    /// \param stem of the file's name: files of one prefecture say so there
    /// \param rows where rows of cells go as they come
    PopulationTable(Intake& intake, std::string_view stem, MeshDatum datum, std::vector<directory::BatchRow>& rows)
        : intake_(intake), stem_(stem), datum_(datum), rows_(rows) {}

    /// Titles may stand above the header; past them a table that none was found in is of something else.
    Walk take(Record& record);

    /// What kept the header from being understood, if anything.
    [[nodiscard]] std::optional<FileProblem> header_problem() const;
    [[nodiscard]] std::string_view profile() const;

    /// The towns of a table of towns; the rows of cells stand already.
    std::vector<TownRow> finish();

  private:
    Walk refuse(std::string_view code, std::int64_t row);
    Walk take_header(Record& record);
    Walk take_labels(Record& record);
    [[nodiscard]] std::vector<std::string> understood_codes() const;
    void explain(std::span<const std::string> labels, const AgeColumns& ages, std::vector<std::string> understood);

    Intake& intake_;
    std::string stem_;
    MeshDatum datum_;
    std::vector<directory::BatchRow>& rows_;
    std::optional<CensusHeader> codes_;
    std::optional<MeshRows> mesh_;
    std::optional<SmallAreaRows> small_areas_;
    std::optional<TownPopulationRows> towns_;
    std::optional<FileProblem> problem_;
    std::optional<Explanation> explanation_;
    std::size_t lines_above_ = 0;
};

} // namespace shirube::importers
