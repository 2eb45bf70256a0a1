// The file of accounts: made, brought to today's form, and its troubles in words. It uses the store's connection
// classes; that these load SpatiaLite too costs one millisecond at an opening (fourteen for the first of a process).
#pragma once

#include "directory/accounts.hpp"
#include "directory/accounts/tokens.hpp"
#include "directory/store/sqlite.hpp"

#include <filesystem>

namespace shirube::directory {

inline constexpr std::int64_t k_accounts_application_id = 0x53484143; // "SHAC"

enum class AccountsFile : std::uint8_t { existing, made_if_missing };

/// Looks for the file, or makes it with mode 0600, before SQLite opens it. \returns its path
/// \throws AccountsError (accounts_missing, accounts_failed)
std::filesystem::path ready_accounts_file(const std::filesystem::path& path, AccountsFile file);

/// Brings the file to today's form; a new one keeps the effort for good. \throws AccountsError (accounts_foreign,
/// accounts_newer), StoreError
void migrate_accounts(Database& database, PasswordEffort of_new_file);

/// The file's own secret. \throws StoreError
FileSecret read_file_secret(Database& database);

/// As it was settled when the file was made. \throws StoreError
PasswordEffort read_password_effort(Database& database);

/// The connection speaks of stores; this says the same of accounts.
AccountsError in_words_of_accounts(const StoreError& error, const std::filesystem::path& path);

} // namespace shirube::directory
