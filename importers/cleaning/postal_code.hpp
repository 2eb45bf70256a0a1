// The seven digits of a postal code (郵便番号).
#pragma once

#include "importers/cleaning/cell_problem.hpp"

namespace shirube::importers {

/// "〒123-4567", "1234567", "１２３－４５６７", and six digits where a workbook took the leading zero (060-0001). The
/// answer is written 123-4567. Problems: postal_code_malformed.
Cell<std::string> parse_postal_code(std::string_view cell);

} // namespace shirube::importers
