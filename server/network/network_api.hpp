// GET /network and GET /relations: who is tied to whom, and what that comes to.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

namespace shirube::server {

/// Nodes, edges and measures: ?municipality=&kind=&within=&forum=&at=&days=&since=&reach=&f=json|csv (edges, a line
/// each).
Answer get_network(const Request& request, const Context& context);

/// Ties one by one: ?municipality=&kind=&within=&forum=&at=&limit=&cursor=&f=json|csv (all of them, a line each).
Answer get_relations(const Request& request, const Context& context);

} // namespace shirube::server
