// What all sessions of a server share.
#pragma once

#include "server/editions.hpp"
#include "server/net/access_log.hpp"
#include "server/net/handling.hpp"
#include "server/net/slow_pool.hpp"
#include "server/net/tls.hpp"
#include "server/rate_limiter.hpp"
#include "server/settings.hpp"

#include <atomic>

namespace shirube::server {

struct Wire {
    const Settings& settings;
    const Editions& editions;
    const Handling& handling;
    RateLimiter& limiter; ///< knows k_client_limit
    SlowPool& slow;
    std::atomic<std::size_t>& connections;      ///< of all workers
    AccessLog* log = nullptr;                   ///< null: none is written
    const Certificates* certificates = nullptr; ///< null: plain HTTP
};

} // namespace shirube::server
