// A coverage as a table for spreadsheets: a row a district, a datum a cell, unknown empty. By the ministry's rules for
// tables that machines read (総務省「統計表における機械判読可能なデータの表記方法の統一ルール」, 2020): no merged
// cells, units in the header, codes beside names, years of the western calendar, numbers as numbers.
#pragma once

#include "directory/coverage.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

struct CoverageTable {
    std::vector<std::string> header;
    std::vector<std::vector<nlohmann::ordered_json>> rows; ///< texts, numbers, null
};

/// \param language of the headers and words: en, else Japanese
CoverageTable coverage_table(const directory::Reader& reader, const directory::Coverage& coverage,
                             std::string_view language);

/// UTF-8 with a byte order mark, CRLF, one district a line. Cells that a spreadsheet would run as a formula are made
/// harmless.
std::string coverage_csv(const directory::Reader& reader, const directory::Coverage& coverage,
                         std::string_view language);

/// Office Open XML: a sheet for machines (coverage_table), one to print for people, one with the rule, its source, the
/// lists and the date. No formula is written. \throws std::runtime_error where the system gives no memory for the file
std::string coverage_xlsx(const directory::Reader& reader, const directory::Coverage& coverage,
                          std::string_view language);

} // namespace shirube::server
