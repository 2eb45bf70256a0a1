#pragma once

#include <string>
#include <string_view>

namespace shirube::server {

/// gzip (RFC 1952) without a time stamp: the same bytes for the same text.
std::string gzip(std::string_view text);

} // namespace shirube::server
