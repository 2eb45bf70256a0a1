// What a row of ties or meetings says of a decision by hand: which tie or meeting it speaks of, what of it was decided,
// when, by whom and how they know. Written by the pages of the steward's desk; a file may hold such rows too.
#pragma once

#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace shirube::importers {

inline constexpr std::string_view k_tie_target = "対象ID";
inline constexpr std::string_view k_tie_verdict = "判断";
inline constexpr std::string_view k_tie_decided_columns = "直した列";
inline constexpr std::string_view k_tie_confirmed_on = "最終確認日";
inline constexpr std::string_view k_tie_decided_on = "決めた日";
inline constexpr std::string_view k_tie_decided_by = "決めた人";
inline constexpr std::string_view k_tie_reason = "理由";
inline constexpr std::string_view k_member_day = "構成員の日";

// What a cell of 判断 says; an empty one is k_verdict_mended.
inline constexpr std::string_view k_verdict_mended = "直す";
inline constexpr std::string_view k_verdict_wrong = "誤り";
inline constexpr std::string_view k_verdict_joined = "加わった"; ///< of the row's 構成員, since 構成員の日
inline constexpr std::string_view k_verdict_left = "抜けた";     ///< 構成員の日 is the last day
inline constexpr std::string_view k_verdict_never = "いなかった";

/// A column, and the member of the row's document (directory/reading_json_network.cpp) that it is read into. One that
/// has a say in several members stands several times.
struct TieColumn {
    std::string_view column;
    std::string_view field;
};

/// The decision of a row; nothing decided where all of its cells are empty. Problems are noted at their cells.
directory::TieDecision read_tie_decision(RowCells& cells, std::span<const TieColumn> columns);

/// The day in 最終確認日.
std::optional<directory::Day> read_confirmed_on(RowCells& cells);

/// Whether the row may be taken: what somebody decided by hand is taken whole or not at all, so that nothing of it
/// becomes unknown unseen. Doubts about cells that the row does not decide on are the target's own.
bool may_be_taken(RowCells& cells, const directory::TieDecision& decision, std::span<const TieColumn> columns);

/// Where a name kept the row from the public, whatever it says: that is decided too.
void keep_protection(const RowCells& cells, directory::TieDecision& decision);

} // namespace shirube::importers
