// The one row of a list that somebody wrote into a form, as it stands in the store: what a newer edition begins with.
#pragma once

#include "directory/batch.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory {

/// Columns and cells, verbatim, of the row of the list in force; nothing where none of that name is, where it has
/// several rows, or where its columns are not known. \throws StoreError
std::optional<std::vector<std::pair<std::string, std::string>>> listed_row(const std::filesystem::path& store,
                                                                           ImportKind kind, const std::string& list);

} // namespace shirube::directory
