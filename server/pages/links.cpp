#include "server/pages/links.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

/// RFC 3986 lets commas and colons stand in a query; people read near=137.1,33.2 more easily than %2C.
std::string encoded_value(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c == ',' || c == ':' ? std::string(1, c) : percent_encode(std::string_view(&c, 1));
    }
    return out;
}

} // namespace

std::string address(std::string_view path, const Query& query) {
    std::string out(path);
    char separator = '?';
    for (const auto& [name, value] : query) {
        if (!value.empty()) {
            out += separator;
            out += percent_encode(name);
            out += '=';
            out += encoded_value(value);
            separator = '&';
        }
    }
    return out;
}

std::string Links::path(std::string_view path) const {
    constexpr std::array<std::string_view, 10> k_of_directory{"/search",  "/services/", "/sites/", "/districts/",
                                                              "/planner", "/policies",  "/print/", "/stages",
                                                              "/matrix",  "/network"};
    const bool has_staff_page =
        is_staff_ && std::ranges::any_of(k_of_directory, [&](std::string_view page) { return path.starts_with(page); });
    return has_staff_page ? "/staff" + std::string{path} : std::string{path};
}

std::string Links::to(std::string_view path, const Query& query) const {
    return address(this->path(path), with(query, "lang", chosen_language_));
}

Query without(const Query& query, std::string_view name) {
    Query out;
    std::ranges::copy_if(query, std::back_inserter(out), [&](const auto& pair) { return pair.first != name; });
    return out;
}

Query with(const Query& query, std::string_view name, std::string_view value) {
    Query out;
    bool set = false;
    for (const auto& pair : query) {
        if (pair.first != name) {
            out.push_back(pair);
        } else if (!set) {
            out.emplace_back(name, value);
            set = true;
        }
    }
    if (!set) {
        out.emplace_back(name, value);
    }
    return out;
}

} // namespace shirube::server
