// Real lists and the real gazetteer, where they lie beside the repository.
#pragma once

#include "directory/reading.hpp"
#include "importers/layouts/layout.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace shirube::tests {

/// The folder of real lists; nothing, and a line that says so, where it is absent.
std::optional<std::filesystem::path> real_data();

/// The towns of one municipality file or of a prefecture's folder of Geolonia's layout, with their extents.
std::vector<directory::TownReading> read_towns(const std::filesystem::path& folder);

/// Every children's cafeteria list of Tokyo but the files of further schedules.
std::vector<importers::Table> read_cafeteria_lists(const std::filesystem::path& real_data);

/// A cell by its column's name; empty where the column or the cell is missing.
std::string cell(const importers::Table& table, const importers::Record& record, std::string_view column);

} // namespace shirube::tests
