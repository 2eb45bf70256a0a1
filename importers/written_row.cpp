#include "importers/written_row.hpp"

#include <string_view>

namespace shirube::importers {

namespace {

/// In quotation marks, whatever it holds (RFC 4180); one line, as cells of lists are.
std::string in_quotes(std::string_view cell) {
    std::string out = "\"";
    for (const char c : cell) {
        if (c == '\r' || c == '\n' || c == '\t' || c == '\0') {
            out += ' ';
        } else {
            out += c == '"' ? "\"\"" : std::string(1, c);
        }
    }
    return out + '"';
}

} // namespace

std::string table_of(const WrittenCells& cells) {
    std::string header;
    std::string row;
    for (const auto& [column, cell] : cells) {
        header += (header.empty() ? "" : ",") + in_quotes(column);
        row += (row.empty() ? "" : ",") + in_quotes(cell);
    }
    return header + "\r\n" + row + "\r\n";
}

} // namespace shirube::importers
