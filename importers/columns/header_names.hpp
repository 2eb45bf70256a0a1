// Names of columns as lists write them, and the key under which two of them are the same.
#pragma once

#include <string>
#include <string_view>

namespace shirube::importers {

/// Headers compared: widths, blanks and marks make no difference ("全国地方公共団体コード" behind a stray "?"), nor do
/// the slips of the pen that published lists are known to make (連結標記 for 連結表記).
std::string column_key(std::string_view header);

} // namespace shirube::importers
