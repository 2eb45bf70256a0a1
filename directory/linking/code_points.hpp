#pragma once

#include <string>
#include <string_view>

namespace shirube::directory {

/// UTF-8 as code points; bytes that are none become U+FFFD.
std::u32string code_points_of(std::string_view utf8);
std::string utf8_of(std::u32string_view text);

} // namespace shirube::directory
