// shirube network: the network of organizations on the command line.
#pragma once

#include "server/cli/spoken.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

struct NetworkCommand {
    std::filesystem::path store;
    std::vector<std::pair<std::string, std::string>> parameters{}; ///< as the API's
    bool is_json = false;
    std::string language{};
};
int run_network_command(const NetworkCommand& command);

using CommandToRun = std::function<int()>;

/// Adds the command; `language` and `run` are referred to until it has run.
void add_network_command(CLI::App& app, const std::string& language, CommandToRun& run);

} // namespace shirube::server
