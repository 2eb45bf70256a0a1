// Looking at the tags of a workbook's XML without reading it whole: what is found are views into the text. A part may
// be hundreds of megabytes; a tree of it would be many times that.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace shirube::importers {

/// Where the tag that begins at `open` ends, one past its '>'; quoted values may hold one. npos where it never does.
std::size_t end_of_tag(std::string_view xml, std::size_t open);

/// The name of the tag that begins at `open`, with its prefix; of a closing tag with its '/'.
std::string_view name_of_tag(std::string_view xml, std::size_t open);

std::string_view without_prefix(std::string_view name);

/// The value of an attribute within a tag, still escaped; a view into it.
std::optional<std::string_view> attribute(std::string_view tag, std::string_view name);

} // namespace shirube::importers
