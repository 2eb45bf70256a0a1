// The tables gazetteers come as: which of them a header is, and where its columns stand.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

enum class TableKind : std::uint8_t {
    isj_town,           ///< 位置参照情報, 大字・町丁目レベル
    isj_block,          ///< 位置参照情報, 街区レベル
    abr_town,           ///< mt_town_*
    abr_town_position,  ///< mt_town_pos_*
    abr_block,          ///< mt_rsdtdsp_blk_*
    abr_block_position, ///< mt_rsdtdsp_blk_pos_*
    abr_lot,            ///< mt_parcel_*
    abr_lot_position    ///< mt_parcel_pos_*
};

/// What a column says.
enum class TableField : std::uint8_t {
    prefecture,
    county, ///< 郡
    municipality,
    ward, ///< of a designated city
    municipality_code,
    town,
    chome, ///< with its 丁目
    koaza,
    koaza_kind, ///< 2: a street of Kyoto
    town_id,
    block_id, ///< or a lot's
    number,
    number_2, ///< of a lot: 枝番
    number_3,
    longitude,
    latitude,
    datum,             ///< rep_srid
    is_shown,          ///< 住居表示フラグ
    is_representative, ///< 代表フラグ
    history,           ///< 更新後履歴フラグ; 3: gone
    ended_on
};
inline constexpr std::size_t k_table_fields = 21;

/// A header understood.
class GazetteerTable {
  public:
    [[nodiscard]] TableKind kind() const noexcept { return kind_; }
    [[nodiscard]] std::string_view profile() const noexcept; ///< "isj-town", "isj-block", "abr-town", "abr-block"
    [[nodiscard]] const std::vector<std::string>& header() const noexcept { return header_; }

    /// The field's cell, trimmed; empty where the table has no such column.
    [[nodiscard]] std::string_view cell(const Record& record, TableField field) const;

    /// The column's name as the file writes it; empty where it has none.
    [[nodiscard]] std::string column(TableField field) const;

    /// What each column of the header is understood as, for --explain; empty: nothing of ours.
    [[nodiscard]] std::vector<std::string> understood() const;

    /// \param profile of --profile; empty: any
    /// Problems: gazetteer_header_unknown (a: each table with the columns it misses), profile_misfits.
    static std::expected<GazetteerTable, FileProblem> recognise(std::vector<std::string> header,
                                                                std::string_view profile);

  private:
    TableKind kind_ = TableKind::isj_town;
    std::vector<std::string> header_;
    std::vector<std::optional<std::size_t>> place_of_ = std::vector<std::optional<std::size_t>>(k_table_fields);
};

/// Visits the records below the header of a delimited text, blank ones too. Nothing is held but the record at hand: a
/// country's towns are a file of hundreds of megabytes.
/// \param begin gets the header; its problem ends the walk
/// Problems: those of for_each_record, table_empty, and begin's.
std::expected<void, FileProblem> for_each_row(
    std::string_view text, const Limits& limits,
    const std::function<std::expected<void, FileProblem>(std::vector<std::string> header)>& begin,
    const std::function<void(const Record& record)>& visit);

} // namespace shirube::importers
