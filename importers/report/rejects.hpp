// Rows that were not taken, given back to be mended: verbatim under their header, with the reason beside each, in a
// file that the next import knows again.
//
// What is mended is added to its list, never put in its place: it becomes a list of its own, "NAME の直し". Rows that
// are rejected once more become "NAME の直し2", so that those which went in before stay.
#pragma once

#include "importers/layouts/layout.hpp"
#include "importers/report/report.hpp"
#include "importers/sheets/sheet_book.hpp"

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

/// "NAME" → "NAME の直し" → "NAME の直し2" → …: the list that takes the mended rows of a list.
std::string name_of_mended(std::string_view list);

/// Whether a list is one of mended rows by its name.
bool is_mended_list(std::string_view list);

/// The same list of mended rows, of another list: "A の直し2" and "B" → "B の直し2".
std::string name_of_mended_like(std::string_view mended, std::string_view list);

} // namespace shirube::importers
