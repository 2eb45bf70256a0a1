// Records of a delimited text, cells verbatim, counted as a spreadsheet counts them.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// Whether a walk over records goes on.
enum class Walk : std::uint8_t { go_on, stop };

/// Called with each record, blank ones too (they have one empty cell). The record may be moved from.
using RecordVisitor = std::function<Walk(Record& record)>;

/// Splits UTF-8 `text` at `delimiter` by RFC 4180, and takes LF, CR and CRLF as line ends. Rows count every record from
/// 1, blank lines included; a line break in a quoted cell starts no row. Spaces are kept.
/// Problems: quote_unclosed (row where it opens), cell_too_long, too_many_columns.
std::expected<void, FileProblem> for_each_record(std::string_view text, char delimiter, const Limits& limits,
                                                 const RecordVisitor& visit);

/// Tab where the first line has tabs and no comma, else comma.
char delimiter_of(std::string_view text);

/// The first record that is not blank is the header; blank records before it are not kept, later ones are.
/// Problems: those of for_each_record, table_empty, table_too_big.
std::expected<Table, FileProblem> read_table(std::string_view text, const Limits& limits);

/// Whether every cell is empty but for white space (full-width spaces too).
bool is_blank(std::span<const std::string> cells);

/// `text` without white space at its ends, full-width and no-break spaces too.
std::string_view trimmed(std::string_view text);

} // namespace shirube::importers
