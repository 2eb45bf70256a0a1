// Tables of people by town (町丁・字): the small areas of the census, and the municipal standard data set
// 地域・年齢別人口. Rows are held until the last is read: a table tells a town beside its parts, or one town at several
// dates, and only then it is known which rows count everybody once.
#pragma once

#include "directory/batch.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/locating/locator.hpp"
#include "importers/population/age_columns.hpp"
#include "importers/population/mesh_rows.hpp"
#include "importers/report/intake.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Where a table's towns, codes and dates stand: the header's columns in the words of either layout.
struct TownColumns {
    static constexpr std::size_t k_none = static_cast<std::size_t>(-1);
    std::size_t municipality = k_none; ///< code
    std::size_t municipality_name = k_none;
    std::size_t town_code = k_none;
    std::size_t town = k_none;
    std::size_t date = k_none;

    /// Of 地域・年齢別人口; the town's column is k_none where the header is of something else.
    static TownColumns of(std::span<const std::string> header);
    /// What each of `width` columns is, in the layout's words.
    [[nodiscard]] std::vector<std::string> understood(std::size_t width) const;
};

/// A row that may count, before towns are told from sums.
struct TownRow {
    std::int64_t row = 0;
    std::string cells; ///< verbatim
    directory::PopulationReading reading;
    std::string date; ///< of the row, ISO; empty where the table has none
    bool flagged = false;
};

/// Reads small-area tables, whose header is in codes.
class SmallAreaRows {
  public:
    SmallAreaRows(Intake& intake, CensusHeader header, AgeColumns ages);
    void take(Record& record);
    /// Leaves sums out: municipalities, and towns whose parts are told.
    std::vector<TownRow> finish();

  private:
    Intake& intake_;
    CensusHeader header_;
    AgeColumns ages_;
    std::vector<TownRow> rows_;
};

/// Reads 地域・年齢別人口.
class TownPopulationRows {
  public:
    TownPopulationRows(Intake& intake, std::vector<std::string> header, AgeColumns ages);
    void take(Record& record);
    /// Leaves out the whole municipality's rows and all but the newest date.
    std::vector<TownRow> finish();

  private:
    Intake& intake_;
    std::vector<std::string> header_;
    TownColumns columns_;
    AgeColumns ages_;
    std::vector<TownRow> rows_;
};

/// Puts towns where the gazetteer has them and counts the rows into their bins; a town it does not know is flagged.
std::vector<directory::BatchRow> place_towns(std::vector<TownRow> towns, const Locator& locator, Intake& intake);

} // namespace shirube::importers
