// Text inside XML.
#pragma once

#include <string>
#include <string_view>

namespace shirube::importers {

/// Escapes for content and attributes. What XML 1.0 cannot hold (control characters, bytes that are no UTF-8) becomes
/// U+FFFD; line breaks and tabs stay.
std::string xml_text(std::string_view text);

} // namespace shirube::importers
