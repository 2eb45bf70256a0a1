// The server on the network: a thread a core, each with its own acceptor, its own sessions and no lock.
#pragma once

#include "server/editions.hpp"
#include "server/settings.hpp"

#include <functional>

namespace shirube::server {

/// Listens and serves until SIGINT or SIGTERM; requests under way are finished, then it returns.
/// \param listening told the port once connections are taken
/// \throws std::runtime_error where the address cannot be listened on
void serve(const Settings& settings, const Editions& editions,
           const std::function<void(std::uint16_t port)>& listening);

} // namespace shirube::server
