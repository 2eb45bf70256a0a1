// Columns that no layout reads: a header written a little otherwise leaves a whole column out.
#pragma once

#include "importers/report/intake.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

struct UnreadColumn {
    std::size_t column = 0; ///< of the table
    std::string nearest{};  ///< the column that may be meant, and that the table does not have; empty: none is near
};

/// Those that are named, and that no template of the layout leaves unread itself.
/// \param profile the layout that reads the table; of one that is no layout of ours nothing is near
/// \param understood by column, as the layout's fit() has it
std::vector<UnreadColumn> unread_columns(std::string_view profile, std::span<const std::string> columns,
                                         std::span<const std::string> understood);

/// Notes column_misnamed where a column that is not read is near to one that would be, for the table at hand.
void note_misnamed_columns(std::string_view profile, std::span<const std::string> columns,
                           std::span<const std::string> understood, Intake& intake);

} // namespace shirube::importers
