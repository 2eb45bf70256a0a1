// The lists of resources, and of ties and meetings, that a municipality keeps, and their rows as they stand: what a new
// edition is compared with before it is put in the place of the old one.
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
    std::string file;           ///< that a row of it came in, as the history calls it
    bool complete = false;      ///< for anything it claims
    std::int64_t import_id = 0; ///< that brought the edition in force
    std::int64_t rows = 0;
};

/// The lists in force of which over three quarters of the places lie in the municipality (as an import decides whose a
/// list is), or of the ties and meetings are its own (see tie_owner_of()), by name. One that holds a row which another
/// municipality keeps for its staff is not told.
/// \param kind resources or relations \param owner 5 digits, see directory::owner_of() \throws StoreError
std::vector<StandingList> lists_of_owner(const std::filesystem::path& store, ImportKind kind, const std::string& owner);

struct StandingRow {
    std::string key;
    std::string name;                                         ///< see name_of_row()
    std::vector<std::pair<std::string, std::string>> cells{}; ///< by column, verbatim; empty: its columns are unknown
};

/// What people call a row: of a resource its place as the list writes it, of a tie its ends, of a meeting its name.
std::string name_of_row(const Reading& reading);

/// The rows of a list's edition in force, in their order; none where there is no such list. \throws StoreError
std::vector<StandingRow> rows_of_list(const std::filesystem::path& store, ImportKind kind, const std::string& list);

/// Verbatim cells by column, both as the store keeps them: JSON arrays, or an object of a shape's attributes.
/// \param columns empty: unknown
std::vector<std::pair<std::string, std::string>> cells_by_column(std::string_view columns, std::string_view cells);

} // namespace shirube::directory
