// A file from outside, read whole and bounded, and what it looks like by its content. Names and extensions are only
// hints: a zip may be called .csv.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace shirube::importers {

enum class ContentKind : std::uint8_t {
    text,     ///< a table or anything else that is to be decoded
    json,     ///< begins with { or [
    archive,  ///< zip
    workbook, ///< xlsx, ods (a zip) or xls
    shapefile,
    database, ///< SQLite, GeoPackage
    pdf
};

/// What `bytes` begin with. A workbook is told from other archives by the names of its members.
ContentKind content_kind_of(std::string_view bytes);

/// Whether a zip's own directory lists a member of that name.
bool lists_member(std::string_view bytes, std::string_view wanted);

/// Reads a regular file. Problems: file_missing, file_is_folder, file_unreadable, file_empty, file_too_big.
std::expected<std::string, FileProblem> read_file(const std::filesystem::path& path, const Limits& limits);

/// SHA-256 as 64 hexadecimal digits.
std::string digest_of(std::string_view bytes);

} // namespace shirube::importers
