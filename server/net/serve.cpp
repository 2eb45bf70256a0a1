#include "server/net/serve.hpp"

#include "server/net/worker.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace shirube::server {

namespace {

std::vector<std::unique_ptr<Worker>> make_workers(const Settings& settings, const Editions& editions,
                                                  std::atomic<std::size_t>& connections) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings.address, error);
    if (error) {
        throw std::runtime_error(fmt::format(
            "--listen: \"{}\" is no IP address; use 127.0.0.1 or 0.0.0.0, for instance.", settings.address));
    }
    const unsigned count = settings.threads != 0 ? settings.threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::unique_ptr<Worker>> workers;
    tcp::endpoint endpoint(address, settings.port);
    try {
        for (unsigned i = 0; i < count; ++i) {
            workers.push_back(std::make_unique<Worker>(settings, editions, endpoint, connections));
            endpoint.port(workers.front()->port()); // the first may have been given any free port
        }
    } catch (const boost::system::system_error& failure) {
        throw std::runtime_error(
            fmt::format("{}:{} cannot be listened on ({}). Is another server there? Choose another port with --listen.",
                        settings.address, settings.port, failure.code().message()));
    }
    return workers;
}

/// Whether another program listens there already: SO_REUSEPORT alone would let two servers of one user share the port.
/// A socket without that option is told so by the system.
void require_free(const Settings& settings) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings.address, error);
    if (settings.port == 0 || error) {
        return;
    }
    asio::io_context io;
    const tcp::endpoint endpoint(address, settings.port);
    tcp::acceptor probe(io);
    probe.open(endpoint.protocol());
    probe.set_option(tcp::acceptor::reuse_address(true));
    probe.bind(endpoint, error);
    if (error == asio::error::address_in_use) {
        throw std::runtime_error(
            fmt::format("{}:{} is in use by another server. End that one or choose another port with --listen.",
                        settings.address, settings.port));
    }
}

} // namespace

void serve(const Settings& settings, const Editions& editions,
           const std::function<void(std::uint16_t port)>& listening) {
    require_free(settings);
    std::atomic<std::size_t> connections = 0;
    const auto workers = make_workers(settings, editions, connections);
    std::signal(SIGPIPE, SIG_IGN);

    asio::io_context signals_io;
    asio::signal_set signals(signals_io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code&, int) {
        spdlog::info("Stopping: no new connections, requests under way are finished.");
        for (const auto& worker : workers) {
            worker->stop();
        }
    });
    std::vector<std::jthread> threads;
    threads.reserve(workers.size());
    for (const auto& worker : workers) {
        threads.emplace_back([&worker] { worker->run(); });
    }
    listening(workers.front()->port());
    signals_io.run();
    threads.clear(); // joins
}

} // namespace shirube::server
