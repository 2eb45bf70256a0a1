#include "importers/files/xml_scan.hpp"

namespace shirube::importers {

std::size_t end_of_tag(std::string_view xml, std::size_t open) {
    char quote = '\0';
    for (std::size_t i = open + 1; i < xml.size(); ++i) {
        const char c = xml[i];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

std::string_view name_of_tag(std::string_view xml, std::size_t open) {
    const std::size_t end = xml.find_first_of(" \t\r\n/>", open + 1);
    return xml.substr(open + 1, end == std::string_view::npos ? end : end - open - 1);
}

std::string_view without_prefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::optional<std::string_view> attribute(std::string_view tag, std::string_view name) {
    for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
        const bool begins = at > 0 && std::string_view(" \t\r\n").find(tag[at - 1]) != std::string_view::npos;
        const std::size_t value = at + name.size() + 2;
        if (begins && value <= tag.size() && tag[value - 2] == '=' &&
            (tag[value - 1] == '"' || tag[value - 1] == '\'')) {
            const std::size_t end = tag.find(tag[value - 1], value);
            return end == std::string_view::npos ? std::nullopt : std::optional(tag.substr(value, end - value));
        }
    }
    return std::nullopt;
}

} // namespace shirube::importers
