// Columns found by the names they go by.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers {

/// The first column whose name, in one width and without blanks, is one of `names`, the first of them preferred.
std::optional<std::size_t> find_header(std::span<const std::string> header,
                                       std::initializer_list<std::string_view> names);

/// What each of `width` columns was understood as: the field's name at the column that was found for it, else empty.
std::vector<std::string> understood_as(
    std::size_t width, std::initializer_list<std::pair<std::optional<std::size_t>, std::string_view>> fields);

/// The cell of a column, trimmed; empty where the record is shorter or there is no such column.
std::string_view cell_of(std::span<const std::string> cells, std::optional<std::size_t> column);

} // namespace shirube::importers
