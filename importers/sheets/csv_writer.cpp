#include "importers/sheets/sheet_book.hpp"

#include <cassert>

namespace shirube::importers {

namespace {

void append_cell(std::string& out, std::string_view cell) {
    // A blank at an end survives every reader only in quotes.
    const bool quoted =
        cell.find_first_of(",\"\r\n\t") != std::string_view::npos || cell.starts_with(' ') || cell.ends_with(' ');
    if (!quoted) {
        out += cell;
        return;
    }
    out += '"';
    for (const char c : cell) {
        out += c;
        if (c == '"') {
            out += '"';
        }
    }
    out += '"';
}

} // namespace

std::string to_csv(const SheetBook& book) {
    assert(!book.sheets.empty());
    const Sheet& sheet = book.sheets.front();
    std::string out = "\xef\xbb\xbf";
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        out += i == 0 ? "" : ",";
        append_cell(out, sheet.columns[i].header);
    }
    out += "\r\n";
    for (const auto& row : sheet.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_cell(out, row[i]);
        }
        out += "\r\n";
    }
    return out;
}

} // namespace shirube::importers
