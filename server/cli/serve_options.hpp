// What `shirube serve` is told: on the command line, and in its file of settings.
#pragma once

#include "server/settings.hpp"

#include <CLI/CLI.hpp>

#include <expected>
#include <string>
#include <vector>

namespace shirube::server {

class ServeOptions {
  public:
    explicit ServeOptions(std::string language) : language_(std::move(language)) {}

    /// The options go to where this object lies: it stays until the command line has been read.
    void add_to(CLI::App& command);

    /// Reads --config; what the command line says goes before. \throws CLI::Error
    void read_config(CLI::App& command) const;

    /// Everything, or a sentence about what is wrong.
    [[nodiscard]] std::expected<Settings, std::string> settings() const;

  private:
    void add_limits(CLI::App& command);
    void add_times(CLI::App& command);
    void add_encryption(CLI::App& command);
    void add_clients(CLI::App& command);
    void add_access_log(CLI::App& command);
    void add_slow_pool(CLI::App& command);

    std::string language_;
    std::string config_;
    std::string listen_ = "127.0.0.1:8080";
    std::string public_url_;
    std::vector<std::string> trusted_proxies_;
    Settings settings_;
};

} // namespace shirube::server
