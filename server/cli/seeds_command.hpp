// shirube seeds: who would take on a programme, who looks for somebody who does, who was asked: lists in and out.
#pragma once

#include "server/staff/seeds/seed_tables.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace shirube::server {

struct SeedsCommand {
    enum class What : std::uint8_t { list, export_, import };
    What what = What::list;
    std::filesystem::path store;
    std::string table = "offers"; ///< offers, wants, askings
    std::string municipality;     ///< whose; of `import` needed
    std::filesystem::path file;   ///< of `import` what is read, of `export` what is written; empty: standard output
    std::string on;               ///< of `import` the day that counts as today, ISO; empty: today
    std::string language;
};

/// \returns the exit status. \throws directory::SeedsError, directory::StoreError
int run_seeds_command(const SeedsCommand& command);

/// Adds `seeds` to a command line; `language` and `run` are referred to until it has run.
void add_seeds_commands(CLI::App& app, const std::string& language, std::function<int()>& run);

} // namespace shirube::server
