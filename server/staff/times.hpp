// Instants as staff read them: in Tokyo, to the minute.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace shirube::server {

std::string in_tokyo(std::int64_t unix_seconds);
/// \param utc as the store writes it, 2026-11-26T09:30:00Z; anything else as it is
std::string in_tokyo(std::string_view utc);

} // namespace shirube::server
