// Rows of a table as texts by field: what a list says whose rows are read elsewhere.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers {

struct FieldRow {
    std::int64_t row = 0; ///< as a person counts
    std::map<std::string, std::string, std::less<>> texts;
};

struct FieldTable {
    std::string sheet;
    std::vector<FieldRow> rows;         ///< blank ones and examples are left out
    std::vector<std::string> surplus{}; ///< columns that no field is called by
    std::vector<std::string> missing{}; ///< columns of `needed` that it does not have: it is another table
};

/// The first table of the file that has all columns of `needed`, else the first with what it misses. A title may stand
/// above the header. \param fields code and column \param needed columns
/// Problems: those of files, encodings, archives and tables.
std::expected<FieldTable, FileProblem> read_field_table(
    const std::filesystem::path& path, std::string_view bytes,
    std::span<const std::pair<std::string_view, std::string_view>> fields, std::span<const std::string_view> needed,
    const Limits& limits);

} // namespace shirube::importers
