// Columns found by the names they go by.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// The first column whose name, in one width and without blanks, is one of `names`, the first of them preferred.
std::optional<std::size_t> find_header(std::span<const std::string> header,
                                       std::initializer_list<std::string_view> names);

/// The cell of a column, trimmed; empty where the record is shorter or there is no such column.
std::string_view cell_of(std::span<const std::string> cells, std::optional<std::size_t> column);

} // namespace shirube::importers
