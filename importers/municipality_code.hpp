// Municipality codes as lists and command lines write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// Reads a local government code (JIS X 0402): 5 digits, 6 with a correct check digit, or either without its leading
/// zero, digits in either width. The answer has 5 digits; nothing where the text is no such code or names no prefecture
/// (01 to 47, and 99 for invented towns).
std::optional<std::string> parse_municipality_code(std::string_view text);

} // namespace shirube::importers
