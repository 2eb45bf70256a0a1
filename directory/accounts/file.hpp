// The file of accounts: a file of our own beside the store, with a secret and what passwords cost, and its troubles in
// words.
#pragma once

#include "directory/accounts.hpp"
#include "directory/accounts/tokens.hpp"
#include "directory/own_file/own_file.hpp"
#include "directory/store/sqlite.hpp"

namespace shirube::directory {

inline constexpr std::int64_t k_accounts_application_id = 0x53484143; // "SHAC"

/// Its codes: accounts_missing, accounts_foreign, accounts_newer, accounts_busy, …
const OwnFileKind& kind_of_accounts_file();

/// What a new file keeps for good: its secret and the effort.
OwnFile::Migrated settle_accounts_file(PasswordEffort of_new_file);

/// The file's own secret. \throws StoreError
FileSecret read_file_secret(Database& database);

/// As it was settled when the file was made. \throws StoreError
PasswordEffort read_password_effort(Database& database);

} // namespace shirube::directory
