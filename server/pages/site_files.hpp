// The files of static/ inside the binary, by name, and the addresses under which browsers ask for them.
#pragma once

#include <string>
#include <string_view>

namespace shirube::server {

/// The content of a file of the browser part, e.g. "i18n/ja.json".
/// \throws std::runtime_error where the binary holds no such file
std::string_view site_file(std::string_view path);

/// "/static/styles/base.css?v=…": changes with the content.
/// \throws std::runtime_error where the binary holds no such file
const std::string& asset_address(std::string_view path);

/// Names the whole browser part: pages of two builds with different templates never share an ETag.
const std::string& site_digest();

} // namespace shirube::server
