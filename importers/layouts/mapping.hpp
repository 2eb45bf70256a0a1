// Any table as the project's template, by a small JSON file that says which column is which. Described in
// docs/import.md.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <memory>
#include <string_view>

namespace shirube::importers {

/// Whether a --profile names a mapping file rather than a layout.
bool is_mapping_name(std::string_view profile);

/// A layout that gives the columns of a table the names of the template's and lets that read them.
/// Problems: those of read_file, mapping_malformed (a: where), mapping_field_unknown (a: the field),
/// mapping_field_missing (a: the fields).
std::expected<std::unique_ptr<ResourceLayout>, FileProblem> read_mapping(const std::filesystem::path& path,
                                                                         const Limits& limits);

} // namespace shirube::importers
