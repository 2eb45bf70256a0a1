// Columns that no layout reads: a header written a little otherwise leaves a whole column out.
#pragma once

#include "server/staff/desk/file/file_preview.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace shirube::server {

struct UnreadColumn {
    std::size_t column = 0; ///< of the table
    std::string nearest{};  ///< the column that may be meant, and that the table does not have; empty: none is near
};

/// Those that are named, and that no template of the table's layout leaves unread itself.
std::vector<UnreadColumn> unread_columns(const PreviewTable& table);

} // namespace shirube::server
