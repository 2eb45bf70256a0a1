// Rows that were not taken, given back to be mended: verbatim under their header, with the reason beside each, in a
// file that the next import knows again.
//
// What is mended is added to its list, never put in its place: it becomes a list of its own, "NAME の直し". Rows that
// are rejected once more become "NAME の直し2", so that those which went in before stay.
#pragma once

#include "directory/mended_list.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/report.hpp"
#include "importers/sheets/sheet_book.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// The columns that stand behind a table's own, in this order: the list, the row, code and sentence of the reason.
inline constexpr std::string_view k_reject_list = "台帳";
inline constexpr std::string_view k_reject_row = "行";
inline constexpr std::string_view k_reject_code = "理由コード";
inline constexpr std::string_view k_reject_reason = "理由";

/// A sheet a table. A cell that a spreadsheet would take for a formula (it begins with = + - @, wide or narrow, a
/// tab or a carriage return, after any number of apostrophes) gets an apostrophe before it.
SheetBook rejects_book(std::span<const RejectedTable> tables);

/// Takes the four columns and the apostrophes off a table that rejects_book() wrote, mended or not, and answers the
/// name of its list. Nothing, and the table untouched, where it is another.
std::optional<std::string> take_rejects(Table& table);

/// Whether a header has what take_rejects() takes off, and not where it can: whose rows these are cannot be told.
bool are_torn_rejects(std::span<const std::string> header);

/// The list that takes mended rows of the list named beside them; who emptied that cell gets one by the file's name.
std::string mending_list(std::string_view list, const std::filesystem::path& file);

} // namespace shirube::importers
