// Records of a census mesh table: cells, with their suppression.
#pragma once

#include "directory/batch.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/population/age_columns.hpp"
#include "importers/report/intake.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace shirube::importers {

/// The first header row of a table of the statistics bureau, and the columns all of them have.
class CensusHeader {
  public:
    static constexpr std::string_view k_key = "KEY_CODE";
    static constexpr std::string_view k_level = "HYOSYO"; ///< 表章: 1 municipality, 2 town, 3 and 4 its parts
    static constexpr std::string_view k_city = "CITYNAME";
    static constexpr std::string_view k_name = "NAME";
    static constexpr std::string_view k_mark = "HTKSYORI";  ///< 秘匿処理: 0 none, 1 holds others' detail, 2 suppressed
    static constexpr std::string_view k_target = "HTKSAKI"; ///< 秘匿先情報: what holds this one's detail
    static constexpr std::string_view k_sources = "GASSAN"; ///< 合算地域: whose detail this one holds

    CensusHeader() = default;
    explicit CensusHeader(std::vector<std::string> codes);

    [[nodiscard]] std::span<const std::string> codes() const noexcept { return codes_; }
    [[nodiscard]] bool has(std::string_view code) const;
    /// The trimmed cell; empty where there is no such column.
    [[nodiscard]] std::string_view cell(std::span<const std::string> cells, std::string_view code) const;

  private:
    std::vector<std::string> codes_;
};

/// Codes separated by ';', trimmed, empty ones left out.
std::vector<std::string_view> codes_in(std::string_view cell);

/// Which grid the cells lie on. Cells of the old Tokyo datum have the same codes and lie some 400 m away.
enum class MeshDatum : std::uint8_t { world, tokyo };

class MeshRows {
  public:
    /// \param part the prefecture whose people alone the file counts, 2 digits; empty: whole cells
    MeshRows(Intake& intake, CensusHeader header, AgeColumns ages, MeshDatum datum, std::string part,
             std::vector<directory::BatchRow>& rows);

    void take(Record& record);

  private:
    void reject(std::string_view code, const Record& record, std::string_view cell, std::string_view why);
    void flag(std::string_view code, const Record& record, std::string_view column, std::string_view cell);
    void read_suppression(const Record& record, directory::PopulationReading& reading);

    Intake& intake_;
    CensusHeader header_;
    AgeColumns ages_;
    MeshDatum datum_;
    std::string part_;
    std::vector<directory::BatchRow>& rows_;
    bool flagged_ = false;
    std::unordered_set<std::uint64_t> seen_;
};

} // namespace shirube::importers
