#include "server/net/server.hpp"

#include "server/net/worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace shirube::server {

namespace {

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

ServerFiles open_files(const Settings& settings) {
    ServerFiles files;
    if (!settings.tls_certificate.empty()) {
        files.certificates = std::make_unique<Certificates>(settings.tls_certificate, settings.tls_key);
    }
    if (!settings.access_log.empty()) {
        files.log = std::make_unique<AccessLog>(settings.access_log);
    }
    return files;
}

Server::Server(const Settings& settings, const Editions& editions, const Handling& handling, RateLimiter& limiter,
               ServerFiles files)
    : settings_(settings),
      files_(std::move(files)),
      slow_(settings.slow_threads, settings.slow_queue),
      wire_{settings, editions, handling, limiter, slow_, connections_, files_.log.get(), files_.certificates.get()} {
    require_free(settings);
    workers_ = make_workers();
}

Server::~Server() {
    stop();
    wait();
    slow_.stop(); // its jobs know the workers
}

std::uint16_t Server::port() const { return workers_.front()->port(); }

void Server::start() {
    threads_.reserve(workers_.size());
    for (const auto& worker : workers_) {
        threads_.emplace_back([&worker = *worker] { worker.run(); });
    }
}

void Server::stop() {
    for (const auto& worker : workers_) {
        worker->stop();
    }
}

void Server::wait() {
    threads_.clear(); // joins
}

void Server::reload() {
    if (files_.certificates) {
        files_.certificates->reload();
    }
    if (files_.log) {
        files_.log->reopen();
    }
}

void Server::look() {
    if (files_.certificates) {
        files_.certificates->look();
    }
}

std::vector<std::unique_ptr<Worker>> Server::make_workers() const {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings_.address, error);
    if (error) {
        throw std::runtime_error(fmt::format(
            "--listen: \"{}\" is no IP address; use 127.0.0.1 or 0.0.0.0, for instance.", settings_.address));
    }
    const unsigned count =
        settings_.threads != 0 ? settings_.threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::unique_ptr<Worker>> workers;
    tcp::endpoint endpoint(address, settings_.port);
    try {
        for (unsigned i = 0; i < count; ++i) {
            workers.push_back(std::make_unique<Worker>(wire_, endpoint));
            endpoint.port(workers.front()->port()); // the first may have been given any free port
        }
    } catch (const boost::system::system_error& failure) {
        throw std::runtime_error(
            fmt::format("{}:{} cannot be listened on ({}). Is another server there? Choose another port with --listen.",
                        settings_.address, settings_.port, failure.code().message()));
    }
    return workers;
}

} // namespace shirube::server
