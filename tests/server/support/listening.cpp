#include "tests/server/support/listening.hpp"

#include "server/pages/pages.hpp"
#include "tests/server/support/process.hpp"

#include <utility>

namespace shirube::tests {

namespace {

/// Loaded once for all servers of a test program.
const server::Editions& town_editions() {
    static const server::Editions editions = [] {
        server::prepare_pages();
        return server::Editions(shared_town_store(), std::chrono::hours{1});
    }();
    return editions;
}

server::Handling completed(server::Handling handling) {
    auto whole = server::handling_of_router();
    if (handling.route) {
        whole.route = std::move(handling.route);
    }
    if (handling.takes_long) {
        whole.takes_long = std::move(handling.takes_long);
    }
    if (handling.pattern) {
        whole.pattern = std::move(handling.pattern);
    }
    if (handling.long_body) {
        whole.long_body = std::move(handling.long_body);
    }
    return whole;
}

} // namespace

server::Settings quiet_settings() {
    server::Settings settings;
    settings.port = 0;
    settings.rate_per_client = 0;
    settings.stop_time = std::chrono::milliseconds{300};
    return settings;
}

Listening::Listening(server::Settings settings, server::Handling handling)
    : settings_(std::move(settings)),
      handling_(completed(std::move(handling))),
      limiter_({{std::string{server::k_client_limit}, settings_.rate_per_client, settings_.burst_per_client,
                 settings_.most_clients}}),
      server_(settings_, town_editions(), handling_, limiter_, server::open_files(settings_)) {
    server_.start();
}

} // namespace shirube::tests
