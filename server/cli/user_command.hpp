// shirube user: the accounts of a store.
#pragma once

#include "directory/accounts.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace shirube::server {

struct UserCommand {
    enum class What : std::uint8_t { add, list, passwd, role, disable, enable, totp_off };
    What what = What::list;
    std::filesystem::path store;                 ///< the accounts lie beside it
    std::string name;                            ///< of the account; none for list
    std::string role;                            ///< a code; of add and role
    std::optional<std::string> municipality;     ///< of role: none leaves it as it is
    bool generate = false;                       ///< a password by dice, printed once; otherwise it is asked for
    std::string language;                        ///< ja or en
    std::string password_cost;                   ///< of add, a code: of a file that is made; empty: moderate
    std::optional<directory::PasswordCost> cost; ///< for tests; none: as the file says
};

/// \returns the exit status: 0 done; 1 failed, nothing changed; 2 wrong use
int run_user_command(const UserCommand& command);

/// Adds `user` with its commands to a command line. \param language and \param run stay where they are until the
/// command line has been read; `run` is then set to what it asks for
void add_user_commands(CLI::App& app, const std::string& language, std::function<int()>& run);

} // namespace shirube::server
