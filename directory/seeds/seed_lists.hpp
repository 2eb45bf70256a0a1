// Several codes or words in one text, as cells and forms write them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Parted by ';', '；' or '、', or a line's end; blanks around each are gone, and empty ones with them.
std::vector<std::string> seed_list_of(std::string_view text);

/// "a;b"
std::string seed_text_of(std::span<const std::string> list);

} // namespace shirube::directory
