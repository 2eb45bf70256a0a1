// What reading a row of any gazetteer's table shares: its position, and being turned away.
#pragma once

#include "geo/lonlat.hpp"
#include "importers/gazetteer/gazetteer_table.hpp"
#include "importers/report/intake.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// Counts the row as rejected, for what stands (or does not) in a field.
void reject_row(std::string_view code, const GazetteerTable& table, const Record& record, TableField field,
                Intake& intake);

/// The row's position; where it has none that can be used the row is rejected: `missing`, `outside` (Japan, or
/// swapped), position_unreadable, position_half, position_zero.
struct PositionCodes {
    std::string_view missing;
    std::string_view outside;
};
inline constexpr PositionCodes k_town_position{.missing = "town_position_missing", .outside = "town_outside_japan"};
inline constexpr PositionCodes k_block_position{.missing = "block_position_missing", .outside = "block_outside_japan"};
std::optional<geo::LonLat> read_position(const GazetteerTable& table, const Record& record, const PositionCodes& codes,
                                         Intake& intake);

/// The 5-digit code of the row; empty where the cell is silent. A cell that is no code is noted and flags the row.
struct RowCode {
    std::string code;
    bool flagged = false;
};
RowCode read_code(const GazetteerTable& table, const Record& record, Intake& intake);

/// Fills in where the row stands and its cells, for the store.
void keep_row(const Record& record, const Intake& intake, directory::BatchRow& into);

} // namespace shirube::importers
