// The pages of the network of organizations.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

#include <string_view>

namespace shirube::server {

/// "/network": pictures, measures and tables.
/// \param ties_desk where whoever reads may edit ties of her own municipality; empty: nowhere
Answer network_page(const Request& request, const Context& context, std::string_view ties_desk = {});
/// "/network/nodes/{key}": the story of one. \param key see directory::NetworkNode
Answer network_node_page(const Request& request, const Context& context, std::string_view key,
                         std::string_view ties_desk = {});

} // namespace shirube::server
