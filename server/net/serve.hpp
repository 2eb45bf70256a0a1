// Runs a server until it is told to stop.
#pragma once

#include "server/net/server.hpp"

#include <functional>

namespace shirube::server {

/// Serves until SIGINT or SIGTERM; requests under way are finished, then it returns. SIGHUP takes the certificate and
/// opens the access log anew.
/// \param listening told the port once connections are taken
void serve(Server& server, const Settings& settings, const std::function<void(std::uint16_t port)>& listening);

} // namespace shirube::server
