// Which rows of a list are in force: those of its newest standing edition, and of resources also those that a partial
// edition merely left out.
#pragma once

#include "directory/batch.hpp"
#include "directory/store/derive.hpp"
#include "directory/store/sqlite.hpp"
#include "directory/taxonomy.hpp"

#include <cstdint>

namespace shirube::directory {

/// Puts the newest edition of a list that is not undone in force and says how its rows changed.
RowChanges put_in_force(Database& database, std::int64_t list_id, ImportKind kind, const Taxonomy& taxonomy);

/// All rows of a list in force, as if they had just come and as if they had stood before: to derive them anew.
RowChanges all_in_force(Database& database, std::int64_t list_id, ImportKind kind);

} // namespace shirube::directory
