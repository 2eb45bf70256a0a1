// A workbook before it is a file: sheets of texts, with what helps a person to fill them in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// A drop-down: the values, and where another sheet of the book lists them.
struct Choices {
    std::vector<std::string> values;
    std::string sheet;
    std::size_t column = 0;    ///< of that sheet, counted from 0
    std::size_t first_row = 0; ///< as a spreadsheet counts, from 1
    bool others_allowed = false;
};

struct SheetColumn {
    std::string header;
    std::string note;  ///< shown beside a cell of the column; empty: none
    double width = 14; ///< in letters of half width
    std::optional<Choices> choices = std::nullopt;
};

struct Sheet {
    std::string name;
    std::vector<SheetColumn> columns;
    std::vector<std::vector<std::string>> rows;
    std::size_t rows_to_fill = 0; ///< rows that drop-downs and notes reach, the header aside
};

struct SheetBook {
    std::string title;
    std::vector<Sheet> sheets;
};

/// The first sheet as CSV: UTF-8 with a byte order mark, so that no spreadsheet program takes it for Shift_JIS; CRLF.
std::string to_csv(const SheetBook& book);

/// Office Open XML (ISO/IEC 29500): every cell a text, so that codes keep their zeros and dates stay as written.
/// \throws std::length_error where it would pass 2 GiB
std::string to_xlsx(const SheetBook& book);

/// OpenDocument 1.3, the same.
/// \throws std::length_error where it would pass 2 GiB
std::string to_ods(const SheetBook& book);

/// What Excel takes in one cell (32,767 UTF-16 units; letters are never fewer).
inline constexpr std::size_t k_xlsx_cell_letters = 32'767;

} // namespace shirube::importers
