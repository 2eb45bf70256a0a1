#include "importers/sheets/xml_text.hpp"

#include "importers/files/decode.hpp"

namespace shirube::importers {

namespace {

constexpr std::string_view k_replacement = "\xef\xbf\xbd";

/// U+FFFE and U+FFFF are no characters of XML 1.0 (2.2).
bool is_noncharacter(std::string_view three_bytes) {
    return three_bytes == "\xef\xbf\xbe" || three_bytes == "\xef\xbf\xbf";
}

void append_valid(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (c == '\r') {
            out += "&#13;"; // a bare one would be read as a line feed
        } else if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
            out += k_replacement;
        } else if (c == '\xef' && is_noncharacter(text.substr(i, 3))) {
            out += k_replacement;
            i += 2;
        } else {
            out += c;
        }
    }
}

} // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (auto fault = first_invalid_utf8(text); fault; fault = first_invalid_utf8(text)) {
        append_valid(out, text.substr(0, *fault));
        out += k_replacement;
        text.remove_prefix(*fault + 1);
    }
    append_valid(out, text);
    return out;
}

} // namespace shirube::importers
