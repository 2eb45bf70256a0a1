// The page's own address, to be copied, shared or photographed.
#pragma once

#include "server/pages/templates.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

/// "https://town.example.jp/services/…", without a language, for whoever gets it has their own; empty where nobody
/// knows where people find this server.
std::string address_of_service(std::string_view origin, std::string_view id);

/// Fills the section SHARE with the address and, where other machines can reach it, its QR code.
void fill_share(View body, std::string_view origin, std::string_view id, std::string_view name);

} // namespace shirube::server
