#pragma once

#include "directory/store/sqlite.hpp"

namespace shirube::directory {

/// Marks the file as a Shirube store ("SHRB"); `file` and other programs read it from the header.
inline constexpr std::int64_t k_application_id = 0x53485242;

/// Brings a store to the newest form, one forward migration after the other (directory/data/schema/NNNN.sql), each in a
/// transaction. An empty database becomes a store. \throws StoreError store_foreign, store_newer
void migrate(Database& database);

/// As migrate() but only looks: \throws StoreError where the store is not of the newest form
void require_current_schema(Database& database);

} // namespace shirube::directory
