// What commands on the server write into the log of the accounts: who changed what, and how it ended. Never what a cell
// holds, nor what anybody looked for.
#pragma once

#include "directory/accounts.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace shirube::server {

/// Who runs this process: the user of the operating system, with whoever signed in on the machine before becoming that
/// user, as in "shirube (mika)".
directory::Actor console_actor();

/// The words of console_actor(). \param user the process's; empty: it has no name
/// \param signed_in who signed in on the machine; empty: not known
std::string system_user_in_words(std::string_view user, std::string_view signed_in);

enum class Outcome : std::uint8_t { done, some_rejected }; ///< what failed changed nothing, and is not logged

/// "#12 resources done: 児童館一覧": the number where there is one, the kind, the outcome, and what it is called.
/// \param number 0: none
std::string command_in_log(std::int64_t number, std::string_view kind, Outcome outcome, std::string_view names = {});

/// Writes an entry where accounts lie beside the store, and does nothing where none do. What was done stays done: where
/// the log cannot be written, a sentence on standard error says so.
/// \param municipality whose administrators may read it beside those of the whole store; empty: the latter alone
void log_command(const std::filesystem::path& store, directory::AuditAction action, std::string_view what,
                 const std::string& municipality, std::string_view language);

} // namespace shirube::server
