// Lists of rows that were rejected and mended: they are added to the list they came from, and are a list of their own,
// so that they can be taken back. Which list they belong to is told by their name.
#pragma once

#include <string>
#include <string_view>

namespace shirube::directory {

/// "NAME" → "NAME の直し" → "NAME の直し2" → …: the list that takes the mended rows of a list.
std::string name_of_mended(std::string_view list);

/// Whether a list is one of mended rows by its name.
bool is_mended_list(std::string_view list);

/// The list that mended rows came from at first: "NAME の直し2" → "NAME"; of any other list its own name.
std::string_view origin_of_mended(std::string_view list);

/// The same list of mended rows, of another list: "A の直し2" and "B" → "B の直し2".
std::string name_of_mended_like(std::string_view mended, std::string_view list);

} // namespace shirube::directory
