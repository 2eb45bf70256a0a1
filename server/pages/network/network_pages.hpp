// The pages of the network of organizations.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

#include <string_view>

namespace shirube::server {

/// "/network": pictures, measures and tables.
Answer network_page(const Request& request, const Context& context);
/// "/network/nodes/{key}": the story of one. \param key see directory::NetworkNode
Answer network_node_page(const Request& request, const Context& context, std::string_view key);

} // namespace shirube::server
