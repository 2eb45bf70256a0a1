// Any table or geographic file, by a small JSON file that says which of its columns is which field of ours. Described
// in docs/import.md.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

struct Mapping {
    using Words = std::map<std::string, std::string>;

    std::string profile = "mapping";
    std::string layer;                   ///< of a file of several: a layer, sheet or member; empty: none
    Words columns;                       ///< from the table's column to the field
    Words constants;                     ///< fields that are the same in every row
    std::map<std::string, Words> values; ///< by the table's column: what a cell stands for
    std::map<std::string, std::set<std::string>> filter; ///< by the table's column: cells of rows that are wanted

    /// The table's column that becomes the field, or the field it becomes; empty where there is none.
    [[nodiscard]] std::string_view column_of(std::string_view field) const;
    [[nodiscard]] std::string_view field_of(std::string_view column) const;
    [[nodiscard]] std::string_view constant_of(std::string_view field) const;

    /// What the cell of a column stands for: itself unless `values` says otherwise.
    [[nodiscard]] std::string_view value_of(std::string_view column, std::string_view cell) const;
    [[nodiscard]] bool is_wanted(std::span<const std::string> header, std::span<const std::string> cells) const;

    /// Columns that are named and that the header does not have, and the same as a problem (profile_misfits).
    [[nodiscard]] std::vector<std::string> missing(std::span<const std::string> header) const;
    [[nodiscard]] std::optional<FileProblem> misfit(std::span<const std::string> header) const;

    /// Whether the fields are those of a kind of list, each once, and none it needs is left out.
    /// \param fit how a header of fields fits the kind
    /// Problems: mapping_field_unknown (a: the field), mapping_field_missing (a: the fields)
    [[nodiscard]] std::optional<FileProblem> fault(
        const std::function<HeaderFit(std::span<const std::string>)>& fit) const;
};

/// Whether a --profile names a mapping file rather than a layout.
bool is_mapping_name(std::string_view profile);

/// Problems: those of read_file, mapping_malformed (a: where).
std::expected<Mapping, FileProblem> read_mapping(const std::filesystem::path& path, const Limits& limits);

} // namespace shirube::importers
