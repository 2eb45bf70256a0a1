// Seeds, needs and askings as tables: the columns that `shirube seeds import` reads.
#pragma once

#include "directory/seeds/seed_sight.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::server {

enum class SeedTable : std::uint8_t { offers, wants, askings };
std::string_view code_of(SeedTable) noexcept;
std::optional<SeedTable> parse_seed_table(std::string_view) noexcept;

/// Code of the field, and the column's head.
using SeedColumns = std::vector<std::pair<std::string_view, std::string_view>>;
SeedColumns columns_of(SeedTable table);

/// Heads and rows. An asking names its want and offer by their numbers in the owner's list, else by their ids.
std::vector<std::vector<std::string>> seed_table_lines(SeedTable table, const directory::SeenSeeds& seen);

/// The same as CSV for a spreadsheet.
std::string seed_table_csv(SeedTable table, const directory::SeenSeeds& seen);

} // namespace shirube::server
