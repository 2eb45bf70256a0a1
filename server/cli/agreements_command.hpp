// shirube agreements: by which municipalities of one store share what they keep for their staff.
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace shirube::server {

struct AgreementsCommand {
    enum class What : std::uint8_t { list, add, end };
    What what = What::list;
    std::filesystem::path store;
    std::string from; ///< code of the municipality whose rows are shared
    std::string to;   ///< whose staff may see them
    std::string class_code = "staff";
    std::string since; ///< ISO date; empty: today
    std::string until; ///< ISO date; of `end` the last day
    std::string said;  ///< the document that says so
    std::int64_t id = 0;
    std::string language;
};

/// \returns the exit status: 0 done; 2 wrong use. \throws directory::StoreError
int run_agreements_command(const AgreementsCommand& command);

/// Adds `agreements` to a command line, as add_user_commands() does `user`.
void add_agreements_commands(CLI::App& app, const std::string& language, std::function<int()>& run);

} // namespace shirube::server
