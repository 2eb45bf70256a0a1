// Tables as CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, unknown empty, formulas made harmless.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

inline constexpr std::string_view k_csv_mark = "\xef\xbb\xbf";

/// Quoted where it must be; a text that starts like a formula gets an apostrophe before it.
std::string csv_cell(std::string_view text);

/// A text or a number; null is unknown and stays empty, never zero.
std::string csv_value(const nlohmann::ordered_json& value);

void add_csv_line(std::string& out, const std::vector<std::string>& cells);
void add_csv_line(std::string& out, const std::vector<nlohmann::ordered_json>& cells);

} // namespace shirube::server
