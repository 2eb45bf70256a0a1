// The lists of resources that a municipality keeps, and their rows as they stand: what a new edition is compared with
// before it is put in the place of the old one.
#pragma once

#include "directory/batch.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::directory {

struct StandingList {
    std::string name;
    std::string profile;
    std::string publisher;
    std::string source;
    std::string licence;
    std::string as_of;
    bool complete = false;      ///< for anything it claims
    std::int64_t import_id = 0; ///< that brought the edition in force
    std::int64_t rows = 0;
};

/// The lists in force of which over three quarters of the places lie in the municipality (as an import decides whose a
/// list is), by name. One that holds a row which another municipality keeps for its staff is not told.
/// \param owner 5 digits, see directory::owner_of() \throws StoreError
std::vector<StandingList> lists_of_owner(const std::filesystem::path& store, const std::string& owner);

struct StandingRow {
    std::string key;
    std::string name;                                         ///< of its place
    std::vector<std::pair<std::string, std::string>> cells{}; ///< by column, verbatim; empty: its columns are unknown
};

/// The rows of a list's edition in force, in their order; none where there is no such list. \throws StoreError
std::vector<StandingRow> rows_of_list(const std::filesystem::path& store, ImportKind kind, const std::string& list);

/// Verbatim cells by column, both as the store keeps them: JSON arrays, or an object of a shape's attributes.
/// \param columns empty: unknown
std::vector<std::pair<std::string, std::string>> cells_by_column(std::string_view columns, std::string_view cells);

} // namespace shirube::directory
