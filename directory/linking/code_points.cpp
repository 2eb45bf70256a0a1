#include "directory/linking/code_points.hpp"

#include <unicode/unistr.h>

namespace shirube::directory {

std::u32string code_points_of(std::string_view utf8) {
    const auto text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
    std::u32string out;
    out.reserve(static_cast<std::size_t>(text.length()));
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        out += static_cast<char32_t>(text.char32At(at));
    }
    return out;
}

std::string utf8_of(std::u32string_view text) {
    icu::UnicodeString points;
    for (const char32_t c : text) {
        points.append(static_cast<UChar32>(c));
    }
    std::string out;
    points.toUTF8String(out);
    return out;
}

} // namespace shirube::directory
