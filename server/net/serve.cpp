#include "server/net/serve.hpp"

#include "server/net/asio.hpp"

#include <spdlog/spdlog.h>

#include <csignal>

namespace shirube::server {

namespace {

/// Waits for signals, and looks at files now and then, on the thread that calls run().
class Attendant {
  public:
    Attendant(Server& server, std::chrono::milliseconds interval)
        : server_(server), interval_(interval), stops_(io_, SIGINT, SIGTERM), hangups_(io_, SIGHUP), timer_(io_) {
        std::signal(SIGPIPE, SIG_IGN);
        stops_.async_wait([this](const boost::system::error_code&, int) {
            spdlog::info("Stopping: no new connections, requests under way are finished.");
            server_.stop();
            io_.stop();
        });
        wait_for_hangup();
        wait_for_time();
    }

    void run() { io_.run(); }

  private:
    void wait_for_hangup() {
        hangups_.async_wait([this](const boost::system::error_code& error, int) {
            if (!error) {
                server_.reload();
                wait_for_hangup();
            }
        });
    }

    void wait_for_time() {
        timer_.expires_after(interval_);
        timer_.async_wait([this](const boost::system::error_code& error) {
            if (!error) {
                server_.look();
                wait_for_time();
            }
        });
    }

    Server& server_;
    std::chrono::milliseconds interval_;
    asio::io_context io_{1};
    asio::signal_set stops_;
    asio::signal_set hangups_;
    asio::steady_timer timer_;
};

} // namespace

void serve(Server& server, const Settings& settings, const std::function<void(std::uint16_t port)>& listening) {
    Attendant attendant(server, settings.tls_interval);
    server.start();
    listening(server.port());
    attendant.run();
    server.wait();
}

} // namespace shirube::server
