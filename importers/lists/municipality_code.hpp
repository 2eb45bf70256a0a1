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

/// Reads a prefecture's code of 2 digits: 01 to 47, and 99 for invented towns.
std::optional<std::string> parse_prefecture_code(std::string_view text);

/// The code of a prefecture (JIS X 0401, 2 digits) by its full name, as in 千葉県; 標県 is the invented 99.
std::optional<std::string> prefecture_code_of(std::string_view name);

/// The full name of a prefecture by its code of 2 digits; empty where there is none.
std::string_view prefecture_of_code(std::string_view code);

} // namespace shirube::importers
